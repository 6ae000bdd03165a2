"""Attempts to sign in: some are free, and then each doubles the wait, up to an end."""

from datetime import timedelta

import pytest

from interview.errors import TooManyAttempts
from interview.slowdown import FORGOTTEN_AFTER, LONGEST, Attempts
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit

FREE = 3


@pytest.mark.parametrize(("before", "wait_s"), [(3, 1), (4, 2), (5, 4), (10, 128), (12, 300)])
def test_each_attempt_beyond_the_free_ones_doubles_the_wait(before: int, wait_s: int) -> None:
    attempts, end = Attempts(before, NOON), NOON + timedelta(seconds=wait_s)

    with pytest.raises(TooManyAttempts) as refused:
        attempts.another(FREE, end - timedelta(milliseconds=1))

    assert 1 == refused.value.retry_after_s
    assert Attempts(before + 1, end) == attempts.another(FREE, end)


@pytest.mark.parametrize("before", [0, 1, 2])
def test_the_first_attempts_need_no_wait(before: int) -> None:
    assert Attempts(before + 1, NOON) == Attempts(before, NOON).another(FREE, NOON)


def test_nobody_is_kept_out_for_longer_than_five_minutes() -> None:
    with pytest.raises(TooManyAttempts) as refused:
        Attempts(10**6, NOON).another(FREE, NOON)

    assert LONGEST.total_seconds() == refused.value.retry_after_s


def test_after_an_hour_it_begins_anew() -> None:
    then = NOON + FORGOTTEN_AFTER

    assert Attempts(1, then) == Attempts(20, NOON).another(FREE, then)
