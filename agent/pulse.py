"""The pulse: a conductor that stands still must not look alive for ever."""

import asyncio
from collections.abc import Callable

from agent.errors import StandsStill

STILL_S = 15.0
"""The conductor does something at least once a second; not for so long, it never will again."""

LOOK_EVERY_S = 1.0


class Pulse:
    """`beat` is called whenever the conductor moves; `watch` ends the job when it stops doing so,
    and the sign of life with it: another agent takes over."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._moved_at = now()

    def beat(self) -> None:
        self._moved_at = self._now()

    async def watch(self) -> None:
        """Raises `StandsStill`."""
        self.beat()
        while self._now() - self._moved_at < STILL_S:
            await asyncio.sleep(LOOK_EVERY_S)
        raise StandsStill
