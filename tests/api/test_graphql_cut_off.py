"""A question that is cut off in its middle comes to its end: nothing is left of it.

Coroutines that were never awaited are a fault of the test that left them (see `filterwarnings`).
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import pytest

from api.graph import door
from interview.store.memory.several import MemorySeveral
from tests.api.graph import WHOLE, held
from tests.api.house import House

pytestmark = pytest.mark.api
TURNS = range(60)
"""Of the event loop, after which it is cut off: some come before the first read, some after the
answer."""

ASKED = {"query": WHOLE, "variables": {"jobs": 1}}


@dataclass
class Hasty:
    """`asyncio`, whose time is over after so many turns of the loop."""

    turns: int

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    @asynccontextmanager
    async def timeout(self, _: float) -> AsyncIterator[None]:
        async with asyncio.timeout(None) as limit:

            async def over() -> None:
                for _ in range(self.turns):
                    await asyncio.sleep(0)
                limit.reschedule(0)

            clock = asyncio.create_task(over())
            try:
                yield
            finally:
                clock.cancel()


async def test_time_that_runs_out_anywhere_leaves_nothing_behind(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await held(house)
    found = []
    for turns in TURNS:
        monkeypatch.setattr(door, "asyncio", Hasty(turns))
        answer = await house.call("POST", "/graphql", json=ASKED)
        found.append(answer.status)

    gc.collect()
    assert {200, 503} == set(found)


async def test_whoever_leaves_before_the_answer_leaves_nothing_behind(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is told, and the question is cut off in the middle of a read."""
    await held(house)
    begun, ended = asyncio.Event(), asyncio.Event()

    async def wait(*_: object) -> dict[object, object]:
        begun.set()
        try:
            await asyncio.sleep(5)
        finally:
            ended.set()
        return {}

    monkeypatch.setattr(MemorySeveral, "kits_of", wait)
    asking = asyncio.create_task(house.call("POST", "/graphql", json=ASKED))
    await asyncio.wait_for(begun.wait(), 5)

    asking.cancel()
    with suppress(asyncio.CancelledError):
        await asking

    await asyncio.wait_for(ended.wait(), 1)
    gc.collect()
    assert 1 == len((await house.get("/v1/jobs"))["items"])
