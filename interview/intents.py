"""What a candidate's words ask for besides answering: a rule over short utterances.

Precision comes first: a wish is an utterance that says nothing else. A phrase within an answer is
an answer, and so is whatever the rule does not know.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal, get_args

Intent = Literal[
    "answer",
    "nothing",
    "backchannel",
    "repeat",
    "rephrase",
    "skip",
    "back",
    "pause",
    "trouble",
    "robot",
    "progress",
    "person",
    "distress",
    "job",
    "asks",
    "has_question",
    "yes",
    "go_on",
]
"""`job` asks about the position, `asks` asks anything; `has_question` says that one comes."""

Wish = Literal[
    "person",
    "distress",
    "pause",
    "trouble",
    "robot",
    "progress",
    "rephrase",
    "skip",
    "back",
    "go_on",
    "has_question",
    "job",
    "yes",
]
"""What a lexicon has patterns for. Of two that fit, the one that stands first here counts."""

WISHES: tuple[Wish, ...] = get_args(Wish)

LONGEST_WISH = 16
LONGEST_QUESTION = 30


@dataclass(frozen=True, slots=True)
class Wishes:
    """One language's words for wishes.

    `around` are words that may stand before, between and after. A pattern is words with choices
    `(a|b)` and what may be left out `[c]`; in `pieces` are those that several patterns share, named
    by `<name>`. `questions` are patterns that a question begins with.
    """

    around: frozenset[str] = frozenset()
    pieces: Mapping[str, str] = field(default_factory=dict)
    patterns: Mapping[Wish, tuple[str, ...]] = field(default_factory=dict)
    questions: tuple[str, ...] = ()


def wish_of(text: str, wishes: Wishes) -> Intent:
    """The wish that `text` as a whole is, `asks` for a question, else `answer`."""
    words = words_of(text)
    if len(words) <= LONGEST_WISH:
        said = _joined(words)
        for wish in WISHES:
            patterns = wishes.patterns.get(wish, ())
            if patterns and _whole(patterns, wishes).fullmatch(said):
                return wish
    return "asks" if _is_question(text, words, wishes) else "answer"


def only_polite(text: str, wishes: Wishes) -> bool:
    """True for thanks, greetings and small sounds alone: nobody returns from a pause with them."""
    return all(word in wishes.around for word in words_of(text))


def topic_of(text: str, topics: Iterable[tuple[str, Iterable[str]]]) -> str | None:
    """The first of the topics, each with its phrases, that one of the phrases names."""
    said = f" {_joined(words_of(text))}"
    for topic, phrases in topics:
        if any(f" {_joined(words_of(phrase))}" in said for phrase in phrases):
            return topic
    return None


def words_of(text: str) -> list[str]:
    """Lower case, without punctuation; an apostrophe and a hyphen belong to their word."""
    plain = text.lower().replace("’", "'").replace("ʼ", "'")
    return [w for w in (raw.strip(".,;:!?…\"“”„«»()¿¡–-'") for raw in plain.split()) if w]


def _is_question(text: str, words: list[str], wishes: Wishes) -> bool:
    if not 0 < len(words) <= LONGEST_QUESTION or not wishes.questions:
        return False
    return text.rstrip().endswith("?") or bool(_beginning(wishes).match(_joined(words)))


def _joined(words: list[str]) -> str:
    return "".join(f"{word} " for word in words)


def _whole(patterns: tuple[str, ...], wishes: Wishes) -> re.Pattern[str]:
    return _compiled(patterns, tuple(wishes.pieces.items()), wishes.around, only_first=False)


def _beginning(wishes: Wishes) -> re.Pattern[str]:
    pieces = tuple(wishes.pieces.items())
    return _compiled(wishes.questions, pieces, wishes.around, only_first=True)


@cache
def _compiled(
    patterns: tuple[str, ...],
    pieces: tuple[tuple[str, str], ...],
    around: frozenset[str],
    *,
    only_first: bool,
) -> re.Pattern[str]:
    small = "|".join(sorted(re.escape(word) for word in around)) or "(?!)"
    polite = f"(?:(?:{small}) )*"
    meant = "|".join(_expression(pattern, dict(pieces)) for pattern in patterns)
    return re.compile(f"{polite}(?:{meant})" if only_first else f"{polite}(?:(?:{meant}){polite})+")


def _expression(pattern: str, pieces: Mapping[str, str]) -> str:
    """A pattern as a regular expression over words that each end in a space."""
    whole = re.sub(r"<(\w+)>", lambda named: f"({pieces[named[1]]})", pattern)
    words = re.sub(r"[^\s()\[\]|]+", lambda word: re.escape(word[0]) + "\0", whole)
    joined = words.replace(" ", "").replace("\0", " ")
    return joined.replace("(", "(?:").replace("[", "(?:").replace("]", ")?")
