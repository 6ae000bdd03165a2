"""The agent's clocks: instants for the log, milliseconds of the recording, seconds for waiting."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from uuid_utils.compat import uuid7


@dataclass(frozen=True, slots=True)
class RecordingClock:
    """Milliseconds since the recording's zero, steady within one job.

    It starts from the API's time, which set the zero, and the monotonic clock carries it: neither a
    step of this host's wall clock nor its difference to other hosts' tears words from their audio.
    """

    zero: datetime
    wall: datetime
    monotonic: float
    instant: Callable[[], float] = time.monotonic

    @classmethod
    def started(cls, zero: datetime, now: datetime) -> "RecordingClock":
        """`now` is the API's time of this instant."""
        return cls(zero, now, time.monotonic())

    def now(self) -> datetime:
        return self.at()

    def at(self, instant: float | None = None) -> datetime:
        """The time of a monotonic instant (default: now)."""
        moment = self.instant() if instant is None else instant
        return self.wall + timedelta(seconds=moment - self.monotonic)

    def ms(self, at: float | None = None) -> int:
        """The recording's time of a monotonic instant (default: now), never negative."""
        return max(0, round((self.at(at) - self.zero).total_seconds() * 1000))


def new_id() -> UUID:
    """A fresh UUIDv7."""
    return uuid7()
