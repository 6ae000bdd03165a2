"""No forbidden phrase gets through, wherever it stands: all phrases, tried at every place."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pytest

from agent.probe_guard import load_matters, load_words
from interview.probing import Admitted
from interview.readings import folded
from tests.unit.test_probing import LANGUAGES, judged

pytestmark = pytest.mark.unit

Hidden = Callable[[str], str]

GAP = ("very", "own", "and")
"""What stands where a phrase has a gap, beside nothing at all."""

SENTENCES = {
    "de": [
        "Was sagte der Schüler, als Sie ihn fragten?",
        "Wie hat die Frau an der Kasse reagiert?",
    ],
    "en": ["What did you tell the parents at the meeting?", "Which customers were affected?"],
    "es": ["¿Qué les dijo a los padres en la reunión?", "¿Qué clientes se vieron afectados?"],
    "fr": ["Comment le client a-t-il réagi ?", "Qu'avez-vous dit aux parents pendant la réunion ?"],
}
"""They hold words with which something of the work begins or ends."""

SHORT = {"de": ["Und dann?"], "en": ["And then?"], "es": ["¿Y después?"], "fr": ["Et après ?"]}


@cache
def phrases(language: str) -> tuple[str, ...]:
    words = load_words(language)
    assert words is not None
    matters = (p for name in sorted(load_matters(())) for p in words.protected[name])
    return (*matters, *words.promise, *words.verdict, *words.rubric)


@cache
def work(language: str) -> tuple[tuple[str, ...], ...]:
    words = load_words(language)
    assert words is not None
    return tuple(tuple(phrase.split()) for phrase in words.work)


def spoken(phrase: str) -> Iterator[str]:
    """A phrase with each of its words, without and with something in its gaps."""
    parts = [part.split("|") for part in phrase.replace("*", "").split()]
    for at in range(max(map(len, parts))):
        for gap in ((), GAP) if ["…"] in parts else ((),):
            chosen = (gap if each == ["…"] else (each[at % len(each)],) for each in parts)
            yield " ".join(word for words in chosen for word in words)


def places(sentence: str, phrase: str) -> Iterator[tuple[str, int]]:
    """The sentence with the phrase at each place but the last, and before which word that is."""
    *before, last = sentence.rstrip("? ").split()
    for at in range(len(before) + 1):
        said = " ".join([*before[:at], phrase, *before[at:], last]) + "?"
        yield said, len(folded(" ".join(before[:at])).split())


def is_of_work(language: str, text: str, begins: int, length: int) -> bool:
    """Something of the work covers the phrase, which begins at this word, wholly. Word by word,
    without a line of the guard's own."""
    words = folded(text).split()
    return any(
        end >= begins + length
        for start in range(begins + 1)
        for pattern in work(language)
        for end in ends(pattern, words, start)
    )


def ends(pattern: tuple[str, ...], words: list[str], at: int) -> Iterator[int]:
    """Behind which word the pattern may end when it begins before word `at`."""
    if not pattern:
        yield at
        return
    if pattern[0] == "…":
        for skipped in range(4):
            yield from ends(pattern[1:], words, at + skipped)
    elif at < len(words) and is_met(pattern[0], words[at]):
        yield from ends(pattern[1:], words, at + 1)


@cache
def is_met(part: str, word: str) -> bool:
    """`part` is a word of a phrase, which may name several and leave letters open."""
    pieces = ([folded(piece).strip() for piece in each.split("*")] for each in part.split("|"))
    return any(re.fullmatch("[a-z0-9]*".join(map(re.escape, each)), word) for each in pieces)


def got_through(language: str, sentences: Iterable[str], hidden: Hidden) -> set[tuple[str, str]]:
    """What was admitted, with why that is wrong, if it is."""
    return {
        (said, "" if is_of_work(language, plain, begins, length(form)) else phrase)
        for sentence in sentences
        for phrase in phrases(language)
        for form in spoken(phrase)
        for (plain, begins), (said, _) in zip(
            places(sentence, form), places(sentence, hidden(form)), strict=True
        )
        if isinstance(judged(said, language), Admitted)
    }


def length(form: str) -> int:
    return len(folded(form).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_what_is_of_the_work_is_excused(language: str) -> None:
    """“Comment le client âgé a-t-il réagi ?” asks about nobody's own age."""
    through = got_through(language, SENTENCES[language], str)

    assert [] == sorted(each for each in through if each[1])
    assert through, "these sentences were chosen for what they excuse"


@pytest.mark.parametrize("language", LANGUAGES)
def test_capitals_hide_no_phrase(language: str) -> None:
    through = got_through(language, SHORT[language], str.upper)

    assert [] == sorted(each for each in through if each[1])
