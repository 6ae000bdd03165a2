"""What a use case works with: the store, the clock and fresh ids."""

from collections.abc import AsyncIterator, Callable
from contextlib import (
    AbstractAsyncContextManager,
    AbstractContextManager,
    asynccontextmanager,
    nullcontext,
)
from dataclasses import dataclass
from datetime import datetime

from interview.events import Event, Fact, Report
from interview.ids import EventId, InterviewId, TenantId
from interview.ports import Clock, Ids, Store, Transaction, Way


@dataclass(frozen=True, slots=True)
class World:
    """Passed to every use case. With `within`, the work joins a transaction that is open; one that
    is begun takes a `place` until its end, where there are only so many. Whoever waits for somebody
    else between two transactions holds none."""

    store: Store
    clock: Clock
    ids: Ids
    within: Transaction | None = None
    place: Callable[[], AbstractContextManager[None]] = nullcontext

    def transaction(self, tenant: TenantId) -> AbstractAsyncContextManager[Transaction]:
        """The unit of work of one use case."""
        if self.within is not None and self.within.tenant == tenant:
            return nullcontext(self.within)
        return self._in_place(self.store.transaction(tenant))

    def enter(self, way: Way) -> AbstractAsyncContextManager[Transaction]:
        """The unit of work of a caller whose tenant is not known yet. Raises `NotFound`."""
        return self._in_place(self.store.enter(way))

    @asynccontextmanager
    async def _in_place(
        self, begun: AbstractAsyncContextManager[Transaction]
    ) -> AsyncIterator[Transaction]:
        with self.place():
            async with begun as tx:
                yield tx

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self.clock.now()

    def report(self, fact: Fact) -> Report:
        """A fact of this moment, on its way to the log."""
        return Report(event_id=EventId(self.ids.new()), at=self.now(), fact=fact)

    async def note(
        self, tx: Transaction, interview: InterviewId, *facts: Fact
    ) -> tuple[Event, ...]:
        """Append what the API itself did, in the current epoch; as it stands in the log."""
        lease = await tx.leases.of(interview)
        reports = [self.report(fact) for fact in facts]
        return await tx.events.append(interview, lease.epoch if lease else 0, reports)
