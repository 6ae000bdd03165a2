"""Alarms to interviewers end with what they were about: nobody acts on one that is over."""

from interview.by_room import FloorFollowed, FloorOffered, InterviewerArrived, InterviewerLeft
from interview.events import Fact, SpeechHeard
from interview.floor import holder_of
from interview.hints import Hint
from interview.ids import interviewer_identity


def is_over(alarm: Hint, fact: Fact) -> bool:
    """Whether nobody needs `alarm` any more after `fact`.

    A slip of the tongue and somebody's danger are over with nothing that the room can see.
    """
    match alarm.kind:
        case "unheard":
            return _is_heard(alarm, fact)
        case "relief" if alarm.about == "gone":
            return _is_found(alarm, fact)
        case "relief" if alarm.about != "danger":
            return _is_relieved(alarm, fact)
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
            return holder_of(floor) is not None
        case FloorOffered(section=None):
            return alarm.about == "section"
        case _:
            return False
