"""Rating blind: who has to judge before they see what others have judged, and what they see."""

from dataclasses import dataclass

from interview import copilot_facts, rests
from interview.accounts import Role
from interview.by_people import By
from interview.events import AGENT_KINDS

MAY_BE_BLIND = frozenset({Role.RECRUITER, Role.INTERVIEWER, Role.REVIEWER})
"""Roles that rate and that nothing else tells of ratings: who leads a tenant makes its keys, reads
its audit trail and could lift the rule; an auditor never rates."""

USUALLY_BLIND = (Role.INTERVIEWER, Role.REVIEWER)

TOLD_OF_RESTS = frozenset({Role.AUDITOR})
"""Roles that never rate."""

GIVES = frozenset({Role.OWNER, Role.ADMIN, Role.RECRUITER})
"""Roles that may read accommodations, and then rate no more."""

WITHHELD = frozenset({"probe_refused", "wish_refused"})
"""What models said and nobody heard."""

SEEN_BLIND = (AGENT_KINDS - copilot_facts.TELLING - rests.TELLING - WITHHELD) | {
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
    "turn_refiled",
    "seat_taken",
    "floor_changed",
}
"""Kinds of facts that say nothing of what anybody judged. What is not in here is withheld, so that
a new kind is until somebody has thought about it. What models said in vain may hold a verdict,
private prompts say what an answer lacked, a pause may be a break that was given, and the end of the
time may be that of somebody who was given more."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at an interview, and as whom they rate: a member with a role, or whoever stands
    behind a key that passes on ratings and sets no interviews up. Any other key is none: it is a
    system, and judges nothing."""

    person: By
    role: Role | None

    @property
    def is_told_of_rests(self) -> bool:
        """Of any interview."""
        return self.role in TOLD_OF_RESTS

    @property
    def may_be_told(self) -> bool:
        """Of those whose accommodations they know."""
        return self.role in GIVES
