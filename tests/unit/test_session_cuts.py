"""A question that was stopped: who has heard enough answers it, who has not hears it again."""

import pytest

from interview.events import (
    AgentJoined,
    CandidateArrived,
    SignalReceived,
    SilenceNoticed,
    TimeRanOut,
)
from interview.session import Say, upcoming
from tests.fakes.talk import CANDIDATE, SHORT, WHOLE, Talk, asking, plan, question

pytestmark = pytest.mark.unit

KEYS = ["first", "second", "third"]
LONG = question("first", 0).model_copy(update={"text": " ".join(f"w{n}" for n in range(10))})
PLAN = plan(LONG, question("second", 1), question("third", 0))
AGAIN = Say("repeat", "first", lead="once_more")


def cut_off(heard: float) -> Talk:
    """The first question was stopped when `heard` of it was."""
    talk = Talk(PLAN)
    talk.joins()
    talk.says()
    talk.is_cut_off(heard)
    return talk


@pytest.mark.parametrize("heard", [0.0, 0.3, 0.5])
def test_words_after_a_few_words_of_a_question_do_not_answer_it(heard: float) -> None:
    talk = cut_off(heard)

    talk.answers()

    assert AGAIN == talk.says()
    assert (0, 0) == (talk.state.index, talk.state.words)
    talk.to_the_end()
    assert KEYS == talk.asked()


@pytest.mark.parametrize("heard", [0.6, 0.8, 1.0])
def test_words_late_in_a_question_are_the_answer_to_it(heard: float) -> None:
    talk = cut_off(heard)

    talk.answers()

    assert Say("question", "second", lead="thanks") == talk.todo


def test_the_lead_of_a_line_does_not_count_as_heard_of_its_question() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.says()
    turn = talk.begins(lead="lead " * 20)

    talk.ends(turn, cut_off=True, heard=0.7)
    talk.answers()

    assert AGAIN == talk.todo


def test_a_probe_that_was_stopped_is_said_again_as_this_probe() -> None:
    talk = asking()
    talk.answers(SHORT)
    assert Say("probe", "first", 0) == talk.is_cut_off(0.2)

    talk.answers(WHOLE)

    assert Say("repeat", "first", 0, "once_more") == talk.says()
    assert 1 == talk.state.probes_used


def test_who_talks_every_repeat_down_is_not_held_up_for_ever() -> None:
    talk = cut_off(0.2)
    for _ in range(2):
        talk.answers()
        talk.is_cut_off(0.2)

    talk.answers()

    assert Say("question", "second", lead="thanks") == talk.todo
    assert ["question", "repeat", "repeat"] == [s.line for s in talk.started()][1:]


@pytest.mark.parametrize("heard", [0.2, 0.9])
def test_who_stays_silent_after_a_question_was_stopped_hears_it_again(heard: float) -> None:
    talk = cut_off(heard)

    talk.tell(SilenceNoticed(times=1, silent_s=2))

    assert AGAIN == talk.says()
    talk.tell(SilenceNoticed(times=2, silent_s=20))
    assert Say("still_there") == talk.todo


def test_who_thinks_within_an_answer_to_a_question_that_was_stopped_keeps_the_answer() -> None:
    talk = cut_off(0.9)
    talk.hears()

    talk.tell(SilenceNoticed(times=1, silent_s=60))

    assert Say("still_there") == talk.todo


def test_a_wish_to_hear_it_again_is_granted_as_such() -> None:
    talk = cut_off(0.2)

    talk.tell(SignalReceived(signal="repeat"))

    assert Say("repeat", "first", lead="of_course") == talk.says()
    talk.answers()
    assert Say("question", "second", lead="thanks") == talk.todo


def test_a_question_is_not_said_again_when_the_time_is_up() -> None:
    talk = cut_off(0.2)
    talk.tell(TimeRanOut(scope="interview"))

    talk.answers()

    assert Say("closing", lead="time_is_up") == talk.todo


def test_an_heir_says_a_question_again_that_was_stopped() -> None:
    heir = Talk.resumed(PLAN, cut_off(0.2).events)

    heir.tell(AgentJoined(identity="ai-2", versions={}))
    heir.tell(CandidateArrived(identity=CANDIDATE))

    assert Say("repeat", "first", lead="reconnected") == heir.todo


def test_the_repeat_is_prepared_while_the_candidate_speaks() -> None:
    assert AGAIN in upcoming(PLAN, cut_off(0.2).state)


def test_an_answer_that_goes_on_is_still_none_to_a_question_that_was_stopped() -> None:
    talk = cut_off(0.2)
    turn = talk.hears()
    talk.answered(turn)
    talk.ends(talk.begins(), cut_off=True, withdrawn=True)
    talk.resumes(turn)

    talk.answered(talk.hears(turn))

    assert AGAIN == talk.todo
