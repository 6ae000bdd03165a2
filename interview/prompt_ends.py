"""Prompts to interviewers end with what they were about: nobody acts on one that is over."""

from interview.by_room import FloorFollowed, FloorOffered, InterviewerArrived, InterviewerLeft
from interview.copilot_facts import AiAsked, CoverageJudged, QuestionTicked, TurnFiled
from interview.events import Fact, LineStarted, SpeechHeard
from interview.floor import AI, holder_of
from interview.hints import Hint, HintKind
from interview.ids import interviewer_identity

PROPOSALS: frozenset[HintKind] = frozenset({"ask", "missing"})
"""What a person could ask: of no use once somebody else asks."""

PASSING: frozenset[HintKind] = PROPOSALS | {"time"}
"""What is told without an alarm, and ends."""


def is_over(hint: Hint, fact: Fact) -> bool:
    """Whether nobody needs `hint` any more after `fact`.

    A slip of the tongue and somebody's danger are over with nothing that the room can see, and a
    figure stays worth verifying.
    """
    match hint.kind:
        case "ask":
            return _is_asked(hint, fact)
        case "missing":
            return _is_left(hint, fact)
        case "unheard":
            return _is_heard(hint, fact)
        case "relief" if hint.about == "gone":
            return _is_found(hint, fact)
        case "relief" if hint.about != "danger":
            return _is_relieved(hint, fact)
        case _:
            return False


def is_replaced(shown: Hint, newer: Hint) -> bool:
    """Whether `newer` tells how it is by now with what `shown` told: two minutes are left, not
    five; the same question is next, and another share is covered; the same relief is wanted
    still."""
    if shown.kind != newer.kind:
        return False
    match shown.kind:
        case "time":
            return True
        case "ask":
            return shown.question == newer.question
        case "relief":
            return (shown.about, shown.whom) == (newer.about, newer.whom)
        case _:
            return False


def _is_asked(proposal: Hint, fact: Fact) -> bool:
    """Its question was put, by whomever; or the AI puts what is open, or says goodbye."""
    match fact:
        case (
            LineStarted(line="question", question=key)
            | TurnFiled(question=key)
            | CoverageJudged(question=key)
            | QuestionTicked(question=key, covered=True)
        ):
            return key is not None and key == proposal.question
        case FloorFollowed(floor=floor, covered=covered):
            return floor == AI or proposal.question in covered
        case AiAsked(question=asked):
            return asked is None
        case _:
            return False


def _is_left(proposal: Hint, fact: Fact) -> bool:
    """The talk is at another question; or the AI asks what is missing, or says goodbye."""
    match fact:
        case LineStarted(line="question"):
            return True
        case TurnFiled(question=key, by="words"):
            return key != proposal.question
        case FloorFollowed(floor=floor):
            return floor == AI
        case AiAsked(question=asked):
            return asked is None
        case _:
            return False


def _is_heard(alarm: Hint, fact: Fact) -> bool:
    """Words of theirs are written down again, or they have left."""
    match fact:
        case SpeechHeard(identity=identity, text=text):
            return identity == alarm.whom and bool(text)
        case InterviewerLeft(identity=identity):
            return identity == alarm.whom
        case _:
            return False


def _is_found(alarm: Hint, fact: Fact) -> bool:
    """Who held the floor is back to lead, or it is somebody else's."""
    match fact:
        case InterviewerArrived(identity=identity, role="interviewer"):
            return identity == alarm.whom
        case FloorFollowed(floor=floor):
            holder = holder_of(floor)
            return holder is None or interviewer_identity(holder) != alarm.whom
        case _:
            return False


def _is_relieved(alarm: Hint, fact: Fact) -> bool:
    """A person leads, or the AI does through what a person was wanted for."""
    match fact:
        case FloorFollowed(floor=floor):
            is_led = alarm.about == "nobody_came" and floor == AI
            return is_led or holder_of(floor) is not None
        case FloorOffered(section=None):
            return alarm.about == "section"
        case _:
            return False
