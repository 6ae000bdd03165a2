"""The queue of deliveries on a clock that a test moves: jobs of the memory store, done in time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from interview.ids import HookEventId, TenantId, WebhookId
from interview.store.memory import MemoryStore
from tests.fakes.clock import FakeClock

Deliver = Callable[[TenantId, WebhookId, HookEventId], Awaitable[timedelta | None]]


@dataclass
class FakeQueue:
    """Does what is due, puts back what is not over, and lets the clock jump to the next job."""

    store: MemoryStore
    clock: FakeClock
    deliver: Deliver
    taken: int = 0
    jobs: list[tuple[datetime, tuple[TenantId, UUID, UUID]]] = field(default_factory=list)

    async def work_until(self, end: datetime) -> None:
        """Every job that is due by then; the clock stands at `end` afterwards."""
        while True:
            self._take()
            self.jobs.sort(key=lambda job: job[0])
            if not self.jobs or self.jobs[0][0] > end:
                break
            due, (tenant, webhook, event) = self.jobs.pop(0)
            self.clock.at = max(self.clock.at, due)
            wait = await self.deliver(tenant, WebhookId(webhook), HookEventId(event))
            if wait is not None:
                self.jobs.append((self.clock.at + wait, (tenant, webhook, event)))
        self.clock.at = max(self.clock.at, end)

    def _take(self) -> None:
        posted = self.store.tables.posted
        for number in range(self.taken + 1, len(posted) + 1):
            self.jobs.append((self.clock.at, posted[number]))
        self.taken = len(posted)
