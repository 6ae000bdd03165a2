"""Whether agents can reach the API: asked from the outside, as they do."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus

import aiohttp

ANSWER_WITHIN_S = 2.0


@asynccontextmanager
async def open_door(api_url: str) -> AsyncIterator[Callable[[], Awaitable[bool]]]:
    """A question to ask while the block lasts: does the API answer, and its database too?"""
    timeout = aiohttp.ClientTimeout(total=ANSWER_WITHIN_S)
    async with aiohttp.ClientSession(timeout=timeout) as session:

        async def answers() -> bool:
            try:
                async with session.get(f"{api_url}/v1/health/ready") as response:
                    return response.status == HTTPStatus.OK
            except (aiohttp.ClientError, TimeoutError):
                return False

        yield answers
