"""Who leaves finds the same place again, and the time that was lost is given back."""

from datetime import timedelta

import pytest

from interview.events import (
    AgentJoined,
    CandidateArrived,
    CandidateLeft,
    InterviewEnded,
    LeaseOpened,
    Paused,
    Resumed,
)
from interview.session import Phase, Say, deadline
from tests.fakes.talk import CANDIDATE, Talk, asking, plan

pytestmark = pytest.mark.unit

PLAN = plan()
KEYS = ["first", "second", "third"]


# ---- leaving and coming back ----


def test_who_comes_back_before_answering_hears_the_question_again() -> None:
    talk = asking()
    talk.tell(CandidateLeft(reason="client_initiated"))

    talk.tell(CandidateArrived(identity=CANDIDATE))

    assert Say("repeat", "first", lead="welcome_back") == talk.todo


def test_who_comes_back_within_an_answer_is_asked_to_go_on() -> None:
    talk = asking()
    talk.hears()
    talk.tell(CandidateLeft(reason="signal_close"))

    talk.tell(CandidateArrived(identity=CANDIDATE))

    assert Say("go_on", "first", lead="welcome_back") == talk.todo


def test_a_second_word_of_the_same_arrival_changes_nothing() -> None:
    talk = Talk(PLAN)
    talk.joins()

    assert [] == talk.tell(CandidateArrived(identity=CANDIDATE))

    talk.to_the_end()
    assert KEYS == talk.asked()


def test_who_leaves_within_the_greeting_is_not_greeted_twice() -> None:
    talk = Talk(PLAN)
    talk.joins()
    line = talk.begins()
    talk.tell(CandidateLeft(reason="client_initiated"))
    talk.ends(line, cut_off=True)

    talk.tell(CandidateArrived(identity=CANDIDATE))

    assert Say("question", "first", lead="welcome_back") == talk.todo
    talk.to_the_end()
    assert KEYS == talk.asked()


def test_who_leaves_before_a_word_was_said_is_greeted() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.tell(CandidateLeft(reason="client_initiated"))

    talk.tell(CandidateArrived(identity=CANDIDATE))

    assert "greeting" == talk.says().line


def test_a_return_while_the_cut_line_is_still_ending_loses_nothing() -> None:
    talk = asking()
    talk.answers()
    line = talk.begins()
    talk.tell(CandidateLeft(reason="client_initiated"))
    talk.tell(CandidateArrived(identity=CANDIDATE))

    talk.ends(line, cut_off=True)

    assert Say("repeat", "second", lead="welcome_back") == talk.says()
    assert ("first", "second") == talk.state.asked


def test_who_hangs_up_within_the_goodbye_has_completed_the_interview() -> None:
    talk = asking()
    for _ in range(2):
        talk.answers()
        talk.says()
    talk.answers()
    talk.says()
    talk.answers()
    talk.begins()

    talk.tell(CandidateLeft(reason="client_initiated"))

    assert InterviewEnded(reason="completed") == talk.events[-1].fact


def test_who_stays_away_after_the_last_question_has_completed_the_interview() -> None:
    talk = asking()
    for _ in range(2):
        talk.answers()
        talk.says()
    talk.answers()
    talk.says()
    assert Phase.INVITING is talk.state.phase
    talk.tell(CandidateLeft(reason="client_initiated"))

    talk.tell(Paused(reason="absent"))

    assert InterviewEnded(reason="completed") == talk.events[-1].fact


def test_nothing_is_asked_of_a_candidate_who_comes_into_a_pause_until_it_ends() -> None:
    talk = asking()
    talk.tell(CandidateLeft(reason="signal_close"))
    talk.tell(Paused(reason="absent"))
    heir = Talk.resumed(PLAN, talk.events)

    heir.joins()
    assert heir.todo is None
    heir.tell(Resumed())

    assert Say("repeat", "first", lead="welcome_back") == heir.todo


# ---- time ----


def test_the_clock_starts_with_the_first_word() -> None:
    talk = Talk(PLAN)
    talk.joins()
    assert deadline(PLAN, talk.state) is None

    talk.begins()

    assert talk.at + timedelta(minutes=20) == deadline(PLAN, talk.state)


def test_the_time_of_an_absence_is_given_back() -> None:
    talk = asking()
    before = deadline(PLAN, talk.state)
    assert before is not None
    talk.tell(CandidateLeft(reason="signal_close"))

    talk.tell(CandidateArrived(identity=CANDIDATE), after_s=90)

    assert before + timedelta(seconds=90) == deadline(PLAN, talk.state)


def test_no_time_runs_out_while_the_candidate_is_away() -> None:
    talk = asking()

    talk.tell(CandidateLeft(reason="signal_close"))

    assert deadline(PLAN, talk.state) is None


def test_the_time_of_a_pause_is_given_back_once_and_whole() -> None:
    """Who leaves and comes back within it still rests."""
    talk = asking()
    before = deadline(PLAN, talk.state)
    assert before is not None
    talk.tell(Paused(reason="silence"))
    talk.tell(CandidateLeft(reason="signal_close"), after_s=10)
    talk.tell(CandidateArrived(identity=CANDIDATE), after_s=10)

    talk.tell(Resumed(), after_s=10)

    assert before + timedelta(seconds=30) == deadline(PLAN, talk.state)


def test_the_time_without_an_agent_is_given_back() -> None:
    talk = asking()
    before = deadline(PLAN, talk.state)
    assert before is not None
    talk.tell(LeaseOpened(epoch=2, reason="silent"))
    heir = Talk.resumed(PLAN, talk.events)

    heir.tell(AgentJoined(identity="ai-2", versions={}), after_s=5)
    heir.tell(CandidateArrived(identity=CANDIDATE), after_s=1)

    assert before + timedelta(seconds=6) == deadline(PLAN, heir.state)
