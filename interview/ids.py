"""Names for identifiers, so that one kind is never passed where another is meant."""

from hashlib import sha256
from typing import NewType
from uuid import UUID

TenantId = NewType("TenantId", UUID)
MemberId = NewType("MemberId", UUID)
SessionId = NewType("SessionId", UUID)
JobId = NewType("JobId", UUID)
KitId = NewType("KitId", UUID)
CandidateId = NewType("CandidateId", UUID)
InterviewId = NewType("InterviewId", UUID)
InvitationId = NewType("InvitationId", UUID)
NoteId = NewType("NoteId", UUID)
RequestId = NewType("RequestId", UUID)
EventId = NewType("EventId", UUID)
TurnId = NewType("TurnId", UUID)
ScorecardId = NewType("ScorecardId", UUID)
WebhookId = NewType("WebhookId", UUID)
HookEventId = NewType("HookEventId", UUID)
MailId = NewType("MailId", UUID)


def room_name(interview: InterviewId) -> str:
    """The LiveKit room of an interview: opaque, without a name or a counter in it."""
    return f"iv-{interview.hex}"


def check_room_name(interview: InterviewId) -> str:
    """Where a candidate tries their connection: no interview's room, so nobody watches it."""
    return f"check-{interview.hex}"


def interview_of(room: str) -> InterviewId | None:
    """The interview whose room this is; None for a room that is not ours."""
    prefix, _, name = room.partition("-")
    try:
        return InterviewId(UUID(hex=name)) if prefix == "iv" else None
    except ValueError:
        return None


def candidate_identity(candidate: CandidateId) -> str:
    """The candidate's identity in the room. A second device takes the place of the first."""
    return f"cand-{candidate.hex}"


def interviewer_identity(member: MemberId) -> str:
    """A member's identity in a room, whoever they are there. A second device takes the place of
    the first."""
    return f"int-{member.hex}"


def member_of(identity: str) -> MemberId | None:
    """The member whose identity this is; None for everybody else's."""
    prefix, _, name = identity.partition("-")
    try:
        return MemberId(UUID(hex=name)) if prefix == "int" else None
    except ValueError:
        return None


def seat_mark(proof: bytes) -> str:
    """What a token for a room says of the proof that it was given for: the same each time, and
    nothing to others in the room."""
    return sha256(b"seat\n" + proof).hexdigest()[:16]


def agent_identity(interview: InterviewId, epoch: int) -> str:
    """The AI participant's identity: one per lease, so that a zombie can be told from its heir."""
    return f"ai-{interview.hex}-{epoch}"
