"""Words as a recogniser may get them wrong."""

import re
from collections.abc import Sequence
from functools import cache
from random import Random

from rapidfuzz import fuzz

from lab.interviews import bases
from lab.making.words import alike_in

ALIKE_ENOUGH = 60.0
DROPPED, ADDED = 0.2, 0.1
"""Of the errors; the others are words that sound alike."""

UNSURE_WHEN_WRONG, UNSURE_WHEN_RIGHT = 2 / 3, 1 / 8
"""Of the embedded recogniser, on 1,043 words of this project's recordings: see `interview.doubt`.
What was left out leaves no doubt behind."""

_SOUNDS = (
    ("ph", "f"),
    ("ck", "k"),
    ("c", "k"),
    ("q", "k"),
    ("z", "s"),
    ("d", "t"),
    ("b", "p"),
    ("g", "k"),
    ("v", "f"),
)
_WORD = re.compile(r"\w+(?:['’]\w+)*")


def misheard(
    text: str, language: str, share: float, random: Random, draw: str = ""
) -> tuple[str, tuple[int, ...]]:
    """Lower case without punctuation; `share` of the words are wrong, to the nearest word. And the
    words that the recogniser is not sure of, which are not quite the wrong ones. Another `draw` is
    sure of others."""
    words = [found.group().lower() for found in _WORD.finditer(text)]
    wrong = set(random.sample(range(len(words)), round(share * len(words))))
    heard, unsure, doubts = list[str](), list[int](), Random(f"{draw}{share}/{text}")
    for at, word in enumerate(words):
        written = _instead(word, language, random) if at in wrong else word
        likely = UNSURE_WHEN_WRONG if at in wrong else UNSURE_WHEN_RIGHT
        for each in written.split():
            unsure += [len(heard)] if doubts.random() < likely else []
            heard.append(each)
    return " ".join(heard), tuple(unsure)


def _instead(word: str, language: str, random: Random) -> str:
    luck = random.random()
    if luck < DROPPED:
        return ""
    if luck < DROPPED + ADDED:
        return f"{word} {random.choice(_short(language))}"
    return alike_in(language).get(word) or nearest(word, language)


@cache
def nearest(word: str, language: str) -> str:
    """The word of our own answers that sounds most like it; none when there is nothing like it."""
    others = ((fuzz.ratio(_sound(word), _sound(other)), other) for other in _all(language))
    likeness, other = max((each for each in others if each[1] != word), default=(0.0, ""))
    return other if likeness >= ALIKE_ENOUGH else ""


@cache
def _all(language: str) -> Sequence[str]:
    said = (
        s.text for base in bases().values() if base.language == language for s in base.answer.said
    )
    return sorted({found.group().lower() for text in said for found in _WORD.finditer(text)})


@cache
def _short(language: str) -> Sequence[str]:
    return [word for word in alike_in(language) if len(word) <= len("the")]


@cache
def _sound(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", word)
