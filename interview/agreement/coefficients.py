"""Coefficients of agreement, each a function of sums over what was rated.

Sums may carry any leading dimensions, so that a thousand resamples are one product of matrices.
What is 0/0, as when everybody gives everything the same level, is NaN.
"""

from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

Sums = npt.NDArray[np.float64]
LEVELS = 5

RESAMPLES = 1000
COVERAGE = 0.95
SEED = 1968
MOST_UNDEFINED = 0.05
"""Of the resamples: where more of them have no value, the interval would be that of the rest."""


def quadratic_kappa(tables: Sums) -> Sums:
    """Cohen's weighted kappa with quadratic weights (Cohen 1968, Psychological Bulletin 70: 213).

    `tables[..., i, j]` is how often one rater said level i + 1 where the other said j + 1.
    """
    at = np.arange(tables.shape[-1], dtype=np.float64)
    apart = (at[:, None] - at) ** 2
    first, second = tables.sum(-1), tables.sum(-2)
    observed = (tables * apart).sum((-2, -1))
    by_chance = np.einsum("...i,ij,...j->...", first, apart, second)
    with np.errstate(divide="ignore", invalid="ignore"):
        kappa: Sums = 1 - observed * tables.sum((-2, -1)) / by_chance
    return kappa


def ordinal_alpha(coincidences: Sums) -> Sums:
    """Krippendorff's alpha with the ordinal metric (Krippendorff 2011, "Computing Krippendorff's
    alpha-reliability").

    `coincidences[..., c, k]` counts pairs of levels within what was rated by m raters, each pair
    for 1 / (m - 1).
    """
    said = coincidences.sum(-1)
    pairable = said.sum(-1)
    middle = said.cumsum(-1) - said / 2
    apart = (middle[..., :, None] - middle[..., None, :]) ** 2
    observed = (coincidences * apart).sum((-2, -1))
    by_chance = (said[..., :, None] * said[..., None, :] * apart).sum((-2, -1))
    with np.errstate(divide="ignore", invalid="ignore"):
        alpha: Sums = 1 - (pairable - 1) * observed / by_chance
    return alpha


def icc(sums: Sums) -> Sums:
    """ICC(2,1): two-way random effects, absolute agreement, one rater (Shrout & Fleiss 1979,
    Psychological Bulletin 86: 420).

    Sums over targets that each of k raters rated: their number, each rater's levels (k of them),
    the squares of all levels, the squares of each target's sum.
    """
    targets, raters = sums[..., 0], sums[..., 1:-2]
    squares, of_targets = sums[..., -2], sums[..., -1]
    k = raters.shape[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = raters.sum(-1) ** 2 / (targets * k)
        between_targets = of_targets / k - mean
        between_raters = (raters**2).sum(-1) / targets - mean
        rest = squares - mean - between_targets - between_raters
        msr = between_targets / (targets - 1)
        msc = between_raters / (k - 1)
        mse = rest / ((targets - 1) * (k - 1))
        single: Sums = (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / targets)
    return single


def mean(sums: Sums) -> Sums:
    """Of the number and the sum of what was measured."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Sums = sums[..., 1] / sums[..., 0]
    return found


@lru_cache(maxsize=4)
def _draws(count: int) -> Sums:
    """How often each of `count` interviews is drawn, in each resample."""
    drawn = np.random.default_rng(SEED).integers(count, size=(RESAMPLES, count))
    places = drawn + np.arange(RESAMPLES)[:, None] * count
    times = np.bincount(places.ravel(), minlength=RESAMPLES * count)
    return times.reshape(RESAMPLES, count).astype(np.float64)


Kind = Literal["kappa", "alpha", "icc", "mean"]
_OF = {"kappa": quadratic_kappa, "alpha": ordinal_alpha, "icc": icc, "mean": mean}


def estimate(kind: Kind, sums: Sums) -> tuple[float, float, float] | None:
    """The value with its interval; None where it has none.

    `sums` has a row for each interview. The interval is the percentile bootstrap over interviews,
    for ratings of one interview are not independent; seeded, so that the same ratings always give
    the same interval.
    """
    of = _OF[kind]
    value = float(of(sums.sum(0)))
    count = len(sums)
    resampled = of(np.tensordot(_draws(count), sums, 1))
    defined = resampled[np.isfinite(resampled)]
    if not np.isfinite(value) or len(defined) < RESAMPLES * (1 - MOST_UNDEFINED):
        return None
    low, high = np.quantile(defined, [(1 - COVERAGE) / 2, (1 + COVERAGE) / 2])
    return value, float(low), float(high)
