"""Who may do what: one table of roles and operations, read by the registry and shown in the docs.

A member may call an operation when the role stands in its row; an API key when it has the scope.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from interview.accounts import Role, Scope
from interview.errors import Forbidden

OWNER, ADMIN, RECRUITER = Role.OWNER, Role.ADMIN, Role.RECRUITER
INTERVIEWER, REVIEWER, AUDITOR = Role.INTERVIEWER, Role.REVIEWER, Role.AUDITOR

HIRING = frozenset({OWNER, ADMIN, RECRUITER})
"""Who sets interviews up."""

JUDGING = HIRING | {INTERVIEWER, REVIEWER}
"""Who hears and rates what candidates said."""

EVERYBODY = frozenset(Role)


Holding = frozenset[Scope] | Role
"""What somebody comes with: the scopes of a key, or a member's role."""


@dataclass(frozen=True, slots=True)
class Right:
    """What one operation asks for."""

    scope: Scope
    roles: frozenset[Role]

    def require(self, held: Holding) -> None:
        """Raises `Forbidden` naming the missing scope, or the role that does not suffice."""
        if isinstance(held, Role):
            if held not in self.roles:
                raise Forbidden(f"Your role may not see that: {held}.")
        elif self.scope not in held:
            raise Forbidden(f"This key lacks the scope {self.scope}.")


RIGHTS: Mapping[str, Right] = {
    "create_job": Right(Scope.JOBS_WRITE, HIRING),
    "list_jobs": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "get_job": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "create_kit": Right(Scope.KITS_WRITE, HIRING),
    "list_kits": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "get_kit": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "publish_kit": Right(Scope.KITS_WRITE, HIRING),
    "create_candidate": Right(Scope.CANDIDATES_WRITE, HIRING),
    "list_candidates": Right(Scope.INTERVIEWS_READ, JUDGING),
    "get_candidate": Right(Scope.INTERVIEWS_READ, JUDGING),
    "create_interview": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "list_interviews": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "get_interview": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "invite_again": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "get_transcript": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "list_scorecards": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "get_recording": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "list_events": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "ask_graphql": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "follow_graphql": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "list_audit": Right(Scope.AUDIT_READ, frozenset({OWNER, ADMIN, AUDITOR})),
}
