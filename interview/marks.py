"""What is marked in a transcript for the people who read it; nothing of it is stored."""

from collections.abc import Iterable

from interview.doubt import doubtful
from interview.hostile import Detector, Flag
from interview.ids import TurnId
from interview.kit import Frozen
from interview.turns import Turn


class Doubt(Frozen):
    """The words of a turn that are likely to be wrong, as indexes into its `words`."""

    turn_id: TurnId
    words: tuple[int, ...]


class Marks(Frozen):
    """`doubtful`: what the recogniser was not sure of. `flags`: what speaks to whoever rates
    instead of answering; it is held against nobody."""

    doubtful: tuple[Doubt, ...]
    flags: tuple[Flag, ...]


def marks_of(turns: Iterable[Turn], detector: Detector) -> Marks:
    """Of turns as they are shown."""
    shown = tuple(turns)
    doubts = ((turn.turn_id, doubtful(turn)) for turn in shown if turn.speaker != "ai")
    return Marks(
        doubtful=tuple(Doubt(turn_id=name, words=words) for name, words in doubts if words),
        flags=detector.flags(shown),
    )
