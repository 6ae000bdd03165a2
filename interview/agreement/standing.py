"""How one rater stands to the people who rated the same: aside, unsteady, drifting."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from math import sqrt
from statistics import fmean, pstdev
from typing import Literal

import numpy as np

from interview.agreement.compared import Rated, by, by_people
from interview.agreement.figures import FEWEST, Agreement, Figure, figure, with_people
from interview.agreement.levels import Rater

ASIDE = 0.5
"""Levels that a rater is apart from the others on average, beyond chance."""

UNSTEADY = 1.2
"""Standard deviation, in levels, of how far a rater is from the others."""

NARROW = 0.5
"""Of the standard deviation of the others' levels: who stays below uses little of the scale."""

DRIFT = 1.358
"""The 95 % point of the largest value of a Brownian bridge (Kolmogorov): a CUSUM beyond it means
that the mean has moved (Ploberger & Krämer 1992, Econometrica 60: 271)."""

FEWEST_IN_A_MONTH = 5
MONTHS = 12

Sign = Literal["lenient", "severe", "unsteady", "narrow", "drifting"]


@dataclass(frozen=True, slots=True)
class Month:
    """`deviation` is the mean of the month, None where it rests on too few interviews."""

    month: str
    interviews: int
    deviation: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one rater. `deviation` is its level less the mean of the others, in levels; `spread` the
    standard deviation of that; `own_spread` and `others_spread` those of the levels themselves on
    what both rated, each level of each of the others counting once; `drift` the largest step of the
    CUSUM, None with too few interviews."""

    rater: Rater
    interviews: int
    ratings: int
    not_assessed: int
    with_people: Agreement
    deviation: Figure
    spread: float | None
    own_spread: float | None
    others_spread: float | None
    drift: float | None
    months: tuple[Month, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """What several rated: own level and those of the others, who are apart from it on average."""

    own: int
    others: tuple[int, ...]

    @property
    def apart(self) -> float:
        return self.own - fmean(self.others)


@dataclass(frozen=True, slots=True)
class _Apart:
    """Of one interview."""

    at: datetime
    units: tuple[_Unit, ...]

    @property
    def deviation(self) -> float:
        return fmean(unit.apart for unit in self.units)


def standing(rated: Sequence[Rated], rater: Rater) -> Standing:
    """How `rater` stands to the people who rated the same."""
    mine = [each for each in rated if rater in each.cards]
    cards = [each.cards[rater] for each in mine]
    given = [level for card in cards for level in card.levels.values()]
    apart = sorted((a for each in mine if (a := _apart(each, rater))), key=lambda a: a.at)
    units = [unit for each in apart for unit in each.units]
    sums = [np.array([len(a.units), sum(unit.apart for unit in a.units)]) for a in apart]
    deviation = figure("mean", sums, len(units))
    known = len(apart) >= FEWEST
    own_levels = [unit.own for unit in units]
    others_levels = [level for unit in units for level in unit.others]
    spread, own, others = (
        (round(pstdev(values), 3) if known else None)
        for values in ([unit.apart for unit in units], own_levels, others_levels)
    )
    drift = cusum([each.deviation for each in apart]) if known else None
    return Standing(
        rater=rater,
        interviews=len(cards),
        ratings=sum(level is not None for level in given),
        not_assessed=given.count(None),
        with_people=with_people(mine, rater),
        deviation=deviation,
        spread=spread,
        own_spread=own,
        others_spread=others,
        drift=drift,
        months=_months(apart),
        signs=_signs(deviation, spread, own, others, drift),
    )


def cusum(deviations: Sequence[float]) -> float | None:
    """The largest sum of deviations from their mean up to any moment, over their standard deviation
    and the root of their number; None when they never differ."""
    spread = pstdev(deviations)
    if not spread:
        return None
    middle = fmean(deviations)
    farthest = max(abs(step) for step in accumulate(each - middle for each in deviations))
    return round(farthest / (spread * sqrt(len(deviations))), 3)


def _apart(rated: Rated, rater: Rater) -> _Apart | None:
    units = list[_Unit]()
    for unit in rated.units():
        own = by(rater, unit)
        others = tuple(mark.level for mark in by_people(unit) if mark.rater != rater)
        if own and others:
            units.append(_Unit(own.level, others))
    return _Apart(rated.cards[rater].at, tuple(units)) if units else None


def _months(apart: Sequence[_Apart]) -> tuple[Month, ...]:
    """The newest, in UTC."""
    found = defaultdict[str, list[float]](list)
    for each in apart:
        found[f"{each.at:%Y-%m}"].append(each.deviation)
    return tuple(
        Month(
            month,
            len(values),
            round(fmean(values), 3) if len(values) >= FEWEST_IN_A_MONTH else None,
        )
        for month, values in sorted(found.items())[-MONTHS:]
    )


def _signs(
    deviation: Figure,
    spread: float | None,
    own: float | None,
    others: float | None,
    drift: float | None,
) -> tuple[Sign, ...]:
    """What people should look at; none of it says who is right."""
    signs = list[Sign]()
    if deviation.value is not None and deviation.low is not None and deviation.high is not None:
        if deviation.value >= ASIDE and deviation.low > 0:
            signs.append("lenient")
        if deviation.value <= -ASIDE and deviation.high < 0:
            signs.append("severe")
    if spread is not None and spread >= UNSTEADY:
        signs.append("unsteady")
    if own is not None and others and own < NARROW * others:
        signs.append("narrow")
    if drift is not None and drift > DRIFT:
        signs.append("drifting")
    return tuple(signs)
