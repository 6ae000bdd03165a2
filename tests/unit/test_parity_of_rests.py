"""Pauses are told of in no figure of the parity ledger: one may be a break that was given."""

from typing import Literal

import pytest

from interview.events import (
    CandidateArrived,
    CandidateLeft,
    Fact,
    InterviewEnded,
    LineStarted,
    Paused,
    Resumed,
    SpeechHeard,
)
from interview.parity import ledger
from tests.fakes.talk import CANDIDATE, Talk, plan, whole_interview

pytestmark = pytest.mark.unit

PLAN = plan()
Reason = Literal["asked", "silence", "absent", "fault"]


def rested(reason: Reason, *within: Fact) -> Talk:
    """Five minutes' pause after the greeting, and what happens in its middle."""
    talk = Talk(PLAN)
    talk.joins()
    talk.says()
    talk.tell(Paused(reason=reason), 0)
    for fact in within:
        talk.tell(fact, 60)
    talk.tell(Resumed(), 300 - 60 * len(within))
    return talk


AWAY = CandidateLeft(reason="gone"), CandidateArrived(identity=CANDIDATE)


@pytest.mark.parametrize("reason", ["asked", "silence"])
@pytest.mark.parametrize("within", [(), AWAY, AWAY[:1]], ids=["there", "away", "left"])
def test_the_time_of_a_pause_was_given_back_and_is_not_told(
    reason: Literal["asked", "silence"], within: tuple[Fact, ...]
) -> None:
    """It may be a break that was given; nor is it used."""
    talk = rested(reason, *within)
    talk.to_the_end()

    found, straight = ledger(PLAN, talk.events), ledger(PLAN, whole_interview(PLAN).events)

    assert 0 == found.given_back_s
    assert found.time_used is not None
    assert straight.time_used is not None
    assert found.time_used == pytest.approx(straight.time_used, abs=0.02)


@pytest.mark.parametrize("reason", ["absent", "fault"])
def test_the_time_of_an_absence_or_a_fault_that_became_a_pause_is_told(
    reason: Literal["absent", "fault"],
) -> None:
    talk = rested(reason)
    talk.to_the_end()

    assert 300 == ledger(PLAN, talk.events).given_back_s


def test_what_was_lost_before_and_after_a_pause_is_told_without_it() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.says()
    talk.tell(AWAY[0])
    talk.tell(Paused(reason="asked"), 40)
    talk.tell(AWAY[1], 100)
    talk.tell(Resumed(), 60)
    talk.tell(AWAY[0])
    talk.tell(AWAY[1], 25)
    talk.to_the_end()

    assert 40 + 25 == ledger(PLAN, talk.events).given_back_s


def test_what_was_abandoned_in_a_pause_tells_of_no_time() -> None:
    talk = rested("asked")
    talk.tell(AWAY[0], 7)
    talk.tell(Paused(reason="asked"), 10)
    talk.tell(InterviewEnded(reason="abandoned"), 24 * 3600)

    assert 10 == ledger(PLAN, talk.events).given_back_s


def test_of_turns_that_are_withheld_nothing_is_counted() -> None:
    events = whole_interview(PLAN).events
    lines = [e.fact.turn_id for e in events if isinstance(e.fact, LineStarted)]
    heard = [e.fact.turn_id for e in events if isinstance(e.fact, SpeechHeard)]

    told = ledger(PLAN, events)
    found = ledger(PLAN, events, {lines[0], heard[0]})

    assert (len(lines), len(heard)) == (
        round(1000 * told.ai_spoke_s),
        round(1000 * told.candidate_spoke_s),
    )
    assert pytest.approx(0.001) == told.ai_spoke_s - found.ai_spoke_s
    assert pytest.approx(0.001) == told.candidate_spoke_s - found.candidate_spoke_s
    assert pytest.approx(0.001) == told.questions[0].spoke_s - found.questions[0].spoke_s
    assert told.asked == found.asked
