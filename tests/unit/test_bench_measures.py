"""From instants to measures: what counts as latency, as cut off, as yielding."""

from dataclasses import replace

import pytest

from bench.latency.measures import Said, measure
from local.candidate.ear import Sound

pytestmark = pytest.mark.unit

ANSWER = Said("answer", "finished", "a", ("yes",), began_at=10.0, last_loud_at=14.0)
PAUSED = replace(ANSWER, kind="clause_2.5", resumes_at=(13.0,))


def test_latency_runs_from_our_last_loud_sample_to_the_agents_first() -> None:
    (one,) = measure([ANSWER], [Sound(5.0, 9.0), Sound(14.9, 18.0)])

    assert 0.9 == pytest.approx(one.latency_s)
    assert not one.cut_off


def test_an_answer_that_nobody_answers_has_no_latency() -> None:
    later = replace(ANSWER, began_at=30.0, last_loud_at=31.0)

    first, second = measure([ANSWER, later], [Sound(5.0, 9.0), Sound(32.0, None)])

    assert first.latency_s is None
    assert 1.0 == pytest.approx(second.latency_s)


def test_a_sound_within_the_answer_is_a_cut_off_and_the_next_one_the_answer() -> None:
    (one,) = measure([PAUSED], [Sound(12.0, 13.3), Sound(15.0, None)])

    assert one.cut_off
    assert 1.0 == pytest.approx(one.latency_s)


def test_yielding_runs_from_where_the_candidate_went_on_to_the_agents_last_sound() -> None:
    (one,) = measure([PAUSED], [Sound(12.0, 13.3), Sound(15.0, None)])

    assert 0.3 == pytest.approx(one.yield_s)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(Sound(12.0, 12.9), id="over before the candidate went on"),
        pytest.param(Sound(12.0, None), id="never over"),
        pytest.param(Sound(13.5, 13.9), id="begun when nobody was to go on any more"),
    ],
)
def test_a_line_that_did_not_end_because_the_candidate_went_on_is_no_yielding(line: Sound) -> None:
    (one,) = measure([PAUSED], [line])

    assert one.cut_off
    assert one.yield_s is None


def test_an_interruption_is_measured_from_its_onset_to_the_end_of_the_line_it_fell_into() -> None:
    barge_in = replace(ANSWER, step="barge_in", kind="barge_in")

    (one,) = measure([barge_in], [Sound(3.0, 5.0), Sound(8.0, 10.4), Sound(15.0, None)])

    assert 0.4 == pytest.approx(one.barge_in_s)
    assert not one.cut_off


def test_an_interruption_that_came_after_the_line_interrupted_nothing() -> None:
    barge_in = replace(ANSWER, step="barge_in", kind="barge_in")

    (one,) = measure([barge_in], [Sound(8.0, 9.9)])

    assert one.barge_in_s is None


def test_done_runs_from_the_click_and_an_earlier_answer_was_none_to_it() -> None:
    done = replace(ANSWER, step="done", kind="head", clicked_at=14.3)

    (answered,) = measure([done], [Sound(14.5, None)])
    (too_late,) = measure([done], [Sound(14.2, None)])

    assert 0.2 == pytest.approx(answered.done_s)
    assert too_late.done_s is None
