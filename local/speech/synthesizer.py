"""The one process that speaks, shared by all streams, a sentence at a time."""

import asyncio

from local.speech.engine import Engine, EngineGone
from local.speech.frames import Frame, Kind
from local.speech.talking.request import Utterance, packed

MODULE = "local.speech.talking"


class SynthesisFailed(Exception):
    """The engine could not say this."""


class Synthesizer:
    """Starts the engine when it is first needed, and again when it died."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._turn = asyncio.Lock()
        self._exchanges: set[asyncio.Task[bytes]] = set()

    async def warm_up(self) -> None:
        """Make the first sentence as quick as the others."""
        async with self._turn:
            await self._running()

    async def say(self, utterance: Utterance) -> bytes:
        """Samples (s16le, mono); raises `SynthesisFailed`.

        The engine is everybody's: for a caller who withdraws it goes on, and the answer is dropped.
        """
        exchange = asyncio.create_task(self._exchange(utterance))
        self._exchanges.add(exchange)
        exchange.add_done_callback(self._exchanges.discard)
        return await asyncio.shield(exchange)

    async def close(self) -> None:
        for exchange in tuple(self._exchanges):
            exchange.cancel()
        await asyncio.gather(*self._exchanges, return_exceptions=True)
        await self._drop()

    async def _exchange(self, utterance: Utterance) -> bytes:
        async with self._turn:
            try:
                return await self._said(utterance)
            except EngineGone as error:
                await self._drop()
                raise SynthesisFailed("the engine ended") from error
            except asyncio.CancelledError:
                # The answer that comes now would be taken for the next sentence's.
                await self._drop()
                raise

    async def _said(self, utterance: Utterance) -> bytes:
        engine = await self._running()
        await engine.send(Frame(Kind.SPEAK, packed(utterance)))
        answer = await engine.receive()
        if answer.kind is not Kind.PCM:
            raise SynthesisFailed(answer.payload.decode(errors="replace"))
        return answer.payload

    async def _running(self) -> Engine:
        if self._engine is None or not self._engine.is_running:
            await self._drop()
            self._engine = await Engine.start(MODULE)
            await self._engine.until_ready()
        return self._engine

    async def _drop(self) -> None:
        engine, self._engine = self._engine, None
        if engine is not None:
            await engine.stop()
