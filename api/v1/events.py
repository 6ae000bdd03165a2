"""The event log: as pages, and as it happens (server-sent events)."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.errors import Code
from interview.events import Event
from interview.ids import InterviewId
from interview.kit import Frozen
from interview.use_cases import interviews
from pydantic import Field

from api.callers import Staff
from api.registry import STAFF, Call, answer_json, operation
from api.sse import LAST_EVENT_ID, SSE, last_seen, stream_events, wants_stream
from api.v1.shapes import MAX_PAGE, Listed


class EventsQuery(Frozen):
    """`after` is the `seq` of the last event that is known."""

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 100
    after: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0


class EventPage(Listed[Event]):
    """Events in order; `next` is null when there are no more for now."""


@operation(
    "GET",
    "/v1/interviews/{interview_id}/events",
    STAFF,
    tag="review",
    streams=True,
    result=EventPage,
    produces=(SSE,),
    hears=(LAST_EVENT_ID,),
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def list_events(
    call: Call, caller: Staff, interview_id: UUID, query: EventsQuery
) -> web.StreamResponse:
    """Read the event log, or follow it.

    With `Accept: text/event-stream` it streams: `id` is the `seq`, `event` the kind. A client that
    comes back with `Last-Event-ID` misses nothing; one that reads too slowly, or that may look no
    longer, is told to `resync` and closed.

    Who rates blind is told nothing of ratings and decisions before they have rated. Then they read
    from the beginning: what was withheld lies among what they know. A stream says so by a `resync`
    to 0, and is closed.
    """
    which = InterviewId(interview_id)
    if wants_stream(call.request):
        return await stream_events(call, list_events, caller, which, query.after)
    limit, after = query.limit, last_seen(call.request, query.after)
    seen = await interviews.events_after(
        call.world, caller.tenant, which, caller.reader, after, limit + 1
    )
    items = seen.events[:limit]
    following = str(items[-1].seq) if len(seen.events) > limit else None
    return answer_json(EventPage(items=items, next=following))


OPERATIONS = (list_events,)
