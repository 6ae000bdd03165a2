"""How the worker's loops wait and work: not much longer than until they are to stop."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress


async def pause(stop: asyncio.Event, seconds: float) -> None:
    """`seconds`, or until `stop` is set."""
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), seconds)


async def finished(work: Coroutine[None, None, None], stop: asyncio.Event, grace_s: float) -> bool:
    """Whether `work` came to its end; it is called off `grace_s` after `stop` was set.

    Raises what `work` raises.
    """
    doing, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([doing, stopping], return_when=asyncio.FIRST_COMPLETED)
        await asyncio.wait([doing], timeout=grace_s)
    finally:
        stopping.cancel()
        doing.cancel()
        await asyncio.wait([doing])
    if doing.cancelled():
        return False
    doing.result()
    return True
