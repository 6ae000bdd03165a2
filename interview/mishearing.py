"""What may have been said where a recogniser was not sure of its words.

A misheard word takes a phrase away from who said it, and so a level that rests on it: the next
lower one would be found instead. Whoever was hardly understood is not rated lower for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from rapidfuzz import fuzz

from interview.doubt import doubtful, share
from interview.lexicon import Heard, Lexicon, nfc, spot
from interview.turns import Turn

BESIDE = 3
"""The first or last word of a phrase may stand so many words beside the rest of it."""

SOUNDS_LIKE = 40.0
"""Normalised Indel similarity, per cent, of a stem and what may have been heard for it: on the
bundled answers nothing is found without it that was said, and much that was not."""

ANY_FROM = Decimal("0.2")
"""From this share of doubtful words on, any word may be wrong: of three wrong ones recognisers are
sure of one."""


def unsure_in(turn: Turn, heard: Heard) -> frozenset[int]:
    """Which of the words of `heard`, that `turn` was taken apart into, may be wrong; none where
    words and text do not go together one by one."""
    doubts, spoken = doubtful(turn), nfc(turn.spoken)
    if share([turn]) >= ANY_FROM:
        return frozenset(range(len(heard.words)))
    if not doubts or len(spoken.split()) != len(turn.words):
        return frozenset()
    ends, at = list[int](), 0
    for word in spoken.split():
        at = spoken.index(word, at) + len(word)
        ends.append(at)
    found, number = set[int](), 0
    for index, said in enumerate(heard.words):
        while number < len(ends) - 1 and said.start >= ends[number]:
            number += 1
        found |= {index} if number in doubts else set()
    return frozenset(found)


def may_be_hidden(
    stems: Sequence[str], heard: Heard, unsure: frozenset[int], lexicon: Lexicon
) -> bool:
    """The phrase was heard but for one word, in whose place a doubtful one sounds like it, or but
    for a doubtful word that denies it."""
    if not unsure or not stems:
        return False
    affirmed = _affirmed(heard, unsure)
    if any(spot(stems, affirmed, lexicon)):
        return True
    places = _places(stems, affirmed, lexicon)
    return any(_sounds_like(stems[at], heard, near & unsure) for at, near in places)


def _affirmed(heard: Heard, unsure: frozenset[int]) -> Heard:
    """As if no doubtful word denied anything."""
    words = (
        replace(word, denies=False) if word.denies and at in unsure else word
        for at, word in enumerate(heard.words)
    )
    return Heard(tuple(words), heard.places)


def _places(stems: Sequence[str], heard: Heard, lexicon: Lexicon) -> Iterator[tuple[int, set[int]]]:
    """Each of the stems by its index, and where it would stand beside the others."""
    for at in range(len(stems)):
        for place in spot([*stems[:at], *stems[at + 1 :]], heard, lexicon):
            first = place.start if at else place.start - BESIDE
            last = place.stop + BESIDE if at == len(stems) - 1 else place.stop
            yield at, set(range(max(0, first), min(len(heard.words), last)))


def _sounds_like(stem: str, heard: Heard, at: set[int]) -> bool:
    return any(fuzz.ratio(stem, heard.words[one].stem) >= SOUNDS_LIKE for one in at)
