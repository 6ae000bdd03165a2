"""What was rated by several, side by side: which cards count, and what they say of the same thing.

Of a person the first card counts, for later ones may have been made after seeing those of others;
of a version of a program the last one, for it is made anew when the transcript is corrected.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from interview.agreement.levels import Levels, Rater
from interview.ids import InterviewId


@dataclass(frozen=True, slots=True)
class Held:
    """An interview that may have been rated, with its cards, oldest first."""

    interview: InterviewId
    kit_version: int
    language: str
    cards: tuple[Levels, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A level that somebody gave."""

    rater: Rater
    level: int
    at: datetime


@dataclass(frozen=True)
class Rated:
    """One interview with the card of each rater that counts."""

    held: Held
    cards: Mapping[Rater, Levels]

    @classmethod
    def of(cls, held: Held) -> "Rated":
        counting: dict[Rater, Levels] = {}
        for card in held.cards:
            if not (card.rater.is_person and card.rater in counting):
                counting[card.rater] = card
        return cls(held, counting)

    @cached_property
    def marks(self) -> Mapping[str, tuple[Mark, ...]]:
        """By competency."""
        found = defaultdict[str, list[Mark]](list)
        for rater, card in self.cards.items():
            for competency, level in card.levels.items():
                if level is not None:
                    found[competency].append(Mark(rater, level, card.at))
        return {competency: tuple(marks) for competency, marks in found.items()}

    def units(self, competency: str | None = None) -> Iterator[tuple[Mark, ...]]:
        """What was rated: each competency, or the one that is asked for."""
        if competency is None:
            yield from self.marks.values()
        elif competency in self.marks:
            yield self.marks[competency]


def by_people(unit: Iterable[Mark]) -> tuple[Mark, ...]:
    """The marks of people alone."""
    return tuple(mark for mark in unit if mark.rater.is_person)


def by(rater: Rater, unit: Iterable[Mark]) -> Mark | None:
    """The mark of one rater."""
    return next((mark for mark in unit if mark.rater == rater), None)


def program_in_use(rated: Sequence[Rated]) -> Rater | None:
    """The program whose card is the newest; None when people alone have rated."""
    cards = [card for each in rated for card in each.cards.values() if not card.rater.is_person]
    newest = max(cards, key=lambda card: (card.at, card.scorecard), default=None)
    return newest.rater if newest else None


def raters_of(rated: Iterable[Rated]) -> list[Rater]:
    """Who has rated, the busiest first."""
    count = defaultdict[Rater, int](int)
    for each in rated:
        for rater in each.cards:
            count[rater] += 1
    return sorted(count, key=lambda rater: (-count[rater], rater.key))


def busiest_two(
    rated: Iterable[Rated], competency: str | None = None
) -> tuple[Rater, Rater] | None:
    """The two people who have rated the most of the same."""
    together = defaultdict[tuple[Rater, Rater], int](int)
    for each in rated:
        for unit in each.units(competency):
            people = sorted((mark.rater for mark in by_people(unit)), key=lambda rater: rater.key)
            for at, first in enumerate(people):
                for second in people[at + 1 :]:
                    together[first, second] += 1
    return min(together, key=lambda two: (-together[two], two[0].key, two[1].key), default=None)
