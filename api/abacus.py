"""Long sums, one after the other: what is computed for one must not slow all others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from interview.errors import Unavailable

MOST = 20
"""In the line, with the one that is being computed; each takes a second or two at worst."""


@dataclass
class Abacus:
    """One of a process."""

    _free: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _in_line: int = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """A turn of one's own. Raises `Unavailable` at once where the line is long."""
        if self._in_line >= MOST:
            raise Unavailable("too many long computations at once")
        self._in_line += 1
        try:
            async with self._free:
                yield
        finally:
            self._in_line -= 1
