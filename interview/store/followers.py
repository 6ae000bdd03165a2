"""Followers of interviews: each has one flag, so however many appends come, one wake waits."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

from interview.ids import InterviewId


class Followers:
    """Who waits for which interview."""

    def __init__(self) -> None:
        self._flags: defaultdict[InterviewId, set[asyncio.Event]] = defaultdict(set)

    @contextmanager
    def following(self, interview: InterviewId) -> Iterator[AsyncIterator[None]]:
        """The first wake comes at once, so that what came before is not missed."""
        flag = asyncio.Event()
        flag.set()
        self._flags[interview].add(flag)
        try:
            yield _wakes(flag)
        finally:
            self._flags[interview].discard(flag)
            if not self._flags[interview]:
                del self._flags[interview]

    def wake(self, interview: InterviewId) -> None:
        for flag in self._flags.get(interview, ()):
            flag.set()

    def wake_all(self) -> None:
        """When wakes may have been lost."""
        for interview in tuple(self._flags):
            self.wake(interview)


async def _wakes(flag: asyncio.Event) -> AsyncIterator[None]:
    while True:
        await flag.wait()
        flag.clear()
        yield
