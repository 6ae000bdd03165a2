"""The voices: a chain of text-to-speech endpoints, of which the first that is well speaks.

LiveKit's own adapter has no limit for one that takes a sentence and stays silent, and asks one that
is away again with every sentence.
"""

import asyncio
from collections.abc import Callable, Sequence

import structlog
from interview.adapters.running import loop_s
from interview.health import WELL, Health, order, to_try
from interview.providers import Provider
from livekit import rtc
from livekit.agents import APIConnectOptions, APIError
from livekit.plugins import deepgram

from agent.recogniser import Site

log = structlog.get_logger()

WITHIN_S = 8.0
"""Whoever has not spoken a sentence by then is passed over, as long as somebody comes after."""

ONCE_MORE = APIConnectOptions(max_retry=1)
"""A line that has no voice is shown, so it must be known soon; it is tried again for as long."""

AT_ONCE = APIConnectOptions(max_retry=0)

Told = Callable[[Provider, int], None]
"""Is told whose voice spoke how many characters."""


class Voices:
    """Sentences as sound, each from one endpoint as a whole."""

    def __init__(self, chain: Sequence[Site], sample_rate: int, told: Told) -> None:
        self._chain = tuple(chain)
        self._voices = [
            deepgram.TTS(
                model=site.provider.model,
                base_url=site.provider.url,
                sample_rate=sample_rate,
                api_key=site.key,
                http_session=site.session,
            )
            for site in chain
        ]
        self._healths: list[Health] = [WELL] * len(chain)
        self._told = told
        self._tries: set[asyncio.Task[None]] = set()

    @property
    def model(self) -> str:
        """Of whom is asked next."""
        return self._chain[order(tuple(self._healths))[0]].provider.model

    async def say(self, text: str) -> rtc.AudioFrame:
        """Raises what the last provider raised."""
        turns = order(tuple(self._healths))
        self._try_again(text)
        for who in turns[:-1]:
            try:
                async with asyncio.timeout(WITHIN_S):
                    return await self._say(who, text, AT_ONCE)
            except (APIError, TimeoutError) as error:
                name = self._chain[who].provider.name
                log.warning("voice_passed_over", provider=name, error=type(error).__name__)
        return await self._say(turns[-1], text, ONCE_MORE)

    async def _say(self, who: int, text: str, options: APIConnectOptions) -> rtc.AudioFrame:
        began = loop_s()
        try:
            frame = await self._voices[who].synthesize(text, conn_options=options).collect()
        except (APIError, asyncio.CancelledError):
            known = self._healths[who]
            self._healths[who] = known.failed("gone", loop_s(), began=began)
            raise
        self._healths[who] = WELL
        self._told(self._chain[who].provider, len(text))
        return frame

    def _try_again(self, text: str) -> None:
        """With the same sentence, beside the one that is heard."""
        for who in to_try(tuple(self._healths), loop_s()):
            self._healths[who] = self._healths[who].tried()
            task = asyncio.create_task(self._see(who, text))
            self._tries.add(task)
            task.add_done_callback(self._tries.discard)

    async def _see(self, who: int, text: str) -> None:
        try:
            async with asyncio.timeout(WITHIN_S):
                await self._say(who, text, AT_ONCE)
        except (APIError, TimeoutError):
            return
        log.info("voice_well", provider=self._chain[who].provider.name)

    async def aclose(self) -> None:
        for task in self._tries:
            task.cancel()
        await asyncio.gather(*self._tries, return_exceptions=True)
        for voice in self._voices:
            await voice.aclose()
