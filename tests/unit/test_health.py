"""The health of a chain: whom to ask, and who comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.health import LONGEST_REST_S, PATIENCE, WELL, Failure, Health, order, to_try

pytestmark = pytest.mark.unit

SICK = WELL.failed("gone", 100.0)


def test_who_is_gone_is_sick_at_once_and_asked_last() -> None:
    assert SICK.is_sick
    assert (1, 2, 0) == order((SICK, WELL, WELL))


def test_the_sick_are_asked_rather_than_nobody() -> None:
    assert (0, 1) == order((SICK, SICK))


def test_useless_answers_are_borne_for_a_while() -> None:
    health = WELL
    for _ in range(PATIENCE - 1):
        health = health.failed("useless", 0.0)
    assert not health.is_sick
    assert health.failed("useless", 0.0).is_sick


def test_only_who_stands_before_the_one_that_is_asked_is_tried_again() -> None:
    assert (0,) == to_try((SICK, WELL, SICK), 200.0)
    assert () == to_try((WELL, SICK), 200.0)
    assert () == to_try((SICK, SICK), 200.0)  # both are asked anyway


def test_nobody_is_tried_before_it_is_due_nor_twice_at_once() -> None:
    assert () == to_try((SICK, WELL), 100.5)
    assert (0,) == to_try((SICK, WELL), 101.0)
    assert () == to_try((SICK.tried(), WELL), 200.0)


def test_the_rests_grow_and_have_an_end() -> None:
    rests, health = [], WELL
    for _ in range(9):
        health = health.failed("gone", 0.0)
        rests.append(health.due_at)

    assert [1, 2, 4, 8, 16, 32, 60, 60, 60] == rests


def test_what_fails_together_is_one_failure() -> None:
    health = SICK
    for _ in range(20):
        health = health.failed("gone", 100.3, began=99.0)

    assert SICK == health


def test_a_failure_of_before_the_sickness_does_not_end_a_try() -> None:
    tried = SICK.tried()

    assert tried == tried.failed("gone", 101.5, began=99.9)
    assert 103.5 == tried.failed("gone", 101.5, began=101.0).due_at


def test_each_failed_try_begins_the_rest_anew() -> None:
    health = SICK.failed("gone", 101.5, began=101.0)

    assert health == health.failed("gone", 101.6, began=101.2)
    assert 3 == health.failed("gone", 104.0, began=103.5).failures


@given(st.lists(st.sampled_from(["gone", "useless"]), max_size=40))
def test_a_rest_is_never_longer_than_the_longest(failures: list[Failure]) -> None:
    health = Health()
    for failure in failures:
        health = health.failed(failure, 7.0)

    assert health.due_at <= 7.0 + LONGEST_REST_S
    assert health.failures == len(failures)
