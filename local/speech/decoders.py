"""The recognisers: one process for each stream, a few kept warm, their number bounded."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from local.speech.engine import Engine, EngineGone
from local.speech.places import Places

MODULE = "local.speech.hearing"


class Decoders:
    """An engine serves one stream and ends with it: nothing of a talk outlives it."""

    def __init__(self, limit: int, warm: int) -> None:
        self._places = Places(limit, "recognition streams")
        self._warm = warm
        self._spare: deque[asyncio.Task[Engine]] = deque()
        self._closed = False

    def warm_up(self) -> None:
        """Start engines until the next streams will find them ready."""
        wanted = min(self._warm, self._places.limit - self._places.taken)
        while not self._closed and len(self._spare) < wanted:
            self._spare.append(asyncio.create_task(_started()))

    @asynccontextmanager
    async def lease(self) -> AsyncIterator[Engine]:
        """An engine for one stream. Raises `Refused` (429) when all are taken, `EngineGone`."""
        with self._places.place():
            engine = await self._ready()
            self.warm_up()
            try:
                yield engine
            finally:
                await engine.stop()
        self.warm_up()

    async def close(self) -> None:
        """Stop the spare engines; those in use end with their streams."""
        self._closed = True
        while self._spare:
            starting = self._spare.popleft()
            with suppress(EngineGone):
                await (await starting).stop()

    async def _ready(self) -> Engine:
        while self._spare:
            with suppress(EngineGone):
                engine = await self._spare.popleft()
                if engine.is_running:
                    return engine
        return await _started()


async def _started() -> Engine:
    engine = await Engine.start(MODULE)
    try:
        await engine.until_ready()
    except BaseException:
        await engine.stop()
        raise
    return engine
