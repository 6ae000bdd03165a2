"""Server-sent events: an interview's log as it grows, for readers that keep up."""

import asyncio
from contextlib import aclosing, suppress

from aiohttp import web
from interview.errors import InterviewError, Invalid
from interview.ids import InterviewId

from api.callers import Caller, Staff, shown_by
from api.feed import FEEDS, Asked, Follower, StartOver
from api.registry import Call, Header, Operation

SSE = "text/event-stream"
LAST_EVENT_ID = Header("Last-Event-ID", {"type": "integer", "minimum": 0, "maximum": 999_999_999})
SLOW_AFTER_S = 10.0
"""A reader that takes longer for one batch is closed; its next request goes on where it stopped."""

LINGER_S = 5.0
AT_ONCE_S = 0.01
KEEP_ALIVE = b": keep-alive\n\n"
FROM_THE_START = b"id: 0\nevent: resync\ndata: 0\n\n"
"""With an `id`, so that a browser that comes back by itself asks for everything, too."""


def wants_stream(request: web.Request) -> bool:
    """True when the client accepts an event stream."""
    return SSE in request.headers.get("Accept", "")


async def stream_events(
    call: Call, operation: Operation, caller: Staff, interview: InterviewId, after: int
) -> web.StreamResponse:
    """Streams every event after `after`, or after `Last-Event-ID`, until one side closes.

    Whether the reader may look is asked with each look, which a quiet log has too. What is refused
    before the stream begins is a problem document; afterwards a store that is away is waited for,
    and any other refusal ends the stream with a `resync`. So does the end of a reader's blindness,
    for what was withheld lies among what they have, and a last event that the log does not have.
    """
    shown = shown_by(call.request, call.desk, operation.access)
    assert not isinstance(shown, Caller), "who follows a log has shown a proof"
    asked = Asked(call, operation, shown)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    stream = web.StreamResponse(headers=headers)
    stream.content_type = SSE
    feeds, seq = call.request.app[FEEDS], last_seen(call.request, after)
    try:
        async with feeds.following(asked, caller, interview, seq) as reader:
            await stream.prepare(call.request)
            await _send_all(reader, call.request, stream, seq)
    except StartOver:
        if not stream.prepared:
            await stream.prepare(call.request)
        await _tell_to_resync(call.request, stream, FROM_THE_START)
    except ConnectionError:
        pass
    return stream


async def _send_all(
    reader: Follower, request: web.Request, stream: web.StreamResponse, seq: int
) -> None:
    """Until the service closes. Raises `StartOver`, `ConnectionError`."""
    async with aclosing(reader.batches()) as batches:
        try:
            async for batch in batches:
                await _send(stream, b"".join(told.frame for told in batch) or KEEP_ALIVE)
                seq = batch[-1].event.seq if batch else seq
        except (TimeoutError, InterviewError):
            await _tell_to_resync(request, stream, b"event: resync\ndata: %d\n\n" % seq)


async def _send(stream: web.StreamResponse, frames: bytes) -> None:
    """Raises `TimeoutError` for a reader that does not keep up."""
    async with asyncio.timeout(SLOW_AFTER_S):
        await stream.write(frames)


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
