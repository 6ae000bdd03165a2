"""The queue: jobs that were put there with the change that caused them, done at least once."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import structlog
from pgqueuer import Job, PgQueuer
from pgqueuer.adapters.connections import create_asyncpg_pool
from pgqueuer.domain.settings import ConnectionSettings
from pgqueuer.errors import RetryRequested
from pydantic import BaseModel, ConfigDict, ValidationError

from interview.adapters.logs import what_failed
from interview.errors import InterviewError, Unavailable
from interview.ids import InterviewId, TenantId
from interview.ports import JobKind
from worker.stopping import finished, pause

ATTEMPTS = 9
LONGEST_DELAY_S = 120
BATCH = 4
AT_ONCE = 8
POLL_EVERY = timedelta(seconds=2)
"""Jobs announce themselves when they are new, not when they are put back."""

FINISH_WITHIN_S = 1.0
"""A job in hand when the worker is to stop has this long; then it is put back."""

LEFT_AFTER = timedelta(seconds=15)
"""A job whose worker gave no sign of life for so long is taken up by another one."""

RECONNECT_AFTER_S = 1.0

CLOSE_WITHIN_S = 2.0
"""A connection that broke in the middle may never be given back; nobody waits for it for ever."""

CONNECTIONS = ConnectionSettings(application_name="vivavoce-queue")

log = structlog.get_logger()


class Order(BaseModel):
    """A job's payload."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    tenant: UUID
    interview: UUID


@dataclass(frozen=True, slots=True)
class Patience:
    """A job that failed `attempts` times, and is as old as this `lasts`, is put aside for a person
    to look at. Its age counts because a job that was only put back has come a try further, too."""

    attempts: int = ATTEMPTS
    longest_delay_s: int = LONGEST_DELAY_S
    lasts: timedelta = timedelta(0)

    def is_last(self, job: Job) -> bool:
        """Whether this try of the job is the last one."""
        is_old = datetime.now(UTC) - job.created >= self.lasts
        return is_old and job.attempts + 1 >= self.attempts

    def delay(self, job: Job) -> timedelta:
        """Until the next try, when this one has failed."""
        return timedelta(seconds=min(2 ** min(job.attempts, 30), self.longest_delay_s))


MINUTES = Patience()
"""Four of them, for what fails on our side."""

Work = Callable[[TenantId, InterviewId], Coroutine[None, None, None]]
Handler = Callable[[Job], Awaitable[None]]


class JobDead(Exception):
    """This job will not be tried again by itself."""


async def serve_queue(
    database_url: str,
    works: Mapping[JobKind, Work],
    stop: asyncio.Event,
    *,
    left_after: timedelta = LEFT_AFTER,
) -> None:
    """Does jobs until `stop` is set, and what it has begun to the end."""
    handlers: dict[str, Handler] = {kind: _handler(work, stop) for kind, work in works.items()}
    await serve_handlers(database_url, handlers, stop, left_after=left_after)


async def serve_handlers(
    database_url: str,
    handlers: Mapping[str, Handler],
    stop: asyncio.Event,
    *,
    at_once: int = AT_ONCE,
    left_after: timedelta = LEFT_AFTER,
) -> None:
    """Jobs of some kinds, with hands of their own: no other kind waits for them.

    Comes back by itself after the database was away.
    """
    while not stop.is_set():
        try:
            async with connected(database_url) as queue:
                await _serve(queue, handlers, stop, at_once, left_after)
        except Exception as error:  # noqa: BLE001 (the outermost loop: the database may come back)
            log.warning("queue_lost", error=what_failed(error))
            await pause(stop, RECONNECT_AFTER_S)


@asynccontextmanager
async def connected(database_url: str) -> AsyncIterator[PgQueuer]:
    """Raises `TimeoutError` at the end when a connection is not given back."""
    async with create_asyncpg_pool(database_url, CONNECTIONS) as pool:
        try:
            yield PgQueuer.from_asyncpg_pool(pool)
        finally:
            await asyncio.wait_for(pool.close(), CLOSE_WITHIN_S)


async def _serve(
    queue: PgQueuer,
    handlers: Mapping[str, Handler],
    stop: asyncio.Event,
    at_once: int,
    left_after: timedelta,
) -> None:
    for kind, handler in handlers.items():
        queue.entrypoint(kind, on_failure="hold")(handler)
    # The queue's own event, for it sets it when it loses the database, and that ends nothing else.
    telling = asyncio.create_task(_tell(stop, queue.shutdown))
    log.info("queue_ready", kinds=sorted(handlers))
    try:
        await queue.qm.run(
            dequeue_timeout=POLL_EVERY,
            batch_size=BATCH,
            max_concurrent_tasks=at_once,
            shutdown_on_listener_failure=True,
            heartbeat_timeout=left_after,
        )
    finally:
        telling.cancel()


async def _tell(stop: asyncio.Event, shutdown: asyncio.Event) -> None:
    await stop.wait()
    shutdown.set()


def _handler(work: Work, stop: asyncio.Event) -> Handler:
    async def handle(job: Job) -> None:
        await attempt(job, work, stop)

    return handle


async def attempt(job: Job, work: Work, stop: asyncio.Event, patience: Patience = MINUTES) -> None:
    """One try. Raises `RetryRequested` with a delay, or `JobDead` when there is no use in trying.

    Failures are passed on without their text, for the queue keeps it unsealed.
    """
    facts = {"kind": job.entrypoint, "job": job.id, "attempt": job.attempts + 1}
    try:
        order = Order.model_validate_json(job.payload or b"")
        facts["interview"] = str(order.interview)
        doing = work(TenantId(order.tenant), InterviewId(order.interview))
        is_done = await finished(doing, stop, FINISH_WITHIN_S)
    except Exception as error:  # noqa: BLE001 (the outermost loop: whatever a job may raise)
        failure = what_failed(error)
        if _is_final(error) or patience.is_last(job):
            log.error("job_dead", **facts, error=failure)  # noqa: TRY400 (a trace quotes)
            raise JobDead(failure) from None
        delay = patience.delay(job)
        log.warning("job_failed", **facts, error=failure, retry_in_s=delay.total_seconds())
        raise RetryRequested(delay, reason=failure) from None
    if not is_done:
        log.info("job_put_back", **facts)
        raise RetryRequested(reason="stopped")
    log.info("job_done", **facts)


def _is_final(error: Exception) -> bool:
    """True for what another try cannot change: a refusal by a rule, or a job that says nothing."""
    if isinstance(error, ExceptionGroup):
        return any(map(_is_final, error.exceptions))
    if isinstance(error, Unavailable):
        return False
    return isinstance(error, InterviewError | ValidationError)
