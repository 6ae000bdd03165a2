"""Which turns of a talk tell of a pause, and which facts."""

from uuid import UUID, uuid4

import pytest

from interview.events import (
    AnswerEnded,
    CandidateAsked,
    Fact,
    FinalMinuteBegan,
    LineKind,
    Paused,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    TimeRanOut,
)
from interview.ids import TurnId
from interview.rests import Outline, tells_of_rest, turns_of_rests, turns_withheld
from interview.wish_facts import WishRead

pytestmark = pytest.mark.unit

RESTS, OTHER = TurnId(UUID(int=1)), TurnId(UUID(int=2))


def ai(line: LineKind, question: str | None = None) -> Outline:
    return Outline(TurnId(uuid4()), "ai", question, line)


def said(question: str | None) -> Outline:
    return Outline(TurnId(uuid4()), "candidate", question, None)


FIRST = (ai("question", "first"), said("first"))


def telling(*turns: Outline) -> list[int]:
    found = turns_of_rests(turns)
    return [at for at, turn in enumerate(turns) if turn.turn_id in found]


def test_a_break_hides_its_lines_and_what_was_said_within_it() -> None:
    rest = ai("pausing"), said("second"), ai("when_ready"), said("second")

    assert [2, 3, 4, 5] == telling(*FIRST, *rest, ai("question", "second"), said("second"))


def test_what_is_said_in_a_pause_about_a_question_that_was_asked_may_answer_it() -> None:
    assert [2] == telling(*FIRST, ai("pausing"), said("first"), ai("repeat", "first"))


def test_questions_to_us_within_a_pause_are_not_hidden() -> None:
    assert [1] == telling(ai("candidate_questions"), ai("pausing"), said(None))


def test_a_pause_for_silence_is_none_that_was_given() -> None:
    assert [] == telling(*FIRST, ai("still_there"), ai("paused"), said("second"))


def test_words_before_a_question_without_a_pause_are_not_hidden() -> None:
    assert [] == telling(*FIRST, said("second"), ai("question", "second"), said("second"))


def test_the_line_of_the_final_minute_is_withheld_alone() -> None:
    minute = ai("final_minute")
    rest = ai("pausing"), said("second"), ai("question", "second")
    turns = *FIRST, *rest, minute, said("second")

    assert {rest[0].turn_id, rest[1].turn_id, minute.turn_id} == turns_withheld(turns)
    assert {rest[0].turn_id, rest[1].turn_id} == turns_of_rests(turns)


def ended(turn: TurnId) -> AnswerEnded:
    return AnswerEnded(turn_id=turn, question=None, signal="patience", words=1)


@pytest.mark.parametrize(
    "fact",
    [
        Paused(reason="asked"),
        Resumed(),
        SilenceNoticed(times=1, silent_s=16),
        SignalReceived(signal="pause"),
        SignalReceived(signal="resume"),
        FinalMinuteBegan(),
        TimeRanOut(scope="interview"),
        ended(RESTS),
        CandidateAsked(turn_id=RESTS, text="When?"),
        WishRead(turn_id=RESTS, question=None, wish="person", words="one", model="m"),
    ],
)
def test_it_tells_of_a_rest(fact: Fact) -> None:
    assert tells_of_rest(fact, frozenset({RESTS}))


@pytest.mark.parametrize(
    "fact",
    [
        SignalReceived(signal="repeat"),
        ended(OTHER),
        CandidateAsked(turn_id=OTHER, text="When?"),
        WishRead(turn_id=OTHER, question=None, wish="person", words="one", model="m"),
    ],
)
def test_it_tells_of_none(fact: Fact) -> None:
    assert not tells_of_rest(fact, frozenset({RESTS}))
