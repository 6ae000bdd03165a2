"""The watch's round: once a second, whatever happens."""

import asyncio

import structlog

from interview.adapters.logs import what_failed
from interview.use_cases.watch import Deed, Watch
from worker.stopping import finished, pause

EVERY_S = 1.0
ALIVE_EVERY = 60
"""Rounds between two signs of life in the log."""

log = structlog.get_logger()


async def keep_watch(watch: Watch, stop: asyncio.Event, every_s: float = EVERY_S) -> None:
    """Until `stop` is set. A round may be called off: the next watcher sees the same."""
    rounds = 0
    while not stop.is_set():
        async with asyncio.TaskGroup() as pace:
            pace.create_task(pause(stop, every_s))
            await finished(_one_round(watch), stop, 0)
        rounds += 1
        if rounds % ALIVE_EVERY == 0:
            log.info("watch_alive", rounds=rounds)


async def _one_round(watch: Watch) -> None:
    try:
        for deed in await watch.look():
            _tell(deed)
    except Exception as error:  # noqa: BLE001 (the outermost loop: the next round comes anyway)
        log.warning("watch_round_failed", error=what_failed(error))


def _tell(deed: Deed) -> None:
    facts = {"interview": str(deed.interview), "step": deed.step, "epoch": deed.epoch}
    if deed.failure is not None:
        log.warning("watch_step_failed", **facts, failure=deed.failure)
    elif deed.taken is False:
        log.warning("watch_dispatch_lost", **facts)
    else:
        log.info("watch_stepped_in", **facts)
