"""An interview's log as it grows, for whoever may still look at it."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from interview.events import Event
from interview.ids import InterviewId

from api.callers import Caller, Staff
from api.cross_origin import require_known_page
from api.feed import FEEDS, Asked, StartOver
from api.graph.context import Following
from api.graph.mirrors import MIRRORS


async def news(
    following: Following, interview: InterviewId, after: int
) -> AsyncGenerator[Event, None]:
    """Every event after `after`; ends when the service closes.

    Little is kept for a reader: what it has not taken stays in the log. Whether it may look is
    asked with each look, which a quiet log has too; who is blind no longer is told everything from
    the start, as is who has seen what the log does not have. Raises `Unauthenticated`, `Forbidden`,
    `NotFound`, `Sealed`, and before the first event `Unavailable` and `TooManyStreams`.
    """
    while True:
        try:
            async with aclosing(_until_it_starts_over(following, interview, after)) as events:
                async for event in events:
                    yield event
        except StartOver:
            after = 0
        else:
            return


async def _until_it_starts_over(
    following: Following, interview: InterviewId, after: int
) -> AsyncGenerator[Event, None]:
    """Raises `StartOver`."""
    call, caller, shown = following.call, following.caller, following.shown
    assert caller is not None, "who follows something has been greeted"
    assert not isinstance(shown, Caller), "who follows something has shown a proof"

    def check(proved: Staff) -> None:
        require_known_page(call.request)
        proved.require(MIRRORS["Subscription.events"])

    asked = Asked(call, following.operation, shown, check)
    feeds = call.request.app[FEEDS]
    async with (
        feeds.following(asked, caller, interview, after) as reader,
        aclosing(reader.batches()) as batches,
    ):
        async for batch in batches:
            for told in batch:
                yield told.event
