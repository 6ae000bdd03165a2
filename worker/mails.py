"""Jobs of mails: the queue wakes us when one is due, the mail says the rest."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import structlog
from pgqueuer import Job
from pgqueuer.errors import RetryRequested
from pydantic import BaseModel, ConfigDict

from interview.adapters.post import WITHIN_S
from interview.ids import MailId, TenantId
from interview.ports import MAIL
from worker.deliveries import order_of, try_until_over
from worker.queue import serve_handlers

AT_ONCE = 8
"""Mail servers think ill of those who come with many connections."""

FINISH_WITHIN_S = WITHIN_S + 5
"""What is just leaving when the worker is to stop is waited for as ever, and then noted: a worker
that goes before the server has answered sends it again. Whoever stops it may be less patient."""

log = structlog.get_logger()

Send = Callable[[TenantId, MailId], Awaitable[timedelta | None]]
"""One try; how long to wait for the next, None when there is none."""


class MailOrder(BaseModel):
    """A job's payload."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    tenant: UUID
    mail: UUID


async def serve_mails(database_url: str, send: Send, stop: asyncio.Event) -> None:
    """Until `stop` is set. A job is put back for as long as its mail is not over."""

    async def handle(job: Job) -> None:
        await attempt_mail(job, send, stop)

    await serve_handlers(database_url, {MAIL: handle}, stop, at_once=AT_ONCE)


async def attempt_mail(job: Job, send: Send, stop: asyncio.Event) -> None:
    """Raises `RetryRequested` with a delay, and `JobDead` for a job that says nothing."""
    order = order_of(job, MailOrder)
    if stop.is_set():
        raise RetryRequested(reason="stopped")
    facts = {"mail": str(order.mail), "job": job.id}
    trying = send(TenantId(order.tenant), MailId(order.mail))
    await try_until_over(job, trying, stop, facts, FINISH_WITHIN_S)
    log.info("mail_over", **facts)
