"""What is marked in a transcript for the people who read it; nothing of it is stored."""

import re
from collections.abc import Iterable

from interview.doubt import doubtful, placed
from interview.hostile import Detector, Flag
from interview.ids import TurnId
from interview.kit import Frozen
from interview.lexicon import nfc
from interview.turns import Turn


class Doubt(Frozen):
    """The words of a turn that are likely to be wrong, as indexes into its `words`."""

    turn_id: TurnId
    words: tuple[int, ...]


class PlacedWord(Frozen):
    """Where one of a turn's `words` stands in its text, in characters of NFC."""

    word: int
    start: int
    end: int


class Placed(Frozen):
    """Where the recognised words of a turn stand in its text, among others: what is not named here
    was written, and cannot be heard. None are named where they are not found in their order."""

    turn_id: TurnId
    words: tuple[PlacedWord, ...]


class Marks(Frozen):
    """`doubtful`: what the recogniser was not sure of. `flags`: what speaks to whoever rates
    instead of answering; it is held against nobody. `placed`: of the turns whose text has not as
    many words as were recognised; in all others they are the words of the text, one for one."""

    doubtful: tuple[Doubt, ...]
    flags: tuple[Flag, ...]
    placed: tuple[Placed, ...]


def marks_of(turns: Iterable[Turn], detector: Detector) -> Marks:
    """Of turns as they are shown."""
    shown = tuple(turns)
    doubts = ((turn.turn_id, doubtful(turn)) for turn in shown if turn.speaker != "ai")
    return Marks(
        doubtful=tuple(Doubt(turn_id=name, words=words) for name, words in doubts if words),
        flags=detector.flags(shown),
        placed=tuple(filter(None, map(_placed, shown))),
    )


def _placed(turn: Turn) -> Placed | None:
    spans = [found.span() for found in re.finditer(r"\S+", nfc(turn.spoken))]
    if not turn.words or len(spans) == len(turn.words):
        return None
    words = (
        PlacedWord(word=word, start=start, end=end)
        for word, (start, end) in zip(placed(turn) or (), spans, strict=False)
        if word is not None
    )
    return Placed(turn_id=turn.turn_id, words=tuple(words))
