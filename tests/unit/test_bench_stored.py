"""What was said against what is stored."""

import pytest

from bench.latency.measures import Said
from bench.latency.stored import Inside, Record, insides, lost_words, torn_answers
from interview.events import Word
from interview.turns import Speaker, Turn
from tests.fakes.turns import turn

pytestmark = pytest.mark.unit


def said(text: str, kind: str = "finished") -> Said:
    return Said("answer", kind, text, tuple(text.split()), began_at=0.0, last_loud_at=1.0)


def stored(
    number: int, text: str, speaker: Speaker = "candidate", at_ms: int = 0, ended_ms: int = 900
) -> Turn:
    word = Word(text="x", start_ms=at_ms, end_ms=ended_ms, confidence=1.0)
    return turn(text, speaker, number, words=(word,), at_ms=at_ms, ended_ms=ended_ms)


def record(*turns: Turn, over_ms: dict[str, int] | None = None) -> Record:
    return Record(turns, over_ms or {})


def test_nothing_is_lost_when_every_word_lies_in_some_turn() -> None:
    kept = record(
        stored(1, "I was there."), stored(2, "A question?", "ai"), stored(3, "For a year")
    )

    assert 0 == lost_words([said("i was there for"), said("a year")], kept)


def test_a_word_that_is_not_stored_is_lost_and_one_of_the_ais_does_not_stand_in_for_it() -> None:
    kept = record(stored(1, "i was"), stored(2, "there", "ai"))

    assert 1 == lost_words([said("i was there")], kept)
    assert 3 == lost_words([said("i was there")], record())


def test_an_answer_in_two_turns_is_torn() -> None:
    kept = record(stored(1, "i was"), stored(2, "there. Mm-hm."))

    torn = torn_answers([said("i was there"), said("mm-hm"), said("there")], kept)

    assert ("i was there",) == torn


def test_inside_is_counted_from_the_last_words_end() -> None:
    answered = stored(1, "i was there", ended_ms=900)
    line = stored(2, "Thank you.", "ai", at_ms=1700)
    kept = record(answered, line, over_ms={str(answered.turn_id): 1600})

    assert (Inside("i was there", 0.7, 0.8),) == insides([said("i was there")], kept)
    assert () == insides([said("i was there", "clause_1.5")], kept)


def test_a_record_is_read_from_the_answers_of_the_api() -> None:
    answered = stored(1, "i was there")
    transcript: dict[str, object] = {
        "clock_zero": "2026-01-01T12:00:00Z",
        "turns": [answered.model_dump(mode="json")],
    }
    fact = {
        "kind": "answer_ended",
        "turn_id": str(answered.turn_id),
        "question": None,
        "signal": "patience",
        "words": 3,
    }

    kept = Record.of(transcript, [{"at": "2026-01-01T12:00:01.600000Z", "fact": fact}])

    assert {str(answered.turn_id): 1600} == kept.over_ms
    assert (("i", "was", "there"),) == kept.answers
    assert 3 == kept.word_count
