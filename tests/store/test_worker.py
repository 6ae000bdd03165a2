"""The worker on a real database: jobs are done, done again after a fault, and done once."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg
import pytest

from interview.adapters.lexicons import indicator_rater
from interview.errors import WrongState
from interview.ids import InterviewId, TenantId
from interview.lifecycle import State
from interview.scoring import Scorecard
from interview.store.postgres import PostgresStore
from interview.use_cases.scoring import score_interview
from local.ports import free_port
from local.up.child import Child
from local.up.ready import says
from tests.conftest import Database
from tests.fakes.interviews import Room
from tests.standins.models import ModelServer
from tests.store.world import INSTALLATION_KEY
from worker.queue import Work, connected, serve_queue

pytestmark = pytest.mark.store

RATER = indicator_rater()
LOCK = "SELECT FROM interviews WHERE interview_id = $1 FOR UPDATE"
NO_JOBS = "SELECT count(*) = 0 FROM pgqueuer"
SET_ASIDE = "SELECT count(*) = 1 FROM pgqueuer WHERE status = 'failed'"
WAITS_AGAIN = "SELECT count(*) = 1 FROM pgqueuer WHERE status = 'queued' AND attempts = 1"
SOMEBODY_WAITS = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted"
LISTENS = """
    SELECT count(*) > 0 FROM pg_stat_activity
    WHERE application_name = 'vivavoce-queue' AND query LIKE 'LISTEN%'
"""
CUT_OFF = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'vivavoce-queue'
"""


async def told(store: PostgresStore) -> Room:
    """An interview with something to score, still live."""
    room = await Room(store).furnish()
    await room.become(State.LIVE)
    await room.ask("incident")
    await room.answer("incident", "We wrote it down and I told them.")
    return room


async def cards(room: Room) -> tuple[Scorecard, ...]:
    async with room.store.transaction(room.tenant) as tx:
        return await tx.scorecards.of(room.interview)


async def scored(room: Room) -> None:
    """Wait for the fact that the interview was scored."""
    async with (
        asyncio.timeout(20),
        room.store.follow(room.tenant, room.interview) as wakes,
    ):
        while "scorecard_stored" not in await room.kinds():
            await anext(wakes)


async def is_true(connection: asyncpg.Connection, sql: str) -> bool:
    return bool(await connection.fetchval(sql))


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for a fact of the queue, which tells nobody."""
    async with asyncio.timeout(20):
        while not await holds():
            await asyncio.sleep(0.05)


@asynccontextmanager
async def queue(url: str, work: Work) -> AsyncIterator[None]:
    """The queue's loop, with one kind of work, until the block ends."""
    stop = asyncio.Event()
    serving = asyncio.create_task(serve_queue(url, {"score_interview": work}, stop))
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait([serving])


def scoring(room: Room) -> Work:
    """The real work."""

    async def score(tenant: TenantId, interview: InterviewId) -> None:
        await score_interview(room.world, RATER, tenant, interview)

    return score


@contextmanager
def worker(database: Database, log: Path, **changes: str) -> Iterator[Child]:
    """`python -m worker`, with no SFU and no API to speak to."""
    nowhere = free_port()
    variables = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database.app_url,
        "VIVAVOCE_INSTALLATION_KEY": INSTALLATION_KEY,
        "LIVEKIT_URL": f"ws://127.0.0.1:{nowhere}",
        "LIVEKIT_API_KEY": "key",
        "LIVEKIT_API_SECRET": "a secret of thirty-two letters ok",
        "VIVAVOCE_API_URL": f"http://127.0.0.1:{nowhere}",
    } | changes
    child = Child.start("worker", (sys.executable, "-m", "worker"), variables, log)
    try:
        yield child
    finally:
        child.kill()


async def test_an_ended_interview_is_scored_by_the_worker_process(
    postgres_store: PostgresStore, database: Database, tmp_path: Path
) -> None:
    room = await told(postgres_store)
    with worker(database, tmp_path / "worker.log"):
        await room.end()
        await scored(room)

    (card,) = await cards(room)
    assert (card.ratings[0].level, card.stamp.rater) == (4, "indicators")
    assert await room.state() is State.SCORED


async def test_an_interview_that_ended_before_the_worker_started_is_scored_too(
    postgres_store: PostgresStore, database: Database, tmp_path: Path
) -> None:
    room = await told(postgres_store)
    await room.end()
    with worker(database, tmp_path / "worker.log"):
        await scored(room)


async def test_no_card_of_the_indicators_waits_for_a_model_that_hangs(
    postgres_store: PostgresStore, database: Database, tmp_path: Path
) -> None:
    rooms = [await told(postgres_store) for _ in range(10)]
    async with ModelServer("slow", slow_s=60) as server:
        model = {"LLM_BASE_URL": server.base_url, "LLM_MODEL": "slow"}
        with worker(database, tmp_path / "worker.log", **model):
            for room in rooms:
                await room.end()
            for room in rooms:
                await scored(room)


async def test_sigterm_ends_the_worker_within_two_seconds(
    postgres_store: PostgresStore, database: Database, tmp_path: Path
) -> None:
    with worker(database, tmp_path / "worker.log") as process:
        await until(lambda: says(process.log, "queue_ready"))
        process.send(signal.SIGTERM)

        assert await process.ended(2)
        assert process.returncode == 0


async def test_a_worker_killed_in_the_middle_leaves_its_job_to_the_next(
    postgres_store: PostgresStore,
    database: Database,
    tmp_path: Path,
    superuser: asyncpg.Connection,
) -> None:
    room = await told(postgres_store)
    await room.end()
    async with superuser.transaction():
        await superuser.execute(LOCK, room.interview)
        with worker(database, tmp_path / "first.log"):
            await until(lambda: is_true(superuser, SOMEBODY_WAITS))
    assert await cards(room) == ()
    await superuser.execute("UPDATE pgqueuer SET heartbeat = now() - interval '1 hour'")

    with worker(database, tmp_path / "second.log"):
        await scored(room)
        await until(lambda: is_true(superuser, NO_JOBS))

    assert len(await cards(room)) == 1


async def test_a_job_that_fails_after_its_work_was_stored_makes_no_second_scorecard(
    postgres_store: PostgresStore, database: Database, superuser: asyncpg.Connection
) -> None:
    room = await told(postgres_store)
    tries = 0

    async def score_then_fail(tenant: TenantId, interview: InterviewId) -> None:
        nonlocal tries
        tries += 1
        await score_interview(room.world, RATER, tenant, interview)
        if tries == 1:
            raise OSError

    async with queue(database.app_url, score_then_fail):
        await room.end()
        await until(lambda: is_true(superuser, NO_JOBS))

    assert tries == 2
    assert len(await cards(room)) == 1


async def test_a_failing_job_is_tried_again(
    postgres_store: PostgresStore, database: Database
) -> None:
    room = await told(postgres_store)
    tries = 0

    async def fail_once(tenant: TenantId, interview: InterviewId) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise ValueError
        await score_interview(room.world, RATER, tenant, interview)

    async with queue(database.app_url, fail_once):
        await room.end()
        await scored(room)

    assert tries == 2


async def test_a_refused_job_is_put_aside_and_keeps_no_words(
    postgres_store: PostgresStore, database: Database, superuser: asyncpg.Connection
) -> None:
    room = await told(postgres_store)

    async def refuse(tenant: TenantId, interview: InterviewId) -> None:
        raise WrongState("We wrote it down")

    async with queue(database.app_url, refuse):
        await room.end()
        await until(lambda: is_true(superuser, SET_ASIDE))

    kept = await superuser.fetch("SELECT traceback::text FROM pgqueuer_log")
    assert "WrongState" in str(kept)
    assert "We wrote it down" not in str(kept)


async def test_a_job_in_hand_goes_back_to_the_queue_when_the_worker_must_go(
    postgres_store: PostgresStore, database: Database, superuser: asyncpg.Connection
) -> None:
    room = await told(postgres_store)
    begun = asyncio.Event()

    async def never_done(tenant: TenantId, interview: InterviewId) -> None:
        begun.set()
        await asyncio.Event().wait()

    async with queue(database.app_url, never_done):
        await room.end()
        await begun.wait()
    assert await superuser.fetchval(WAITS_AGAIN)

    async with queue(database.app_url, scoring(room)):
        await scored(room)


async def test_the_queue_comes_back_after_it_lost_the_database(
    postgres_store: PostgresStore, database: Database, superuser: asyncpg.Connection
) -> None:
    room = await told(postgres_store)
    async with queue(database.app_url, scoring(room)):
        await until(lambda: is_true(superuser, LISTENS))
        await superuser.execute(CUT_OFF)
        await room.end()
        await scored(room)


async def test_a_connection_that_is_never_given_back_keeps_no_worker_from_coming_back(
    database: Database,
) -> None:
    """What broke while it was listened on is left by the queue as it is."""
    async with asyncio.timeout(10):
        with pytest.raises(TimeoutError):
            async with connected(database.app_url) as queue:
                await queue.connection.add_listener("ch_pgqueuer", lambda _: None)


async def test_a_worker_waits_for_its_database(
    postgres_store: PostgresStore, database: Database, tmp_path: Path
) -> None:
    url = f"postgresql://nobody@127.0.0.1:{free_port()}/none"
    with worker(database, tmp_path / "worker.log", DATABASE_URL=url) as process:
        await until(lambda: says(process.log, "worker_waits"))
        process.send(signal.SIGTERM)

        assert await process.ended(2)
        assert process.returncode == 0


@pytest.mark.parametrize("name", ["DATABASE_URL", "VIVAVOCE_INSTALLATION_KEY"])
async def test_a_worker_with_a_wrong_setting_ends_with_one_line_that_names_it(
    database: Database, tmp_path: Path, name: str
) -> None:
    with worker(database, tmp_path / "worker.log", **{name: ""}) as process:
        assert await process.ended(20)

    assert process.returncode == 2
    (line,) = process.log.read_text().splitlines()
    assert line.startswith(f"worker: {name}: ")


async def test_a_key_of_the_wrong_form_is_one_line_too(database: Database, tmp_path: Path) -> None:
    changes = {"VIVAVOCE_INSTALLATION_KEY": "short"}
    with worker(database, tmp_path / "worker.log", **changes) as process:
        assert await process.ended(20)

    assert process.returncode == 2
    (line,) = process.log.read_text().splitlines()
    assert line.startswith("worker: VIVAVOCE_INSTALLATION_KEY: ")
