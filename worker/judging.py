"""Scoring as this process does it: the indicators, and the models that somebody has named."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import structlog

from interview.adapters.hostile import detector
from interview.adapters.judging import brief
from interview.adapters.lexicons import indicator_rater
from interview.ids import InterviewId, TenantId
from interview.rater import Rater
from interview.release import NotReleased, RaterGate
from interview.use_cases.judging import AT_ONCE, Judge
from interview.use_cases.scoring import score_interview
from interview.use_cases.world import World
from worker.models import ModelDesk
from worker.queue import Work
from worker.settings import Settings

log = structlog.get_logger()

Judges = Callable[[TenantId, InterviewId], AbstractAsyncContextManager[Judge | None]]
"""The judge for an interview; None where nobody has named a model."""


def judges_of(desk: ModelDesk, settings: Settings) -> Judges:
    """Reads files. All judges of this process have `AT_ONCE` questions open together."""
    told, flags, slots = brief(), detector(), asyncio.Semaphore(AT_ONCE)

    @asynccontextmanager
    async def judging(tenant: TenantId, interview: InterviewId) -> AsyncIterator[Judge | None]:
        async with desk.seating(tenant, interview, settings.models_that_judge) as seats:
            yield Judge(seats, told, flags, settings.judge_runs, slots) if seats else None

    return judging


def scoring(world: World, indicators: Rater, judges: Judges, gate: RaterGate = "mark") -> Work:
    """One card by each rater; the one that needs nobody comes first, and is there in any case.

    A judge that the gate keeps out leaves its interview to the other, and to people.
    """

    async def score(tenant: TenantId, interview: InterviewId) -> None:
        await score_interview(world, indicators, tenant, interview)
        async with judges(tenant, interview) as judge:
            if judge is None:
                return
            try:
                await score_interview(world, judge, tenant, interview, gate)
            except NotReleased:
                log.warning("rater_not_released", interview=str(interview))

    return score


def scoring_by(world: World, desk: ModelDesk, settings: Settings) -> Work:
    """With all that comes with this version. Reads files: call it once, at the start."""
    return scoring(world, indicator_rater(), judges_of(desk, settings), settings.rater_gate)
