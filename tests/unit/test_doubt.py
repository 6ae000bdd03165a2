"""Words that were hardly understood are marked, and nobody is judged by them."""

import time
from decimal import Decimal
from uuid import UUID

import pytest

from interview.doubt import (
    MOST_DOUBTFUL,
    SURE_FROM,
    doubtful,
    is_doubtful,
    placed,
    rests_on_doubt,
    share,
)
from interview.events import Word
from interview.ids import TurnId
from interview.scoring import Quote
from interview.turns import Span, Turn
from tests.fakes.turns import turn

pytestmark = pytest.mark.unit

UNSURE = SURE_FROM - 0.01


def unsure(spoken: str, *confidence: float) -> Turn:
    """With as many words as confidences."""
    words = tuple(
        Word(text=f"w{at}", start_ms=at, end_ms=at + 1, confidence=sure)
        for at, sure in enumerate(confidence)
    )
    return turn(spoken, words=words)


def pieces(*told: str, is_old: bool = False) -> Turn:
    """What was said, all of it doubtful; what begins with a pen was typed. An old turn does not say
    which of its words were."""
    said = [word for each in told if not each.startswith("✎") for word in each.split()]
    words = tuple(
        Word(text=word.strip(".,").casefold(), start_ms=at, end_ms=at + 1, confidence=UNSURE)
        for at, word in enumerate(said)
    )
    text, written = "", list[Span]()
    for each in told:
        text = f"{text} {each.removeprefix('✎')}".strip()
        if each.startswith("✎"):
            written.append(Span(start=len(text) - len(each) + 1, end=len(text)))
    is_typed = {"typed": bool(written), "written": () if is_old else tuple(written)}
    return turn(text, words=words).model_copy(update=is_typed)


def quoted(text: str, of: Turn) -> Quote:
    return quote(text, of.spoken.index(text))


def quote(text: str, start: int) -> Quote:
    return Quote(turn_id=TurnId(UUID(int=1)), text=text, start=start)


def rests(of: Turn, *quotes: Quote) -> bool:
    return rests_on_doubt(quotes, {of.turn_id: of})


def test_a_word_is_doubtful_below_the_threshold() -> None:
    assert (1, 2) == doubtful(unsure("a b c d", SURE_FROM, UNSURE, 0.0, 1.0))


def test_the_share_counts_the_words_of_all_answers() -> None:
    said = [unsure("a b", UNSURE, 0.9), unsure("a b c", 0.9, 0.9, 0.9)]

    assert Decimal("0.2") == share(said)
    assert not is_doubtful(said)


def test_more_than_three_words_in_ten_are_too_many() -> None:
    ten = "a b c d e f g h i j"

    assert not is_doubtful([unsure(ten, *[UNSURE] * 3, *[0.9] * 7)])
    assert is_doubtful([unsure(ten, *[UNSURE] * 4, *[0.9] * 6)])
    assert Decimal("0.3") == MOST_DOUBTFUL


@pytest.mark.parametrize("said", [(), (unsure(""),), (unsure("typed or corrected words"),)])
def test_what_was_typed_corrected_or_never_said_is_sure(said: tuple[Turn, ...]) -> None:
    assert Decimal(0) == share(said)


def test_a_quote_is_weighed_by_its_own_words() -> None:
    said = unsure("I took a breath then", 0.9, UNSURE, 0.9, UNSURE, 0.9)

    assert rests(said, quote("took a breath", 2))
    assert not rests(said, quote("then", 16))
    assert not rests(said, quote("then", 16), quote("I", 0), quote("a", 7), quote("breath", 9))
    assert not rests(said)


def test_a_quote_from_inside_a_written_word_counts_that_word() -> None:
    said = unsure("well-done it is", UNSURE, 0.9, 0.9)

    assert rests(said, quote("done it", 5))


def test_where_words_and_text_do_not_match_the_whole_turn_counts() -> None:
    said = unsure("it cost 20 dollars", 0.9, 0.9, UNSURE, UNSURE, 0.9)

    assert rests(said, quote("it", 0))
    assert rests(unsure("it cost us 20 dollars", *[UNSURE] * 4), quote("it", 0))
    assert not rests(unsure("it cost us only 20 dollars", UNSURE, 0.9, 0.9, 0.9), quote("it", 0))


def test_words_typed_into_an_answer_that_was_hardly_understood_are_sure() -> None:
    said = pieces("Um, mike broken.", "✎We wrote it down at once and told them what was broken.")

    assert Decimal(3) / 15 == share([said])
    assert not is_doubtful([said])
    assert not rests(said, quoted("We wrote it down at once", said))
    assert not rests(said, quoted("what was broken", said))
    assert rests(said, quoted("mike broken", said))


@pytest.mark.parametrize(
    ("told", "sure", "doubtful_words"),
    [
        (("✎We told them", "we told her"), "We told them", "we told her"),
        (("I did", "✎we called her and then", "I called"), "called her", "I called"),
        (("I did", "✎I wrote it down", "the end it"), "wrote it down", "the end it"),
        (("I did – so", "✎and left"), "and left", "I did – so"),
        (("um um um", "✎so um it was"), "um it was", "um um um"),
    ],
)
@pytest.mark.parametrize("is_old", [False, True])
def test_a_quote_is_weighed_by_what_was_said_before_or_behind_what_was_typed(
    told: tuple[str, ...], sure: str, doubtful_words: str, is_old: bool
) -> None:
    said = pieces(*told, is_old=is_old)
    behind = said.spoken.rindex(doubtful_words)

    assert not rests(said, quoted(sure, said))
    assert rests(said, quote(doubtful_words, behind))


@pytest.mark.parametrize("told", [("✎I moved it", "I moved it"), ("I moved it", "✎I moved it")])
def test_who_says_and_writes_the_same_is_weighed_by_what_was_said(told: tuple[str, ...]) -> None:
    first, second = (quote("I moved it", at) for at in (0, len("I moved it ")))
    said, typed = (second, first) if told[0].startswith("✎") else (first, second)

    assert rests(pieces(*told), said)
    assert not rests(pieces(*told), typed)


def test_what_was_written_is_no_word_that_a_recogniser_wrote_in_another_way() -> None:
    said = pieces("twenty five of us agreed").model_copy(
        update={
            "spoken": "Yes: 25 of us agreed",
            "typed": True,
            "written": (Span(start=0, end=4),),
        }
    )

    assert None is placed(said)
    assert None is placed(said.model_copy(update={"written": ()}))  # as an old one has it
    said = said.model_copy(update={"spoken": "Yes: twenty 5 of us agreed"})
    assert (None, 0, 1, 2, 3, 4) == placed(said)


def test_what_stands_alone_and_is_no_word_is_none_of_the_words() -> None:
    said = pieces("Quoi ? On a vidé la file : oui.")
    words = tuple(word for word in said.words if word.text not in {"?", ":"})

    assert (0, None, 1, 2, 3, 4, 5, None, 6) == placed(said.model_copy(update={"words": words}))
    assert tuple(range(9)) == placed(said)


def test_nobody_waits_for_who_says_and_types_one_word() -> None:
    began = time.process_time()
    said = pieces("um " * 9000, "✎" + "um " * 4000, is_old=True)

    assert rests(said, quote("um um", 0))
    assert not rests(said, quote("um um", len(said.spoken) - len("um um ")))
    assert time.process_time() - began < 2
