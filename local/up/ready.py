"""When is a process ready? Facts to wait for, never a pause."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from local.errors import NotReady
from local.up.child import Child

POLL_S = 0.05

Fact = Callable[[], Awaitable[bool]]


async def until(fact: Fact, child: Child, deadline: float) -> None:
    """Wait until `fact` holds; raises `NotReady` when `child` ends first or the time is up.

    `deadline` is on the monotonic clock.
    """
    while not await fact():
        child.require_running()
        if time.monotonic() >= deadline:
            raise NotReady(f"{child.name}: not ready in time (see {child.log})")
        await asyncio.sleep(POLL_S)


async def answers(url: str) -> bool:
    """Whether a GET on `url` is answered with success."""
    with suppress(OSError, aiohttp.ClientError, TimeoutError):
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=2)) as client,
            client.get(url) as response,
        ):
            return response.ok
    return False


async def listens(url: str) -> bool:
    """Whether somebody accepts connections at the host and port of `url`."""
    where = urlsplit(url)
    with suppress(OSError):
        _, writer = await asyncio.open_connection(where.hostname, where.port)
        writer.close()
        return True
    return False


async def says(log: Path, words: str) -> bool:
    """Whether a process has written `words` into its log."""
    return log.exists() and words in log.read_text(errors="replace")
