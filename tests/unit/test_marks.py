"""Where the words that were heard stand in a text, some of which was written."""

import pytest

from interview.events import Word
from interview.hostile import Detector
from interview.marks import marks_of
from interview.turns import Turn
from tests.fakes.turns import turn

pytestmark = pytest.mark.unit

NOBODY = Detector(version="0", phrases=(), expressions=(), look_alikes={})


def heard(*words: str, in_text: str) -> Turn:
    said = tuple(
        Word(text=word, start_ms=at * 100, end_ms=at * 100 + 90, confidence=0.2)
        for at, word in enumerate(words)
    )
    return turn(in_text, words=said)


def placed(said: Turn) -> list[tuple[int, str]] | None:
    """Each word and the text at its place; None where the turn is not told of."""
    (found, *more) = marks_of([said], NOBODY).placed or (None,)
    assert not more
    if found is None:
        return None
    assert said.turn_id == found.turn_id
    return [(each.word, said.spoken[each.start : each.end]) for each in found.words]


def test_words_behind_written_ones_are_found_where_they_stand() -> None:
    said = heard("we", "told", "her", in_text="We told them,\nwe told her.")

    assert [(0, "we"), (1, "told"), (2, "her.")] == placed(said)


def test_a_turn_whose_words_are_its_text_is_not_told_of() -> None:
    assert None is placed(heard("twenty", "of", "us", in_text="20 of us."))
    assert None is placed(turn("All of it written."))


def test_words_that_are_not_in_the_text_in_their_order_have_no_places() -> None:
    assert [] == placed(heard("us", "twenty", in_text="20 of us."))


def test_places_count_characters_of_nfc() -> None:
    (found,) = marks_of([heard("so", in_text="cafe\u0301 so")], NOBODY).placed

    assert [(0, 5, 7)] == [(each.word, each.start, each.end) for each in found.words]
