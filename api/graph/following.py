"""An interview's log as it grows, for whoever may still look at it."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass

from interview.errors import Unavailable
from interview.events import Event
from interview.ids import InterviewId, TenantId
from interview.use_cases import interviews
from interview.use_cases.blind import Seen
from interview.use_cases.world import World

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
    asked with each look, which a quiet log has too; who is blind no longer is told everything from
    the start. Raises `Unauthenticated`, `Forbidden`, `NotFound`, `Sealed`, and before the first
    event `Unavailable`.
    """
    call, log = following.call, _Log(following, interview, after)
    tenant, _ = await log.look(1)
    async with (
        call.world.store.follow(tenant, interview) as wakes,
        aclosing(pulse(wakes, call.desk.closing)) as beats,
    ):
        async for _ in beats:
            async with aclosing(_new(log)) as found:
                async for event in found:
                    yield event


@dataclass
class _Log:
    """An interview's log as far as one reader has it: up to `after`, without what is withheld from
    who is blind."""

    following: Following
    interview: InterviewId
    after: int
    is_blind: bool = False

    async def look(self, limit: int) -> tuple[TenantId, tuple[Event, ...]]:
        """What comes next for whoever may still look."""
        following = self.following
        async with proved(following.call, following.operation, following.shown) as (call, caller):
            assert isinstance(caller, Staff), "a socket is opened by members and keys alone"
            require_known_page(call.request)
            caller.require(MIRRORS["Subscription.events"])
            seen = await self._read(call.world, caller, limit)
            if self.is_blind and not seen.is_blind:
                self.after = 0
                seen = await self._read(call.world, caller, limit)
            self.is_blind = seen.is_blind
            return caller.tenant, seen.events

    async def _read(self, world: World, caller: Staff, limit: int) -> Seen:
        return await interviews.events_after(
            world, caller.tenant, self.interview, caller.reader, self.after, limit
        )


async def _new(log: _Log) -> AsyncGenerator[Event, None]:
    """What there is now, in batches; a store that is away is waited for."""
    closing = log.following.call.desk.closing
    while not closing.is_set():
        try:
            _, batch = await log.look(BATCH)
        except Unavailable:
            await pause(closing)
            continue
        for event in batch:
            yield event
            log.after = event.seq
        if len(batch) < BATCH:
            return
