"""How far raters agree, with intervals, in all and in parts."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

import numpy as np

from interview.agreement.coefficients import LEVELS, Kind, Sums, estimate
from interview.agreement.compared import Mark, Rated, busiest_two, by, by_people
from interview.agreement.levels import Rater

FEWEST = 20
"""Interviews that a figure rests on: resampling fewer gives intervals that hold the truth less
often than they say (meant are 95 %; in a simulation of such levels 86 % with 8, 93 % with 20)."""

Unknown = Literal["too_few", "no_variation"]
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95 % interval, or why there is none. `ratings` counts what was compared."""

    interviews: int
    ratings: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unknown: Unknown | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Views of the same. `two` are the raters of `icc`, which needs the same ones for all: there is
    none of one rater with whoever else rated."""

    kappa: Figure
    alpha: Figure
    icc: Figure | None = None
    two: tuple[Rater, Rater] | None = None


def figure(kind: Kind, sums: Sequence[Sums], ratings: int) -> Figure:
    """Of the sums of each interview that has any."""
    if len(sums) < FEWEST:
        return Figure(len(sums), ratings, unknown="too_few")
    found = estimate(kind, np.stack(sums))
    if found is None:
        return Figure(len(sums), ratings, unknown="no_variation")
    value, low, high = (round(each, 3) for each in found)
    return Figure(len(sums), ratings, value, low, high)


def among_people(rated: Sequence[Rated], competency: str | None = None) -> Agreement:
    """People with one another. They change from interview to interview, so that kappa takes each
    pair in both orders."""
    tables, units = list[Sums](), 0
    for each in rated:
        shared = [u for u in map(by_people, each.units(competency)) if len(u) > 1]
        if shared:
            tables.append(sum(map(coincidences, shared), np.zeros((LEVELS, LEVELS))))
            units += len(shared)
    two = busiest_two(rated, competency)
    same = [_pairs(each, competency, _both(two)) for each in rated] if two else []
    return Agreement(
        figure("kappa", tables, units), figure("alpha", tables, units), _icc(same), two
    )


def with_people(rated: Sequence[Rated], rater: Rater, competency: str | None = None) -> Agreement:
    """One rater with each person who rated the same."""
    pairs = [_pairs(each, competency, _others(rater)) for each in rated]
    tables, count = [_table(found) for found in pairs if found], sum(map(len, pairs))
    both = [table + table.T for table in tables]
    return Agreement(figure("kappa", tables, count), figure("alpha", both, count))


def coincidences(unit: Sequence[Mark]) -> Sums:
    """Pairs of levels within one unit, each for 1 / (m - 1)."""
    table = np.zeros((LEVELS, LEVELS))
    for first, second in permutations(unit, 2):
        table[first.level - 1, second.level - 1] += 1 / (len(unit) - 1)
    return table


Pairing = Callable[[Sequence[Mark]], Iterable[Pair]]


def _pairs(rated: Rated, competency: str | None, pairing: Pairing) -> list[Pair]:
    return [pair for unit in rated.units(competency) for pair in pairing(unit)]


def _both(two: tuple[Rater, Rater]) -> Pairing:
    def pairing(unit: Sequence[Mark]) -> Iterable[Pair]:
        first, second = by(two[0], unit), by(two[1], unit)
        return [(first.level, second.level)] if first and second else []

    return pairing


def _others(rater: Rater) -> Pairing:
    def pairing(unit: Sequence[Mark]) -> Iterable[Pair]:
        own = by(rater, unit)
        others = (mark for mark in by_people(unit) if mark.rater != rater)
        return [(own.level, mark.level) for mark in others] if own else []

    return pairing


def _table(pairs: Iterable[Pair]) -> Sums:
    table = np.zeros((LEVELS, LEVELS))
    for first, second in pairs:
        table[first - 1, second - 1] += 1
    return table


def _icc(pairs: Sequence[Sequence[Pair]]) -> Figure:
    """The sums of `coefficients.icc` for two raters."""
    sums = [
        np.array(
            [
                len(found),
                sum(a for a, _ in found),
                sum(b for _, b in found),
                sum(a * a + b * b for a, b in found),
                sum((a + b) ** 2 for a, b in found),
            ],
            dtype=np.float64,
        )
        for found in pairs
        if found
    ]
    return figure("icc", sums, sum(map(len, pairs)))
