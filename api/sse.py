"""Server-sent events: an interview's log as it grows, for readers that keep up."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from dataclasses import dataclass

from aiohttp import web
from interview.errors import InterviewError, Invalid, Unavailable
from interview.events import Event
from interview.ids import InterviewId
from interview.use_cases import interviews
from pydantic_core import to_json

from api.callers import Staff
from api.registry import Call, Header

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


def wants_stream(request: web.Request) -> bool:
    """True when the client accepts an event stream."""
    return SSE in request.headers.get("Accept", "")


async def stream_events(
    call: Call, caller: Staff, interview: InterviewId, after: int
) -> web.StreamResponse:
    """Streams every event after `after`, or after `Last-Event-ID`, until one side closes.

    What is refused before the stream begins is a problem document; afterwards a store that is away
    is waited for, and any other refusal ends the stream with a `resync`.
    """
    log = _Log(call, caller, interview, last_seen(call.request, after))
    await log.read(1)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = web.StreamResponse(headers=headers)
    stream.content_type = SSE
    async with call.world.store.follow(caller.tenant, interview) as wakes:
        await stream.prepare(call.request)
        beats = pulse(wakes, call.desk.closing)
        try:
            async for woken in beats:
                await (_send_news(log, stream) if woken else _send(stream, KEEP_ALIVE))
        except (TimeoutError, InterviewError):
            await _tell_to_resync(call.request, stream, log.seq)
        except ConnectionError:
            pass
        finally:
            await beats.aclose()
    return stream


@dataclass
class _Log:
    """An interview's log as far as one reader has it: up to `seq`."""

    call: Call
    caller: Staff
    interview: InterviewId
    seq: int

    async def read(self, limit: int) -> tuple[Event, ...]:
        """What comes next. Raises `NotFound`, `Sealed`, `Unavailable`."""
        world, caller = self.call.world, self.caller
        return await interviews.events_after(
            world, caller.tenant, self.interview, caller.reader, self.seq, limit
        )


async def _send_news(log: _Log, stream: web.StreamResponse) -> None:
    """Sends what is new in batches; as long as the store is away only signs of life."""
    closing = log.call.desk.closing
    while not closing.is_set():
        try:
            news = await log.read(BATCH)
        except Unavailable:
            await _send(stream, KEEP_ALIVE)
            await pause(closing)
            continue
        if not news:
            return
        await _send(stream, b"".join(map(_frame, news)))
        log.seq = news[-1].seq


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


async def _tell_to_resync(request: web.Request, stream: web.StreamResponse, seq: int) -> None:
    """The last words stand in the buffer; the connection goes once they were read, or soon."""
    with suppress(TimeoutError):
        async with asyncio.timeout(AT_ONCE_S):
            await stream.write(f"event: resync\ndata: {seq}\n\n".encode())
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
