"""The recogniser: Deepgram's protocol at the first endpoint of a chain that is well.

LiveKit's own adapter loses what was said while it changes over, and never comes back to the first
within a stream; here a change is a lost connection like any other, after which audio waits.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

import aiohttp
import structlog
from interview.adapters.running import loop_s
from interview.health import WELL, Health, order, to_try
from interview.providers import Provider
from livekit.agents import (
    DEFAULT_API_CONNECT_OPTIONS,
    NOT_GIVEN,
    APIConnectionError,
    APIConnectOptions,
    APIError,
    NotGivenOr,
)
from livekit.plugins import deepgram

from agent.chronicle import HOLDS_S

log = structlog.get_logger()

NO_KEY = "none"
"""The plugin wants one; an endpoint of one's own may need none."""

LOOK_EVERY_S = 0.5
TRIED_FOR_S = 5.0


@dataclass(frozen=True, slots=True)
class Site:
    """One endpoint, and the connections that may be opened to it; None for the job's own."""

    provider: Provider
    session: aiohttp.ClientSession | None = None

    @property
    def key(self) -> str:
        return self.provider.key or NO_KEY


class Recogniser(deepgram.STT):
    """`site` is where audio goes now. `watch` runs beside it, so that the first comes back."""

    def __init__(self, chain: Sequence[Site], language: str) -> None:
        first = chain[0]
        super().__init__(
            model=first.provider.model,
            language=language,
            base_url=first.provider.url,
            api_key=first.key,
            http_session=first.session,
        )
        self._chain = tuple(chain)
        self._language = language
        self._healths: list[Health] = [WELL] * len(chain)
        self._now = 0
        self._connected_at: float | None = None

    @property
    def site(self) -> Site:
        return self._chain[self._now]

    @property
    def healths(self) -> tuple[Health, ...]:
        return tuple(self._healths)

    def stream(
        self,
        *,
        language: NotGivenOr[str] = NOT_GIVEN,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> "Stream":
        stream = Stream(self, self._sanitize_options(language=language), conn_options)
        self._streams.add(stream)
        return stream

    def turn_to_the_best(self) -> Site:
        """Called before each connection."""
        self._now = order(self.healths)[0]
        self._connected_at = None
        return self.site

    def connected(self) -> None:
        self._connected_at = loop_s()
        # What it failed before counts until it has held: who accepts and drops is not well.
        known = self._healths[self._now]
        self._healths[self._now] = replace(known, is_sick=False, is_tried=False)

    def lost(self) -> bool:
        """The connection is gone, or there never was one. True when somebody else may be asked."""
        now, since = loop_s(), self._connected_at
        known = self._healths[self._now]
        if since is not None and now - since >= HOLDS_S:
            known = WELL
        self._healths[self._now] = known.failed("gone", now)
        return len(self._chain) > 1

    async def watch(self) -> None:
        """Tries the sick when they are due, for ever; goes back to who is well, in a silence."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            for place in to_try(self.healths, loop_s()):
                self._healths[place] = await self._tried(place)
            if order(self.healths)[0] < self._now:
                for stream in tuple(self._streams):
                    if isinstance(stream, Stream):
                        await stream.leave()

    async def _tried(self, place: int) -> Health:
        """Whether it takes a connection at all."""
        site, known = self._chain[place], self._healths[place]
        asked = {"model": site.provider.model, "language": self._language}
        url = f"{site.provider.url}?{urlencode(asked)}&encoding=linear16&sample_rate=16000"
        session = site.session or self._ensure_session()
        try:
            async with (
                asyncio.timeout(TRIED_FOR_S),
                session.ws_connect(url, headers={"Authorization": f"Token {site.key}"}),
            ):
                pass
        except (aiohttp.ClientError, OSError, ValueError):
            return known.failed("gone", loop_s())
        log.info("recogniser_well", provider=site.provider.name)
        return replace(known, is_sick=False, is_tried=False)


class Stream(deepgram.SpeechStream):
    """One stream for the whole interview, over one connection after the other."""

    def __init__(
        self, recogniser: Recogniser, opts: deepgram.stt.STTOptions, conn_options: APIConnectOptions
    ) -> None:
        site = recogniser.site
        super().__init__(
            stt=recogniser,
            opts=opts,
            conn_options=conn_options,
            api_key=site.key,
            http_session=site.session or recogniser._ensure_session(),
            base_url=site.provider.url,
        )
        self._recogniser = recogniser
        self._ws: aiohttp.ClientWebSocketResponse | None = None
        self._leaves = False

    async def leave(self) -> None:
        """Drops the connection, unless somebody speaks: the next one goes to the best."""
        if self._ws is not None and not self._speaking:
            self._leaves = True
            await self._ws.close()

    async def _connect_ws(self) -> aiohttp.ClientWebSocketResponse:
        site = self._recogniser.turn_to_the_best()
        self._opts.endpoint_url, self._opts.model = site.provider.url, site.provider.model
        self._api_key = site.key
        self._session = site.session or self._recogniser._ensure_session()
        self._ws = await super()._connect_ws()
        self._recogniser.connected()
        return self._ws

    async def _run(self) -> None:
        try:
            await super()._run()
        except APIError as error:
            if self._leaves:
                self._leaves = False
                raise
            if not self._recogniser.lost() or error.retryable:
                raise
            # A wrong key ends a stream; it does not where somebody else can hear.
            raise APIConnectionError("the recogniser refuses") from None
