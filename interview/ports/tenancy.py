"""The nouns of a tenant: people and keys, jobs and kits, candidates, the audit trail."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from interview.accounts import ApiKey, Candidate, Job, KitRecord, KitVersion, Member
from interview.audit import AuditEnd, AuditEntry, Deed
from interview.ids import CandidateId, InterviewId, JobId, KitId
from interview.ports.lists import (
    ALL_CANDIDATES,
    ALL_JOBS,
    ALL_KITS,
    CandidatesWanted,
    JobsWanted,
    KitsWanted,
)
from interview.ports.shapes import JobKind, Page, StoredAnswer
from interview.providers import Providers as TenantProviders
from interview.tenant_settings import TenantSettings


class Tenants(Protocol):
    async def name(self) -> str:
        """What the tenant is called."""
        ...

    async def add_member(self, member: Member) -> None: ...
    async def add_key(self, key: ApiKey) -> None: ...
    async def key(self, kid: str) -> ApiKey:
        """Raises `NotFound`."""
        ...


class Revised(Protocol):
    """Things that change. Each has a revision: 1 when it was made, one more with every change that
    is told of it."""

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        """`lock` keeps it as it is until the transaction ends. Raises what `get` raises."""
        ...


class Jobs(Revised, Protocol):
    async def add(self, job: Job) -> None: ...
    async def get(self, job: JobId) -> Job: ...
    async def change(self, job: Job) -> Job:
        """Stores the title."""
        ...

    async def page(
        self, limit: int, after: str | None, wanted: JobsWanted = ALL_JOBS
    ) -> Page[Job]: ...


class Kits(Revised, Protocol):
    async def add(self, kit: KitRecord) -> None: ...
    async def get(self, kit: KitId) -> KitRecord: ...
    async def change(self, kit: KitRecord) -> KitRecord:
        """Stores job and content of a draft. Raises `KitFrozen` for what was published."""
        ...

    async def drop(self, kit: KitId) -> None:
        """Deletes a draft. Raises `KitFrozen` for what was published."""
        ...

    async def publish(self, kit: KitId, at: datetime) -> KitRecord:
        """Freezes the draft as the next version of its job. Raises `KitFrozen` the second time."""
        ...

    async def versions(self, job: JobId, limit: int, before: int) -> tuple[KitVersion, ...]:
        """Of a job's kit, the newest first, with `version < before`."""
        ...

    async def page(
        self, limit: int, after: str | None, wanted: KitsWanted = ALL_KITS
    ) -> Page[KitRecord]: ...


class Candidates(Revised, Protocol):
    """Name and e-mail are sealed under the candidate's own key; pages leave out who has none."""

    async def add(self, candidate: Candidate) -> None: ...
    async def get(self, candidate: CandidateId) -> Candidate: ...
    async def change(self, candidate: Candidate) -> Candidate:
        """Stores name, e-mail and language. Raises `Sealed` for who was erased."""
        ...

    async def page(
        self, limit: int, after: str | None, wanted: CandidatesWanted = ALL_CANDIDATES
    ) -> Page[Candidate]: ...


class Settings(Revised, Protocol):
    """What the tenant sets for itself; defaults as long as it has set nothing."""

    async def get(self) -> TenantSettings: ...
    async def put(self, settings: TenantSettings, at: datetime) -> TenantSettings:
        """All of them but the revision, which goes on by itself; as they stand then."""
        ...


class Providers(Revised, Protocol):
    """The chains of endpoints that the tenant names; empty ones as long as it has named none.

    Sealed under the tenant's key."""

    async def get(self) -> TenantProviders: ...
    async def put(self, providers: TenantProviders, at: datetime) -> TenantProviders:
        """All of them but the revision, which goes on by itself; as they stand then."""
        ...


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


class Audit(Protocol):
    """The tenant's audit trail: a chain that only grows, one writer at a time until it commits."""

    async def add(self, entry: UUID, at: datetime, deed: Deed) -> AuditEntry: ...
    async def end(self) -> AuditEnd: ...
    async def vouch(self) -> None:
        """Marks the end as it stands, for somebody who answers for what is there."""
        ...

    async def read(
        self, after: int = 0, limit: int | None = None, subject: str | None = None
    ) -> tuple[AuditEntry, ...]:
        """Entries with `seq > after` in order; only those of `subject` when it is given."""
        ...

    async def latest(
        self, before: int | None = None, limit: int | None = None, subject: str | None = None
    ) -> tuple[AuditEntry, ...]:
        """Entries with `seq < before`, or all of them, newest first; of `subject` when given."""
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


class Outbox(Protocol):
    """Work for later, committed with the change that causes it."""

    async def put(self, kind: JobKind, interview: InterviewId) -> None: ...
