"""The whole product for a benchmark: every process of an installation but the speech server."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from interview.adapters.system import SystemClock, SystemIds
from interview.use_cases.bootstrap import bootstrap
from local.commands.connection import opened, pepper
from local.demo.display import step
from local.demo.recruiter import Recruiter
from local.up.stack import Stack
from tests.standins.deepgram import Deepgram


@dataclass(frozen=True)
class Platform:
    """A running installation with one tenant; `speech` is what its agent hears and speaks with."""

    stack: Stack
    speech: Deepgram
    recruiter: Recruiter


@asynccontextmanager
async def running_platform(
    folder: Path, speech: Deepgram, more: Mapping[str, str] | None = None
) -> AsyncIterator[Platform]:
    """Everything started with its data in `folder`; everything stopped at the end. `speech` runs
    already; `more` are settings of other services that do."""
    given = {**speech.settings(), **(more or {})}
    async with Stack(folder, given=given, durable=False) as stack:
        with step("Starting Postgres, SFU, API, agent and worker"):
            await stack.start()
        async with Recruiter(stack.api_url, await _first_key(stack)) as recruiter:
            yield Platform(stack, speech, recruiter)


async def _first_key(stack: Stack) -> str:
    told = stack.variables["api"]
    async with opened(told) as store:
        _, _, key = await bootstrap(
            store, "Bench", "owner@bench.example", pepper(told), SystemClock().now(), SystemIds()
        )
    return key
