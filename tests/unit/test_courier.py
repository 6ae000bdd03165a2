"""The courier over a real socket: what it says of every kind of answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from interview.adapters.courier import WITHIN_S, HttpCourier
from interview.adapters.outbound import open_outbound
from interview.addresses import Reach
from interview.webhooks import Outcome
from tests.unit.test_outbound import peer, said

pytestmark = pytest.mark.unit


@asynccontextmanager
async def courier(within_s: float = WITHIN_S) -> AsyncIterator[HttpCourier]:
    async with open_outbound(Reach(loopback=True)) as outbound:
        yield HttpCourier(outbound, within_s)


async def brought(answer: bytes, within_s: float = WITHIN_S) -> Outcome:
    async with peer(answer) as server, courier(within_s) as who:
        return await who.bring(f"http://127.0.0.1:{server.port}/", {"webhook-id": "1"}, b"{}")


@pytest.mark.parametrize(
    ("status", "failure"),
    [("204 No Content", None), ("302 Found", "redirect"), ("410 Gone", "gone")],
)
async def test_an_answer_is_its_status(status: str, failure: str | None) -> None:
    outcome = await brought(said(status))

    assert (int(status[:3]), failure) == (outcome.status, outcome.failure)


async def test_an_answer_counts_before_its_body_has_come() -> None:
    """A body without end holds nobody up: it is not read."""
    async with asyncio.timeout(5):
        outcome = await brought(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\nhello")

    assert (200, None) == (outcome.status, outcome.failure)


async def test_no_answer_is_a_failure_with_its_reason_and_its_time() -> None:
    outcome = await brought(b"", within_s=0.1)

    assert (None, "timeout") == (outcome.status, outcome.failure)
    assert 90 <= outcome.duration_ms < 5000


async def test_an_endpoint_has_fifteen_seconds() -> None:
    assert 15 == WITHIN_S
