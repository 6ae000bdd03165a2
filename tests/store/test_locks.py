"""Who holds a row, and what the others meet."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest

from interview.accounts import Invitation, KitRecord
from interview.errors import Unavailable
from interview.ids import InvitationId, KitId
from interview.lease import Lease
from interview.ports import Transaction
from interview.store.postgres import PostgresStore, open_store
from interview.store.postgres.store import SETTINGS
from tests.conftest import Database
from tests.fakes.clock import NOON
from tests.store.world import INSTALLATION_KEY, KIT, Held, digest, hold

pytestmark = pytest.mark.store

INVITATION = digest("one")
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
async def hasty(database: Database) -> AsyncIterator[PostgresStore]:
    """A store that waits for no lock longer than 50 ms."""
    settings = {**SETTINGS, "lock_timeout": "50"}
    async with open_store(database.app_url, INSTALLATION_KEY, settings=settings) as store:
        yield store


@pytest.fixture
async def furnished(postgres_store: PostgresStore) -> Held:
    """An interview with an invitation and a lease."""
    held = await hold(postgres_store)
    invitation = Invitation(InvitationId(uuid4()), held.interview, INVITATION, NOON, None)
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.invitations.add(invitation)
        await tx.leases.save(Lease(held.interview, 1, NOON))
    return held


async def read(tx: Transaction, held: Held, what: str, *, lock: bool) -> None:
    match what:
        case "interview":
            await tx.interviews.get(held.interview, lock=lock)
        case "invitation":
            await tx.invitations.by_digest(INVITATION, lock=lock)
        case _:
            await tx.leases.of(held.interview, lock=lock)


@pytest.mark.parametrize("what", ["interview", "invitation", "lease"])
async def test_a_locked_row_can_be_read_and_not_locked_by_others(
    postgres_store: PostgresStore, hasty: PostgresStore, furnished: Held, what: str
) -> None:
    async with postgres_store.transaction(furnished.tenant) as tx:
        await read(tx, furnished, what, lock=True)

        async with hasty.transaction(furnished.tenant) as other:
            await read(other, furnished, what, lock=False)
        with pytest.raises(Unavailable):
            async with hasty.transaction(furnished.tenant) as other:
                await read(other, furnished, what, lock=True)

    async with hasty.transaction(furnished.tenant) as other:
        await read(other, furnished, what, lock=True)


async def test_a_locked_interview_does_not_hold_up_what_hangs_on_it(
    postgres_store: PostgresStore, hasty: PostgresStore, furnished: Held
) -> None:
    async with postgres_store.transaction(furnished.tenant) as tx:
        await read(tx, furnished, "interview", lock=True)
        async with hasty.transaction(furnished.tenant) as other:
            another = Invitation(
                InvitationId(uuid4()), furnished.interview, digest("two"), NOON, None
            )
            await other.invitations.add(another)


async def test_who_publishes_second_gets_the_next_version(
    postgres_store: PostgresStore, furnished: Held, superuser: asyncpg.Connection
) -> None:
    drafts = KitId(uuid4()), KitId(uuid4())
    async with postgres_store.transaction(furnished.tenant) as tx:
        for draft in drafts:
            await tx.kits.add(KitRecord(draft, furnished.job, KIT, None, NOON))

    async def publish(kit: KitId) -> int | None:
        async with postgres_store.transaction(furnished.tenant) as tx:
            return (await tx.kits.publish(kit, NOON)).version

    async with postgres_store.transaction(furnished.tenant) as tx:
        assert 2 == (await tx.kits.publish(drafts[0], NOON)).version
        second = asyncio.create_task(publish(drafts[1]))
        while not await superuser.fetchval(WAITING):
            await asyncio.sleep(0.01)
    assert 3 == await second
