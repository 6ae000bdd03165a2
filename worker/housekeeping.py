"""What is kept for a while only is dropped when that is over, round by round, whatever happens."""

import asyncio

import structlog

from interview.ports import KeptMails
from interview.use_cases.delivering import keep_deliveries
from interview.use_cases.forgetting import forget_answers, forget_mails
from interview.use_cases.sending import keep_mails
from interview.use_cases.world import World
from worker.stopping import finished, pause

EVERY_S = 3600.0
FOLDER_EVERY_S = 60.0

log = structlog.get_logger()


async def keep_house(world: World, stop: asyncio.Event, every_s: float = EVERY_S) -> None:
    """Until `stop` is set. A round may be called off: the next one finds the same and more."""
    while not stop.is_set():
        await finished(_one_round(world), stop, 0)
        await pause(stop, every_s)


async def keep_folder(
    world: World, folder: KeptMails, stop: asyncio.Event, every_s: float = FOLDER_EVERY_S
) -> None:
    """Until `stop` is set: no mail lies there longer than who it was written to is known."""
    while not stop.is_set():
        await finished(_clear(world, folder), stop, 0)
        await pause(stop, every_s)


async def _clear(world: World, folder: KeptMails) -> None:
    try:
        if count := await forget_mails(world, folder):
            log.info("mails_deleted", count=count)
    except Exception as error:  # noqa: BLE001 (the outermost loop: the next round comes anyway)
        log.warning("housekeeping_failed", error=type(error).__name__)


async def _one_round(world: World) -> None:
    try:
        await forget_answers(world)
        if woken := await keep_deliveries(world):
            log.warning("deliveries_woken", count=woken)
        if woken := await keep_mails(world):
            log.warning("mails_woken", count=woken)
    except Exception as error:  # noqa: BLE001 (the outermost loop: the next round comes anyway)
        log.warning("housekeeping_failed", error=type(error).__name__)
