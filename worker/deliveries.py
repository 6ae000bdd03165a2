"""Jobs of webhooks' deliveries: the queue wakes us when one is due, the delivery says the rest."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

import structlog
from pgqueuer import Job
from pgqueuer.errors import RetryRequested
from pydantic import BaseModel, ConfigDict, ValidationError

from interview.adapters.logs import what_failed
from interview.ids import HookEventId, TenantId, WebhookId
from interview.ports import DELIVERY
from worker.queue import FINISH_WITHIN_S, LONGEST_DELAY_S, JobDead, serve_handlers
from worker.stopping import finished

AT_ONCE = 32
"""Most of the time is spent in waiting for others."""

log = structlog.get_logger()

O = TypeVar("O", bound=BaseModel)  # noqa: E741 - an order

Deliver = Callable[[TenantId, WebhookId, HookEventId], Awaitable[timedelta | None]]
"""One try; how long to wait for the next, None when there is none."""


class DeliveryOrder(BaseModel):
    """A job's payload."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    tenant: UUID
    webhook: UUID
    event: UUID


async def serve_deliveries(database_url: str, deliver: Deliver, stop: asyncio.Event) -> None:
    """Until `stop` is set. A job is put back for as long as its delivery is not over."""

    async def handle(job: Job) -> None:
        await attempt_delivery(job, deliver, stop)

    await serve_handlers(database_url, {DELIVERY: handle}, stop, at_once=AT_ONCE)


async def attempt_delivery(job: Job, deliver: Deliver, stop: asyncio.Event) -> None:
    """Raises `RetryRequested` with a delay, and `JobDead` for a job that says nothing.

    What goes wrong on our side is tried again without end: the delivery is what counts tries.
    """
    order = order_of(job, DeliveryOrder)
    facts = {"webhook": str(order.webhook), "event_id": str(order.event), "job": job.id}
    trying = deliver(TenantId(order.tenant), WebhookId(order.webhook), HookEventId(order.event))
    await try_until_over(job, trying, stop, facts, FINISH_WITHIN_S)
    log.info("delivery_over", **facts)


async def try_until_over(
    job: Job,
    trying: Awaitable[timedelta | None],
    stop: asyncio.Event,
    facts: Mapping[str, object],
    finish_within_s: float,
) -> None:
    """Returns when `trying` says that all is over. Raises `RetryRequested` with a delay."""
    wait: timedelta | None = None

    async def doing() -> None:
        nonlocal wait
        wait = await trying

    try:
        is_done = await finished(doing(), stop, finish_within_s)
    except Exception as error:  # noqa: BLE001 (the outermost loop: whatever a job may raise)
        failure = what_failed(error)
        delay = timedelta(seconds=min(2 ** min(job.attempts, 7), LONGEST_DELAY_S))
        told = {"error": failure, "retry_in_s": delay.total_seconds()}
        log.warning("delivery_failed", **facts, **told)
        raise RetryRequested(delay, reason=failure) from None
    if not is_done:
        raise RetryRequested(reason="stopped")
    if wait is not None:
        raise RetryRequested(wait, reason="not over")


def order_of(job: Job, form: type[O]) -> O:
    """A job's payload. Raises `JobDead` for one that says nothing."""
    try:
        return form.model_validate_json(job.payload or b"")
    except ValidationError as error:
        log.error("job_dead", kind=job.entrypoint, job=job.id)  # noqa: TRY400 (a trace quotes)
        raise JobDead(what_failed(error)) from None
