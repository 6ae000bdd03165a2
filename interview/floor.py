"""The floor: who leads a talk, and who may take it, give it back and let it rest."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from interview.accounts import Member, Role
from interview.by_room import Floor, SeatRole
from interview.errors import FloorTaken, Forbidden, LimitReached
from interview.ids import InterviewId, MemberId, SessionId, interviewer_identity, seat_mark
from interview.kit import AssistMode, Kit

MOST_INTERVIEWERS = 5
"""In one room, observers not counted."""

COMES_WITHIN = timedelta(seconds=30)
"""So long a seat counts though nobody sits in it yet: LiveKit's client gives its two steps into a
room fifteen seconds each. Whoever turned back on the way keeps others out for no longer."""

INTERVIEWING = frozenset({Role.OWNER, Role.ADMIN, Role.RECRUITER, Role.INTERVIEWER})
"""Roles of members who may come into a room."""

AI: Floor = "ai"
PAUSED: Floor = "paused"


@dataclass(frozen=True, slots=True)
class Seat:
    """A member's place in the room of an interview."""

    interview: InterviewId
    member: MemberId
    role: SeatRole
    hidden: bool
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class SeatProof:
    """What a member came into a room by: a session or a key of theirs. `until` is its end, as far
    as that is known now."""

    member: MemberId
    session: SessionId | None = None
    kid: str | None = None
    until: datetime | None = None

    @property
    def mark(self) -> str:
        return seat_mark(f"{self.session or self.kid}".encode())

    def holds(self, now: datetime) -> bool:
        """True while it opens anything."""
        return self.until is None or now < self.until


def at_rest(assist: AssistMode) -> Floor:
    """The floor while nobody holds it: where people lead, the AI does not speak for them."""
    return PAUSED if assist == "human_leads" else AI


def of_member(member: MemberId) -> Floor:
    """The floor in the hands of `member`."""
    return f"human:{member.hex}"


def holder_of(floor: Floor) -> MemberId | None:
    """Who leads, None when no person does."""
    kind, _, name = floor.partition(":")
    return MemberId(UUID(hex=name)) if kind == "human" else None


def may_interview(member: Member) -> bool:
    """Whether `member` may be in a room at all."""
    return member.removed_at is None and member.role in INTERVIEWING


def may_stay(proofs: Collection[SeatProof], mark: str | None, now: datetime) -> bool:
    """Whether who came by the proof with this mark may be in the room still; `proofs` are all by
    which this member came into it. Without a mark any that holds is enough, and where no proof is
    known the seat is older than they."""
    theirs = [proof for proof in proofs if mark in (None, proof.mark)]
    return not proofs or any(proof.holds(now) for proof in theirs)


def lost_marks(proofs: Collection[SeatProof], now: datetime) -> frozenset[str | None]:
    """Marks of those who may not stay; None among them for who shows none."""
    marks = {None, *(proof.mark for proof in proofs)}
    return frozenset(mark for mark in marks if not may_stay(proofs, mark, now))


def passed(floor: Floor, wanted: Floor, asking: MemberId, present: Collection[str]) -> Floor:
    """The floor after `asking` wants it to be `wanted`: their own, the AI's or nobody's.

    What a person holds is theirs to give, as long as they are `present` (identities of
    interviewers in the room).
    Raises `FloorTaken`, and `Forbidden` for the floor of somebody else.
    """
    holder = holder_of(floor)
    if holder_of(wanted) not in (None, asking):
        raise Forbidden("Nobody takes the floor for somebody else.")
    if holder not in (None, asking) and interviewer_identity(holder) in present:
        raise FloorTaken
    return wanted


def on_the_way(seats: Collection[Seat], now: datetime) -> tuple[str, ...]:
    """Identities of interviewers whose seat is so new that they may not be in the room yet."""
    return tuple(
        interviewer_identity(seat.member)
        for seat in seats
        if seat.role == "interviewer" and now - seat.taken_at < COMES_WITHIN
    )


def make_room(interviewers: Collection[str], identity: str) -> None:
    """Raises `LimitReached` when `identity` would be one too many beside these `interviewers`, who
    are in the room or on their way."""
    if len(set(interviewers) - {identity}) >= MOST_INTERVIEWERS:
        raise LimitReached(f"{MOST_INTERVIEWERS} interviewers are in the room or on their way.")


def covered_by(
    kit: Kit, questions: Collection[str], competencies: Collection[str]
) -> tuple[str, ...]:
    """The questions that need not be asked again, in the kit's order: ticked themselves, or with
    every competency they serve; but never one that the kit wants asked in its own words."""
    return tuple(
        question.key
        for question in kit.questions
        if question.covered_if_asked_by_human
        and (question.key in questions or set(question.competencies) <= set(competencies))
    )
