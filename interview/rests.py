"""Pauses in an interview and the end of its time, and what would tell a rater of one.

A break that a candidate was given is the pause that anybody may ask for, in the same words. Only
nobody asked for it, which would tell of it: who may not know of accommodations is told of no pause.
Nor of when the plan's clock ran out: somebody who was given more time has it run out later.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from interview.events import CandidateAsked, Fact, LineKind, SignalReceived
from interview.ids import TurnId
from interview.turns import Speaker, touched
from interview.wish_facts import WishRead

RESTING: frozenset[LineKind] = frozenset({"pausing", "when_ready"})
"""Lines that grant a pause, and that are said within it."""

TELLING = frozenset({"paused", "resumed", "silence_noticed", "final_minute_began", "time_ran_out"})
"""Kinds of facts that tell of a pause, of how long a silence lasted, or of how much time there was.
"""


class Outlined(Protocol):
    """A turn without its words."""

    @property
    def turn_id(self) -> TurnId: ...
    @property
    def speaker(self) -> Speaker: ...
    @property
    def question(self) -> str | None: ...
    @property
    def line(self) -> LineKind | None: ...


@dataclass(frozen=True, slots=True)
class Outline:
    """As stored, for who need not open what was said."""

    turn_id: TurnId
    speaker: Speaker
    question: str | None
    line: LineKind | None


def turns_of_rests(turns: Iterable[Outlined]) -> frozenset[TurnId]:
    """Of all turns in order, the lines of pauses, and what was said within a break: it answers
    nothing, for the question that it is filed under was still to be asked."""
    found: set[TurnId] = set()
    asked: set[str | None] = {None}
    resting = False
    for turn in turns:
        if turn.speaker == "ai":
            resting = turn.line in RESTING
            asked |= {turn.question} if turn.line == "question" else set()
        if resting and (turn.speaker == "ai" or turn.question not in asked):
            found.add(turn.turn_id)
    return frozenset(found)


def turns_withheld(turns: Iterable[Outlined]) -> frozenset[TurnId]:
    """Of all turns in order, those of rests, and the line that says nothing but that the time is
    almost over."""
    known = tuple(turns)
    return turns_of_rests(known) | {each.turn_id for each in known if each.line == "final_minute"}


def tells_of_rest(fact: Fact, of_rests: frozenset[TurnId]) -> bool:
    """Whether a fact would tell of a pause, or of when the time was over; `of_rests` are the turns
    that do."""
    match fact:
        case SignalReceived(signal="pause" | "resume"):
            return True
        case CandidateAsked() | WishRead():
            return fact.turn_id in of_rests
        case _:
            return fact.kind in TELLING or touched(fact) in of_rests
