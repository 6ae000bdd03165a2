"""Scorecards without their words: who gave which levels."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from interview.by_people import By
from interview.ids import ScorecardId


@dataclass(frozen=True, slots=True)
class Rater:
    """Who rates: a person, or a program in one version of it with one model."""

    name: str
    version: str
    model: str | None = None
    person: By | None = None

    @property
    def is_person(self) -> bool:
        return self.person is not None


@dataclass(frozen=True, slots=True)
class Levels:
    """What one card says in numbers; a competency that was not assessed has None."""

    scorecard: ScorecardId
    rater: Rater
    at: datetime
    levels: Mapping[str, int | None]
