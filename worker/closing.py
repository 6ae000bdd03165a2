"""Twice a minute: interviews that are over though nobody has said so."""

import asyncio

import structlog

from interview.adapters.logs import what_failed
from interview.ports import Rooms
from interview.use_cases.overdue import Closing, close_overdue
from interview.use_cases.world import World
from worker.stopping import finished, pause

EVERY_S = 30.0

log = structlog.get_logger()


async def keep_closing(
    world: World, rooms: Rooms, stop: asyncio.Event, every_s: float = EVERY_S
) -> None:
    """Until `stop` is set. A pass may be called off: the next one sees the same."""
    while not stop.is_set():
        await finished(_one_pass(world, rooms), stop, 0)
        await pause(stop, every_s)


async def _one_pass(world: World, rooms: Rooms) -> None:
    try:
        for closing in await close_overdue(world, rooms):
            _tell(closing)
    except Exception as error:  # noqa: BLE001 (the outermost loop: the next pass comes anyway)
        log.warning("closing_failed", error=what_failed(error))


def _tell(closing: Closing) -> None:
    facts = {"interview": str(closing.interview)}
    if closing.failure is not None:
        log.warning("interview_not_closed", **facts, failure=closing.failure)
    else:
        log.info("interview_closed", **facts, state=closing.then)
