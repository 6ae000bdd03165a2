"""What the use cases need from the outside: a store, rooms, objects, a clock."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Literal, Protocol, TypeVar
from uuid import UUID

from interview.accounts import (
    ApiKey,
    Candidate,
    CandidateSession,
    Consent,
    Interview,
    Invitation,
    Job,
    KitRecord,
    Member,
    Tenant,
)
from interview.audit import AuditEnd, AuditEntry, Deed
from interview.chain import Link
from interview.events import Event, Report
from interview.ids import CandidateId, InterviewId, InvitationId, JobId, KitId, TenantId
from interview.lease import Lease
from interview.lifecycle import State
from interview.scoring import Scorecard
from interview.turns import Turn

T = TypeVar("T")


class Clock(Protocol):
    """Aware datetimes in UTC."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """Fresh UUIDv7 values."""

    def new(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list, oldest first unless said otherwise; `next` is None on the last page."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class RecordedSegment:
    """One stored piece of a participant's audio (Ogg/Opus). `object_key` finds the sealed bytes."""

    interview: InterviewId
    participant: str
    index: int
    epoch: int
    started_ms: int
    duration_ms: int
    sha256: str
    object_key: str


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The first answer to an idempotent request: replayed when the same request comes again.

    `about` is the candidate of whom request and answer tell, if they say more than an id.
    """

    request_hash: bytes
    status: int
    body: bytes
    about: CandidateId | None = None


JobKind = Literal["score_interview"]


class Tenants(Protocol):
    async def add_member(self, member: Member) -> None: ...
    async def add_key(self, key: ApiKey) -> None: ...
    async def key(self, kid: str) -> ApiKey:
        """Raises `NotFound`."""
        ...


class Jobs(Protocol):
    async def add(self, job: Job) -> None: ...
    async def get(self, job: JobId) -> Job: ...
    async def page(self, limit: int, after: str | None) -> Page[Job]: ...


class Kits(Protocol):
    async def add(self, kit: KitRecord) -> None: ...
    async def get(self, kit: KitId) -> KitRecord: ...
    async def publish(self, kit: KitId, at: datetime) -> KitRecord:
        """Freezes the draft as the next version of its job. Raises `KitFrozen` the second time."""
        ...

    async def page(self, limit: int, after: str | None) -> Page[KitRecord]: ...


class Candidates(Protocol):
    """Name and e-mail are sealed under the candidate's own key; pages leave out who has none."""

    async def add(self, candidate: Candidate) -> None: ...
    async def get(self, candidate: CandidateId) -> Candidate: ...
    async def page(self, limit: int, after: str | None) -> Page[Candidate]: ...


class Interviews(Protocol):
    async def add(self, interview: Interview) -> None: ...
    async def get(self, interview: InterviewId, *, lock: bool = False) -> Interview:
        """`lock` holds the row until the transaction ends. Raises `NotFound`."""
        ...

    async def set_state(self, interview: InterviewId, state: State, at: datetime) -> None:
        """Stores `ended_at` with `ended`. The caller has asked `lifecycle.move`."""
        ...

    async def start_clock(self, interview: InterviewId, at: datetime) -> datetime:
        """Sets the recording's zero once; returns the one that holds."""
        ...

    async def page(self, limit: int, after: str | None, state: State | None) -> Page[Interview]: ...


class Invitations(Protocol):
    async def add(self, invitation: Invitation) -> None: ...
    async def by_digest(self, digest: bytes, *, lock: bool = False) -> Invitation: ...
    async def mark_redeemed(self, invitation: InvitationId, at: datetime) -> None:
        """Raises `InvitationUsed` the second time."""
        ...

    async def withdraw(self, interview: InterviewId, at: datetime) -> None:
        """Those that nobody has redeemed expire now."""
        ...


class Sessions(Protocol):
    """Candidates' sessions."""

    async def add(self, session: CandidateSession) -> None: ...
    async def by_digest(self, digest: bytes) -> CandidateSession: ...
    async def end(self, interview: InterviewId, at: datetime) -> None:
        """All of the interview expire now."""
        ...


class Consents(Protocol):
    async def add(self, consent: Consent) -> None: ...
    async def latest(self, interview: InterviewId) -> Consent | None: ...


class Events(Protocol):
    """The log. Payloads are sealed under the interview's key before they are written."""

    async def append(
        self, interview: InterviewId, epoch: int, reports: Sequence[Report]
    ) -> tuple[Event, ...]:
        """Appends in order, gapless, one writer at a time (the interview's row is locked), and
        updates the turns in the same transaction. A known `event_id` is skipped. Returns what was
        new. Wakes the followers on commit."""
        ...

    async def read(
        self, interview: InterviewId, after: int = 0, limit: int | None = None
    ) -> tuple[Event, ...]:
        """Events with `seq > after`, opened. Raises `Sealed` when the key is gone."""
        ...

    async def links(self, interview: InterviewId) -> tuple[Link, ...]:
        """The rows as stored, for `chain.verify`."""
        ...


class Turns(Protocol):
    async def of(self, interview: InterviewId) -> tuple[Turn, ...]:
        """In order of `seq`."""
        ...


class Leases(Protocol):
    async def of(self, interview: InterviewId, *, lock: bool = False) -> Lease | None: ...
    async def save(self, lease: Lease) -> None:
        """Raises `LeaseLost` when a later epoch was saved before."""
        ...


class Scorecards(Protocol):
    async def add(self, interview: InterviewId, scorecard: Scorecard) -> None:
        """Raises `EvidenceInvalid` unless each quote is verbatim from a turn of the candidate."""
        ...

    async def of(self, interview: InterviewId) -> tuple[Scorecard, ...]: ...


class Recordings(Protocol):
    async def add(self, segment: RecordedSegment) -> bool:
        """False when this part was stored before, `Conflict` when it had other content."""
        ...

    async def of(self, interview: InterviewId) -> tuple[RecordedSegment, ...]: ...


class Outbox(Protocol):
    """Work for later, committed with the change that causes it."""

    async def put(self, kind: JobKind, interview: InterviewId) -> None: ...


class Answers(Protocol):
    """Answers to idempotent requests, kept for 24 hours per tenant.

    The body is sealed, of the request only a keyed mark is kept: with the key of the candidate whom
    the answer is about, or else with the tenant's. Of the idempotency key likewise, with the
    tenant's.
    """

    async def get(self, key: str, request_hash: bytes, at: datetime) -> StoredAnswer | None:
        """None also when it was kept for longer than it may.

        Raises `IdempotencyMismatch` for another request, `Sealed` when whom it is about was erased.
        """
        ...

    async def put(self, key: str, answer: StoredAnswer, at: datetime) -> None:
        """Raises `Conflict` for a key that is taken."""
        ...

    async def forget(self, at: datetime) -> None:
        """Drops what was kept for longer than it may."""
        ...


class Keys(Protocol):
    """Sealing for bytes that live outside the database (recordings), and the end of keys."""

    async def seal(self, interview: InterviewId, label: str, clear: bytes) -> bytes: ...
    async def open(self, interview: InterviewId, label: str, sealed: bytes) -> bytes:
        """Raises `Sealed`."""
        ...

    async def destroy_interview(self, interview: InterviewId, at: datetime) -> None:
        """For ever: nothing that was said in this interview can be opened any more."""
        ...

    async def destroy_candidate(self, candidate: CandidateId, at: datetime) -> None:
        """For ever: name and e-mail. The interviews of a candidate have keys of their own."""
        ...


class Audit(Protocol):
    """The tenant's audit trail: a chain that only grows, one writer at a time until it commits."""

    async def add(self, entry: UUID, at: datetime, deed: Deed) -> AuditEntry: ...
    async def end(self) -> AuditEnd: ...
    async def read(
        self, after: int = 0, limit: int | None = None, subject: str | None = None
    ) -> tuple[AuditEntry, ...]:
        """Entries with `seq > after` in order; only those of `subject` when it is given."""
        ...


class Transaction(Protocol):
    """One unit of work of one tenant; committed on leaving the block without an exception."""

    tenant: TenantId
    tenants: Tenants
    jobs: Jobs
    kits: Kits
    candidates: Candidates
    interviews: Interviews
    invitations: Invitations
    sessions: Sessions
    consents: Consents
    events: Events
    turns: Turns
    leases: Leases
    scorecards: Scorecards
    recordings: Recordings
    outbox: Outbox
    answers: Answers
    keys: Keys
    audit: Audit


@dataclass(frozen=True, slots=True)
class ByKey:
    """The way in of an API key."""

    kid: str


@dataclass(frozen=True, slots=True)
class ByInvitation:
    """The way in of a one-time link."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class BySession:
    """The way in of a candidate's session."""

    digest: bytes


@dataclass(frozen=True, slots=True)
class ByInterview:
    """The way in of an agent, which knows an interview's id alone."""

    interview: InterviewId


Way = ByKey | ByInvitation | BySession | ByInterview
"""What a caller shows before its tenant is known."""


class Store(Protocol):
    """Where everything is kept. The look-ups name a tenant and nothing else.

    When it is away or busy any call raises `Unavailable`; the whole transaction may be repeated.
    """

    def transaction(self, tenant: TenantId) -> AbstractAsyncContextManager[Transaction]: ...
    def enter(self, way: Way) -> AbstractAsyncContextManager[Transaction]:
        """A transaction of the tenant that `way` leads to. Raises `NotFound` when it leads nowhere.

        It proves nothing: whether the caller may come in is for the first look inside to say.
        """
        ...

    async def create_tenant(self, tenant: Tenant) -> None:
        """Also makes the tenant's key."""
        ...

    async def tenant_of_key(self, kid: str) -> TenantId | None: ...
    async def tenant_of_invitation(self, digest: bytes) -> TenantId | None: ...
    async def tenant_of_session(self, digest: bytes) -> TenantId | None: ...
    async def tenant_of_interview(self, interview: InterviewId) -> TenantId | None: ...
    async def tenants(self) -> tuple[TenantId, ...]: ...
    async def running(self, since: datetime) -> tuple[tuple[TenantId, InterviewId], ...]:
        """Interviews of every tenant that are live or paused, with a sign of life from their agent
        since `since`; a lease that was opened is one."""
        ...

    async def overdue(
        self, now: datetime, quiet_since: datetime, most: int
    ) -> tuple[tuple[TenantId, InterviewId], ...]:
        """Interviews of every tenant that are over though nobody has said so, oldest first: live
        or paused without a sign of life since `quiet_since`, invited or ready past their time."""
        ...

    def follow(
        self, tenant: TenantId, interview: InterviewId
    ) -> AbstractAsyncContextManager[AsyncIterator[None]]:
        """Yields once at the start, then whenever events may have been appended.

        Several appends may come as one. Raises `NotFound`.
        """
        ...

    async def is_ready(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Present:
    """A participant in a room."""

    identity: str
    kind: Literal["agent", "candidate", "interviewer", "other"]


class Rooms(Protocol):
    """The SFU. Every call is a small HTTP request; `Unavailable` when it does not answer."""

    async def create(self, room: str, metadata: str) -> None:
        """Idempotent."""
        ...

    async def set_metadata(self, room: str, metadata: str) -> None: ...
    async def dispatch(self, room: str, metadata: str) -> bool:
        """Sends for an agent; True once a worker has taken the job (checked for 1.5 s)."""
        ...

    async def present(self, room: str) -> tuple[Present, ...] | None:
        """Who is there; None when the room does not exist."""
        ...

    async def shown(self) -> Mapping[str, str]:
        """Every room there is, with the metadata that its clients read."""
        ...

    async def remove(self, room: str, identity: str) -> None: ...
    async def close(self, room: str) -> None: ...
    def candidate_token(self, room: str, identity: str, ttl_s: int) -> str: ...


class Objects(Protocol):
    """Sealed blobs by key."""

    async def put(self, key: str, sealed: bytes) -> None: ...
    async def get(self, key: str) -> bytes: ...
