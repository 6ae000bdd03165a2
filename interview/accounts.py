"""Tenants, their people and their keys; people and things that an interview is made of."""

import hashlib
import secrets
import zlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.by_room import Floor
from interview.errors import Forbidden, Unauthenticated
from interview.ids import (
    CandidateId,
    InterviewId,
    InvitationId,
    JobId,
    KitId,
    MemberId,
    TenantId,
    seat_mark,
)
from interview.kit import AssistMode, Kit
from interview.lifecycle import OVER, STOPPED, State


class Scope(StrEnum):
    """What an API key may do."""

    JOBS_WRITE = "jobs:write"
    KITS_WRITE = "kits:write"
    CANDIDATES_WRITE = "candidates:write"
    INTERVIEWS_WRITE = "interviews:write"
    INTERVIEWS_READ = "interviews:read"
    REVIEW_READ = "review:read"
    REVIEW_WRITE = "review:write"
    DECISIONS_WRITE = "decisions:write"
    AUDIT_READ = "audit:read"
    WEBHOOKS_READ = "webhooks:read"
    WEBHOOKS_WRITE = "webhooks:write"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"
    KEYS_READ = "keys:read"
    KEYS_WRITE = "keys:write"
    SETTINGS_READ = "settings:read"
    SETTINGS_WRITE = "settings:write"


ALL_SCOPES = frozenset(Scope)


class Role(StrEnum):
    """What a member is in a tenant."""

    OWNER = "owner"
    ADMIN = "admin"
    RECRUITER = "recruiter"
    INTERVIEWER = "interviewer"
    REVIEWER = "reviewer"
    AUDITOR = "auditor"


@dataclass(frozen=True, slots=True)
class Tenant:
    tenant_id: TenantId
    name: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of the tenant. Who was removed is still known by name to the audit trail. Who is
    `on_call` is called when the AI wants a person to take over."""

    member_id: MemberId
    email: str
    role: Role
    created_at: datetime
    removed_at: datetime | None = None
    on_call: bool = False


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as it is stored: `kid` finds it, `digest` proves it; the secret is nowhere.

    `member` is the member from whom it comes, also by way of another key; it ends with their right
    to make it. `last_used_at` is known to the minute.
    """

    kid: str
    tenant: TenantId
    digest: bytes
    scopes: frozenset[Scope]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    name: str = ""
    member: MemberId | None = None
    last_used_at: datetime | None = None

    @property
    def until(self) -> datetime | None:
        """When it ends or ended, None for a key without an end."""
        ends = [end for end in (self.revoked_at, self.expires_at) if end is not None]
        return min(ends, default=None)

    def admit(self, secret_digest: bytes, now: datetime) -> None:
        """Raises `Unauthenticated` for a wrong, expired or revoked key."""
        if not secrets.compare_digest(self.digest, secret_digest):
            raise Unauthenticated
        if self.revoked_at is not None or (self.expires_at is not None and self.expires_at <= now):
            raise Unauthenticated("This key has expired or was revoked.")

    def require(self, scope: Scope) -> None:
        """Raises `Forbidden` naming the missing scope."""
        if scope not in self.scopes:
            raise Forbidden(f"This key lacks the scope {scope}.")


@dataclass(frozen=True, slots=True)
class Job:
    job_id: JobId
    title: str
    created_at: datetime
    revision: int = 1


@dataclass(frozen=True, slots=True)
class KitRecord:
    """A kit as it is stored. `version` is None for a draft and counts from 1 once published."""

    kit_id: KitId
    job_id: JobId
    kit: Kit
    version: int | None
    created_at: datetime
    published_at: datetime | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class KitVersion:
    """A published kit without its content."""

    kit_id: KitId
    version: int
    name: str
    language: str
    created_at: datetime
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    candidate_id: CandidateId
    name: str
    email: str
    language: str | None
    created_at: datetime
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Interview:
    """`clock_zero` is the recording's zero: when the first agent came. `last_seq` and `head` are
    the end of its event log. `floor` is who leads, `covered` what people have asked, and `assist`
    who is to lead."""

    interview_id: InterviewId
    tenant: TenantId
    kit_id: KitId
    kit_version: int
    candidate_id: CandidateId
    state: State
    created_at: datetime
    starts_at: datetime | None = None
    expires_at: datetime | None = None
    clock_zero: datetime | None = None
    ended_at: datetime | None = None
    last_seq: int = 0
    head: bytes = bytes(32)
    revision: int = 1
    floor: Floor = "ai"
    covered: tuple[str, ...] = ()
    assist: AssistMode = "ai_leads"

    @property
    def has_words(self) -> bool:
        """Whether somebody spoke in it and nobody will any more: it was whole, or a person was
        asked for in the middle of it."""
        was_stopped = self.state in STOPPED and self.clock_zero is not None
        return self.state in OVER or was_stopped


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link; only the SHA-256 of its 256-bit token is stored. A withdrawn one expires in
    the same moment."""

    invitation_id: InvitationId
    interview: InterviewId
    digest: bytes
    created_at: datetime
    expires_at: datetime | None
    redeemed_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CandidateSession:
    """What a redeemed invitation opened: one interview, until `expires_at`."""

    interview: InterviewId
    digest: bytes
    created_at: datetime
    expires_at: datetime

    @property
    def mark(self) -> str:
        """What a token for a room says of it."""
        return seat_mark(self.digest)


@dataclass(frozen=True, slots=True)
class Consent:
    interview: InterviewId
    accepted: bool
    notice_version: str
    at: datetime


def token_digest(token: str) -> bytes:
    """SHA-256 of a random token (256 bit: no salt or stretching needed)."""
    return hashlib.sha256(token.encode()).digest()


def new_token() -> str:
    """256 random bits, URL-safe."""
    return secrets.token_urlsafe(32)


KEY_PREFIX = "viv_live_"
_KID_LENGTH, _CRC_LENGTH = 12, 6
_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def new_api_key() -> tuple[str, str]:
    """`(kid, key)` in the form `viv_live_<kid>_<secret><crc>`; the key is shown once."""
    kid = "".join(secrets.choice(_ALPHABET) for _ in range(_KID_LENGTH))
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(40))
    return kid, f"{KEY_PREFIX}{kid}_{secret}{_checksum(kid + secret)}"


def parse_api_key(key: str) -> str:
    """The `kid` of a well-formed key. Raises `Unauthenticated` before any look-up otherwise."""
    body = key.removeprefix(KEY_PREFIX)
    kid, _, rest = body.partition("_")
    secret, crc = rest[:-_CRC_LENGTH], rest[-_CRC_LENGTH:]
    if body == key or len(kid) != _KID_LENGTH or not secret or _checksum(kid + secret) != crc:
        raise Unauthenticated("This is not an API key of this service.")
    return kid


def _checksum(text: str) -> str:
    value, digits = zlib.crc32(text.encode()), ""
    for _ in range(_CRC_LENGTH):
        value, digit = divmod(value, len(_ALPHABET))
        digits = _ALPHABET[digit] + digits
    return digits
