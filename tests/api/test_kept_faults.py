"""`Idempotency-Key` and faults of ours: what came of it the first time is said again."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from interview.errors import Unavailable
from interview.store.memory.audit import MemoryAudit
from interview.store.memory.makings import MemoryJobs
from tests.api.house import House

pytestmark = pytest.mark.api
KEY = {"Idempotency-Key": "order-1"}
JOB = {"title": "Engineer"}


@pytest.fixture(params=[(MemoryJobs, "add"), (MemoryAudit, "add")], ids=["inside", "afterwards"])
async def fault(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, house: House
) -> AsyncIterator[pytest.MonkeyPatch]:
    """Something breaks once the work has begun, until it is undone."""

    async def breaks(*_: object) -> None:
        raise ZeroDivisionError

    owner, name = request.param
    monkeypatch.setattr(owner, name, breaks)
    with capture_logs():
        yield monkeypatch


async def test_a_fault_is_said_again_and_nothing_is_done(
    house: House, fault: pytest.MonkeyPatch
) -> None:
    first = await house.call("POST", "/v1/jobs", json=JOB, headers=KEY)
    fault.undo()
    second = await house.call("POST", "/v1/jobs", json=JOB, headers=KEY)

    assert (500, "internal") == (first.status, (await first.json())["code"])
    assert (500, await first.read(), "application/problem+json", "true") == (
        second.status,
        await second.read(),
        second.content_type,
        second.headers["Idempotent-Replayed"],
    )
    assert [] == (await house.get("/v1/jobs"))["items"]


async def test_after_a_fault_another_key_or_no_key_begins_anew(
    house: House, fault: pytest.MonkeyPatch
) -> None:
    await house.call("POST", "/v1/jobs", json=JOB, headers=KEY)
    fault.undo()

    await house.post("/v1/jobs", JOB)
    await house.post("/v1/jobs", JOB, headers={"Idempotency-Key": "order-2"})
    assert (422, "idempotency_mismatch") == await house.refusal(
        "POST", "/v1/jobs", json={"title": "Designer"}, headers=KEY
    )


async def test_a_kept_fault_is_forgotten_after_a_day(
    house: House, fault: pytest.MonkeyPatch
) -> None:
    await house.call("POST", "/v1/jobs", json=JOB, headers=KEY)
    fault.undo()
    house.clock.advance(24 * 3600 + 1)

    await house.post("/v1/jobs", JOB, headers=KEY)


async def test_what_is_away_for_a_moment_is_not_kept(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`Retry-After` says to come back with the same key."""

    async def away(*_: object) -> None:
        raise Unavailable

    with monkeypatch.context() as broken:
        broken.setattr(MemoryJobs, "add", away)
        refused = await house.refusal("POST", "/v1/jobs", json=JOB, headers=KEY)

    assert (503, "unavailable") == refused
    await house.post("/v1/jobs", JOB, headers=KEY)


async def test_a_body_that_is_wrong_leaves_its_key_free(house: House) -> None:
    refused = await house.refusal("POST", "/v1/jobs", json={"title": 1}, headers=KEY)

    assert (422, "invalid") == refused
    await house.post("/v1/jobs", JOB, headers=KEY)
