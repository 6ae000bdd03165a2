"""What is sealed of a batch says what its facts and its turns say."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from interview.by_people import By
from interview.events import FACTS, Event, SpeechHeard, Word
from interview.ids import EventId, TurnId
from interview.store.sealed import SPOKEN, Speech
from interview.store.spelling import Spelling
from interview.turns import Correction, Filing, Turn, turn_after
from tests.fakes.clock import NOON

pytestmark = pytest.mark.unit
TURN = TurnId(UUID(int=1))
WORDS = st.builds(
    Word,
    text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1),
    start_ms=st.integers(0, 2**31),
    end_ms=st.integers(0, 2**31),
    confidence=st.floats(0, 1),
)
PIECES = st.lists(st.lists(WORDS, max_size=4).map(tuple), min_size=1, max_size=4)


def heard(words: tuple[Word, ...]) -> SpeechHeard:
    return SpeechHeard(
        turn_id=TURN,
        question="outage",
        identity="cand-1",
        role="candidate",
        text=" ".join(word.text for word in words),
        words=words,
        started_ms=10,
        ended_ms=20,
    )


def turn_of(facts: list[SpeechHeard]) -> Turn:
    turn: Turn | None = None
    for seq, fact in enumerate(facts, start=1):
        event = Event(seq=seq, event_id=EventId(UUID(int=seq)), epoch=1, at=NOON, fact=fact)
        turn = turn_after(turn, event)
    assert turn is not None
    return turn


@given(PIECES, st.integers(0, 4))
def test_facts_and_their_turn_are_read_back_as_they_were(
    pieces: list[tuple[Word, ...]], earlier: int
) -> None:
    facts = [heard(words) for words in pieces]
    spelling = Spelling()

    read = [FACTS.validate_json(spelling.fact(fact)) for fact in facts[earlier:]]
    turn = turn_of(facts)

    assert facts[earlier:] == read
    expected = Speech.model_validate({name: getattr(turn, name) for name in SPOKEN})
    assert to_json(expected) == spelling.speech(turn)


def test_words_of_another_piece_that_begin_alike_are_not_taken_for_these() -> None:
    first, other = (Word(text=text, start_ms=1, end_ms=2, confidence=1.0) for text in "ab")
    spelling = Spelling()
    spelling.fact(heard((first, other)))

    turn = turn_of([heard((first,))])

    assert turn.words == Speech.model_validate_json(spelling.speech(turn)).words


def test_what_people_say_of_a_turn_is_spelled_with_it() -> None:
    by = By(kind="member", id="m1")
    filing = Filing(seq=3, question=None, asked_by=None, reason="So.", by=by, at=NOON)
    correction = Correction(seq=2, text="No.", reason="Misheard.", by=by, at=NOON)
    said = heard((Word(text="so", start_ms=1, end_ms=2, confidence=1.0),))
    spelling = Spelling()
    spelling.fact(said)

    turn = turn_of([said]).model_copy(update={"filing": filing, "correction": correction})

    read = Speech.model_validate_json(spelling.speech(turn))
    assert (filing, correction) == (read.filing, read.correction)
