"""What a rater does to the twins, how it agrees with people, and with itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from interview.agreement.coefficients import LEVELS, quadratic_kappa
from lab.interviews import CONTROL, Base, Relation, Twins
from lab.replay import Level, Seen

K = TypeVar("K")
Pair = tuple[int, int]
"""The rater's level and a person's."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What became of the twins of one relation.

    `moved` counts levels that became others, and those where there was none; `abstained` those that
    had a level before and have none now. `mean_shift` is over those with a level both times.
    `swayed` counts those that would have another level with the words that speak to the rater.
    Twins of bases without a level are counted, too: they must not get one.
    """

    relation: Relation
    only_irrelevant: bool
    twins: int
    moved: int
    abstained: int
    swayed: int
    mean_shift: float | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """With people on one competency; `competency` None: on all. `of` were rated by people,
    `assessed` of them by the rater, too."""

    competency: str | None
    of: int
    assessed: int
    kappa: float | None
    exact: float | None


def moves_of(twins: Twins, before: Mapping[str, Level], after: Sequence[Seen]) -> Moves:
    """From the levels of the bases and those of the twins, in their order."""
    pairs = [(before[t.base], seen.level) for t, seen in zip(twins.twins, after, strict=True)]
    shifts = [now - then for then, now in pairs if then is not None and now is not None]
    return Moves(
        relation=twins.relation,
        only_irrelevant=twins.only_irrelevant,
        twins=len(pairs),
        moved=sum(now is not None and then != now for then, now in pairs),
        abstained=sum(then is not None and now is None for then, now in pairs),
        swayed=sum(seen.swayed for seen in after),
        mean_shift=round(sum(shifts) / len(shifts), 3) if shifts else None,
    )


def demanded(moved: Iterable[Moves]) -> tuple[int, int]:
    """Twins in which only irrelevant words changed, and how many of them moved all the same: there
    a level that was lost has moved, too."""
    which = [each for each in moved if each.only_irrelevant]
    return sum(each.twins for each in which), sum(each.moved + each.abstained for each in which)


def noticed(control: Twins, before: Mapping[str, Level], after: Sequence[Seen]) -> float | None:
    """Of the bases with a level, the share that has another one without its evidence."""
    assert control.relation == CONTROL
    pairs = [(before[t.base], seen.level) for t, seen in zip(control.twins, after, strict=True)]
    rated = [then != now for then, now in pairs if then is not None]
    return share(rated)


def agreements(bases: Iterable[Base], levels: Mapping[str, Level]) -> tuple[Agreement, ...]:
    """With the levels that people gave: in all, then by competency of each kit."""
    by_name = dict[str | None, list[tuple[Level, int]]]({None: []})
    for base in bases:
        pair = (levels[base.answer.id], base.answer.level)
        by_name[None].append(pair)
        by_name.setdefault(f"{base.kit_name}/{base.answer.competency}", []).append(pair)
    return tuple(agreement(name, pairs) for name, pairs in by_name.items())


def agreement(competency: str | None, rated: Sequence[tuple[Level, int]]) -> Agreement:
    """Over what both have rated."""
    pairs = [(level, person) for level, person in rated if level is not None]
    return Agreement(
        competency=competency,
        of=len(rated),
        assessed=len(pairs),
        kappa=kappa(pairs),
        exact=share([level == person for level, person in pairs]),
    )


def kappa(pairs: Sequence[Pair]) -> float | None:
    """Quadratic weighted kappa; None where it is not defined."""
    table = np.zeros((LEVELS, LEVELS))
    for level, person in pairs:
        table[level - 1, person - 1] += 1
    value = float(quadratic_kappa(table))
    return round(value, 3) if np.isfinite(value) else None


def share(held: Sequence[bool]) -> float | None:
    """Of the claims that hold; None where there are none."""
    return round(sum(held) / len(held), 3) if held else None


def same(first: Mapping[K, Level], second: Mapping[K, Level]) -> float:
    """Test–retest: the share of equal levels, no level being one of them."""
    return share([level == second[name] for name, level in first.items()]) or 0.0


def unrated(levels: Mapping[K, Level]) -> float:
    """The share without a level."""
    return share([level is None for level in levels.values()]) or 0.0
