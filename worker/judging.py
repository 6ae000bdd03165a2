"""Scoring as this process does it: the indicators, and the models that somebody has named.

Two kinds of jobs with hands of their own: no card that needs nobody waits for somebody's model.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Protocol
from weakref import WeakValueDictionary

import structlog
from pgqueuer import Job
from pgqueuer.errors import RetryRequested

from interview.adapters.hostile import detector
from interview.adapters.judging import brief
from interview.adapters.lexicons import indicator_rater
from interview.adapters.reasons import reason_guard
from interview.ids import InterviewId, TenantId
from interview.ports import JobKind
from interview.rater import Rater
from interview.release import NotReleased, RaterGate
from interview.use_cases.judging import AT_ONCE, Judge
from interview.use_cases.scoring import score_interview
from interview.use_cases.world import World
from worker.deliveries import order_of
from worker.models import ModelDesk
from worker.queue import Order, Patience, Work, attempt, serve_handlers
from worker.settings import Settings

JUDGE: JobKind = "judge_interview"
HANDS = 32
"""Most of the time is spent in waiting for models."""

HANDS_OF_ONE = 4
"""A tenant whose models hang holds no more of the hands than these."""

BUSY_FOR = timedelta(seconds=5)

A_DAY = Patience(longest_delay_s=3600, lasts=timedelta(days=1))
"""Others' models may be away for a night; how long is no matter of ours."""

log = structlog.get_logger()

Judges = Callable[[TenantId, InterviewId], AbstractAsyncContextManager[Judge | None]]
"""The judge for an interview; None where nobody has named a model."""


class JudgeWork(Protocol):
    """On the last try a card is made of what there is."""

    async def __call__(
        self, tenant: TenantId, interview: InterviewId, *, is_last_try: bool
    ) -> None: ...


def judges_of(desk: ModelDesk, settings: Settings) -> Judges:
    """Reads files. All judges of a tenant have `AT_ONCE` questions of this process open."""
    told, flags, reasons = brief(), detector(), reason_guard()
    slots = WeakValueDictionary[TenantId, asyncio.Semaphore]()

    @asynccontextmanager
    async def judging(tenant: TenantId, interview: InterviewId) -> AsyncIterator[Judge | None]:
        theirs = slots.setdefault(tenant, asyncio.Semaphore(AT_ONCE))
        async with desk.seating(tenant, interview, settings.models_that_judge) as seats:
            yield Judge(seats, told, flags, reasons, settings.judge_runs, theirs) if seats else None

    return judging


def scoring(world: World, indicators: Rater) -> Work:
    """The card that needs nobody; then it is the judge's turn."""

    async def score(tenant: TenantId, interview: InterviewId) -> None:
        await score_interview(world, indicators, tenant, interview)
        async with world.transaction(tenant) as tx:
            await tx.outbox.put(JUDGE, interview)

    return score


def scoring_by_indicators(world: World) -> Work:
    """With the lexicons of this version. Reads files: call it once, at the start."""
    return scoring(world, indicator_rater())


def judging(world: World, judges: Judges, gate: RaterGate = "mark") -> JudgeWork:
    """The card by the models, where there are any.

    A judge that the gate keeps out leaves its interview to the indicators, and to people.
    """

    async def judge(tenant: TenantId, interview: InterviewId, *, is_last_try: bool) -> None:
        async with judges(tenant, interview) as by:
            if by is None:
                return
            try:
                await score_interview(world, by, tenant, interview, gate, is_last_try=is_last_try)
            except NotReleased:
                log.warning("rater_not_released", interview=str(interview))

    return judge


def judging_by(world: World, desk: ModelDesk, settings: Settings) -> JudgeWork:
    """With all that comes with this version. Reads files: call it once, at the start."""
    return judging(world, judges_of(desk, settings), settings.rater_gate)


async def serve_judging(database_url: str, judge: JudgeWork, stop: asyncio.Event) -> None:
    """Until `stop` is set."""
    hands = Hands()

    async def handle(job: Job) -> None:
        await attempt_judging(job, judge, stop, hands)

    await serve_handlers(database_url, {JUDGE: handle}, stop, at_once=HANDS)


@dataclass
class Hands:
    """How many jobs of each tenant are in hand."""

    held: Counter[TenantId] = field(default_factory=Counter)

    @contextmanager
    def of(self, tenant: TenantId) -> Iterator[None]:
        """Raises `RetryRequested` when the tenant holds as many as one may."""
        if self.held[tenant] >= HANDS_OF_ONE:
            raise RetryRequested(BUSY_FOR, reason="others of this tenant are in hand")
        self.held[tenant] += 1
        try:
            yield
        finally:
            self.held[tenant] -= 1
            self.held += Counter()  # drops who holds none


async def attempt_judging(job: Job, judge: JudgeWork, stop: asyncio.Event, hands: Hands) -> None:
    """Raises `RetryRequested` with a delay, and `JobDead` when there is no use in trying."""
    order = order_of(job, Order)
    with hands.of(TenantId(order.tenant)):
        work = partial(judge, is_last_try=A_DAY.is_last(job))
        await attempt(job, work, stop, A_DAY)
