"""Language models behind OpenAI's chat completions, wherever they run."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp
import structlog

from interview.adapters.chat import Collected, Dialect, EventReader, body
from interview.adapters.outbound import (
    AddressRefused,
    VettedResolver,
    system_look_up,
    vetted_sockets,
)
from interview.adapters.running import loop_s
from interview.addresses import Reach
from interview.ports import ModelFailed, Prompt, Reply
from interview.ports.models import Trouble

STALL_S = 5.0
"""A stream that has begun and stands still for so long will not go on."""

COUNTED_WITHIN_S = 1.0
"""So long is waited for what an answer costs that is of no use: the next endpoint waits, too."""

KEPT_S = 75.0
"""A connection is kept for the next question: TLS alone would cost a tenth of the time for one."""

SOONEST_S = 0.25
"""Who says to come back at once is given this."""

MOST_OF_A_REFUSAL = 4096
MOST_OF_AN_ANSWER = 1_000_000
NOT_UNDERSTOOD = frozenset(
    {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.NOT_IMPLEMENTED}
)
OVERLOADED = 529

log = structlog.get_logger("vivavoce.models")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a model is asked. `reach` is None for what the installation's operator has set; what a
    customer names is called within it."""

    base_url: str
    model: str
    key: str | None = field(default=None, repr=False)
    reach: Reach | None = None


class _NotUnderstood(Exception):
    """The endpoint refuses how it was asked, and said so."""

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


class OpenAiModels:
    """Port `Models`: one endpoint. It learns once how the endpoint wants to be asked."""

    def __init__(self, session: aiohttp.ClientSession, endpoint: Endpoint) -> None:
        self._session = session
        self._endpoint = endpoint
        self._url = endpoint.base_url.rstrip("/") + "/chat/completions"
        self._dialect = self._understood = Dialect()

    async def ask(self, prompt: Prompt, *, within_s: float, waits: bool = True) -> Reply:
        """`within_s` is for all of it: names, connecting, waiting where it is busy (unless it
        `waits` for nobody), the answer."""
        ends_at = loop_s() + within_s
        try:
            async with asyncio.timeout(within_s):
                return await self._asked(prompt, ends_at if waits else 0.0)
        except ModelFailed as failed:
            self._tell(prompt, failed.trouble)
            raise
        except TimeoutError:
            self._tell(prompt, "timeout")
            raise ModelFailed("timeout") from None
        except (OSError, aiohttp.ClientError, ValueError) as error:
            trouble = _trouble(error)
            self._tell(prompt, trouble)
            # What is chained might be shown, and it holds the request with its key.
            raise ModelFailed(trouble) from None

    async def _asked(self, prompt: Prompt, ends_at: float) -> Reply:
        """The answer in the first dialect that is understood. Raises `ModelFailed`.

        A refusal is learnt from at once: there may be no time left to be understood in the same
        question. Where every dialect is refused it was not for the dialect.
        """
        dialect: Dialect | None = self._dialect
        while dialect is not None:
            try:
                reply = await self._patiently(body(prompt, self._endpoint.model, dialect), ends_at)
            except _NotUnderstood as refusal:
                dialect = dialect.other(refusal.said)
                self._dialect = dialect or self._understood
            else:
                self._dialect = self._understood = dialect
                return reply
        raise ModelFailed("refused")

    async def _patiently(self, asked: bytes, ends_at: float) -> Reply:
        """Comes back when a busy endpoint says, if that is in time. Raises `ModelFailed`."""
        while True:
            try:
                wait_s = await self._once(asked)
            except (aiohttp.ServerDisconnectedError, aiohttp.ClientConnectionResetError):
                wait_s = await self._once(asked)  # a kept connection that was closed meanwhile
            if isinstance(wait_s, Reply):
                return wait_s
            wait_s = None if wait_s is None else max(wait_s, SOONEST_S)
            if wait_s is None or loop_s() + wait_s >= ends_at:
                raise ModelFailed("busy")
            await asyncio.sleep(wait_s)

    async def _once(self, asked: bytes) -> Reply | float | None:
        """The answer; or in how many seconds to come back, None where nobody says."""
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        async with self._session.post(
            self._url, data=asked, headers=headers, allow_redirects=False
        ) as response:
            if response.status == HTTPStatus.OK:
                return await self._read(response)
            if response.status in {HTTPStatus.TOO_MANY_REQUESTS, OVERLOADED} or (
                response.status == HTTPStatus.SERVICE_UNAVAILABLE
                and "Retry-After" in response.headers
            ):
                return retry_after_s(response.headers.get("Retry-After"), datetime.now(UTC))
            if response.status in NOT_UNDERSTOOD:
                said = await response.content.read(MOST_OF_A_REFUSAL)
                raise _NotUnderstood(said.decode(errors="replace"))
            is_fault = response.status >= HTTPStatus.INTERNAL_SERVER_ERROR
            raise ModelFailed("unreachable" if is_fault else "refused")

    async def _read(self, response: aiohttp.ClientResponse) -> Reply:
        """The answer, streamed or whole. Raises `ModelFailed`."""
        collected = Collected(self._endpoint.model)
        if response.content_type == "application/json":
            collected.take(await _whole(response.content))
            return collected.reply()
        try:
            await _follow(response.content, collected)
        except TimeoutError:
            raise collected.failed("timeout") from None
        except aiohttp.ClientPayloadError:
            raise collected.failed("broken") from None
        return collected.reply()

    def _tell(self, prompt: Prompt, trouble: Trouble) -> None:
        host = urlsplit(self._endpoint.base_url).hostname
        log.warning(
            "model_failed",
            host=host,
            model=self._endpoint.model,
            form=prompt.name,
            trouble=trouble,
        )


async def _follow(content: aiohttp.StreamReader, collected: Collected) -> None:
    """To the end of the stream. Raises `ModelFailed`, and `TimeoutError` where it stands still."""
    reader, has_begun = EventReader(), False
    async with asyncio.timeout(None) as limit:
        while piece := await _next(content, STALL_S if has_begun else None):
            for data in reader.feed(piece):
                has_begun = True
                collected.take(data)
            if collected.trouble and limit.when() is None:
                limit.reschedule(loop_s() + COUNTED_WITHIN_S)


async def _whole(content: aiohttp.StreamReader) -> bytes:
    """Raises `ModelFailed` for what has no end."""
    read = bytearray()
    while piece := await content.readany():
        read += piece
        if len(read) > MOST_OF_AN_ANSWER:
            raise ModelFailed("broken")
    return bytes(read)


async def _next(content: aiohttp.StreamReader, stall_s: float | None) -> bytes:
    """Empty at the end. Raises `TimeoutError` when nothing comes for `stall_s`."""
    async with asyncio.timeout(stall_s):
        return await content.readany()


def retry_after_s(said: str | None, now: datetime) -> float | None:
    """Seconds to wait, as the header says it (RFC 9110, 10.2.3)."""
    if said is None:
        return None
    if said.strip().isdecimal():
        return float(said)
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return max(0.0, (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp() - now.timestamp())


def _trouble(error: Exception) -> Trouble:
    match error:
        case aiohttp.ClientPayloadError():
            return "broken"
        case aiohttp.InvalidURL() | AddressRefused():
            return "refused"
        case aiohttp.ClientConnectorError(os_error=AddressRefused()):
            return "refused"
        case aiohttp.ClientResponseError() | ValueError():
            return "broken"
        case _:
            return "unreachable"


class Sessions:
    """Connections, kept for the next question: one session for all that goes equally far."""

    def __init__(self) -> None:
        self._by_reach: dict[Reach | None, aiohttp.ClientSession] = {}

    def of(self, endpoint: Endpoint) -> aiohttp.ClientSession:
        """No cookies and no proxy."""
        reach = endpoint.reach
        if reach is not None and urlsplit(endpoint.base_url).scheme == "http":
            reach = replace(reach, public=False)  # no key travels the Internet in clear
        if reach not in self._by_reach:
            self._by_reach[reach] = aiohttp.ClientSession(
                connector=_connector(reach),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None),
            )
        return self._by_reach[reach]

    async def close(self) -> None:
        for session in self._by_reach.values():
            await session.close()


def _connector(reach: Reach | None) -> aiohttp.TCPConnector:
    if reach is None:
        return aiohttp.TCPConnector(keepalive_timeout=KEPT_S)
    return aiohttp.TCPConnector(
        resolver=VettedResolver(system_look_up, reach),
        socket_factory=vetted_sockets(reach),
        keepalive_timeout=KEPT_S,
    )


@asynccontextmanager
async def open_sessions() -> AsyncIterator[Sessions]:
    sessions = Sessions()
    try:
        yield sessions
    finally:
        await sessions.close()


@asynccontextmanager
async def open_models(endpoint: Endpoint) -> AsyncIterator[OpenAiModels]:
    """One endpoint alone, while the block lasts."""
    async with open_sessions() as sessions:
        yield OpenAiModels(sessions.of(endpoint), endpoint)
