"""Core questions go before probes, the final minute is told once, breaks come where planned."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.events import (
    AnswerResumed,
    FinalMinuteBegan,
    Paused,
    Resumed,
    SilenceNoticed,
    TimeRanOut,
)
from interview.pacing import final_minute_began
from interview.plan import Plan
from interview.session import NUDGES, Phase, Say, deadline
from tests.fakes.talk import (
    SHORT,
    WHOLE,
    Talk,
    asking,
    check_what_was_asked,
    plan,
    question,
)

pytestmark = pytest.mark.unit


def left_s(talk: Talk) -> float:
    end = deadline(talk.plan, talk.state)
    assert end is not None
    return (end - talk.at).total_seconds()


def talking(minutes: float, *, left: float) -> Talk:
    """The first of three questions of two minutes each was asked; so many minutes are left."""
    talk = Talk(plan(minutes=minutes))
    talk.joins()
    talk.says()
    talk.says()
    talk.at += timedelta(seconds=left_s(talk) - left * 60 - 21)
    return talk


# ---- the soft wrap ----


@pytest.mark.parametrize(
    ("left", "line"),
    [(5.1, "probe"), (4.9, "question"), (3.0, "question"), (0.5, "question")],
)
def test_no_probe_takes_the_time_of_a_core_question(left: float, line: str) -> None:
    """Two questions of two minutes are to come, and an answer to a probe may take one."""
    talk = talking(20, left=left)

    talk.answers(SHORT)

    assert talk.todo is not None
    assert line == talk.todo.line


def test_the_time_that_was_lost_counts_for_probes_too() -> None:
    talk = talking(20, left=4.5)
    talk.tell(Paused(reason="fault"))
    talk.tell(Resumed(), after_s=3600)
    talk.says()

    talk.answers(SHORT)

    assert talk.state.wrapping
    assert Say("question", "second", lead="thanks") == talk.todo


# ---- the final minute ----


def test_the_final_minute_is_told_at_once_when_nobody_talks() -> None:
    talk = asking()

    talk.tell(FinalMinuteBegan())

    assert Say("final_minute") == talk.says()
    assert "said" == talk.state.wished.final_minute


def test_the_final_minute_never_interrupts_an_answer() -> None:
    talk = asking()
    turn = talk.hears()

    assert [] == talk.tell(FinalMinuteBegan())
    talk.answered(turn)

    assert Say("question", "second", lead="final_minute") == talk.says()


@pytest.mark.parametrize("when", ["line", "due"])
def test_the_final_minute_waits_for_a_line_of_ours(when: str) -> None:
    talk = asking()
    talk.answers()
    line = talk.begins() if when == "line" else None

    talk.tell(FinalMinuteBegan())
    if line:
        talk.ends(line)
    else:
        talk.says()
    talk.answers()

    assert Say("question", "third", lead="final_minute") == talk.todo


def test_the_final_minute_is_told_once() -> None:
    talk = asking()
    talk.tell(FinalMinuteBegan())
    talk.says()
    end = deadline(talk.plan, talk.state)
    assert end is not None

    assert not final_minute_began(talk.plan, talk.state, end)
    talk.answers()

    assert Say("question", "second", lead="thanks") == talk.todo


def test_a_line_for_the_silent_that_was_dropped_is_made_up_for() -> None:
    """Somebody began to speak: the conductor says it to nobody."""
    talk = asking()
    talk.tell(FinalMinuteBegan())

    talk.answers()

    assert Say("question", "second", lead="final_minute") == talk.todo


def test_an_answer_that_goes_on_takes_the_announcement_back_too() -> None:
    talk = asking()
    turn = talk.hears()
    talk.tell(FinalMinuteBegan())
    talk.answered(turn)

    talk.tell(AnswerResumed(turn_id=turn))

    assert "owed" == talk.state.wished.final_minute


@pytest.mark.parametrize(
    ("minutes", "left", "began"), [(20, 1.1, False), (20, 0.9, True), (3, 0.9, False)]
)
def test_the_final_minute_begins_a_minute_before_the_end(
    minutes: float, left: float, began: bool
) -> None:
    talk = talking(minutes, left=left)

    assert began == final_minute_began(talk.plan, talk.state, talk.at + timedelta(seconds=21))


def test_there_is_no_final_minute_of_a_goodbye() -> None:
    talk = talking(20, left=0.5)
    talk.tell(TimeRanOut(scope="interview"))
    talk.answers()

    assert Phase.CLOSING is talk.state.phase
    assert not final_minute_began(talk.plan, talk.state, talk.at)


# ---- the hard stop ----


def test_silence_when_the_time_is_up_ends_the_interview() -> None:
    talk = asking()
    talk.tell(TimeRanOut(scope="interview"))

    talk.tell(SilenceNoticed(times=1, silent_s=20))

    assert Say("closing", lead="time_is_up") == talk.says()
    assert talk.is_over()


def test_words_into_a_goodbye_that_nobody_heard_do_not_replace_it() -> None:
    talk = asking()
    talk.tell(TimeRanOut(scope="interview"))
    talk.tell(SilenceNoticed(times=1, silent_s=20))

    talk.answers()

    assert not talk.is_over()
    assert Say("closing", lead="time_is_up") == talk.says()
    assert talk.is_over()


# ---- breaks ----


def broken(*keys: str) -> Plan:
    return plan().model_copy(update={"breaks": keys})


def test_a_break_comes_before_its_question_and_once() -> None:
    talk = Talk(broken("second"))
    talk.joins()
    talk.says()
    talk.says()
    talk.answers()

    assert Say("pausing") == talk.says()
    assert talk.state.resting
    talk.tell(Resumed(), after_s=600)

    assert Say("question", "second", lead="thanks") == talk.says()
    talk.to_the_end()
    check_what_was_asked(talk)


def test_who_comes_back_from_another_pause_to_a_new_question_is_welcomed() -> None:
    talk = Talk(plan())
    talk.joins()
    talk.says()
    talk.tell(SilenceNoticed(times=NUDGES + 1, silent_s=60))
    talk.says()
    talk.tell(Resumed(), after_s=600)

    assert Say("question", "first", lead="welcome_back") == talk.says()


def test_a_break_takes_no_time() -> None:
    talk = Talk(broken("second"))
    talk.joins()
    talk.says()
    talk.says()
    talk.answers()
    talk.says()
    talk.tell(Resumed(), after_s=600)

    assert left_s(talk) > 19 * 60


def test_a_break_that_came_too_early_is_taken_back() -> None:
    talk = Talk(broken("second"))
    talk.joins()
    talk.says()
    talk.says()
    turn = talk.answers()

    talk.ends(talk.begins(), cut_off=True, withdrawn=True)
    talk.resumes(turn)
    talk.answered(turn)

    assert Say("pausing") == talk.todo


@settings(max_examples=50, deadline=None)
@given(st.sets(st.sampled_from(["second", "third"])), st.sampled_from([SHORT, WHOLE]))
def test_breaks_change_nothing_of_what_is_asked(keys: set[str], words: int) -> None:
    talk = Talk(broken(*sorted(keys)))
    talk.joins()
    while not talk.is_over():
        if talk.todo:
            talk.says()
        elif talk.state.paused:
            talk.tell(Resumed())
        else:
            talk.answers(words)

    check_what_was_asked(talk)
    assert len(keys) == [say.line for say in talk.started()].count("pausing")


def test_a_plan_of_one_question_has_no_trouble_with_its_time() -> None:
    talk = Talk(plan(question("only"), minutes=2))
    talk.joins()
    talk.to_the_end(SHORT)

    assert ["only"] == talk.asked()
