"""What people of a tenant do in an interview's room, and who leads there, as facts for its log."""

from typing import Annotated, Literal

from pydantic import Field

from interview.by_people import By
from interview.kit import Frozen, Key

Floor = Annotated[str, Field(pattern=r"^(ai|paused|human:[0-9a-f]{32})$")]
"""Who leads: the AI, nobody, or a member of the tenant."""

SeatRole = Literal["interviewer", "observer"]
Covered = Annotated[tuple[Key, ...], Field(max_length=50)]
"""Questions that a person has asked."""


class SeatTaken(Frozen):
    """A member was given a room token; `hidden` observers are seen by nobody in the room."""

    kind: Literal["seat_taken"] = "seat_taken"
    identity: str
    name: str
    role: SeatRole
    hidden: bool = False
    by: By


class InterviewerArrived(Frozen):
    """A member of the tenant is in the room, seen by the agent."""

    kind: Literal["interviewer_arrived"] = "interviewer_arrived"
    identity: str
    role: SeatRole


class InterviewerLeft(Frozen):
    kind: Literal["interviewer_left"] = "interviewer_left"
    identity: str
    reason: str


class InterviewerUnheard(Frozen):
    """For some seconds nothing of what this interviewer says could be understood."""

    kind: Literal["interviewer_unheard"] = "interviewer_unheard"
    identity: str


class FloorChanged(Frozen):
    """Who leads from now on, as the API decided. `by` is None when nobody asked: who held the floor
    was `gone` for long, or lost their `access`; or a person's `section` begins, or nobody leads it.
    `covered` are questions that a person has asked."""

    kind: Literal["floor_changed"] = "floor_changed"
    floor: Floor
    before: Floor
    covered: Covered = ()
    reason: Literal["asked", "gone", "access", "section"] = "asked"
    by: By | None = None


class FloorAsked(Frozen):
    """The agent did as `identity` asked within the room; whether it holds is for the API to say.

    `before` is who held the floor then. `gone`: nobody asked, for they were away too long.
    """

    kind: Literal["floor_asked"] = "floor_asked"
    identity: str
    floor: Floor
    before: Floor
    covered: Covered = ()
    gone: bool = False


class FloorFollowed(Frozen):
    """The agent has fallen silent, or leads again: from here on it is so within the room.

    `within_answer`: the candidate was answering, though perhaps no word of it was final yet; when
    the AI leads again, what it had put at a person's request.
    `gone`: nobody gave it back, for who held it was away too long.
    """

    kind: Literal["floor_followed"] = "floor_followed"
    floor: Floor
    covered: Covered = ()
    within_answer: bool = False
    gone: bool = False


class FloorRefused(Frozen):
    """Somebody in the room asked for the floor who may not have it."""

    kind: Literal["floor_refused"] = "floor_refused"
    identity: str
    wanted: Literal["take", "give"]


class FloorOffered(Frozen):
    """The AI has left the floor to whoever takes it, for a `section` of the kit that a person leads
    through; or it leads again, for nobody took it (None)."""

    kind: Literal["floor_offered"] = "floor_offered"
    section: str | None


class HolderLost(Frozen):
    """Who holds the floor is not in the room any more: it is offered to the other interviewers, and
    nobody's or the AI's after `returns_after_s`."""

    kind: Literal["holder_lost"] = "holder_lost"
    identity: str
    returns_after_s: float


FactOfRoom = (
    SeatTaken
    | InterviewerArrived
    | InterviewerLeft
    | InterviewerUnheard
    | FloorChanged
    | FloorAsked
    | FloorFollowed
    | FloorRefused
    | FloorOffered
    | HolderLost
)

KINDS_OF_AGENT = frozenset(
    {
        "interviewer_arrived",
        "interviewer_left",
        "interviewer_unheard",
        "floor_asked",
        "floor_followed",
        "floor_refused",
        "floor_offered",
        "holder_lost",
    }
)
"""Of those, what an agent may report."""
