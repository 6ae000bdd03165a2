"""An interview's log as it grows, for whoever may still look at it."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from interview.errors import Unavailable
from interview.events import Event
from interview.ids import InterviewId, TenantId
from interview.use_cases import interviews

from api.callers import Staff
from api.cross_origin import require_known_page
from api.graph.context import Following
from api.graph.mirrors import MIRRORS
from api.service import proved
from api.sse import BATCH, pause, pulse


async def news(
    following: Following, interview: InterviewId, after: int
) -> AsyncGenerator[Event, None]:
    """Every event after `after`; ends when the service closes.

    Nothing is kept for a reader: what it has not taken stays in the log. Whether it may look is
    asked with each look, which a quiet log has too. Raises `Unauthenticated`, `Forbidden`,
    `NotFound`, `Sealed`, and `Unavailable` before the first event.
    """
    call = following.call
    tenant, _ = await _look(following, interview, after, 1)
    async with (
        call.world.store.follow(tenant, interview) as wakes,
        aclosing(pulse(wakes, call.desk.closing)) as beats,
    ):
        async for _ in beats:
            async with aclosing(_new(following, interview, after)) as found:
                async for event in found:
                    yield event
                    after = event.seq


async def _new(
    following: Following, interview: InterviewId, after: int
) -> AsyncGenerator[Event, None]:
    """What there is now, in batches; a store that is away is waited for."""
    closing = following.call.desk.closing
    while not closing.is_set():
        try:
            _, batch = await _look(following, interview, after, BATCH)
        except Unavailable:
            await pause(closing)
            continue
        if not batch:
            return
        for event in batch:
            yield event
        after = batch[-1].seq


async def _look(
    following: Following, interview: InterviewId, after: int, limit: int
) -> tuple[TenantId, tuple[Event, ...]]:
    async with proved(following.call, following.operation, following.shown) as (call, caller):
        assert isinstance(caller, Staff), "a socket is opened by members and keys alone"
        require_known_page(call.request)
        caller.require(MIRRORS["Subscription.events"])
        tenant = caller.tenant
        found = await interviews.events_after(
            call.world, tenant, interview, caller.reader, after, limit
        )
        return tenant, found
