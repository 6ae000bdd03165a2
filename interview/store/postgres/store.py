"""The PostgreSQL store: transactions bound to a tenant, look-ups, followers."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from types import MappingProxyType
from typing import assert_never

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from asyncpg.transaction import Transaction

from interview import ports
from interview.accounts import Tenant
from interview.errors import NotFound, Unavailable
from interview.ids import InterviewId, TenantId
from interview.release import Configuration, Trial
from interview.sealing import SealingKey, Subject, installation_key
from interview.slowdown import Counted
from interview.store.followers import Followers
from interview.store.postgres.attempts import count_attempt, forget_attempts
from interview.store.postgres.audit import PostgresAudit
from interview.store.postgres.listening import Listener
from interview.store.postgres.rights import require_bound
from interview.store.postgres.session import TRANSIENT, Session, translated
from interview.store.postgres.transaction import PostgresTransaction
from interview.store.postgres.trials import add_trial, latest_trial
from interview.store.postgres.work import PostgresShelf, Work
from interview.store.vault import Vault

SETTINGS = {
    "application_name": "vivavoce",
    "lock_timeout": "4000",
    "statement_timeout": "5000",
    "idle_in_transaction_session_timeout": "30000",
}
ACQUIRE_WITHIN_S = 5.0
READY_WITHIN_S = 1.0

BIND = "SELECT set_config('vivavoce.tenant', $1, true)"
ENTER_BY_KEY = """
    SELECT kid, tenant, digest, scopes, created_at, expires_at, revoked_at, name, member_id,
        last_used_at
    FROM enter_by_key($1)
"""
ENTER_BY_SESSION = """
    SELECT tenant, interview_id, digest, created_at, expires_at FROM enter_by_session($1)
"""
BIND_BY_INVITATION = """
    SELECT nullif(
        set_config('vivavoce.tenant', tenant_of_invitation($1)::text, true), ''
    )::uuid AS tenant
"""
BIND_BY_MEMBER_SESSION = """
    SELECT nullif(
        set_config('vivavoce.tenant', tenant_of_member_session($1)::text, true), ''
    )::uuid AS tenant
"""
BIND_BY_SETUP_LINK = """
    SELECT nullif(
        set_config('vivavoce.tenant', tenant_of_setup_link($1)::text, true), ''
    )::uuid AS tenant
"""
BIND_BY_EMAIL = """
    SELECT nullif(
        set_config('vivavoce.tenant', tenant_of_email($1, $2)::text, true), ''
    )::uuid AS tenant
"""
BIND_BY_INTERVIEW = """
    SELECT nullif(
        set_config('vivavoce.tenant', tenant_of_interview($1)::text, true), ''
    )::uuid AS tenant
"""
ADD_TENANT = "INSERT INTO tenants (tenant, name, created_at) VALUES ($1, $2, $3)"
TENANTS = "SELECT all_tenants() AS found"
TENANT_OF_KEY = "SELECT tenant_of_key($1) AS found"
TENANT_OF_INVITATION = "SELECT tenant_of_invitation($1) AS found"
TENANT_OF_SESSION = "SELECT tenant_of_session($1) AS found"
TENANT_OF_INTERVIEW = "SELECT tenant_of_interview($1) AS found"
IS_ALLOWED_ORIGIN = "SELECT is_allowed_origin($1) AS found"
RUNNING = "SELECT tenant, interview FROM interviews_alive($1)"
OVERDUE = "SELECT tenant, interview FROM interviews_overdue($1, $2, $3)"
READY = "SELECT 1"


class PostgresStore:
    """Port `Store`. `pool` is the application role's, which owns no table.

    What the database refuses because it is away or busy is `Unavailable`; the same transaction
    may then be tried again, the pool heals by itself.
    """

    def __init__(
        self, pool: asyncpg.Pool, listener: Listener, followers: Followers, installation: SealingKey
    ) -> None:
        self._pool = pool
        self._listener = listener
        self._followers = followers
        self._installation = installation

    @asynccontextmanager
    async def transaction(self, tenant: TenantId) -> AsyncIterator[ports.Transaction]:
        async with self._work(tenant) as work:
            yield PostgresTransaction(work)

    @asynccontextmanager
    async def enter(self, way: ports.Way) -> AsyncIterator[ports.Transaction]:
        async with self._begun() as session:
            sql, *shown = _binding(way)
            row = await session.row(sql, *shown)
            if row["tenant"] is None:
                raise NotFound
            yield PostgresTransaction(self._at_work(session, row["tenant"], row))

    async def create_tenant(self, tenant: Tenant) -> None:
        name = tenant.tenant_id
        async with self._work(name) as work:
            await work.session.execute(ADD_TENANT, name, tenant.name, tenant.created_at)
            await work.vault.make(Subject("tenant", name), tenant.created_at)
            await PostgresAudit(work).open()

    async def tenants(self) -> tuple[TenantId, ...]:
        return tuple(row["found"] for row in await self._rows(TENANTS))

    async def tenant_of_key(self, kid: str) -> TenantId | None:
        return await self._tenant(TENANT_OF_KEY, kid)

    async def tenant_of_invitation(self, digest: bytes) -> TenantId | None:
        return await self._tenant(TENANT_OF_INVITATION, digest)

    async def tenant_of_session(self, digest: bytes) -> TenantId | None:
        return await self._tenant(TENANT_OF_SESSION, digest)

    async def tenant_of_interview(self, interview: InterviewId) -> TenantId | None:
        return await self._tenant(TENANT_OF_INTERVIEW, interview)

    async def allows_origin(self, origin: str) -> bool:
        (row,) = await self._rows(IS_ALLOWED_ORIGIN, origin)
        found: bool = row["found"]
        return found

    async def running(self, since: datetime) -> tuple[tuple[TenantId, InterviewId], ...]:
        return tuple((row["tenant"], row["interview"]) for row in await self._rows(RUNNING, since))

    async def overdue(
        self, now: datetime, quiet_since: datetime, most: int
    ) -> tuple[tuple[TenantId, InterviewId], ...]:
        rows = await self._rows(OVERDUE, now, quiet_since, most)
        return tuple((row["tenant"], row["interview"]) for row in rows)

    @asynccontextmanager
    async def follow(
        self, tenant: TenantId, interview: InterviewId
    ) -> AsyncIterator[AsyncIterator[None]]:
        async with self.transaction(tenant) as tx:
            await tx.interviews.get(interview)
        self._listener.start()
        with self._followers.following(interview) as wakes:
            yield wakes

    async def count_attempts(self, counted: Sequence[Counted], now: datetime) -> None:
        async with self._begun() as session:
            for each in sorted(counted, key=lambda one: one.mark):
                await count_attempt(session, each, now)

    async def forget_attempts(self, mark: bytes) -> None:
        async with self._connection(ACQUIRE_WITHIN_S) as connection:
            await forget_attempts(Session(connection), mark)

    async def add_trial(self, trial: Trial) -> None:
        async with self._begun() as session:
            await add_trial(session, trial)

    async def latest_trial(self, of: Configuration) -> Trial | None:
        async with self._connection(ACQUIRE_WITHIN_S) as connection:
            return await latest_trial(Session(connection), of)

    async def is_ready(self) -> bool:
        try:
            async with self._connection(READY_WITHIN_S) as connection:
                with translated():
                    await connection.fetchval(READY, timeout=READY_WITHIN_S)
        except Unavailable:
            return False
        return True

    async def _tenant(self, sql: str, argument: object) -> TenantId | None:
        (row,) = await self._rows(sql, argument)
        found: TenantId | None = row["found"]
        return found

    async def _rows(self, sql: str, *arguments: object) -> list[asyncpg.Record]:
        async with self._connection(ACQUIRE_WITHIN_S) as connection:
            return await Session(connection).rows(sql, *arguments)

    @asynccontextmanager
    async def _work(self, tenant: TenantId) -> AsyncIterator[Work]:
        """A transaction bound to `tenant`."""
        async with self._begun() as session:
            await session.execute(BIND, str(tenant))
            yield self._at_work(session, tenant)

    def _at_work(
        self, session: Session, tenant: TenantId, shown: asyncpg.Record | None = None
    ) -> Work:
        vault = Vault(tenant, self._installation, PostgresShelf(session, tenant))
        return Work(session, tenant, vault, shown)

    @asynccontextmanager
    async def _begun(self) -> AsyncIterator[Session]:
        """A transaction of nobody yet; what went wrong first is what is raised."""
        connection = await self._acquire(ACQUIRE_WITHIN_S)
        transaction = connection.transaction()
        try:
            with translated():
                await transaction.start()
            yield Session(connection)
            with translated():
                await transaction.commit()
        except BaseException:
            await _roll_back(connection, transaction)
            raise
        finally:
            await self._release(connection)

    @asynccontextmanager
    async def _connection(self, within_s: float) -> AsyncIterator[PoolConnectionProxy]:
        """One of the pool's. Raises `Unavailable` when none is free in time."""
        connection = await self._acquire(within_s)
        try:
            yield connection
        finally:
            await self._release(connection)

    async def _acquire(self, within_s: float) -> PoolConnectionProxy:
        with translated():
            # The pool's own timeout makes a task for each request.
            async with asyncio.timeout(within_s):
                return await self._pool.acquire()

    async def _release(self, connection: PoolConnectionProxy) -> None:
        with suppress(*TRANSIENT):  # what was committed stays so; the pool drops a dead one
            await self._pool.release(connection)


def _binding(way: ports.Way) -> tuple[str, *tuple[object, ...]]:
    match way:
        case ports.ByKey(kid=kid):
            return ENTER_BY_KEY, kid
        case ports.ByInvitation(digest=digest):
            return BIND_BY_INVITATION, digest
        case ports.BySession(digest=digest):
            return ENTER_BY_SESSION, digest
        case ports.ByMemberSession(digest=digest):
            return BIND_BY_MEMBER_SESSION, digest
        case ports.BySetupLink(digest=digest):
            return BIND_BY_SETUP_LINK, digest
        case ports.ByEmail(email=email, tenant=tenant):
            return BIND_BY_EMAIL, email, tenant
        case ports.ByInterview(interview=interview):
            return BIND_BY_INTERVIEW, interview
        case _:
            assert_never(way)


async def _leave_as_it_is(_: asyncpg.Connection) -> None:
    """Between two uses there is nothing to undo: whatever we set or lock ends with its transaction.

    The driver's own way costs one round trip for each request.
    """


async def _roll_back(connection: PoolConnectionProxy, transaction: Transaction) -> None:
    """A connection that cannot is not used again."""
    try:
        await transaction.rollback()
    except TRANSIENT:
        with suppress(asyncpg.InterfaceError):  # the pool has let go of it already
            connection.terminate()


@asynccontextmanager
async def open_store(
    database_url: str,
    installation_key_text: str,
    *,
    max_size: int = 10,
    settings: Mapping[str, str] = MappingProxyType(SETTINGS),
) -> AsyncIterator[PostgresStore]:
    """A store until the block ends. Raises `Invalid` for the key, `RoleUnbound`, `Unavailable`."""
    key = installation_key(installation_key_text)

    async def connect() -> asyncpg.Connection:
        return await asyncpg.connect(database_url, server_settings=dict(settings))

    with translated():
        pool = await asyncpg.create_pool(
            database_url,
            min_size=1,
            max_size=max_size,
            server_settings=dict(settings),
            reset=_leave_as_it_is,
        )
    followers = Followers()
    listener = Listener(connect, followers)
    try:
        await require_bound(pool)
        yield PostgresStore(pool, listener, followers, key)
    finally:
        await listener.stop()
        await pool.close()
