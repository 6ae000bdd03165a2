"""Coefficients of agreement have the values that were published for known data."""

import json
from pathlib import Path
from typing import Any

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from interview.agreement.coefficients import (
    LEVELS,
    Sums,
    estimate,
    icc,
    ordinal_alpha,
    quadratic_kappa,
)

pytestmark = pytest.mark.unit

SHROUT_FLEISS = np.array(
    [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
)
"""Shrout & Fleiss 1979, table 2: four judges, six targets."""

KRIPPENDORFF = (
    "1 2 3 3 2 1 4 1 2 . . .",
    "1 2 3 3 2 2 4 1 2 5 . 3",
    ". 3 3 3 2 3 4 2 2 5 1 .",
    "1 2 3 3 2 4 4 1 2 5 1 .",
)
"""Krippendorff 2011, example C: four observers, twelve units, missing data."""

ANXIETY = (
    "3 3 3 4 5 5 2 3 5 2 2 6 1 5 2 2 1 2 4 3",
    "3 6 4 6 2 4 2 4 3 3 2 3 3 3 2 2 1 3 3 4",
)
"""The first two raters of the data set `anxiety` of the R package irr."""

REFERENCES = json.loads((Path(__file__).parent / "agreement_references.json").read_text())
"""Data with what scikit-learn, pingouin and krippendorff made of it, in the versions it names."""


def levels(line: str) -> list[float]:
    return [np.nan if level == "." else float(level) for level in line.split()]


def table(first: Any, second: Any, size: int = LEVELS) -> Sums:
    found = np.zeros((size, size))
    np.add.at(found, (np.asarray(first, int) - 1, np.asarray(second, int) - 1), 1)
    return found


def moments(matrix: Any) -> Sums:
    """Of targets in rows and raters in columns."""
    x = np.asarray(matrix, float)
    return np.array([len(x), *x.sum(0), (x**2).sum(), (x.sum(1) ** 2).sum()])


def coincidences(matrix: Any) -> Sums:
    """Of units in rows and raters in columns, NaN where nothing was said."""
    found = np.zeros((LEVELS, LEVELS))
    for row in np.asarray(matrix, float):
        said = row[~np.isnan(row)].astype(int) - 1
        for at, first in enumerate(said):
            for other, second in enumerate(said):
                if at != other:
                    found[first, second] += 1 / (len(said) - 1)
    return found


# ---- published ----


def test_icc_is_that_of_shrout_and_fleiss() -> None:
    assert 0.29 == round(float(icc(moments(SHROUT_FLEISS))), 2)


def test_alpha_is_that_of_krippendorff() -> None:
    observers = np.array([levels(line) for line in KRIPPENDORFF])

    assert 0.815 == round(float(ordinal_alpha(coincidences(observers.T))), 3)


def test_kappa_is_that_of_the_anxiety_data() -> None:
    first, second = (levels(line) for line in ANXIETY)

    assert 0.297 == round(float(quadratic_kappa(table(first, second, 6))), 3)


def test_kappa_is_the_intraclass_correlation_but_for_terms_of_one_in_n() -> None:
    """Fleiss & Cohen 1973: with quadratic weights the two are the same for many targets."""
    rng = np.random.default_rng(3)
    first = rng.integers(1, 6, 4000)
    second = np.clip(first + rng.integers(-1, 2, 4000), 1, 5)

    kappa = quadratic_kappa(table(first, second))
    assert float(kappa) == pytest.approx(
        float(icc(moments(np.stack([first, second], 1)))), abs=1e-3
    )


@pytest.mark.parametrize("data", REFERENCES["sets"])
def test_libraries_say_the_same(data: Any) -> None:
    matrix = np.array(data["levels"], float)
    holes = matrix.copy()
    for row, column in data["missing"]:
        holes[row, column] = np.nan

    assert data["kappa"] == round(float(quadratic_kappa(table(matrix[:, 0], matrix[:, 1]))), 6)
    assert data["icc"] == round(float(icc(moments(matrix))), 6)
    assert data["alpha"] == round(float(ordinal_alpha(coincidences(holes))), 6)


@settings(max_examples=200, deadline=None)
@given(
    arrays(np.int64, st.tuples(st.integers(2, 12), st.integers(2, 5)), elements=st.integers(0, 5))
)
def test_alpha_is_that_of_the_library_for_any_data(data: Any) -> None:
    """A level of 0 stands for nothing said."""
    matrix = np.where(data == 0, np.nan, data.astype(float))
    paired = matrix[(~np.isnan(matrix)).sum(1) > 1]
    assume(len(set(paired[~np.isnan(paired)])) > 1)

    theirs = krippendorff.alpha(reliability_data=paired.T, level_of_measurement="ordinal")

    assert float(ordinal_alpha(coincidences(matrix))) == pytest.approx(float(theirs), abs=1e-9)


# ---- what holds by definition ----


def test_who_always_agrees_agrees_wholly_and_who_turns_the_scale_over_not_at_all() -> None:
    same = table([1, 2, 3, 4, 5], [1, 2, 3, 4, 5])
    over = table([1, 2, 3, 4, 5], [5, 4, 3, 2, 1])

    assert (1.0, 1.0) == (float(quadratic_kappa(same)), float(ordinal_alpha(2 * same)))
    assert -1.0 == float(quadratic_kappa(over))


def test_where_everybody_says_the_same_there_is_no_value() -> None:
    alike = table([3, 3, 3], [3, 3, 3])

    assert np.isnan(quadratic_kappa(alike))
    assert np.isnan(ordinal_alpha(alike))
    assert np.isnan(icc(moments([[3, 3], [3, 3]])))


def test_sums_with_more_dimensions_are_taken_each_for_itself() -> None:
    tables = np.stack([table([1, 2, 3], [1, 2, 4]), table([1, 5, 3], [2, 5, 3])])

    assert [float(quadratic_kappa(each)) for each in tables] == quadratic_kappa(tables).tolist()
    assert [float(ordinal_alpha(each)) for each in tables] == ordinal_alpha(tables).tolist()


# ---- intervals ----


def interviews(count: int, seed: int = 0) -> Sums:
    """A table of each interview: the second rater is often a level off."""
    rng = np.random.default_rng(seed)
    first = rng.integers(1, 6, (count, 3))
    second = np.clip(first + rng.integers(-1, 2, (count, 3)), 1, 5)
    return np.stack([table(a, b) for a, b in zip(first, second, strict=True)])


def test_the_same_ratings_always_give_the_same_interval() -> None:
    assert estimate("kappa", interviews(40)) == estimate("kappa", interviews(40))


def test_an_interval_holds_its_value_and_narrows_with_more_interviews() -> None:
    few, many = estimate("kappa", interviews(20)), estimate("kappa", interviews(400))

    assert few is not None
    assert many is not None
    assert few[1] < few[0] < few[2]
    assert many[2] - many[1] < (few[2] - few[1]) / 2


def test_ratings_without_variation_have_no_value() -> None:
    alike = np.stack([table([4, 4], [4, 4])] * 30)

    assert estimate("kappa", alike) is None


def test_a_value_that_hangs_on_one_interview_has_no_interval() -> None:
    """Without that interview nothing varies: more than a third of the resamples lack it."""
    sums = np.stack([table([4, 4], [4, 4])] * 29 + [table([1, 2], [1, 3])])

    assert estimate("kappa", sums) is None


@pytest.mark.parametrize("kind", ["kappa", "alpha", "icc"])
def test_intervals_hold_the_truth_about_as_often_as_they_say(kind: Any) -> None:
    """With as few interviews as are enough: 95 % are meant, 88 % are what we let pass."""
    rng, held, times = np.random.default_rng(11), 0, 120

    def sums(count: int) -> Sums:
        true = rng.normal(3, 1, count)
        both = np.clip(np.rint(true[:, None] + rng.normal(0, 0.8, (count, 2))), 1, 5)
        if kind == "icc":
            return np.stack([moments([row]) for row in both])
        tables = np.stack([table(row[:1], row[1:]) for row in both])
        return tables + tables.transpose(0, 2, 1) if kind == "alpha" else tables

    of = {"kappa": quadratic_kappa, "alpha": ordinal_alpha, "icc": icc}[kind]
    truth = float(of(sums(20_000).sum(0)))
    for _ in range(times):
        found = estimate(kind, sums(20))
        held += found is not None and found[1] <= truth <= found[2]

    assert 0.88 <= held / times
