"""Turns in which a candidate asked for something and answered nothing.

They stay in the log and in the transcript. But a wish costs nothing: its words, which may say how
somebody fares, are shown to no rater that is a program and to no model that proposes probes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from interview.by_people import TurnCorrected
from interview.events import AnswerEnded, AnswerResumed, Event, Fact, SpeechHeard
from interview.ids import TurnId
from interview.intents import LONGEST_WISH, Intent
from interview.rests import turns_of_rests
from interview.turns import Turn
from interview.wish_facts import WishRead

NO_ANSWERS: frozenset[Intent] = frozenset(
    {
        "repeat",
        "rephrase",
        "skip",
        "back",
        "pause",
        "stop",
        "trouble",
        "robot",
        "progress",
        "danger",
        "person",
        "distress",
        "job",
        "has_question",
    }
)
"""Not `yes`, `no`, `go_on` and `somebody`, which answer many a probe, nor `asks`, which may be
how an answer ends."""


@dataclass(slots=True)
class Asides:
    """Gathered from the facts; whatever is said to the turn afterwards may answer, so that it is no
    aside any more. A turn of more words than a wish, or with a sentence that is none, has answered
    something as well, and one of `read`, in which only a model found a wish, may have: no answer is
    lost by what a model says."""

    turns: set[TurnId] = field(default_factory=set)
    read: set[TurnId] = field(default_factory=set)

    def notes(self, fact: Fact) -> None:
        match fact:
            case WishRead():
                self.read.add(fact.turn_id)
            case AnswerEnded() if fact.turn_id in self.read:
                self.read.discard(fact.turn_id)
                self.turns.discard(fact.turn_id)
            case AnswerEnded(intent=intent, answers_too=False) if (
                intent in NO_ANSWERS and fact.words <= LONGEST_WISH
            ):
                self.turns.add(fact.turn_id)
            case AnswerEnded() | AnswerResumed() | SpeechHeard() | TurnCorrected():
                self.turns.discard(fact.turn_id)
            case _:
                pass


def without_asides(turns: Sequence[Turn], log: Iterable[Event]) -> tuple[Turn, ...]:
    """What programs that rate are given of the turns that `log` tells of."""
    asides = Asides()
    for event in log:
        asides.notes(event.fact)
    left_out = asides.turns | turns_of_rests(turns)
    return tuple(turn for turn in turns if turn.turn_id not in left_out)
