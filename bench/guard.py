"""Was the machine free enough to believe a figure? Measured while the figure was."""

import asyncio
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

TICK_S = 0.010
LATE_S = 0.020
"""A tick this late has waited for a processor, or for our own loop."""

MOST_LATE_SHARE = 0.02
MOST_WAITING_SHARE = 0.25
"""Above these the figures are doubtful; a free machine of two cores stays below half of them."""

PRESSURE = Path("/proc/pressure/cpu")


@dataclass(frozen=True)
class Load:
    """`late_share` of our clock's ticks came late, `waiting_share` of the time something waited
    for a processor (None where the system does not tell), `load_1m` processes were running."""

    late_share: float
    worst_late_s: float
    waiting_share: float | None
    load_1m: float

    @property
    def is_busy(self) -> bool:
        waited = self.waiting_share is not None and self.waiting_share > MOST_WAITING_SHARE
        return waited or self.late_share > MOST_LATE_SHARE


class Guard:
    """An async context manager around a measurement; `load` is known at its end."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._late: list[float] = []
        self._began_at = 0.0
        self._waited_s: float | None = None
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._began_at, self._waited_s = self._now(), waited_s()
        self._task = asyncio.create_task(self._tick(), name="guard")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _tick(self) -> None:
        while True:
            due = self._now() + TICK_S
            await asyncio.sleep(TICK_S)
            self._late.append(self._now() - due)

    def load(self) -> Load:
        """Since the beginning."""
        now = waited_s()
        waited = None if now is None or self._waited_s is None else now - self._waited_s
        lasted = max(self._now() - self._began_at, TICK_S)
        return Load(
            late_share=sum(late > LATE_S for late in self._late) / max(len(self._late), 1),
            worst_late_s=max(self._late, default=0.0),
            waiting_share=None if waited is None else waited / lasted,
            load_1m=os.getloadavg()[0],
        )


def waited_s(pressure: Path = PRESSURE) -> float | None:
    """For how long, since the system started, something waited for a processor."""
    try:
        some = pressure.read_text().splitlines()[0]
    except (OSError, IndexError):
        return None
    return int(some.rpartition("total=")[2]) / 1e6
