"""Turns of a transcript, as far as a test cares."""

from uuid import UUID

from interview.events import LineKind, Word
from interview.ids import TurnId
from interview.turns import Speaker, Turn


def turn(
    spoken: str,
    speaker: Speaker = "candidate",
    number: int = 1,
    *,
    line: LineKind | None = None,
    words: tuple[Word, ...] = (),
    at_ms: int = 0,
    ended_ms: int = 1,
    withdrawn: bool = False,
) -> Turn:
    """A whole one; `number` makes its id and place in the log."""
    return Turn(
        turn_id=TurnId(UUID(int=number)),
        seq=number,
        speaker=speaker,
        identity="someone",
        question="incident",
        line=line,
        spoken=spoken,
        generated=None,
        words=words,
        started_ms=at_ms,
        ended_ms=ended_ms,
        confidence=None,
        cut_off=False,
        withdrawn=withdrawn,
        complete=True,
    )
