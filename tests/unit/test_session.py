"""The director asks everybody the same questions once and in order, whatever happens in between."""

import pytest

from interview.errors import OutOfOrder
from interview.events import (
    AnswerResumed,
    InterviewEnded,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    TimeRanOut,
)
from interview.session import Phase, Say
from tests.fakes.talk import (
    SHORT,
    WHOLE,
    Talk,
    asking,
    plan,
    question,
    whole_interview,
)

pytestmark = pytest.mark.unit

PLAN = plan()
KEYS = ["first", "second", "third"]


# ---- order and budget ----


@pytest.mark.parametrize("words", [SHORT, WHOLE])
def test_every_planned_question_is_asked_once_and_in_order(words: int) -> None:
    assert KEYS == whole_interview(PLAN, words).asked()


def test_the_greeting_comes_first_and_only_once() -> None:
    lines = [say.line for say in whole_interview(PLAN, SHORT).started()]

    assert "greeting" == lines[0]
    assert 1 == lines.count("greeting")


def test_short_answers_are_probed_until_the_budget_is_spent() -> None:
    probes = [(s.question, s.probe) for s in whole_interview(PLAN, SHORT).started() if s.probe]
    first = [(s.question, s.probe) for s in whole_interview(PLAN, SHORT).started() if s.probe == 0]

    assert [("first", 0), ("second", 0)] == first
    assert [("first", 1)] == probes


def test_a_whole_answer_is_never_probed() -> None:
    assert all(say.line != "probe" for say in whole_interview(PLAN, WHOLE).started())


def test_the_words_of_a_question_and_its_probes_count_together() -> None:
    talk = asking()
    talk.answers(words=20)
    assert Say("probe", "first", 0) == talk.says()

    talk.answers(words=20)

    assert Say("question", "second", lead="thanks") == talk.todo


def test_the_candidate_is_asked_for_questions_before_the_closing_and_the_end() -> None:
    talk = whole_interview(PLAN)

    assert ["candidate_questions", "closing"] == [say.line for say in talk.started()][-2:]
    assert InterviewEnded(reason="completed") == talk.events[-1].fact


def test_a_barge_in_counts_the_question_as_asked() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.says()

    talk.ends(talk.begins(), cut_off=True)
    talk.answers()

    assert Say("question", "second", lead="thanks") == talk.todo
    assert ("first",) == talk.state.asked


def test_time_that_is_up_for_one_answer_moves_on_with_words_that_say_so() -> None:
    talk = asking()

    talk.answered(talk.hears(), SHORT, signal="time")

    assert Say("question", "second", lead="moving_on") == talk.todo


def test_time_that_is_up_for_the_interview_leads_to_the_closing() -> None:
    talk = asking()
    talk.tell(TimeRanOut(scope="interview"))

    talk.answers(SHORT)

    assert Say("closing", lead="time_is_up") == talk.says()
    assert InterviewEnded(reason="time") == talk.events[-1].fact


def test_time_that_is_up_for_both_leads_to_the_closing_with_words_that_say_so() -> None:
    talk = asking()
    talk.tell(TimeRanOut(scope="interview"))

    talk.answered(talk.hears(), SHORT, signal="time")

    assert Say("closing", lead="time_is_up") == talk.todo


def test_nobody_is_thanked_twice_at_the_end() -> None:
    """The closing words of a kit thank as a rule."""
    talk = asking()
    while talk.todo is None or talk.todo.line != "closing":
        if talk.todo:
            talk.says()
        talk.answers()

    assert Say("closing") == talk.todo


def test_an_answer_before_its_question_was_heard_does_not_use_it_up() -> None:
    """A line may fail or be put off; the words that come meanwhile are no answer to it."""
    talk = asking()
    talk.answers()
    due = talk.todo

    talk.answers()

    assert due == talk.todo
    assert Say("question", "second", lead="thanks") == talk.says()


# ---- the candidate goes on ----


@pytest.mark.parametrize("words", [SHORT, WHOLE])
def test_an_answer_that_goes_on_takes_everything_back(words: int) -> None:
    talk = asking()
    turn = talk.hears()
    before = talk.state
    talk.answered(turn, words)
    line = talk.begins()

    talk.ends(line, cut_off=True, withdrawn=True)
    talk.resumes(turn)

    kept = ("phase", "index", "probes_used", "words", "opened", "asked", "due", "answering")
    assert [getattr(before, name) for name in kept] == [getattr(talk.state, name) for name in kept]


@pytest.mark.parametrize("words", [SHORT, WHOLE])
def test_the_next_end_of_an_answer_that_went_on_leads_to_the_same_place(words: int) -> None:
    talk = asking()
    turn = talk.hears()
    talk.answered(turn, words)
    first = talk.todo
    talk.ends(talk.begins(), cut_off=True, withdrawn=True)
    talk.resumes(turn)

    talk.answered(talk.hears(turn), words)

    assert first == talk.todo


def test_a_line_that_was_never_heard_can_be_taken_back_too() -> None:
    talk = asking()
    turn = talk.hears()
    talk.answered(turn)

    talk.resumes(turn)
    talk.answered(turn)

    assert Say("question", "second", lead="thanks") == talk.todo


def test_the_end_of_a_withdrawn_line_alone_gives_the_answer_back() -> None:
    """An agent may die between the two facts."""
    talk = asking()
    turn = talk.hears()
    talk.answered(turn)

    talk.ends(talk.begins(), cut_off=True, withdrawn=True)

    assert (0, turn) == (talk.state.index, talk.state.answering)


def test_only_the_answer_that_has_just_ended_can_go_on() -> None:
    talk = asking()
    turn = talk.answers()
    talk.says()

    with pytest.raises(OutOfOrder):
        talk.tell(AnswerResumed(turn_id=turn))


def test_late_words_of_an_answer_do_not_open_it_again() -> None:
    talk = asking()
    turn = talk.answers()

    talk.hears(turn)

    assert talk.state.answering is None


# ---- repeats, noises, silence ----


def test_a_spoken_wish_to_hear_it_again_costs_nothing() -> None:
    talk = asking()
    before = talk.state

    talk.answers(words=6, intent="repeat")

    assert Say("repeat", "first", lead="of_course") == talk.says()
    assert (before.index, before.probes_used, before.words) == (
        talk.state.index,
        talk.state.probes_used,
        talk.state.words,
    )


def test_the_button_to_hear_it_again_repeats_the_latest_probe() -> None:
    talk = asking()
    talk.answers(SHORT)
    talk.says()

    talk.tell(SignalReceived(signal="repeat"))

    assert Say("repeat", "first", 0, "of_course") == talk.todo
    assert 1 == talk.state.probes_used


def test_the_button_does_nothing_while_a_line_is_said() -> None:
    talk = Talk(PLAN)
    talk.joins()
    talk.says()
    talk.begins()

    assert [] == talk.tell(SignalReceived(signal="repeat"))


@pytest.mark.parametrize("intent", ["nothing", "backchannel"])
def test_a_mere_sound_is_no_answer(intent: str) -> None:
    talk = asking()

    commands = talk.answered(talk.hears(), 1, intent)

    assert [] == commands
    assert talk.state.answering is None


def test_a_silent_candidate_is_asked_kindly_twice_and_then_the_talk_pauses() -> None:
    talk = asking()

    lines = []
    for times in (1, 2, 3):
        talk.tell(SilenceNoticed(times=times, silent_s=20 * times))
        lines.append(talk.says().line)

    assert ["still_there", "still_there", "paused"] == lines
    assert talk.state.paused
    assert "paused" in [event.kind for event in talk.events]


def test_a_pause_keeps_the_place_and_ends_with_the_question_again() -> None:
    talk = asking()
    talk.tell(SilenceNoticed(times=3, silent_s=60))
    talk.says()

    talk.hears()
    talk.tell(Resumed())

    assert Say("repeat", "first", lead="welcome_back") == talk.says()
    assert not talk.state.paused
    talk.to_the_end()
    assert KEYS == talk.asked()


def test_silence_in_the_closing_ends_the_interview() -> None:
    talk = asking()
    for _ in range(2):
        talk.answers()
        talk.says()
    talk.answers()
    talk.says()
    talk.answers()
    talk.ends(talk.begins(), cut_off=True)
    assert Phase.CLOSING is talk.state.phase

    talk.tell(SilenceNoticed(times=1, silent_s=20))

    assert talk.is_over()


def test_one_question_is_an_interview() -> None:
    small = plan(question("only", 0))

    assert ["only"] == whole_interview(small).asked()
