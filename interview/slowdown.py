"""Guessing passwords gets slower and slower: per account and per address."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from interview.errors import TooManyAttempts

ACCOUNT_FREE, ADDRESS_FREE = 10, 50
"""So many attempts in a row cost nothing; each further one doubles the wait."""

LONGEST = timedelta(minutes=5)
"""Nobody is kept out for longer by somebody else's guesses."""

FORGOTTEN_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often it was tried without success, and when last."""

    count: int
    last_at: datetime

    def another(self, free: int, now: datetime) -> "Attempts":
        """With one more, of now. Raises `TooManyAttempts`; what is refused does not count."""
        if self.last_at + FORGOTTEN_AFTER <= now:
            return Attempts(1, now)
        left = self.last_at + _wait(self.count - free) - now
        if left > timedelta(0):
            raise TooManyAttempts(retry_after_s=max(1, round(left.total_seconds())))
        return replace(self, count=self.count + 1, last_at=now)


@dataclass(frozen=True, slots=True)
class Counted:
    """What attempts are counted for, known by a mark alone, and how many of them are free."""

    mark: bytes
    free: int


def _wait(beyond: int) -> timedelta:
    if beyond < 0:
        return timedelta(0)
    return min(timedelta(seconds=1 << min(beyond, 20)), LONGEST)
