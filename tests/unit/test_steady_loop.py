"""The loop of these tests: a process that stood still lost no time, and nobody was late."""

import asyncio
import selectors
import time

import pytest

from interview.adapters.running import loop_s

pytestmark = pytest.mark.unit

STALL_S = 0.6


async def test_a_step_that_was_stopped_ends_no_limit() -> None:
    began = loop_s()
    async with asyncio.timeout(STALL_S / 2):
        stand_still()
        await asyncio.sleep(0.01)

    assert loop_s() - began < STALL_S / 2


async def test_a_wait_that_was_stopped_ends_no_limit_but_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    select = selectors.DefaultSelector.select
    began = time.monotonic()

    def stopped(
        self: selectors.DefaultSelector, timeout: float | None = None
    ) -> list[tuple[selectors.SelectorKey, int]]:
        ready = select(self, timeout)
        if timeout and time.monotonic() - began < STALL_S:
            stand_still()
        return ready

    monkeypatch.setattr(selectors.DefaultSelector, "select", stopped)
    async with asyncio.timeout(STALL_S / 2):
        await asyncio.sleep(0.01)

    assert time.monotonic() - began >= STALL_S


async def test_a_wait_lasts_as_long_as_it_says_and_is_counted() -> None:
    began, really = loop_s(), time.monotonic()
    await asyncio.sleep(0.3)
    assert time.monotonic() - really >= 0.25
    assert loop_s() - began >= 0.3

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await asyncio.Event().wait()


def stand_still() -> None:
    time.sleep(STALL_S)
