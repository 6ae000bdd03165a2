"""Who may do what: one table of roles and operations, read by the registry and shown in the docs.

A member may call an operation when the role stands in its row; an API key when it has the scope.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from interview.accounts import Role, Scope

OWNER, ADMIN, RECRUITER = Role.OWNER, Role.ADMIN, Role.RECRUITER
INTERVIEWER, REVIEWER, AUDITOR = Role.INTERVIEWER, Role.REVIEWER, Role.AUDITOR

HIRING = frozenset({OWNER, ADMIN, RECRUITER})
"""Who sets interviews up."""

JUDGING = HIRING | {INTERVIEWER, REVIEWER}
"""Who hears and rates what candidates said."""

EVERYBODY = frozenset(Role)

LEADING = frozenset({OWNER, ADMIN})
"""Who looks after the people of a tenant and their keys."""


@dataclass(frozen=True, slots=True)
class Right:
    """What one operation asks for."""

    scope: Scope
    roles: frozenset[Role]


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
    "list_audit": Right(Scope.AUDIT_READ, frozenset({OWNER, ADMIN, AUDITOR})),
    "withdraw_access": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "list_members": Right(Scope.MEMBERS_READ, LEADING | {AUDITOR}),
    "get_member": Right(Scope.MEMBERS_READ, LEADING | {AUDITOR}),
    "invite_member": Right(Scope.MEMBERS_WRITE, LEADING),
    "invite_member_again": Right(Scope.MEMBERS_WRITE, LEADING),
    "change_member": Right(Scope.MEMBERS_WRITE, LEADING),
    "remove_member": Right(Scope.MEMBERS_WRITE, LEADING),
    "end_member_sessions": Right(Scope.MEMBERS_WRITE, LEADING),
    "create_key": Right(Scope.KEYS_WRITE, LEADING),
    "list_keys": Right(Scope.KEYS_READ, LEADING | {AUDITOR}),
    "get_key": Right(Scope.KEYS_READ, LEADING | {AUDITOR}),
    "get_sign_in": Right(Scope.SETTINGS_READ, LEADING | {AUDITOR}),
    "set_sign_in": Right(Scope.SETTINGS_WRITE, frozenset({OWNER})),
    "remove_sign_in": Right(Scope.SETTINGS_WRITE, frozenset({OWNER})),
    "revoke_key": Right(Scope.KEYS_WRITE, LEADING),
}


def scopes_of(role: Role) -> frozenset[Scope]:
    """What a key of such a member may do: a scope goes with every call that it opens."""
    lacking = {right.scope for right in RIGHTS.values() if role not in right.roles}
    return frozenset(right.scope for right in RIGHTS.values()) - lacking


def roles_within(scopes: frozenset[Scope]) -> frozenset[Role]:
    """The roles that may do nothing beyond these scopes."""
    beyond = (right.roles for right in RIGHTS.values() if right.scope not in scopes)
    return EVERYBODY.difference(*beyond)
