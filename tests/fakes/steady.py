"""An event loop whose time stands while its process does.

A machine that is shared stops everything for a second now and then. Whoever is tested talks to
servers in the same process, which stood still as well: nobody was late, and no limit of a tenth of
a second may end because of it.
"""

import asyncio
import selectors
import time

MOST_S = 0.05
"""So long a step may take, or a timer be late, for all of it to count."""


class _Steady(selectors.DefaultSelector):
    def __init__(self) -> None:
        super().__init__()
        self._at_wake, self._woke = time.monotonic(), time.monotonic()

    @property
    def now(self) -> float:
        return self._at_wake + min(MOST_S, time.monotonic() - self._woke)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self._at_wake, self._woke = self.now, time.monotonic()
        began = self._woke
        ready = super().select(timeout)
        self._woke = time.monotonic()
        waited_s = self._woke - began
        most_s = waited_s if timeout is None else max(0.0, timeout) + MOST_S
        self._at_wake += min(most_s, waited_s)
        return ready


class SteadyLoop(asyncio.SelectorEventLoop):
    """Sockets, processes and threads as in any other; seconds since an instant of the past."""

    def __init__(self) -> None:
        self._steady = _Steady()
        super().__init__(self._steady)

    def time(self) -> float:
        return self._steady.now
