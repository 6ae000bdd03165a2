"""What may have been said where a recogniser was not sure of its words.

A misheard word takes a phrase away from who said it, and so a level that rests on it: the next
lower one that shares its other phrases would be found instead. Whoever was hardly understood is not
rated lower for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from rapidfuzz import fuzz

from interview.doubt import doubtful, placed
from interview.lexicon import Heard, Lexicon, nfc, spot
from interview.turns import Turn

BESIDE = 3
"""The first or last word of a phrase may stand so many words beside the rest of it."""

SOUNDS_LIKE = 40.0
"""Normalised Indel similarity, per cent, of a stem and what may have been heard for it: on the
bundled answers nothing is found without it that was said, and much that was not."""

ANY_FROM = Decimal("0.2")
"""From this share of doubtful words on, any word may be wrong, and any phrase have been said: of
three wrong words recognisers are sure of one, and what they leave out leaves no doubt behind."""

MOSTLY = 0.55
"""A phrase of which a larger share of letters was heard in their order may have been said, however
sure the recogniser is of what stands in the place of the others. More would be found with a smaller
share, and clean transcripts lose their levels: see the guide's table."""

MOST_HOLES = 2
SHORTEST_HEARD = 3
"""Shorter words, and pronouns, stand in every sentence, and prove nothing."""


def unsure_in(turn: Turn, heard: Heard) -> frozenset[int]:
    """Which of the words of `heard`, that `turn` was taken apart into, may be wrong; none where the
    recognised words are not found in its text. A typed word is never wrong, and what was heard
    beside it puts the whole turn in doubt only while no more was typed than heard."""
    doubts, spoken = doubtful(turn), nfc(turn.spoken)
    if not doubts:
        return frozenset()
    is_any = len(doubts) >= ANY_FROM * len(turn.words)
    if is_any and len(spoken.split()) <= 2 * len(turn.words):
        return frozenset(range(len(heard.words)))
    placed_words = placed(turn)
    if placed_words is None:
        return frozenset()
    unsure = range(len(turn.words)) if is_any else doubts
    wrong = {at for at, word in enumerate(placed_words) if word in unsure}
    ends, at = list[int](), 0
    for word in spoken.split():
        at = spoken.index(word, at) + len(word)
        ends.append(at)
    found, number = set[int](), 0
    for index, said in enumerate(heard.words):
        while number < len(ends) - 1 and said.start >= ends[number]:
            number += 1
        found |= {index} if number in wrong else set()
    return frozenset(found)


def may_be_hidden(
    stems: Sequence[str], heard: Heard, unsure: frozenset[int], lexicon: Lexicon
) -> bool:
    """The phrase was heard but for one word, in whose place a doubtful one sounds like it, or but
    for a doubtful word that denies it; or most of it was heard; or any word may be wrong."""
    if not unsure or not stems:
        return False
    if len(unsure) == len(heard.words) or _is_mostly_heard(stems, heard, lexicon):
        return True
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


def _is_mostly_heard(stems: Sequence[str], heard: Heard, lexicon: Lexicon) -> bool:
    """But for one or two words, of which nothing may be left: recognisers leave words out, and are
    sure of some that are wrong."""
    weights = [len(stem) if len(stem) >= SHORTEST_HEARD else 0 for stem in stems]
    enough = MOSTLY * sum(weights)
    for holes in range(1, min(MOST_HOLES, len(stems) - 1) + 1):
        for missing in combinations(range(len(stems)), holes):
            if sum(weights) - sum(weights[at] for at in missing) <= enough:
                continue
            left = [stem for at, stem in enumerate(stems) if at not in missing]
            if any(spot(left, heard, lexicon)):
                return True
    return False
