"""What a candidate may see of how they were rated, where the tenant shares it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from interview.by_people import By
from interview.kit import LEVELS, Competency, Level
from interview.scoring import Quote, Rating, Scorecard


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a level means in this competency, in the kit's words."""

    level: Level
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """One competency: the levels that were given, what each of them means, and the candidate's
    words that they rest on.

    Without a level it was not assessed. Who rated is nobody's name, and no rater's reason is in it.
    """

    name: str
    definition: str
    levels: tuple[int, ...]
    meanings: tuple[Meaning, ...]
    quotes: tuple[Quote, ...]
    rated_by: Literal["people", "program"]


def results_of(
    competencies: Iterable[Competency], cards: Sequence[Scorecard]
) -> tuple[Result, ...]:
    """By the last card of each person; by the last one of a program where no person rated."""
    people: dict[By, Scorecard] = {card.person: card for card in cards if card.person is not None}
    counting = tuple(people.values()) or tuple(cards[-1:])
    return tuple(
        Result(
            name=competency.name,
            definition=competency.definition,
            levels=tuple(sorted(r.level for r in given if r.level is not None)),
            meanings=_meanings(competency, {str(rating.level) for rating in given}),
            quotes=_once(quote for rating in given for quote in rating.quotes),
            rated_by="people" if people else "program",
        )
        for competency in competencies
        for given in [_given(competency, counting)]
    )


def _given(competency: Competency, cards: Iterable[Scorecard]) -> list[Rating]:
    return [r for card in cards for r in card.ratings if r.competency == competency.key]


def _meanings(competency: Competency, given: set[str]) -> tuple[Meaning, ...]:
    """Of the levels that were given; what the others mean is nobody's result."""
    anchors = competency.anchors
    return tuple(Meaning(one, anchors[one]) for one in LEVELS if one in given and one in anchors)


def _once(quotes: Iterable[Quote]) -> tuple[Quote, ...]:
    return tuple(dict.fromkeys(quotes))
