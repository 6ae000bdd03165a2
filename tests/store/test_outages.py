"""The database goes away and comes back: nothing acknowledged is lost, nothing is doubled."""

import asyncio
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from interview.accounts import Job
from interview.errors import Invalid, Unavailable
from interview.events import Report, Resumed
from interview.ids import JobId, TurnId
from interview.store.postgres import PostgresStore, listening, open_store, store
from interview.use_cases.verify import verify_interview
from local.ports import free_port
from local.postgres import EmbeddedPostgres
from migrations.runner import migrate
from tests.conftest import Database
from tests.fakes.clock import NOON
from tests.store.conftest import connected
from tests.store.world import INSTALLATION_KEY, Held, hold, report, speech

pytestmark = pytest.mark.store

CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'vivavoce' AND datname = current_database()
"""
LISTENING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE application_name = 'vivavoce' AND datname = current_database() AND query ILIKE 'LISTEN%'
"""


async def append(store: PostgresStore, held: Held, sent: Report) -> None:
    """As a sender does: again until it is acknowledged, under the same name."""
    while True:
        try:
            async with store.transaction(held.tenant) as tx:
                await tx.events.append(held.interview, 1, [sent])
        except Unavailable:
            await asyncio.sleep(0.01)
        else:
            return


async def test_a_pool_whose_connections_were_cut_heals(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)

    for _ in range(3):
        await superuser.execute(CUT)
        await append(postgres_store, held, report(Resumed()))

    assert await postgres_store.is_ready()
    assert 3 == (await verify_interview(postgres_store, held.tenant, held.interview)).events


async def test_a_connection_cut_inside_a_transaction_is_unavailable_and_changes_nothing(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)

    async def interrupted() -> None:
        async with postgres_store.transaction(held.tenant) as tx:
            await tx.jobs.add(Job(JobId(uuid4()), "Never", NOON))
            await superuser.execute(CUT)
            await tx.jobs.page(1, None)

    with pytest.raises(Unavailable):
        await interrupted()

    async with postgres_store.transaction(held.tenant) as tx:
        assert ["Engineer"] == [job.title for job in (await tx.jobs.page(9, None)).items]


@pytest.mark.usefixtures("nothing_stays")
async def test_writers_through_two_restarts_lose_and_double_nothing(tmp_path: Path) -> None:
    """A server of its own, stopped under the hands of four writers and started again."""
    over = asyncio.Event()
    acknowledged: list[Report] = []

    async def write(store: PostgresStore, held: Held) -> None:
        while not over.is_set():
            sent = speech(TurnId(uuid4()))
            await append(store, held, sent)
            acknowledged.append(sent)

    async def written(more: int) -> None:
        wanted = len(acknowledged) + more
        while len(acknowledged) < wanted:
            await asyncio.sleep(0.01)

    async with EmbeddedPostgres(tmp_path, free_port()) as server:
        async with connected(server.owner_url()) as owner:
            await migrate(owner)
        async with open_store(server.app_url(), INSTALLATION_KEY) as store:
            held = await hold(store)
            async with asyncio.TaskGroup() as group:
                for _ in range(4):
                    group.create_task(write(store, held))
                for _ in range(2):
                    await written(more=10)
                    await server.stop()
                    assert not await store.is_ready()
                    await server.start()
                await written(more=10)
                over.set()
            verified = await verify_interview(store, held.tenant, held.interview)

    assert len(acknowledged) == verified.events == verified.turns


async def test_a_follower_survives_the_loss_of_the_listening_connection(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    async with (
        postgres_store.follow(held.tenant, held.interview) as wakes,
        asyncio.timeout(10),
    ):
        await anext(wakes)
        while not await superuser.fetchval(LISTENING):
            await asyncio.sleep(0.01)
        await superuser.execute(CUT)
        await append(postgres_store, held, report(Resumed()))

        seen = 0
        while not seen:
            await anext(wakes)
            async with postgres_store.transaction(held.tenant) as tx:
                seen = len(await tx.events.read(held.interview))


async def test_a_follower_survives_a_listening_connection_that_fails_in_an_unknown_way(
    postgres_store: PostgresStore, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing that passes by itself: the role may not log in for a moment."""
    monkeypatch.setattr(listening, "AGAIN_AFTER_S", 0.01)
    seen: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: seen.append(told["exception"]))
    held = await hold(postgres_store)

    await superuser.execute("ALTER ROLE vivavoce_app NOLOGIN")
    try:
        async with postgres_store.follow(held.tenant, held.interview) as wakes, asyncio.timeout(10):
            await anext(wakes)
            while not seen:
                await asyncio.sleep(0.01)
            await superuser.execute("ALTER ROLE vivavoce_app LOGIN")
            await anext(wakes)
    finally:
        await superuser.execute("ALTER ROLE vivavoce_app LOGIN")

    assert isinstance(seen[0], asyncpg.InvalidAuthorizationSpecificationError)


async def test_look_ups_do_not_wait_for_ever_for_a_connection_of_the_pool(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "ACQUIRE_WITHIN_S", 0.05)
    monkeypatch.setattr(store, "READY_WITHIN_S", 0.05)
    async with open_store(database.app_url, INSTALLATION_KEY, max_size=1) as only:
        held = await hold(only)
        async with asyncio.timeout(5), only.transaction(held.tenant):
            assert not await only.is_ready()
            with pytest.raises(Unavailable):
                await only.tenants()
        assert await only.is_ready()


async def test_a_store_without_a_database_says_that_it_is_unavailable() -> None:
    with pytest.raises(Unavailable):
        async with open_store(
            f"postgresql://nobody@127.0.0.1:{free_port()}/none?sslmode=disable", INSTALLATION_KEY
        ):
            pass


async def test_a_store_with_a_malformed_key_does_not_open(database: Database) -> None:
    with pytest.raises(Invalid, match="VIVAVOCE_INSTALLATION_KEY"):
        async with open_store(database.app_url, "secret"):
            pass


@pytest.mark.parametrize("title", ["nul \x00 inside"])
async def test_a_text_that_cannot_be_stored_is_invalid(
    postgres_store: PostgresStore, title: str
) -> None:
    held = await hold(postgres_store)

    with pytest.raises(Invalid):
        async with postgres_store.transaction(held.tenant) as tx:
            await tx.jobs.add(Job(JobId(uuid4()), title, NOON))


async def test_a_number_that_cannot_be_stored_is_invalid(postgres_store: PostgresStore) -> None:
    held = await hold(postgres_store)

    with pytest.raises(Invalid):
        await append(postgres_store, held, speech(TurnId(uuid4()), started_ms=2**40))
