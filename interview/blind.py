"""Rating blind: who has to judge before they see what others have judged, and what they see."""

from dataclasses import dataclass

from interview.accounts import Role
from interview.by_people import By
from interview.copilot_facts import TELLING
from interview.events import AGENT_KINDS
from interview.ids import MemberId

MAY_BE_BLIND = frozenset({Role.RECRUITER, Role.INTERVIEWER, Role.REVIEWER})
"""Roles that rate and that nothing else tells of ratings: who leads a tenant makes its keys, reads
its audit trail and could lift the rule; an auditor never rates."""

USUALLY_BLIND = (Role.INTERVIEWER, Role.REVIEWER)

SEEN_BLIND = (AGENT_KINDS - TELLING - {"probe_refused"}) | {
    "interview_created",
    "invitation_redeemed",
    "consent_given",
    "consent_declined",
    "join_granted",
    "lease_opened",
    "lease_claimed",
    "recording_stored",
    "interview_expired",
    "person_asked",
    "interview_rescheduled",
    "interview_extended",
    "interview_cancelled",
    "invitation_withdrawn",
    "turn_corrected",
    "seat_taken",
    "floor_changed",
}
"""Kinds of facts that say nothing of what anybody judged. What is not in here is withheld, so that
a new kind is until somebody has thought about it. `probe_refused` may hold a model's verdict, and
private prompts say what an answer lacked."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A member who looks at an interview. A key is none: it is a system, and judges nothing."""

    member: MemberId
    role: Role

    @property
    def person(self) -> By:
        """As whom they rate."""
        return By(kind="member", id=str(self.member))
