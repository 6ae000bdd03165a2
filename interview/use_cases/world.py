"""What a use case works with: the store, the clock and fresh ids."""

from dataclasses import dataclass
from datetime import datetime

from interview.events import Fact, Report
from interview.ids import EventId, InterviewId
from interview.ports import Clock, Ids, Store, Transaction


@dataclass(frozen=True, slots=True)
class World:
    """Passed to every use case; nothing in it changes."""

    store: Store
    clock: Clock
    ids: Ids

    def now(self) -> datetime:
        """This moment, in UTC."""
        return self.clock.now()

    def report(self, fact: Fact) -> Report:
        """A fact of this moment, on its way to the log."""
        return Report(event_id=EventId(self.ids.new()), at=self.now(), fact=fact)

    async def note(self, tx: Transaction, interview: InterviewId, *facts: Fact) -> None:
        """Append what the API itself did, in the current epoch."""
        lease = await tx.leases.of(interview)
        reports = [self.report(fact) for fact in facts]
        await tx.events.append(interview, lease.epoch if lease else 0, reports)
