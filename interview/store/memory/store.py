"""The memory store: one transaction at a time, on a copy that replaces the tables at its end."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import islice
from typing import TypeVar, assert_never

from interview import ports
from interview.accounts import CandidateSession, Interview, Invitation, Tenant
from interview.errors import NotFound
from interview.ids import InterviewId, TenantId
from interview.lifecycle import AWAITED, RUNNING
from interview.people import MemberSession, SetupLink
from interview.release import Configuration, Trial
from interview.sealing import SealingKey, Subject, new_key
from interview.slowdown import Attempts, Counted
from interview.store.followers import Followers
from interview.store.memory.accommodations import MemoryAccommodations
from interview.store.memory.audit import MemoryAudit
from interview.store.memory.doors import (
    MemoryConsents,
    MemoryInterviews,
    MemoryInvitations,
    MemoryLeases,
    MemoryOutbox,
    MemoryRecordings,
    MemorySessions,
)
from interview.store.memory.identity import MemoryIdentityProvider
from interview.store.memory.log import MemoryEvents, MemoryScorecards, MemoryTurns
from interview.store.memory.mails import MemoryMails
from interview.store.memory.makings import (
    MemoryAnswers,
    MemoryCandidates,
    MemoryJobs,
    MemoryKits,
    MemoryTenants,
)
from interview.store.memory.notes import MemoryNotes
from interview.store.memory.people import (
    MemoryApiKeys,
    MemoryMembers,
    MemoryMemberSessions,
    MemorySetupLinks,
    tenant_of_email,
)
from interview.store.memory.providers import MemoryProviders
from interview.store.memory.replies import MemoryReplies
from interview.store.memory.requests import MemoryFeedbacks, MemoryRequests
from interview.store.memory.seats import MemorySeats
from interview.store.memory.settings import MemoryTenantSettings
from interview.store.memory.several import MemorySeveral
from interview.store.memory.tables import Tables
from interview.store.memory.webhooks import MemoryDeliveries, MemoryWebhooks
from interview.store.memory.work import MemoryShelf, Work
from interview.store.vault import Vault, VaultKeys

T = TypeVar("T", Invitation, CandidateSession, MemberSession, SetupLink)


class MemoryTransaction:
    """Port `Transaction`."""

    def __init__(self, work: Work) -> None:
        self.tenant = work.tenant
        self.tenants: ports.Tenants = MemoryTenants(work)
        self.jobs: ports.Jobs = MemoryJobs(work)
        self.kits: ports.Kits = MemoryKits(work)
        self.candidates: ports.Candidates = MemoryCandidates(work)
        self.interviews: ports.Interviews = MemoryInterviews(work)
        self.invitations: ports.Invitations = MemoryInvitations(work)
        self.sessions: ports.Sessions = MemorySessions(work)
        self.consents: ports.Consents = MemoryConsents(work)
        self.events: ports.Events = MemoryEvents(work)
        self.turns: ports.Turns = MemoryTurns(work)
        self.leases: ports.Leases = MemoryLeases(work)
        self.scorecards: ports.Scorecards = MemoryScorecards(work)
        self.replies: ports.Replies = MemoryReplies(work)
        self.recordings: ports.Recordings = MemoryRecordings(work)
        self.notes: ports.Notes = MemoryNotes(work)
        self.requests: ports.Requests = MemoryRequests(work)
        self.feedback: ports.Feedbacks = MemoryFeedbacks(work)
        self.accommodations: ports.NeedsKept = MemoryAccommodations(work)
        self.seats: ports.Seats = MemorySeats(work)
        self.outbox: ports.Outbox = MemoryOutbox(work)
        self.answers: ports.Answers = MemoryAnswers(work)
        self.keys: ports.Keys = VaultKeys(work.vault)
        self.audit: ports.Audit = MemoryAudit(work)
        self.webhooks: ports.Webhooks = MemoryWebhooks(work)
        self.deliveries: ports.Deliveries = MemoryDeliveries(work)
        self.mails: ports.Mails = MemoryMails(work)
        self.members: ports.Members = MemoryMembers(work)
        self.setup_links: ports.SetupLinks = MemorySetupLinks(work)
        self.member_sessions: ports.MemberSessions = MemoryMemberSessions(work)
        self.api_keys: ports.ApiKeys = MemoryApiKeys(work)
        self.identity_provider: ports.IdentityProvider = MemoryIdentityProvider(work)
        self.settings: ports.Settings = MemoryTenantSettings(work)
        self.providers: ports.Providers = MemoryProviders(work)
        self.several: ports.Several = MemorySeveral(work)


class MemoryStore:
    """Port `Store`. `tables` is what was committed; tests may look into it."""

    def __init__(self, installation: SealingKey | None = None) -> None:
        self.tables = Tables()
        self._installation = installation or new_key()
        self._followers = Followers()
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def enter(self, way: ports.Way) -> AsyncIterator[ports.Transaction]:
        tenant = await self._led_to(way)
        if tenant is None:
            raise NotFound
        async with self.transaction(tenant) as tx:
            yield tx

    async def _led_to(self, way: ports.Way) -> TenantId | None:
        match way:
            case ports.ByKey(kid=kid):
                return await self.tenant_of_key(kid)
            case ports.ByInvitation(digest=digest):
                return await self.tenant_of_invitation(digest)
            case ports.BySession(digest=digest):
                return await self.tenant_of_session(digest)
            case ports.ByMemberSession(digest=digest):
                return _tenant_of(self.tables.member_sessions.get(digest))
            case ports.BySetupLink(digest=digest):
                return _tenant_of(self.tables.setup_links.get(digest))
            case ports.ByEmail(email=email, tenant=tenant):
                return tenant_of_email(self.tables, email, tenant)
            case ports.ByInterview(interview=interview):
                return await self.tenant_of_interview(interview)
            case _:
                assert_never(way)

    @asynccontextmanager
    async def transaction(self, tenant: TenantId) -> AsyncIterator[ports.Transaction]:
        async with self._lock:
            work = self._work(tenant)
            yield MemoryTransaction(work)
            self.tables = work.tables
        for interview in work.woken:
            self._followers.wake(interview)

    async def create_tenant(self, tenant: Tenant) -> None:
        async with self._lock:
            work = self._work(tenant.tenant_id)
            work.tables.tenants.insert(tenant.tenant_id, tenant)
            await work.vault.make(Subject("tenant", tenant.tenant_id), tenant.created_at)
            self.tables = work.tables

    async def tenants(self) -> tuple[TenantId, ...]:
        return tuple(self.tables.tenants)

    async def tenant_of_key(self, kid: str) -> TenantId | None:
        key = self.tables.api_keys.get(kid)
        return key.tenant if key else None

    async def tenant_of_invitation(self, digest: bytes) -> TenantId | None:
        return _tenant_of(self.tables.invitations.get(digest))

    async def tenant_of_session(self, digest: bytes) -> TenantId | None:
        return _tenant_of(self.tables.sessions.get(digest))

    async def tenant_of_interview(self, interview: InterviewId) -> TenantId | None:
        return next((tenant for tenant, of in self.tables.interviews if of == interview), None)

    async def allows_origin(self, origin: str) -> bool:
        return any(origin in each.allowed_origins for each in self.tables.tenant_settings.values())

    async def running(self, since: datetime) -> tuple[tuple[TenantId, InterviewId], ...]:
        interviews = self.tables.interviews.values()
        return tuple(
            (i.tenant, i.interview_id)
            for i in interviews
            if i.state in RUNNING and self._last_sign(i) >= since
        )

    async def overdue(
        self, now: datetime, quiet_since: datetime, most: int
    ) -> tuple[tuple[TenantId, InterviewId], ...]:
        interviews = sorted(self.tables.interviews.values(), key=lambda i: i.created_at)
        late = (
            (i.tenant, i.interview_id)
            for i in interviews
            if (i.state in RUNNING and self._last_sign(i) < quiet_since)
            or (i.state in AWAITED and i.expires_at is not None and i.expires_at <= now)
        )
        return tuple(islice(late, most))

    @asynccontextmanager
    async def follow(
        self, tenant: TenantId, interview: InterviewId
    ) -> AsyncIterator[AsyncIterator[None]]:
        if (tenant, interview) not in self.tables.interviews:
            raise NotFound
        with self._followers.following(interview) as wakes:
            yield wakes

    async def count_attempts(self, counted: Sequence[Counted], now: datetime) -> None:
        known = self.tables.attempts
        then = {c.mark: known.get(c.mark, Attempts(0, now)).another(c.free, now) for c in counted}
        known.update(then)

    async def forget_attempts(self, mark: bytes) -> None:
        self.tables.attempts.pop(mark, None)

    async def add_trial(self, trial: Trial) -> None:
        self.tables.trials.insert(trial.trial_id, trial)

    async def latest_trial(self, of: Configuration) -> Trial | None:
        found = (trial for trial in self.tables.trials.values() if trial.configuration == of)
        return max(found, key=lambda trial: (trial.at, trial.trial_id), default=None)

    async def is_ready(self) -> bool:
        return True

    def _last_sign(self, interview: Interview) -> datetime:
        lease = self.tables.leases.get((interview.tenant, interview.interview_id))
        return max(interview.created_at, lease.last_sign) if lease else interview.created_at

    def _work(self, tenant: TenantId) -> Work:
        tables = self.tables.copy()
        shelf = MemoryShelf(tables, tenant)
        return Work(tables, tenant, Vault(tenant, self._installation, shelf))


def _tenant_of(row: tuple[TenantId, T] | None) -> TenantId | None:
    return row[0] if row else None
