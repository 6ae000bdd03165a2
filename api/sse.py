"""Server-sent events: an interview's log as it grows, for readers that keep up."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress

from aiohttp import web
from interview.errors import Invalid
from interview.events import Event
from interview.ids import InterviewId, TenantId
from interview.use_cases import interviews

from api.registry import Call

SSE = "text/event-stream"
KEEP_ALIVE_S = 15.0
SLOW_AFTER_S = 10.0
"""A reader that takes longer for one batch is closed; its next request goes on where it stopped."""

BATCH = 20
LINGER_S = 5.0
AT_ONCE_S = 0.01


def wants_stream(request: web.Request) -> bool:
    """True when the client accepts an event stream."""
    return SSE in request.headers.get("Accept", "")


async def stream_events(
    call: Call, tenant: TenantId, interview: InterviewId, after: int
) -> web.StreamResponse:
    """Streams every event after `after`, or after `Last-Event-ID`, until one side closes."""
    seq = _last_seen(call.request, after)
    await interviews.events_after(call.world, tenant, interview, seq, 1)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = web.StreamResponse(headers=headers)
    stream.content_type = SSE
    await stream.prepare(call.request)
    async with call.world.store.follow(tenant, interview) as wakes:
        pulse = _pulse(wakes, call.desk.closing)
        try:
            async for woken in pulse:
                if woken:
                    seq = await _send_news(call, stream, tenant, interview, seq)
                else:
                    await _send(stream, b": keep-alive\n\n")
        except TimeoutError:
            await _tell_to_resync(call.request, stream, seq)
        except ConnectionError:
            pass
        finally:
            await pulse.aclose()
    return stream


async def _send_news(
    call: Call, stream: web.StreamResponse, tenant: TenantId, interview: InterviewId, seq: int
) -> int:
    """Sends what is new in batches; returns the last `seq` that was sent."""
    while news := await interviews.events_after(call.world, tenant, interview, seq, BATCH):
        await _send(stream, b"".join(map(_frame, news)))
        seq = news[-1].seq
    return seq


async def _send(stream: web.StreamResponse, frames: bytes) -> None:
    """Raises `TimeoutError` for a reader that does not keep up."""
    async with asyncio.timeout(SLOW_AFTER_S):
        await stream.write(frames)


def _frame(event: Event) -> bytes:
    return f"id: {event.seq}\nevent: {event.kind}\ndata: {event.model_dump_json()}\n\n".encode()


async def _pulse(wakes: AsyncIterator[None], closing: asyncio.Event) -> AsyncGenerator[bool, None]:
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


def _last_seen(request: web.Request, after: int) -> int:
    text = request.headers.get("Last-Event-ID")
    if text is None:
        return after
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Invalid("Last-Event-ID: expected the id of an event", field="Last-Event-ID")
    return int(text)
