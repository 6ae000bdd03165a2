"""Who may do what: one table of roles and operations, read by the registry and shown in the docs.

A member may call an operation when the role stands in its row; an API key when it has the scope.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from interview.accounts import Role, Scope
from interview.errors import Forbidden
from interview.floor import INTERVIEWING

OWNER, ADMIN, RECRUITER = Role.OWNER, Role.ADMIN, Role.RECRUITER
INTERVIEWER, REVIEWER, AUDITOR = Role.INTERVIEWER, Role.REVIEWER, Role.AUDITOR

HIRING = frozenset({OWNER, ADMIN, RECRUITER})
"""Who sets interviews up."""

JUDGING = HIRING | {INTERVIEWER, REVIEWER}
"""Who hears and rates what candidates said."""

RUNNING = frozenset({OWNER, ADMIN})
"""Who connects the tenant with other systems."""

EVERYBODY = frozenset(Role)

LEADING = frozenset({OWNER, ADMIN})
"""Who looks after the people of a tenant and their keys."""


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
    "update_job": Right(Scope.JOBS_WRITE, HIRING),
    "create_kit": Right(Scope.KITS_WRITE, HIRING),
    "list_kits": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "get_kit": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "update_kit": Right(Scope.KITS_WRITE, HIRING),
    "delete_kit": Right(Scope.KITS_WRITE, HIRING),
    "copy_kit": Right(Scope.KITS_WRITE, HIRING),
    "list_starter_kits": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "get_starter_kit": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "list_kit_versions": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "compare_kits": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "export_kit": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "publish_kit": Right(Scope.KITS_WRITE, HIRING),
    "rehearse_kit": Right(Scope.KITS_WRITE, HIRING),
    "create_candidate": Right(Scope.CANDIDATES_WRITE, HIRING),
    "list_candidates": Right(Scope.INTERVIEWS_READ, JUDGING),
    "get_candidate": Right(Scope.INTERVIEWS_READ, JUDGING),
    "update_candidate": Right(Scope.CANDIDATES_WRITE, HIRING),
    "create_interview": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "list_interviews": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "get_interview": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "get_accommodations": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "change_accommodations": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "join_room": Right(Scope.INTERVIEWS_WRITE, INTERVIEWING),
    "set_floor": Right(Scope.INTERVIEWS_WRITE, INTERVIEWING),
    "list_calls": Right(Scope.INTERVIEWS_READ, INTERVIEWING),
    "invite_again": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "bulk_invite": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "reschedule_interview": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "extend_interview": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "cancel_interview": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "list_invitations": Right(Scope.INTERVIEWS_READ, HIRING),
    "list_mails": Right(Scope.INTERVIEWS_READ, HIRING),
    "withdraw_invitation": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "get_transcript": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "list_scorecards": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "get_report": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "get_report_document": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "get_recording": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "create_recording_url": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "export_interviews": Right(Scope.REVIEW_READ, JUDGING),
    "list_events": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "list_proposals": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "list_candidate_questions": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "get_usage": Right(Scope.INTERVIEWS_READ, HIRING | {AUDITOR}),
    "correct_turn": Right(Scope.REVIEW_WRITE, JUDGING),
    "file_turn": Right(Scope.REVIEW_WRITE, JUDGING),
    "create_rating": Right(Scope.REVIEW_WRITE, JUDGING),
    "make_decision": Right(Scope.DECISIONS_WRITE, HIRING),
    "get_decision": Right(Scope.REVIEW_READ, JUDGING | {AUDITOR}),
    "get_agreement": Right(Scope.REVIEW_READ, HIRING | {AUDITOR}),
    "get_raters": Right(Scope.REVIEW_READ, HIRING | {AUDITOR}),
    "get_parity": Right(Scope.REVIEW_READ, HIRING | {AUDITOR}),
    "create_note": Right(Scope.REVIEW_WRITE, JUDGING),
    "delete_note": Right(Scope.REVIEW_WRITE, JUDGING),
    "list_notes": Right(Scope.REVIEW_READ, JUDGING),
    "list_requests": Right(Scope.INTERVIEWS_READ, HIRING | {AUDITOR}),
    "answer_request": Right(Scope.INTERVIEWS_WRITE, HIRING),
    "get_feedback": Right(Scope.REVIEW_READ, HIRING | {AUDITOR}),
    "create_webhook": Right(Scope.WEBHOOKS_WRITE, RUNNING),
    "list_webhooks": Right(Scope.WEBHOOKS_READ, RUNNING | {AUDITOR}),
    "get_webhook": Right(Scope.WEBHOOKS_READ, RUNNING | {AUDITOR}),
    "change_webhook": Right(Scope.WEBHOOKS_WRITE, RUNNING),
    "delete_webhook": Right(Scope.WEBHOOKS_WRITE, RUNNING),
    "rotate_webhook_secret": Right(Scope.WEBHOOKS_WRITE, RUNNING),
    "list_deliveries": Right(Scope.WEBHOOKS_READ, RUNNING | {AUDITOR}),
    "get_delivery": Right(Scope.WEBHOOKS_READ, RUNNING | {AUDITOR}),
    "replay_delivery": Right(Scope.WEBHOOKS_WRITE, RUNNING),
    "replay_webhook": Right(Scope.WEBHOOKS_WRITE, RUNNING),
    "ask_graphql": Right(Scope.INTERVIEWS_READ, EVERYBODY),
    "follow_graphql": Right(Scope.INTERVIEWS_READ, EVERYBODY),
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
    "get_settings": Right(Scope.SETTINGS_READ, LEADING | {AUDITOR}),
    "update_settings": Right(Scope.SETTINGS_WRITE, LEADING),
    "get_providers": Right(Scope.SETTINGS_READ, LEADING | {AUDITOR}),
    "set_providers": Right(Scope.SETTINGS_WRITE, LEADING),
    "get_sign_in": Right(Scope.SETTINGS_READ, LEADING | {AUDITOR}),
    "set_sign_in": Right(Scope.SETTINGS_WRITE, frozenset({OWNER})),
    "remove_sign_in": Right(Scope.SETTINGS_WRITE, frozenset({OWNER})),
    "revoke_key": Right(Scope.KEYS_WRITE, LEADING),
}


@cache
def scopes_of(role: Role) -> frozenset[Scope]:
    """What a key of such a member may do: a scope goes with every call that it opens."""
    lacking = {right.scope for right in RIGHTS.values() if role not in right.roles}
    return frozenset(right.scope for right in RIGHTS.values()) - lacking


@cache
def roles_within(scopes: frozenset[Scope]) -> frozenset[Role]:
    """The roles that may do nothing beyond these scopes."""
    beyond = (right.roles for right in RIGHTS.values() if right.scope not in scopes)
    return EVERYBODY.difference(*beyond)
