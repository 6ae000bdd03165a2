"""The judge of this process, if its settings name a model."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from interview.adapters.hostile import detector
from interview.adapters.judging import brief
from interview.adapters.models import Endpoint, OpenAiModels, open_sessions
from interview.use_cases.judging import Judge, Seat
from worker.settings import Settings


@asynccontextmanager
async def open_judge(settings: Settings) -> AsyncIterator[Judge | None]:
    """None without `LLM_BASE_URL`: then the indicators rate alone."""
    if settings.llm_base_url is None:
        yield None
        return
    key = settings.llm_api_key.get_secret_value() if settings.llm_api_key else None
    async with open_sessions() as sessions:
        ends = [Endpoint(settings.llm_base_url, model, key) for model in settings.models_that_judge]
        seats = tuple(Seat(end.model, OpenAiModels(sessions.of(end), end)) for end in ends)
        told, flags = await asyncio.gather(asyncio.to_thread(brief), asyncio.to_thread(detector))
        yield Judge(seats, told, flags, settings.judge_runs)
