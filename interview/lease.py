"""Who leads an interview: one agent at a time, told apart by its epoch (fencing token)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from interview.errors import LeaseLost, LeaseTaken
from interview.ids import InterviewId

HEARTBEAT_EVERY_S = 2.0
STALE_AFTER = timedelta(seconds=4)
"""A silent agent is given up after this; a candidate hears nothing for about 5 s then."""


@dataclass(frozen=True, slots=True)
class Lease:
    """`epoch` grows with every new lease; `claimed_at` is None until an agent took it.

    `previous_heartbeat_at` is the last sign of life of any epoch before this one.
    """

    interview: InterviewId
    epoch: int
    opened_at: datetime
    agent: str | None = None
    token_digest: bytes | None = None
    claimed_at: datetime | None = None
    heartbeat_at: datetime | None = None
    closed: bool = False
    previous_heartbeat_at: datetime | None = None

    def claim(self, epoch: int, agent: str, token_digest: bytes, now: datetime) -> "Lease":
        """The agent that was sent for `epoch` takes the lease. Raises `LeaseLost`, `LeaseTaken`."""
        if self.closed or epoch != self.epoch:
            raise LeaseLost
        if self.claimed_at is not None:
            raise LeaseTaken
        return replace(
            self, agent=agent, token_digest=token_digest, claimed_at=now, heartbeat_at=now
        )

    def admit(self, epoch: int) -> None:
        """Raises `LeaseLost` unless `epoch` is the current one, claimed and not closed."""
        if self.closed or epoch != self.epoch or self.claimed_at is None:
            raise LeaseLost

    def beat(self, epoch: int, now: datetime) -> "Lease":
        """A sign of life. Raises `LeaseLost`."""
        self.admit(epoch)
        return replace(self, heartbeat_at=now)

    def is_stale(self, now: datetime) -> bool:
        """True when nobody came for it, or its holder fell silent."""
        return not self.closed and now - (self.heartbeat_at or self.opened_at) > STALE_AFTER

    @property
    def last_sign(self) -> datetime:
        """When somebody was seen last: the agent, or whoever had the lease opened."""
        return max(self.opened_at, self.heartbeat_at or self.opened_at)

    def succeed(self, now: datetime) -> "Lease":
        """The next epoch, unclaimed. What the old holder still sends is refused from now on."""
        return Lease(
            interview=self.interview,
            epoch=self.epoch + 1,
            opened_at=now,
            previous_heartbeat_at=self.heartbeat_at or self.previous_heartbeat_at,
        )

    def close(self) -> "Lease":
        """The interview is over: no one leads it any more."""
        return replace(self, closed=True)
