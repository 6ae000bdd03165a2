"""An answer that a dead line has ended goes on; one that its candidate has ended does not."""

from datetime import datetime, timedelta

import pytest

from interview.cut_short import cut_short
from interview.errors import OutOfOrder
from interview.events import (
    AnswerResumed,
    AnswerSignal,
    CandidateArrived,
    CandidateLeft,
    SignalReceived,
)
from interview.ids import TurnId
from interview.session import Say, fold
from tests.fakes.talk import CANDIDATE, SHORT, WHOLE, Talk, asking, plan

pytestmark = pytest.mark.unit

DEAD_S = 2.0
"""The line was dead for so long when the answer seemed over."""


def answered(
    talk: Talk, words: int = WHOLE, intent: str = "answer", signal: AnswerSignal = "patience"
) -> tuple[TurnId, datetime]:
    """An answer that is over, and the instant at which its candidate was heard of last."""
    turn = talk.hears()
    talk.answered(turn, words, intent, signal)
    return turn, talk.at - timedelta(seconds=DEAD_S)


def comes_back(talk: Talk, turn: TurnId) -> Say | None:
    """The line died in the answer, as is known now; what is said on return."""
    talk.tell(CandidateLeft(reason="unreachable"))
    talk.tell(AnswerResumed(turn_id=turn))
    talk.tell(CandidateArrived(identity=CANDIDATE), after_s=30)
    return talk.todo


def test_an_answer_that_was_over_after_its_line_was_dead_is_cut_short() -> None:
    talk = asking()
    turn, left = answered(talk)

    assert turn == cut_short(talk.state, left)


def test_an_answer_whose_candidate_was_heard_of_after_its_end_is_whole() -> None:
    talk = asking()
    answered(talk)

    assert cut_short(talk.state, talk.at) is None


@pytest.mark.parametrize("signal", ["done", "time"])
def test_an_answer_that_its_candidate_or_its_time_has_ended_is_whole(signal: AnswerSignal) -> None:
    talk = asking()
    _, left = answered(talk, signal=signal)

    assert cut_short(talk.state, left) is None


@pytest.mark.parametrize("intent", ["person", "pause", "repeat", "nothing"])
def test_a_wish_is_not_taken_back(intent: str) -> None:
    talk = asking()
    _, left = answered(talk, intent=intent)

    assert cut_short(talk.state, left) is None


def test_whoever_was_heard_of_since_has_ended_the_answer() -> None:
    talk = asking()
    _, left = answered(talk)
    talk.says()
    talk.tell(SignalReceived(signal="repeat"))

    assert cut_short(talk.state, left) is None


def test_late_words_of_the_answer_are_no_sign_of_life() -> None:
    talk = asking()
    turn, left = answered(talk)
    talk.hears(turn)

    assert turn == cut_short(talk.state, left)


@pytest.mark.parametrize("is_over", [False, True], ids=["begun", "over"])
def test_who_comes_back_is_asked_to_go_on_and_then_the_same_question_once(is_over: bool) -> None:
    talk = asking()
    turn, _ = answered(talk)
    line = talk.begins()
    if is_over:
        talk.ends(line)

    assert Say("go_on", "first", lead="welcome_back") == comes_back(talk, turn)
    if not is_over:
        talk.ends(line, cut_off=True, withdrawn=True)
    talk.says()
    talk.answered(talk.hears(turn))
    assert ("repeat" if is_over else "question", "second") == (
        talk.todo and talk.todo.line,
        talk.todo and talk.todo.question,
    )
    talk.to_the_end()
    assert ["first", "second", "third"] == talk.asked()
    assert talk.state == fold(talk.plan, talk.events)


def test_a_probe_that_was_said_into_a_dead_line_costs_nothing() -> None:
    talk = asking()
    turn, _ = answered(talk, SHORT)
    assert Say("probe", "first", 0) == talk.says()

    comes_back(talk, turn)

    assert (0, "first") == (talk.state.probes_used, plan().questions[talk.state.index].key)


def test_who_is_here_does_not_take_back_what_silence_has_ended_long_ago() -> None:
    talk = asking()
    turn, _ = answered(talk)
    talk.says()

    with pytest.raises(OutOfOrder):
        talk.tell(AnswerResumed(turn_id=turn))
