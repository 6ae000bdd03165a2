"""Nobody is rated lower because a word of theirs was misheard."""

from uuid import uuid4

import pytest

from interview.doubt import SURE_FROM
from interview.events import Word
from interview.ids import ScorecardId
from interview.indicators import VERSION
from interview.lexicon import hear, stems_of
from interview.mishearing import ANY_FROM, may_be_hidden, unsure_in
from interview.rater import Material, Sitting, settled
from interview.scoring import Rating
from interview.turns import Turn
from lab.replay import Forgetful
from tests.unit.test_indicators import CARE, RATER, said

pytestmark = pytest.mark.unit

EN = RATER.lexicons["en"]
REST = " we looked for the list and then we went on with the rest of that long day in the shop"
"""So long that one doubtful word is not many."""


def recognised(text: str) -> Turn:
    """Words behind a star are doubtful."""
    words = text.split()
    confidences = [SURE_FROM - 0.1 if word.startswith("*") else 0.9 for word in words]
    plain = [word.lstrip("*") for word in words]
    told = tuple(
        Word(text=word, start_ms=at, end_ms=at + 1, confidence=sure)
        for at, (word, sure) in enumerate(zip(plain, confidences, strict=True))
    )
    return said(" ".join(plain)).model_copy(update={"words": told})


def hides(phrase: str, text: str) -> bool:
    turn = recognised(text)
    heard = hear(turn.spoken, EN)
    return may_be_hidden(stems_of(phrase, EN), heard, unsure_in(turn, heard), EN)


@pytest.mark.parametrize(
    "text",
    [
        "we wrote it *drown",
        "we *rode it down",
        "*not wrote it down",
        "we did *not wrote it down",
        "we wrote it again *drown",
    ],
)
def test_a_phrase_may_be_hidden_by_a_doubtful_word_that_sounds_like_its_own(text: str) -> None:
    assert hides("wrote it down", text + REST)


@pytest.mark.parametrize(
    "text",
    [
        "we wrote it *elsewhere",
        "*yes we wrote it drown",
        "we wrote it and then on the next day of the week *drown",
        "*so we wrote everything",
    ],
)
def test_a_phrase_of_which_most_was_heard_may_be_hidden_where_there_is_any_doubt(text: str) -> None:
    assert hides("wrote it down", text + REST)
    assert not hides("wrote it down", text.replace("*", "") + REST)


@pytest.mark.parametrize(
    "text",
    [
        "we wrote it drown",
        "*yes we rotted it down",
        "we *jumped it down",
        "we *rode it *drown",
        "we did not wrote it down *drown",
        "*so down we had it",
    ],
)
def test_it_is_not_hidden_by_another(text: str) -> None:
    assert not hides("wrote it down", text + REST)


def test_a_phrase_of_one_word_is_not_looked_for_in_doubtful_ones() -> None:
    assert not hides("called", "I *cold" + REST)
    assert hides("called", "I *not called" + REST)


def test_where_much_is_doubtful_any_word_may_be_wrong() -> None:
    text = "we said it and *so *on *he"

    assert not hides("wrote it down", "we said it" + REST)
    assert hides("wrote it down", text)
    assert hides("called", text)
    assert 3 / len(text.split()) > ANY_FROM


def test_typed_and_corrected_words_are_sure() -> None:
    turn = said("we wrote it drown")

    assert frozenset() == unsure_in(turn, hear(turn.spoken, EN))


def with_typed(spoken: str, typed: str) -> Turn:
    turn = recognised(spoken)
    return turn.model_copy(update={"spoken": f"{turn.spoken} {typed}", "typed": True})


def test_words_typed_into_an_answer_are_sure_and_those_before_them_are_not() -> None:
    turn = with_typed("yes well then we *rode it down", "and told them all of it" + REST)
    heard = hear(turn.spoken, EN)

    assert {4} == unsure_in(turn, heard)
    assert may_be_hidden(stems_of("wrote it down", EN), heard, unsure_in(turn, heard), EN)
    assert not may_be_hidden(stems_of("called", EN), heard, unsure_in(turn, heard), EN)


@pytest.mark.parametrize(
    ("typed", "wrong"), [("we looked", 5), ("we looked for it", 3), ("so" + REST, 3)]
)
def test_what_was_hardly_understood_leaves_no_doubt_of_an_answer_that_was_mostly_typed(
    typed: str, wrong: int
) -> None:
    turn = with_typed("*um *mike *broken", typed)

    assert set(range(wrong)) == unsure_in(turn, hear(turn.spoken, EN))


async def judged(*texts: str) -> Rating:
    turns = tuple(recognised(text) for text in texts)
    material = Material(CARE, "en", turns, ())
    nothing = settled(material, RATER)
    assert nothing is None
    found = await RATER.judge([material], Sitting(ScorecardId(uuid4()), Forgetful()))
    return found.ratings[CARE.key]


async def test_no_lower_level_is_given_while_a_higher_one_may_have_been_said() -> None:
    """Level 3 wants both; level 2 was heard."""
    clean = await judged("we wrote it down and told the customer we looked" + REST)
    sure = await judged("we wrote it down and told the crumbling we looked" + REST)
    doubtful = await judged("we wrote it down and told the *costumer we looked" + REST)

    assert (3, 2) == (clean.level, sure.level)
    assert (None, "transcript") == (doubtful.level, doubtful.not_assessed)


async def test_a_level_that_surely_lacks_something_is_not_in_doubt() -> None:
    found = await judged("we wrote it *drown and told our boss we looked" + REST)

    assert 2 == found.level


async def test_a_level_of_which_nothing_was_heard_hides_behind_no_other() -> None:
    """Level 5 wants one phrase alone; of level 3 there is nothing."""
    nothing = await judged("we looked and that *was *all *of *it we had that long day in shop")

    assert 4 / 15 > ANY_FROM
    assert 2 == nothing.level


async def test_the_highest_level_is_not_in_doubt_for_what_is_below() -> None:
    found = await judged("I asked the customer how it felt and we wrote it *drown" + REST)

    assert 5 == found.level


def test_the_version_tells_of_the_rule() -> None:
    assert "9" == VERSION
