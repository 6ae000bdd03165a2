"""What people do about an interview, as facts for its log."""

from typing import Literal
from uuid import UUID

from pydantic import AwareDatetime

from interview.ids import InvitationId, TurnId
from interview.kit import Frozen, Key

CancelReason = Literal["candidate_withdrew", "position_filled", "duplicate", "scheduling", "other"]
Outcome = Literal["advance", "reject"]
DecisionReason = Literal[
    "meets_requirements",
    "below_requirements",
    "not_enough_evidence",
    "position_filled",
    "candidate_withdrew",
    "other",
]
"""Why people decided; `other` asks for a note."""


class By(Frozen):
    """Who did it: a member by id, a key by its kid; `name` is the person for whom a key spoke."""

    kind: Literal["member", "key"]
    id: str
    name: str | None = None


class Opened(Frozen):
    """What somebody looked at before they decided: `id` names a scorecard or a turn."""

    kind: Literal["transcript", "recording", "scorecard", "turn"]
    id: UUID | None = None


class InterviewRescheduled(Frozen):
    """The times that hold from now on; None for no bound."""

    kind: Literal["interview_rescheduled"] = "interview_rescheduled"
    starts_at: AwareDatetime | None
    expires_at: AwareDatetime | None
    by: By


class InterviewExtended(Frozen):
    kind: Literal["interview_extended"] = "interview_extended"
    expires_at: AwareDatetime
    by: By


class InterviewCancelled(Frozen):
    kind: Literal["interview_cancelled"] = "interview_cancelled"
    reason: CancelReason
    by: By


class InvitationWithdrawn(Frozen):
    kind: Literal["invitation_withdrawn"] = "invitation_withdrawn"
    invitation_id: InvitationId
    by: By


class TurnCorrected(Frozen):
    """A person heard `text` in the recording where the turn says something else."""

    kind: Literal["turn_corrected"] = "turn_corrected"
    turn_id: TurnId
    text: str
    reason: str
    by: By


class TurnRefiled(Frozen):
    """A person says afterwards to which core question a turn belongs (None: to none), and who has
    put that question in the AI's place: an interviewer's identity, None for nobody. `before` is
    what it belonged to until then."""

    kind: Literal["turn_refiled"] = "turn_refiled"
    turn_id: TurnId
    question: Key | None
    before: str | None
    asked_by: str | None
    reason: str
    by: By


class DecisionMade(Frozen):
    """A person decided. `opened` is the evidence that they say they looked at."""

    kind: Literal["decision_made"] = "decision_made"
    outcome: Outcome
    reason_code: DecisionReason
    note: str | None
    opened: tuple[Opened, ...]
    by: By


FactByPeople = (
    InterviewRescheduled
    | InterviewExtended
    | InterviewCancelled
    | InvitationWithdrawn
    | TurnCorrected
    | TurnRefiled
    | DecisionMade
)
