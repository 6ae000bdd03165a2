"""A journal in memory that follows each fact with the projection of turns, as the store does."""

import asyncio
from dataclasses import dataclass, field

from interview.events import Event, Report
from interview.ids import TurnId
from interview.turns import Turn, touched, turn_after


@dataclass
class FakeJournal:
    """Port `Writes`; a fact `takes_s`. Raises `OutOfOrder` for one that the store would refuse."""

    epoch: int = 1
    events: list[Event] = field(default_factory=list)
    turns: dict[TurnId, Turn] = field(default_factory=dict)
    takes_s: float = 0.0

    async def write(self, report: Report) -> Event:
        event = Event(
            seq=len(self.events) + 1,
            event_id=report.event_id,
            epoch=self.epoch,
            at=report.at,
            fact=report.fact,
        )
        self.events.append(event)
        if (turn := touched(event.fact)) is not None:
            self.turns[turn] = turn_after(self.turns.get(turn), event)
        if self.takes_s:
            await asyncio.sleep(self.takes_s)
        return event

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]
