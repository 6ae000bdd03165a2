"""The store: one unit of work at a time, and what is asked before a tenant is known."""

from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from interview.accounts import Tenant
from interview.ids import InterviewId, TenantId
from interview.ports.interviews import (
    Consents,
    Events,
    Interviews,
    Invitations,
    Leases,
    NeedsKept,
    Notes,
    Recordings,
    Replies,
    Scorecards,
    Seats,
    Sessions,
    Turns,
)
from interview.ports.mails import Mails
from interview.ports.people import ApiKeys, IdentityProvider, Members, MemberSessions, SetupLinks
from interview.ports.requests import Feedbacks, Requests
from interview.ports.several import Several
from interview.ports.shapes import Way
from interview.ports.tenancy import (
    Answers,
    Audit,
    Candidates,
    Jobs,
    Keys,
    Kits,
    Outbox,
    Providers,
    Settings,
    Tenants,
)
from interview.ports.webhooks import Deliveries, Webhooks
from interview.release import Configuration, Trial
from interview.slowdown import Counted


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
    replies: Replies
    recordings: Recordings
    notes: Notes
    requests: Requests
    feedback: Feedbacks
    accommodations: NeedsKept
    seats: Seats
    outbox: Outbox
    answers: Answers
    keys: Keys
    audit: Audit
    webhooks: Webhooks
    deliveries: Deliveries
    mails: Mails
    members: Members
    setup_links: SetupLinks
    member_sessions: MemberSessions
    api_keys: ApiKeys
    identity_provider: IdentityProvider
    settings: Settings
    providers: Providers
    several: Several


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
    async def allows_origin(self, origin: str) -> bool:
        """Whether any tenant lets pages of this web origin call."""
        ...

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

    async def count_attempts(self, counted: Sequence[Counted], now: datetime) -> None:
        """One attempt more to sign in, for each of them, of nobody's transaction.

        Raises `TooManyAttempts` when one of them has to wait, and counts none then.
        """
        ...

    async def forget_attempts(self, mark: bytes) -> None:
        """As if there had been none."""
        ...

    async def add_trial(self, trial: Trial) -> None:
        """Of the whole installation."""
        ...

    async def latest_trial(self, of: Configuration) -> Trial | None: ...
    async def is_ready(self) -> bool: ...
