"""Pauses in one interview: its time stands still in them as it does in a fault, and nobody who may
rate is told of them (see `rests.py`)."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from interview.events import Event, Paused
from interview.talk import Session

ASKED_FOR_OR_SILENT = frozenset({"asked", "silence"})
"""Why there is a pause in which the candidate was there to talk, or might have been; one for their
absence, or for a fault, is what it is for."""


@dataclass
class Rests:
    """Gathers, event by event, the spans of pauses in which the plan's clock stood still. Who goes
    away in the middle of one has rested until it is over."""

    _spans: list[tuple[datetime, datetime]] = field(default_factory=list)
    _is_rest: bool = False
    _until: datetime | None = None

    def sees(self, event: Event, before: Session) -> timedelta:
        """The next event of the log; `before` is where the talk stood when it came. How long was
        rested since the one before."""
        since, self._until = self._until, event.at
        rested = timedelta(0)
        if before.paused and self._is_rest and before.away_since is not None:
            began = max(before.away_since, since or before.away_since)
            rested = max(rested, event.at - began)
            self._spans.append((began, began + rested))
        if isinstance(event.fact, Paused):
            still = before.paused and self._is_rest
            self._is_rest = still or event.fact.reason in ASKED_FOR_OR_SILENT
        return rested

    def before(self, moment: datetime) -> timedelta:
        """How long was rested until then."""
        parts = (min(ended, moment) - min(began, moment) for began, ended in self._spans)
        return sum(parts, start=timedelta(0))
