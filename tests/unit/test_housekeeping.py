"""The worker's own hours: what was kept long enough goes, and a bad round does not end them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from interview.adapters.system import SystemIds
from interview.errors import Unavailable
from interview.ids import TenantId
from interview.ports import StoredAnswer, Transaction
from interview.store.memory import MemoryStore
from interview.use_cases.world import World
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.interviews import Room
from worker.housekeeping import keep_house

pytestmark = pytest.mark.unit


class StoreAwayOnce(MemoryStore):
    """Its first transaction after `goes_away` is refused."""

    goes_away = False

    @asynccontextmanager
    async def transaction(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        if self.goes_away:
            self.goes_away = False
            raise Unavailable
        async with super().transaction(tenant) as tx:
            yield tx


async def test_answers_are_forgotten_even_after_a_round_that_failed() -> None:
    store, stop = StoreAwayOnce(), asyncio.Event()
    room = await Room(store).furnish()
    async with store.transaction(room.tenant) as tx:
        await tx.answers.put("key", StoredAnswer(bytes(32), 200, b"{}"), NOON)
    store.goes_away = True
    world = World(store, FakeClock(NOON + timedelta(days=2)), SystemIds())

    with capture_logs() as lines:
        async with asyncio.TaskGroup() as group, asyncio.timeout(5):
            group.create_task(keep_house(world, stop, every_s=0.001))
            while store.tables.answers:
                await asyncio.sleep(0)
            stop.set()

    assert [{"event": "housekeeping_failed", "error": "Unavailable", "log_level": "warning"}] == [
        dict(line) for line in lines
    ]
