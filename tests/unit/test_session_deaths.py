"""An agent may die at any point: its heir goes on from the log alone."""

from collections.abc import Callable
from uuid import UUID

import pytest

from interview.events import (
    AgentJoined,
    CandidateArrived,
    CandidateLeft,
    LineEnded,
    Paused,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    SpeechHeard,
)
from interview.ids import TurnId
from interview.session import Say, Session, advance, fold, upcoming
from tests.fakes.talk import (
    CANDIDATE,
    SHORT,
    WHOLE,
    Talk,
    asking,
    check_what_was_asked,
    plan,
    whole_interview,
    without_lead,
)

pytestmark = pytest.mark.unit

PLAN = plan()
KEYS = ["first", "second", "third"]


# ---- the agent dies ----


def eventful() -> Talk:
    """One interview with nearly everything in it."""
    talk = asking()
    turn = talk.answers(SHORT)
    talk.ends(talk.begins(), cut_off=True, withdrawn=True)
    talk.resumes(turn)
    talk.answered(talk.hears(turn), SHORT)
    line = talk.begins()
    talk.answered(talk.hears(), 1, "backchannel")
    talk.ends(line)
    talk.answers(5, "repeat")
    talk.says()
    talk.tell(SignalReceived(signal="think"))
    for times in (1, 2, 3):
        talk.tell(SilenceNoticed(times=times, silent_s=20 * times))
        talk.says()
    talk.hears()
    talk.tell(Resumed())
    talk.says()
    turn = talk.hears()
    talk.tell(CandidateLeft(reason="signal_close"))
    talk.tell(CandidateArrived(identity=CANDIDATE))
    talk.says()
    talk.answered(talk.hears(turn))
    talk.hears(turn)
    line = talk.begins()
    talk.tell(CandidateLeft(reason="signal_close"))
    talk.ends(line, cut_off=True)
    talk.tell(Paused(reason="absent"))
    heir = Talk.resumed(PLAN, talk.events)
    heir.joins()
    heir.tell(Resumed())
    heir.says()
    heir.tell(SignalReceived(signal="repeat"))
    heir.says()
    heir.to_the_end(SHORT)
    return heir


TALKS: dict[str, Callable[[], Talk]] = {
    "whole answers": lambda: whole_interview(PLAN, WHOLE),
    "short answers": lambda: whole_interview(PLAN, SHORT),
    "eventful": eventful,
}


@pytest.mark.parametrize("name", TALKS)
def test_an_agent_may_die_anywhere_and_the_interview_goes_on(name: str) -> None:
    whole = TALKS[name]()
    ends = whole.events[-1]
    assert "interview_ended" == ends.kind

    for cut in range(len(whole.events)):
        for words in (WHOLE, SHORT):
            heir = Talk.resumed(PLAN, whole.events[:cut])
            heir.joins()
            if heir.state.paused:
                heir.tell(Resumed())
            if not heir.is_over():
                assert heir.todo is not None, f"nothing is said after a death at {cut}"
            heir.to_the_end(words)
            check_what_was_asked(heir)


def test_agents_may_die_again_and_again() -> None:
    talk = Talk(PLAN)
    for _ in range(60):
        talk = Talk.resumed(PLAN, talk.events)
        talk.joins()
        for step in range(3):
            if talk.is_over():
                break
            if step == 1 or talk.todo is None:
                talk.answers(SHORT)
            else:
                talk.says()

    talk.to_the_end()
    check_what_was_asked(talk)


def test_an_heir_says_that_the_connection_broke() -> None:
    heir = Talk.resumed(PLAN, asking().events)

    heir.joins()

    assert "reconnected" == (heir.todo or Say("closing")).lead


def test_a_question_that_the_dead_agent_had_begun_is_said_again_as_a_repeat() -> None:
    talk = asking()
    talk.answers()
    talk.begins()
    heir = Talk.resumed(PLAN, talk.events)

    heir.joins()

    assert Say("repeat", "second", lead="reconnected") == heir.says()
    assert ("first", "second") == heir.state.asked


def test_late_words_of_a_dead_agent_move_nothing() -> None:
    """Its spool may be found hours later and is appended to the log then."""
    heir = Talk.resumed(PLAN, asking().events)
    heir.joins()
    heir.says()
    before = heir.state

    speech = SpeechHeard(
        turn_id=TurnId(UUID(int=7777)),
        question="first",
        identity=CANDIDATE,
        role="candidate",
        text="late",
        words=(),
        started_ms=0,
        ended_ms=1,
    )
    heir.tell(speech, epoch=1)
    heir.tell(
        LineEnded(turn_id=TurnId(UUID(int=7778)), spoken="", ended_ms=1, cut_off=True), epoch=1
    )

    assert before == heir.state


# ---- the fold, and what is prepared ----


@pytest.mark.parametrize("name", TALKS)
def test_folding_a_prefix_and_advancing_is_folding_all(name: str) -> None:
    talk = TALKS[name]()
    state = Session()

    for count, event in enumerate(talk.events, start=1):
        state, _ = advance(PLAN, state, event)
        assert fold(PLAN, talk.events[:count]) == state


@pytest.mark.parametrize("words", [SHORT, WHOLE])
def test_what_is_prepared_contains_what_is_said_next(words: int) -> None:
    talk = Talk(PLAN)
    talk.tell(AgentJoined(identity="ai-1", versions={}))
    prepared = upcoming(PLAN, talk.state)
    talk.tell(CandidateArrived(identity=CANDIDATE))

    while not talk.is_over():
        due = talk.todo
        assert due in prepared
        line = talk.begins()
        prepared = upcoming(PLAN, talk.state)
        talk.ends(line)
        if not talk.commands:
            prepared = upcoming(PLAN, talk.state)
            talk.answers(words)


def test_a_kind_question_is_always_prepared() -> None:
    assert Say("still_there") in upcoming(PLAN, asking().state)


def test_what_comes_after_a_break_is_prepared_too() -> None:
    assert without_lead(upcoming(PLAN, asking().state)[0]) == Say("question", "second")
