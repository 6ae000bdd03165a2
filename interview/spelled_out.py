"""Words that are written letter by letter: “i g n o r e”, “I-G-N-O-R-E”."""

import re
from collections.abc import Iterable, Iterator

FEWEST = 3
"""Letters in a row that stand alone; two may be words (“a I”), unless they stand beside more."""

_RUN = re.compile(r"(?<!\w)[^\W\d_]([^\w\n])[^\W\d_](?:\1[^\W\d_])*(?!\w)")
JOINS = "\u00ad"
"""Stands for what parts the letters; it is no letter, and no end of a word."""

SHORTEST, LONGEST = 2, 24
"""Letters of a word that is looked for in a run of several."""


def runs(text: str) -> list[tuple[int, int]]:
    """Where letters stand alone, parted by one and the same sign; a wider gap ends a word."""
    found = [run.span() for run in _RUN.finditer(text)]
    kept, group = list[tuple[int, int]](), list[tuple[int, int]]()
    for run in found:
        if group and _has_words(text[group[-1][1] : run[0]]):
            kept += _runs(group)
            group = []
        group.append(run)
    return kept + _runs(group)


def _runs(group: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """All of those that stand side by side, when one of them is too long to be two words."""
    return group if any(end - start >= 2 * FEWEST - 1 for start, end in group) else []


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))


def joined(text: str, found: Iterable[tuple[int, int]]) -> str:
    """As long as the text, each run in one piece."""
    parts, at = list[str](), 0
    for start, end in found:
        parts += [text[at:start], JOINS.join(text[start:end:2])]
        at = end
    return "".join((*parts, text[at:]))


def parted(
    letters: str, words: frozenset[str], beginnings: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """The words that stand in `letters` without a gap, as start and end: so that most letters are
    in one of `words`, or in one of `beginnings`, which goes on to the next. What is left between
    two is a word as well."""
    known, most, last = words | beginnings, [(0, 0)], [0]
    for end in range(1, len(letters) + 1):
        best, begins = most[-1], end - 1  # a letter of no word
        for start in range(max(0, end - LONGEST), end - SHORTEST + 1):
            covered, pieces = most[start]
            here = (covered + end - start, pieces - 1)
            if here > best and letters[start:end] in known:
                best, begins = here, start
        most.append(best)
        last.append(begins)
    spans, end = list[tuple[int, int]](), len(letters)
    while end:
        spans.append((last[end], end))
        end = last[end]
    return _whole(letters, spans[::-1], known, beginnings)


def _whole(
    letters: str,
    spans: Iterable[tuple[int, int]],
    known: frozenset[str],
    beginnings: frozenset[str],
) -> Iterator[tuple[int, int]]:
    """Letters of no word go with a beginning before them, or with each other."""
    opens, until, goes_on = 0, 0, True
    for start, end in spans:
        piece = letters[start:end]
        is_word = end - start >= SHORTEST and piece in known
        if start and (is_word or not goes_on):
            yield opens, until
            opens = start
        goes_on = not is_word or piece in beginnings
        until = end
    if until:
        yield opens, until
