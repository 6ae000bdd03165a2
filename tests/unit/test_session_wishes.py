"""What candidates say besides answers is granted, and costs them nothing."""

from datetime import timedelta

import pytest

from interview.events import (
    CandidateArrived,
    CandidateLeft,
    Lead,
    Paused,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    TimeRanOut,
)
from interview.plan import PlannedFact
from interview.session import Phase, Say, deadline
from tests.fakes.talk import (
    CANDIDATE,
    SHORT,
    WHOLE,
    Talk,
    asking,
    check_what_was_asked,
    inviting,
    plan,
    question,
)

pytestmark = pytest.mark.unit

KEYS = ["first", "second", "third"]
PAY = PlannedFact(key="pay", phrases=("salary",), text="The position pays 50,000 a year.")


def second() -> Talk:
    """The second question was just asked."""
    talk = asking()
    talk.answers()
    talk.says()
    return talk


# ---- the question again ----


@pytest.mark.parametrize(
    ("intent", "lead"),
    [
        ("repeat", "of_course"),
        ("rephrase", "of_course"),
        ("trouble", "trouble"),
        ("robot", "robot"),
        ("progress", "progress"),
        ("job", "noted"),
    ],
)
def test_the_question_is_said_again_after_what_was_wished_for(intent: str, lead: Lead) -> None:
    talk = asking()
    before = talk.state

    talk.wishes(intent)

    assert Say("repeat", "first", lead=lead) == talk.says()
    kept = ("phase", "index", "probes_used", "words", "opened", "asked")
    assert [getattr(before, name) for name in kept] == [getattr(talk.state, name) for name in kept]
    talk.to_the_end()
    check_what_was_asked(talk)


@pytest.mark.parametrize("intent", ["repeat", "trouble", "robot", "progress", "job"])
def test_the_invitation_to_ask_is_said_again_likewise(intent: str) -> None:
    talk = inviting()

    line = talk.wishes(intent)

    assert line is not None
    assert ("repeat", None) == (line.line, line.question)
    assert Phase.INVITING is talk.state.phase


def test_a_question_with_other_words_is_said_in_them() -> None:
    worded = question("first").model_copy(update={"rephrasing": "In short: what of first?"})
    talk = Talk(plan(worded, question("second")))
    talk.joins()
    talk.says()
    talk.says()

    talk.wishes("rephrase")

    assert Say("repeat", "first", lead="rephrase") == talk.todo


def test_a_probe_has_no_other_words() -> None:
    worded = question("first").model_copy(update={"rephrasing": "In short: what of first?"})
    talk = Talk(plan(worded, question("second")))
    talk.joins()
    talk.says()
    talk.says()
    talk.answers(SHORT)
    talk.says()

    talk.wishes("rephrase")

    assert Say("repeat", "first", 0, lead="of_course") == talk.todo


def test_a_wish_over_a_question_that_nobody_heard_leads_to_the_question_itself() -> None:
    talk = asking()
    talk.answers()

    talk.wishes("robot")

    assert Say("question", "second", lead="robot") == talk.says()
    talk.to_the_end()
    check_what_was_asked(talk)


@pytest.mark.parametrize("intent", ["asks", "yes", "go_on", "somebody", "answer"])
def test_words_that_may_be_an_answer_are_one(intent: str) -> None:
    talk = asking()

    talk.answers(WHOLE, intent)

    assert Say("question", "second", lead="thanks") == talk.todo


# ---- skip and back ----


def test_a_question_that_is_skipped_counts_as_asked() -> None:
    talk = asking()

    talk.wishes("skip")

    assert Say("question", "second", lead="all_right") == talk.says()
    assert (("first",), ("first",)) == (talk.state.wished.skipped, talk.state.asked[:1])
    talk.to_the_end()
    check_what_was_asked(talk)


def test_to_skip_the_invitation_ends_the_talk() -> None:
    talk = inviting()

    talk.wishes("skip")

    assert Say("closing") == talk.says()
    assert talk.is_over()


def test_going_back_repeats_the_question_before_and_returns() -> None:
    talk = second()

    talk.wishes("back")
    assert Say("repeat", "first", lead="of_course") == talk.says()
    talk.answers(SHORT)

    assert Say("repeat", "second", lead="thanks") == talk.says()
    talk.to_the_end()
    check_what_was_asked(talk)


def test_what_was_used_of_the_open_question_stays_used() -> None:
    talk = second()
    talk.answers(SHORT)
    talk.says()
    used = (talk.state.probes_used, talk.state.words)

    talk.wishes("back")
    talk.says()
    talk.answers(SHORT)

    assert Say("repeat", "second", 0, lead="thanks") == talk.todo
    assert used == (talk.state.probes_used, talk.state.words)


def test_going_back_from_the_invitation_returns_to_it() -> None:
    talk = inviting()

    talk.wishes("back")
    assert Say("repeat", "third", lead="of_course") == talk.says()
    talk.answers()

    assert Say("repeat", None, lead="thanks") == talk.says()
    assert Phase.INVITING is talk.state.phase


def test_nobody_goes_back_to_the_same_question_twice_or_before_the_first() -> None:
    first, twice = asking(), second()
    twice.wishes("back")
    twice.says()
    twice.answers()
    twice.says()

    assert Say("repeat", "first", lead="no_way_back") == first.wishes("back")
    assert Say("repeat", "second", lead="no_way_back") == twice.wishes("back")


def test_who_is_back_already_goes_back_no_further() -> None:
    talk = second()
    talk.answers()
    talk.says()
    talk.wishes("back")
    assert Say("repeat", "second", lead="of_course") == talk.says()

    assert Say("repeat", "second", lead="no_way_back") == talk.wishes("back")


def test_an_answer_that_took_all_the_time_is_not_thanked_for_on_the_way_back() -> None:
    talk = second()
    talk.wishes("back")
    talk.says()

    talk.answered(talk.hears(), signal="time")

    assert Say("repeat", "second", lead="moving_on") == talk.todo


def test_a_question_that_nobody_heard_is_not_skipped() -> None:
    talk = asking()
    talk.answers()
    talk.wishes("skip")

    assert Say("question", "second", lead="thanks") == talk.says()
    assert () == talk.state.wished.skipped


def test_to_skip_the_question_before_returns_at_once() -> None:
    talk = second()
    talk.wishes("back")
    talk.says()

    assert Say("repeat", "second", lead="all_right") == talk.wishes("skip")
    assert () == talk.state.wished.skipped


def test_a_repeat_that_was_talked_down_is_said_once_more_before_it_returns() -> None:
    talk = second()
    talk.wishes("back")
    talk.is_cut_off(0.0)

    talk.answers()

    assert Say("repeat", "first", lead="once_more") == talk.todo


# ---- pauses ----


def test_a_pause_lasts_until_a_sign_of_life_and_time_stands_still() -> None:
    talk = asking()
    begun = talk.state.started_at
    assert begun is not None

    assert Say("pausing") == talk.wishes("pause")
    talk.says()
    assert Paused(reason="asked") == talk.events[-1].fact
    assert deadline(talk.plan, talk.state) is None
    end = begun + timedelta(minutes=talk.plan.minutes)
    talk.tell(Resumed(), after_s=3600)

    assert Say("repeat", "first", lead="welcome_back") == talk.says()
    assert end + timedelta(hours=1) == deadline(talk.plan, talk.state)


def test_who_goes_on_speaking_has_not_asked_for_a_pause() -> None:
    talk = asking()
    turn = talk.hears()
    talk.answered(turn, 5, "pause")

    talk.ends(talk.begins(), cut_off=True, withdrawn=True)
    talk.resumes(turn)

    assert not talk.state.paused
    assert turn == talk.state.answering


def test_who_rests_for_long_is_spoken_to_once_and_not_hurried() -> None:
    talk = asking()
    talk.wishes("pause")
    talk.says()

    talk.tell(SilenceNoticed(times=1, silent_s=300))

    assert Say("when_ready") == talk.says()
    assert talk.state.paused


def test_who_stays_away_in_a_pause_that_was_granted_may_still_ask() -> None:
    talk = inviting()
    talk.wishes("pause")
    talk.says()

    talk.tell(CandidateLeft(reason="gone"))
    talk.tell(Paused(reason="absent"), after_s=120)

    assert not talk.is_over()
    talk.tell(CandidateArrived(identity=CANDIDATE))
    talk.tell(Resumed())
    assert Say("repeat", lead="welcome_back") == talk.todo


# ---- trouble ----


def test_what_was_given_back_for_a_fault_is_not_given_back_for_trouble_too() -> None:
    talk = asking()
    end = deadline(talk.plan, talk.state)
    begun = talk.state.asked_at
    assert end is not None
    assert begun is not None
    talk.tell(CandidateLeft(reason="gone"), after_s=30)
    talk.tell(CandidateArrived(identity=CANDIDATE), after_s=30)
    talk.todo = None

    talk.wishes("trouble")

    assert end + (talk.at - begun) == deadline(talk.plan, talk.state)


def test_the_time_of_technical_trouble_is_given_back() -> None:
    talk = asking()
    end = deadline(talk.plan, talk.state)
    begun = talk.state.asked_at
    assert end is not None
    assert begun is not None

    talk.wishes("trouble")

    assert end + (talk.at - begun) == deadline(talk.plan, talk.state)


def test_trouble_gives_back_no_more_than_it_may() -> None:
    talk = asking()
    end = deadline(talk.plan, talk.state)
    assert end is not None

    for _ in range(20):
        talk.at += timedelta(minutes=5)
        talk.wishes("trouble")
        talk.says()

    given = deadline(talk.plan, talk.state)
    assert given == end + timedelta(minutes=10)


# ---- when the time is up ----


@pytest.mark.parametrize("intent", ["repeat", "rephrase", "trouble", "robot", "progress", "job"])
def test_nothing_is_asked_again_when_the_time_is_up(intent: str) -> None:
    talk = asking()
    talk.tell(TimeRanOut(scope="interview"))

    assert Say("closing", lead="time_is_up") == talk.wishes(intent)


# ---- a click ----


def test_a_click_for_a_pause_is_granted_between_lines_alone() -> None:
    talk = asking()
    pause = SignalReceived(signal="pause")

    assert [Say("pausing")] == talk.tell(pause)
    assert [] == talk.tell(pause)
    talk.says()

    assert (True, True) == (talk.state.paused, talk.state.resting)
    assert [] == talk.tell(pause)
    assert [Say("repeat", "first", lead="welcome_back")] == talk.tell(Resumed())


def test_nobody_pauses_a_talk_that_has_not_begun_or_is_over() -> None:
    assert [] == Talk().tell(SignalReceived(signal="pause"))
