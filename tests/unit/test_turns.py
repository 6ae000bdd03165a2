"""Turns as they follow from the log, one event after the other."""

import unicodedata
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from interview.by_people import By, TurnCorrected
from interview.errors import OutOfOrder
from interview.events import (
    FACTS,
    AnswerEnded,
    AnswerResumed,
    Event,
    Fact,
    LineEnded,
    LineStarted,
    Paused,
    SpeechHeard,
    Word,
)
from interview.ids import EventId, TurnId
from interview.turns import Turn, touched, turn_after
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit

NAME = TurnId(UUID(int=7))
LINE = LineStarted(
    turn_id=NAME,
    line="question",
    question="outage",
    probe=None,
    text="Tell me about an outage.",
    identity="ai-1",
    started_ms=1000,
)
ENDED = LineEnded(turn_id=NAME, spoken="Tell me about", ended_ms=1800, cut_off=True)

CORRECTED = TurnCorrected(
    turn_id=NAME, text="One, two.", reason="Misheard.", by=By(kind="key", id="k1", name="Ada")
)


def wrote(text: str, at_ms: int) -> Fact:
    said = heard(text, at_ms)
    assert isinstance(said, SpeechHeard)
    return replace(said, words=(), ended_ms=at_ms, typed=True)


def heard(text: str, start_ms: int, *, confidence: float = 0.5, role: str = "candidate") -> Fact:
    word = Word(text=text, start_ms=start_ms, end_ms=start_ms + 200, confidence=confidence)
    return FACTS.validate_python(
        {
            "kind": "speech_heard",
            "turn_id": NAME,
            "question": "outage",
            "identity": "cand-1",
            "role": role,
            "text": text,
            "words": (word,),
            "started_ms": start_ms,
            "ended_ms": start_ms + 200,
        }
    )


def after(*facts: Fact) -> Turn:
    """The turn after `facts`, numbered from 1."""
    turn: Turn | None = None
    for seq, fact in enumerate(facts, start=1):
        event = Event(seq=seq, event_id=EventId(uuid4()), epoch=1, at=NOON, fact=fact)
        turn = turn_after(turn, event)
    assert turn is not None
    return turn


def test_a_line_is_generated_before_it_is_spoken() -> None:
    turn = after(LINE)

    assert ("ai", 1, "", LINE.text) == (turn.speaker, turn.seq, turn.spoken, turn.generated)
    assert (None, False) == (turn.ended_ms, turn.complete)


def test_a_line_that_was_cut_off_holds_what_was_heard_of_it() -> None:
    turn = after(LINE, ENDED)

    assert ("Tell me about", LINE.text) == (turn.spoken, turn.generated)
    assert (1800, True, True, False) == (
        turn.ended_ms,
        turn.complete,
        turn.cut_off,
        turn.withdrawn,
    )


def test_a_line_that_was_withdrawn_says_so() -> None:
    assert after(LINE, replace(ENDED, withdrawn=True)).withdrawn


def test_a_line_that_starts_twice_stays_as_it_was() -> None:
    assert after(LINE, ENDED) == after(LINE, ENDED, LINE)


def test_pieces_of_an_answer_are_one_turn() -> None:
    turn = after(heard("We", 3000, confidence=0.4), heard("drained", 3600, confidence=0.9))

    assert ("We drained", 3000, 3800, 0.65) == (
        turn.spoken,
        turn.started_ms,
        turn.ended_ms,
        turn.confidence,
    )
    assert ["We", "drained"] == [word.text for word in turn.words]
    assert ("candidate", 1, "outage", False) == (
        turn.speaker,
        turn.seq,
        turn.question,
        turn.complete,
    )


@pytest.mark.parametrize(
    ("facts", "written"),
    [
        ((heard("one", 1000),), []),
        ((wrote("I did.", 1000),), ["I did."]),
        ((heard("I", 1000), wrote("I did.", 2000), heard("did", 3000)), ["I did."]),
        ((wrote("I did.", 1000), wrote("You did.", 2000)), ["I did.", "You did."]),
        ((heard("", 500), wrote(" late ", 1000)), ["late"]),
        (
            (wrote("cafe\u0301", 1000), heard("so", 2000), wrote("e\u0301te\u0301", 3000)),
            ["café", "été"],
        ),
    ],
)
def test_a_turn_knows_which_of_its_words_came_in_writing(
    facts: tuple[Fact, ...], written: list[str]
) -> None:
    turn = after(*facts)

    text = unicodedata.normalize("NFC", turn.spoken)
    assert written == [text[span.start : span.end] for span in turn.written]


def test_what_a_recogniser_knows_words_of_was_not_written() -> None:
    said = heard("one", 1000)
    assert isinstance(said, SpeechHeard)

    assert () == after(replace(said, typed=True)).written


def test_who_corrects_an_answer_in_writing_makes_none_of_it_heard() -> None:
    mixed = after(heard("one", 1000), wrote("two", 2000), CORRECTED).corrected
    silent = after(wrote("two", 2000), CORRECTED).corrected

    assert () == mixed.written
    assert [(0, len(CORRECTED.text))] == [(span.start, span.end) for span in silent.written]


def test_an_answer_of_which_no_word_has_a_time_is_not_all_in_writing() -> None:
    spoke = heard("I did", 1000)
    assert isinstance(spoke, SpeechHeard)
    timeless = replace(spoke, words=())

    assert not after(timeless, wrote("yes", 2000)).is_all_written
    assert not after(timeless).is_all_written
    assert not after(wrote("yes", 500), spoke).is_all_written
    assert after(wrote("yes", 2000), wrote("it is", 3000)).is_all_written


def test_who_corrects_what_was_corrected_changes_nothing() -> None:
    for facts in ((heard("one", 1000), wrote("two", 2000)), (wrote("two", 2000),)):
        corrected = after(*facts, CORRECTED).corrected

        assert corrected == corrected.corrected


def test_an_answer_that_goes_on_is_not_complete_any_more() -> None:
    ended = AnswerEnded(turn_id=NAME, question="outage", signal="patience", words=1)
    resumed = AnswerResumed(turn_id=NAME)

    assert after(heard("We", 0), ended).complete
    assert not after(heard("We", 0), ended, resumed).complete
    assert after(heard("We", 0), ended, heard("drained", 600)).complete


def test_an_answer_that_the_time_budget_ended_is_cut_off() -> None:
    ended = AnswerEnded(turn_id=NAME, question="outage", signal="time", words=1)
    by_itself = replace(ended, signal="patience")

    assert after(heard("We", 0), ended, heard("drained", 600)).cut_off
    assert not after(heard("We", 0), by_itself).cut_off
    assert not after(heard("We", 0), ended, AnswerResumed(turn_id=NAME)).cut_off


def test_speech_without_words_has_no_confidence() -> None:
    fact = heard("hm", 0)
    assert isinstance(fact, SpeechHeard)

    assert after(replace(fact, words=())).confidence is None


@pytest.mark.parametrize(
    "fact",
    [
        ENDED,
        AnswerEnded(turn_id=NAME, question=None, signal="done", words=0),
        AnswerResumed(turn_id=NAME),
    ],
)
def test_a_turn_that_was_never_opened_neither_ends_nor_goes_on(fact: Fact) -> None:
    with pytest.raises(OutOfOrder):
        after(fact)


@pytest.mark.parametrize(
    "facts",
    [
        (LINE, heard("mine", 0)),
        (heard("mine", 0), LINE),
        (heard("mine", 0), ENDED),
        (heard("mine", 0), heard("theirs", 600, role="interviewer")),
    ],
    ids=["candidate in a line", "line in an answer", "end of a line in an answer", "two people"],
)
def test_nobodys_words_become_somebody_elses(facts: tuple[Fact, ...]) -> None:
    with pytest.raises(OutOfOrder):
        after(*facts)


def test_a_fact_of_no_turn_touches_none() -> None:
    paused = Paused(reason="fault")

    assert touched(paused) is None
    assert NAME == touched(LINE)
    with pytest.raises(OutOfOrder):
        after(LINE, paused)
