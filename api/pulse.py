"""When those who follow something are looked after: at news, and from time to time in silence."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress

KEEP_ALIVE_S = 15.0
AGAIN_AFTER_S = 1.0


async def pause(closing: asyncio.Event) -> None:
    """Until the store is asked again, or the service closes."""
    with suppress(TimeoutError):
        await asyncio.wait_for(closing.wait(), AGAIN_AFTER_S)


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
