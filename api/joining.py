"""Recordings are joined one after the other, and each once, however many wait for it.

An hour of talk takes half a minute of a processor. It is spent in a thread of its own: the others
of the process serve pages and passwords, and there are few.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from interview.errors import Unavailable

from api.playback import Joined, Piece, Playable, join_pieces

MOST = 20
"""In the line, with the one that is being joined."""


class Joining:
    """One of a process."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="joining")
        self._free = asyncio.Semaphore(1)
        self._begun: dict[Hashable, asyncio.Task[Playable]] = {}
        self._is_over = threading.Event()

    async def once(
        self, what: Hashable, make: Callable[[], Coroutine[Any, Any, Playable]]
    ) -> Playable:
        """What comes of `make`, which whoever asks for `what` first begins. Who goes away takes it
        from nobody, not even from who asks later. Raises `Unavailable` at once where the line is
        long, and whatever `make` raises."""
        task = self._begun.get(what)
        if task is None:
            if len(self._begun) >= MOST:
                raise Unavailable("too many recordings to be joined at once")
            task = self._begun[what] = asyncio.create_task(self._in_turn(make))
            task.add_done_callback(lambda done: self._over(what, done))
        return await asyncio.shield(task)

    async def join(self, pieces: list[Piece]) -> Joined:
        """`join_pieces` beside everything else."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, join_pieces, pieces, self._is_over.is_set)

    async def close(self) -> None:
        """Nothing is joined any more; the thread ends after the part that it is at."""
        self._is_over.set()
        begun = [*self._begun.values()]
        for task in begun:
            task.cancel()
        await asyncio.gather(*begun, return_exceptions=True)
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _in_turn(self, make: Callable[[], Coroutine[Any, Any, Playable]]) -> Playable:
        # The parts of one recording at a time are in memory.
        async with self._free:
            return await make()

    def _over(self, what: Hashable, done: asyncio.Task[Playable]) -> None:
        del self._begun[what]
        if not done.cancelled():
            done.exception()  # whoever has asked is told; there may be nobody left
