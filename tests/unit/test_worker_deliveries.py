"""Jobs of deliveries: put back for as long as the delivery is not over, whatever happens."""

import asyncio
from datetime import timedelta
from types import SimpleNamespace
from typing import cast
from uuid import uuid4

import pytest
from pgqueuer import Job
from pgqueuer.errors import RetryRequested
from structlog.testing import capture_logs

from interview.errors import Unavailable
from interview.ids import HookEventId, TenantId, WebhookId
from worker import deliveries
from worker.deliveries import Deliver, attempt_delivery
from worker.queue import LONGEST_DELAY_S, JobDead

pytestmark = pytest.mark.unit

TENANT, WEBHOOK, EVENT = uuid4(), uuid4(), uuid4()
GOING, STOPPED = asyncio.Event(), asyncio.Event()
STOPPED.set()


def job(attempts: int = 0, payload: bytes | None = None) -> Job:
    order = f'{{"tenant": "{TENANT}", "webhook": "{WEBHOOK}", "event": "{EVENT}"}}'.encode()
    made = SimpleNamespace(
        id=1, entrypoint="deliver_webhook", attempts=attempts, payload=payload or order
    )
    return cast(Job, made)


def saying(wait: timedelta | Exception | None) -> Deliver:
    async def deliver(tenant: TenantId, webhook: WebhookId, event: HookEventId) -> timedelta | None:
        assert (TENANT, WEBHOOK, EVENT) == (tenant, webhook, event)
        if isinstance(wait, Exception):
            raise wait
        return wait

    return deliver


async def test_a_delivery_that_is_over_ends_its_job() -> None:
    await attempt_delivery(job(), saying(None), GOING)


async def test_a_delivery_that_is_not_over_puts_its_job_back_until_it_is_due() -> None:
    with pytest.raises(RetryRequested) as retry:
        await attempt_delivery(job(), saying(timedelta(hours=5)), GOING)

    assert timedelta(hours=5) == retry.value.delay


@pytest.mark.parametrize("attempts", [0, 9, 1000])
async def test_what_fails_on_our_side_is_tried_again_without_end(attempts: int) -> None:
    with pytest.raises(RetryRequested) as retry:
        await attempt_delivery(job(attempts), saying(Unavailable()), GOING)

    assert min(2.0**attempts, LONGEST_DELAY_S) == retry.value.delay.total_seconds()


@pytest.mark.parametrize("payload", [b"{}", b"no json", b'{"tenant": 1}'])
async def test_a_job_that_says_nothing_is_put_aside(payload: bytes) -> None:
    with capture_logs() as lines, pytest.raises(JobDead):
        await attempt_delivery(job(payload=payload), saying(None), GOING)

    assert ["job_dead"] == [line["event"] for line in lines]


async def test_a_job_whose_worker_stops_goes_back_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(deliveries, "FINISH_WITHIN_S", 0.01)

    async def never(tenant: TenantId, webhook: WebhookId, event: HookEventId) -> None:
        await asyncio.Event().wait()

    with pytest.raises(RetryRequested) as retry:
        await attempt_delivery(job(), never, STOPPED)

    assert timedelta(0) == retry.value.delay
