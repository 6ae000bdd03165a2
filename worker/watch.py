"""The watch's rounds: one a second, whatever happens."""

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
    """Until `stop` is set. Nobody waits for a slow round: the next one begins beside it.

    A round may be called off: the next watcher sees the same.
    """
    begun = 0
    async with asyncio.TaskGroup() as rounds:
        while not stop.is_set():
            rounds.create_task(finished(_one_round(watch), stop, 0))
            begun += 1
            if begun % ALIVE_EVERY == 0:
                log.info("watch_alive", rounds=begun)
            await pause(stop, every_s)


async def _one_round(watch: Watch) -> None:
    try:
        for deed in await watch.look():
            _tell(deed)
    except Exception as error:  # noqa: BLE001 (the outermost loop: the next round comes anyway)
        log.warning("watch_round_failed", error=what_failed(error))


def _tell(deed: Deed) -> None:
    facts = {"interview": str(deed.interview), "step": deed.step, "epoch": deed.epoch}
    if deed.failure is not None:
        failure = what_failed(deed.fault) if deed.fault else deed.failure
        log.warning("watch_step_failed", **facts, failure=failure)
    elif deed.taken is False:
        log.warning("watch_dispatch_lost", **facts)
    else:
        log.info("watch_stepped_in", **facts)
