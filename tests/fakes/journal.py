"""A journal in memory that follows each fact with the projection of turns, as the store does."""

from dataclasses import dataclass, field

from interview.events import Event, Report
from interview.ids import TurnId
from interview.turns import Turn, touched, turn_after


@dataclass
class FakeJournal:
    """Port `Writes`. Raises `OutOfOrder` for a fact that the store would refuse."""

    epoch: int = 1
    events: list[Event] = field(default_factory=list)
    turns: dict[TurnId, Turn] = field(default_factory=dict)

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
        return event

    @property
    def kinds(self) -> list[str]:
        return [event.kind for event in self.events]
