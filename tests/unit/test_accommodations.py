"""Accommodations change how long things take, and nothing of what is asked."""

from dataclasses import fields
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.accommodations import Accommodations, accommodated, check_breaks
from interview.errors import Invalid
from interview.patience import WAITS, stretched
from interview.plan import Plan
from tests.fakes.talk import plan, question

pytestmark = pytest.mark.unit

PLAN = plan(*(question(key) for key in "abcdef"))
Time = Literal["1", "1.25", "1.5", "2"]
GIVEN = st.builds(
    Accommodations,
    time=st.sampled_from(["1", "1.25", "1.5", "2"]),
    breaks=st.integers(0, 5),
    break_minutes=st.integers(1, 30),
    longer_silences=st.booleans(),
)


def test_nobody_without_accommodations_has_another_plan() -> None:
    assert PLAN == accommodated(PLAN, Accommodations())


@pytest.mark.parametrize(("time", "factor"), [("1.25", 1.25), ("1.5", 1.5), ("2", 2.0)])
def test_more_time_is_more_for_each_question_and_for_all(time: Time, factor: float) -> None:
    changed = accommodated(PLAN, Accommodations(time=time))

    assert PLAN.minutes * factor == changed.minutes
    assert [q.minutes * factor for q in PLAN.questions] == [q.minutes for q in changed.questions]


@given(GIVEN)
def test_questions_order_and_budget_are_those_of_everybody(given: Accommodations) -> None:
    changed = accommodated(PLAN, given)

    assert asked(PLAN) == asked(changed)


def asked(of: Plan) -> list[tuple[str, str, tuple[str, ...], int, int]]:
    return [(q.key, q.text, q.probes, q.max_probes, q.expected_words) for q in of.questions]


@pytest.mark.parametrize(
    ("breaks", "before"),
    [(0, ""), (1, "d"), (2, "ce"), (3, "cde"), (5, "bcdef")],
)
def test_breaks_lie_evenly_between_questions(breaks: int, before: str) -> None:
    assert tuple(before) == accommodated(PLAN, Accommodations(breaks=breaks)).breaks


@pytest.mark.parametrize("questions", range(1, 12))
@pytest.mark.parametrize("breaks", range(6))
def test_as_many_breaks_are_made_as_are_allowed(questions: int, breaks: int) -> None:
    of_them = plan(*(question(f"q{at}") for at in range(questions)))
    if breaks >= questions:
        with pytest.raises(Invalid, match=f"^breaks: expected at most {questions - 1},"):
            check_breaks(breaks, questions, "breaks")
    else:
        check_breaks(breaks, questions, "breaks")
        assert breaks == len(accommodated(of_them, Accommodations(breaks=breaks)).breaks)


def test_there_is_no_break_in_one_question() -> None:
    one = plan(question("only"))

    assert () == accommodated(one, Accommodations(breaks=5)).breaks


def test_longer_silences_stretch_every_wait_and_no_threshold() -> None:
    patience = accommodated(PLAN, Accommodations(longer_silences=True)).patience
    longer = stretched(WAITS, patience)

    for name in {each.name for each in fields(WAITS)} - {"unlikely"}:
        assert 2 * getattr(WAITS, name) == getattr(longer, name)
    assert WAITS.unlikely == longer.unlikely
    assert WAITS == stretched(WAITS, PLAN.patience)
