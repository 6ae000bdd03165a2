"""Scorecards without their words: who gave which levels."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from interview.by_people import By
from interview.ids import ScorecardId


@dataclass(frozen=True, slots=True)
class Rater:
    """Who rates: a person, or a program in one version of it with one model.

    `key` is all of it in one, for raters are compared hundreds of thousands of times.
    """

    name: str = field(compare=False)
    version: str = field(compare=False)
    model: str | None = field(default=None, compare=False)
    person: By | None = field(default=None, compare=False)
    key: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by = self.person
        who = (by.kind, by.id, by.name) if by else ()
        object.__setattr__(self, "key", repr((*who, self.name, self.version, self.model)))

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
