"""How a spool gets to the API: in batches, and one by one where a batch is refused."""

from collections.abc import Awaitable, Callable

import structlog
from interview.errors import InterviewError, LeaseLost, NotFound, Sealed
from interview.events import Report

from agent.errors import DoorClosed
from agent.spool import Spool

log = structlog.get_logger()

Send = Callable[[tuple[Report, ...]], Awaitable[object]]
"""Raises what the door raises."""

NOT_THE_REPORTS_FAULT = (DoorClosed, LeaseLost, NotFound, Sealed)


async def send_next(spool: Spool, send: Send) -> None:
    """Sends the next batch. What is refused by itself is set aside, so that one report which the
    API cannot place does not keep those behind it.

    Raises `DoorClosed`, `LeaseLost`, `NotFound`, `Sealed`; what was not sent still waits then.
    """
    batch = spool.next_batch()
    try:
        await send(batch)
    except NOT_THE_REPORTS_FAULT:
        raise
    except InterviewError:
        for _ in batch:
            await _send_one(spool, send)
    else:
        await spool.acknowledge(len(batch))


async def _send_one(spool: Spool, send: Send) -> None:
    one = spool.next_batch(limit=1)
    try:
        await send(one)
    except NOT_THE_REPORTS_FAULT:
        raise
    except InterviewError as error:
        log.warning("report_refused", code=error.code, kind=one[0].fact.kind)
        await spool.set_aside()
    else:
        await spool.acknowledge(1)
