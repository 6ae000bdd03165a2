"""`vivavoce score ID`: have an interview scored once more."""

import argparse
import asyncio
import os
from collections.abc import Sequence
from uuid import UUID

from interview.adapters.system import SystemClock, SystemIds
from interview.errors import NotFound, Sealed, WrongState
from interview.ids import InterviewId
from interview.use_cases.rescoring import score_again
from interview.use_cases.world import World
from local.commands.connection import opened, say, settings
from local.errors import LocalError


def main(arguments: Sequence[str]) -> None:
    """Put the job into the queue; the worker does it."""
    parser = argparse.ArgumentParser(prog="vivavoce score")
    parser.add_argument("interview", type=UUID, metavar="ID", help="the interview")
    asked = parser.parse_args(arguments)
    asyncio.run(_score(InterviewId(asked.interview)))
    say("scoring", interview=asked.interview)


async def _score(interview: InterviewId) -> None:
    """Raises `LocalError` when there is no such interview, or nothing to score."""
    async with opened(settings(os.environ)) as store:
        tenant = await store.tenant_of_interview(interview)
        if tenant is None:
            raise LocalError("there is no such interview")
        try:
            await score_again(World(store, SystemClock(), SystemIds()), tenant, interview)
        except NotFound as error:
            raise LocalError("there is no such interview") from error
        except WrongState as error:
            raise LocalError(error.detail) from error
        except Sealed as error:
            raise LocalError("its words were erased; there is nothing to score") from error
