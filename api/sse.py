"""Server-sent events: an interview's log as it grows, for readers that keep up."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web
from interview.errors import InterviewError, Invalid, Unavailable
from interview.events import Event
from interview.ids import InterviewId, TenantId
from interview.use_cases import interviews
from pydantic_core import to_json

from api.callers import Shown, Staff, shown_by
from api.registry import Call, Header, Operation
from api.service import proved

SSE = "text/event-stream"
LAST_EVENT_ID = Header("Last-Event-ID", {"type": "integer", "minimum": 0, "maximum": 999_999_999})
KEEP_ALIVE_S = 15.0
SLOW_AFTER_S = 10.0
"""A reader that takes longer for one batch is closed; its next request goes on where it stopped."""

BATCH = 20
LINGER_S = 5.0
AT_ONCE_S = 0.01
AGAIN_AFTER_S = 1.0
KEEP_ALIVE = b": keep-alive\n\n"
FROM_THE_START = b"id: 0\nevent: resync\ndata: 0\n\n"
"""With an `id`, so that a browser that comes back by itself asks for everything, too."""


class SeesMore(Exception):
    """A reader is blind no longer."""


def wants_stream(request: web.Request) -> bool:
    """True when the client accepts an event stream."""
    return SSE in request.headers.get("Accept", "")


async def stream_events(
    call: Call, operation: Operation, interview: InterviewId, after: int
) -> web.StreamResponse:
    """Streams every event after `after`, or after `Last-Event-ID`, until one side closes.

    Whether the reader may look is asked with each look, which a quiet log has too. What is refused
    before the stream begins is a problem document; afterwards a store that is away is waited for,
    and any other refusal ends the stream with a `resync`, as does the end of a reader's blindness:
    what was withheld lies among what they have.
    """
    shown = shown_by(call.request, call.desk, operation.access)
    log = _Log(call, operation, shown, interview, last_seen(call.request, after))
    tenant, _ = await log.read(1)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = web.StreamResponse(headers=headers)
    stream.content_type = SSE
    async with call.world.store.follow(tenant, interview) as wakes:
        await stream.prepare(call.request)
        beats = pulse(wakes, call.desk.closing)
        try:
            async for woken in beats:
                await _send_news(log, stream)
                if not woken:
                    await _send(stream, KEEP_ALIVE)
        except (TimeoutError, InterviewError):
            await _tell_to_resync(call.request, stream, b"event: resync\ndata: %d\n\n" % log.seq)
        except SeesMore:
            await _tell_to_resync(call.request, stream, FROM_THE_START)
        except ConnectionError:
            pass
        finally:
            await beats.aclose()
    return stream


@dataclass
class _Log:
    """An interview's log as far as one reader has it: up to `seq`, without what is withheld from
    who is blind."""

    call: Call
    operation: Operation
    shown: Shown
    interview: InterviewId
    seq: int
    is_blind: bool = False

    async def read(self, limit: int) -> tuple[TenantId, tuple[Event, ...]]:
        """What comes next for whoever may still look.

        Raises `Unauthenticated`, `Forbidden`, `NotFound`, `Sealed`, `Unavailable`, `SeesMore`.
        """
        async with proved(self.call, self.operation, self.shown) as (call, caller):
            assert isinstance(caller, Staff), "a log is followed by members and keys alone"
            tenant, reader = caller.tenant, caller.reader
            seen = await interviews.events_after(
                call.world, tenant, self.interview, reader, self.seq, limit
            )
        if self.is_blind and not seen.is_blind:
            raise SeesMore
        self.is_blind = seen.is_blind
        return tenant, seen.events


async def _send_news(log: _Log, stream: web.StreamResponse) -> None:
    """Sends what is new in batches; as long as the store is away only signs of life."""
    closing = log.call.desk.closing
    while not closing.is_set():
        try:
            _, news = await log.read(BATCH)
        except Unavailable:
            await _send(stream, KEEP_ALIVE)
            await pause(closing)
            continue
        if news:
            await _send(stream, b"".join(map(_frame, news)))
            log.seq = news[-1].seq
        if len(news) < BATCH:
            return


async def pause(closing: asyncio.Event) -> None:
    """Until the store is asked again, or the service closes."""
    with suppress(TimeoutError):
        await asyncio.wait_for(closing.wait(), AGAIN_AFTER_S)


async def _send(stream: web.StreamResponse, frames: bytes) -> None:
    """Raises `TimeoutError` for a reader that does not keep up."""
    async with asyncio.timeout(SLOW_AFTER_S):
        await stream.write(frames)


def _frame(event: Event) -> bytes:
    return b"id: %d\nevent: %b\ndata: %b\n\n" % (event.seq, event.kind.encode(), to_json(event))


async def pulse(wakes: AsyncIterator[None], closing: asyncio.Event) -> AsyncGenerator[bool, None]:
    """True for news, False when it is time for a sign of life; ends when the service closes."""
    closed = asyncio.ensure_future(closing.wait())
    news = asyncio.ensure_future(anext(wakes, None))
    try:
        while not closed.done():
            await asyncio.wait(
                {news, closed}, timeout=KEEP_ALIVE_S, return_when=asyncio.FIRST_COMPLETED
            )
            if news.done():
                news = asyncio.ensure_future(anext(wakes, None))
                yield True
            elif not closed.done():
                yield False
    finally:
        for waiting in (closed, news):
            waiting.cancel()
        await asyncio.gather(closed, news, return_exceptions=True)


async def _tell_to_resync(request: web.Request, stream: web.StreamResponse, frame: bytes) -> None:
    """The last words stand in the buffer; the connection goes once they were read, or soon."""
    with suppress(TimeoutError):
        async with asyncio.timeout(AT_ONCE_S):
            await stream.write(frame)
    if request.transport is not None:
        request.transport.close()
        asyncio.get_running_loop().call_later(LINGER_S, request.transport.abort)


def last_seen(request: web.Request, after: int) -> int:
    """The `seq` after which to go on: that of `Last-Event-ID`, else `after`. Raises `Invalid`."""
    text = request.headers.get(LAST_EVENT_ID.name)
    if text is None:
        return after
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid(
            f"{LAST_EVENT_ID.name}: expected the id of an event", field=LAST_EVENT_ID.name
        )
    return int(text)
