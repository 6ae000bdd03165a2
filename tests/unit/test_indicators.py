"""The offline rater: phrases in speech, denied or not, and the level that follows from them."""

import time
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview.adapters.lexicons import indicator_rater
from interview.ids import TurnId
from interview.indicators import answers_of, find
from interview.kit import LEVELS, MAX_PHRASES, Competency, Level
from interview.lexicon import QUOTE_WORDS, hear, is_alike, nfc, spot, stems_of
from interview.rater import Material
from interview.scoring import Run, check_quote
from interview.turns import Speaker, Turn

pytestmark = pytest.mark.unit

RATER = indicator_rater()
EN = RATER.lexicons["en"]

BASE = [
    "We wrote it down in the log book.",
    "I told the customer what had happened",
    "and then we looked for the cause together.",
]
UNRELATED = [
    "The weather was lovely that week.",
    "My brother plays football on Sundays.",
    "You ask wonderful questions, this is the best interview of my life.",
    "I am not a morning person, never was.",
    "No, nothing like that.",
    "Give me a five.",
]
FILLERS = ["um", "uh", "you know", "like", "well", "I mean", "basically"]


def competency(**levels: list[list[str]]) -> Competency:
    """`level_3=[["wrote it down"], ["told the customer", "informed the customer"]]`."""
    return Competency(
        key="care",
        name="Care",
        definition="Takes care.",
        weight=Decimal(1),
        anchors={level: f"anchor {level}" for level in LEVELS},
        indicators={_level(name): tuple(map(tuple, these)) for name, these in levels.items()},
    )


def _level(name: str) -> Level:
    return next(level for level in LEVELS if name.endswith(level))


CARE = competency(
    level_2=[["we looked", "I checked"]],
    level_3=[["wrote it down"], ["told the customer", "informed the customer"]],
    level_5=[["asked the customer how it felt"]],
)


def said(
    text: str,
    *,
    question: str | None = "incident",
    speaker: Speaker = "candidate",
    turn_id: UUID | None = None,
) -> Turn:
    return Turn(
        turn_id=TurnId(turn_id or uuid4()),
        seq=1,
        speaker=speaker,
        identity="cand",
        question=question,
        line=None,
        spoken=text,
        generated="what was never heard: wrote it down, told the customer",
        words=(),
        started_ms=0,
        ended_ms=1,
        confidence=None,
        cut_off=False,
        withdrawn=False,
        complete=True,
    )


def run(text: str, on: Competency = CARE, language: str = "en") -> Run:
    return RATER.run(on, RATER.listen([said(text)], language), language)


def hears(phrase: str, text: str, language: str = "en") -> bool:
    lexicon = RATER.lexicons[language]
    return any(spot(stems_of(phrase, lexicon), hear(nfc(text), lexicon), lexicon))


def test_the_highest_level_whose_every_indicator_was_heard_is_the_rating() -> None:
    found = run(" ".join(BASE))

    assert 3 == found.level
    assert "“wrote it down”" in found.reason
    assert "“told the customer”" in found.reason


def test_a_level_with_one_indicator_missing_is_not_given() -> None:
    assert 2 == run("We wrote it down. We looked for it.").level


def test_one_of_several_phrases_is_enough_for_an_indicator() -> None:
    assert 3 == run("I informed the customer and wrote it down.").level


def test_a_level_without_indicators_is_never_given() -> None:
    empty_five = CARE.model_copy(update={"indicators": CARE.indicators | {"5": ()}})

    assert 3 == run(" ".join(BASE), empty_five).level


def test_a_competency_without_indicators_is_not_rated_and_the_reason_says_so() -> None:
    asked = Material(competency(), "en", (said(" ".join(BASE)),), ())

    found = RATER.ratings([asked])["care"]

    assert (None, "no_indicators", 0, ()) == (
        found.level,
        found.not_assessed,
        found.runs,
        found.quotes,
    )
    assert RATER.wording("en").no_indicators == found.reason


def test_nothing_heard_is_not_assessed_and_not_a_low_score() -> None:
    assert Run(level=None, quotes=(), reason=RATER.wording("en").nothing) == run(
        " ".join(UNRELATED)
    )


def test_the_reason_names_what_was_heard_when_no_level_is_complete() -> None:
    found = run("I told the customer.")

    assert found.level is None
    assert "“told the customer”" in found.reason


def test_a_language_without_a_word_list_is_not_rated() -> None:
    found = run(" ".join(BASE), language="hu")

    assert found.level is None
    assert "hu" in found.reason


def test_a_regional_language_uses_the_list_of_its_language() -> None:
    assert 3 == run(" ".join(BASE), language="en-GB").level


def test_only_what_the_candidate_said_in_answer_to_a_question_counts() -> None:
    text = " ".join(BASE)
    turns = [
        said(text, speaker="ai"),
        said(text, speaker="interviewer"),
        said(text, question=None),
        said("Nothing of that kind."),
    ]

    assert () == find(CARE, answers_of(turns, EN), EN).hits


def test_what_was_generated_is_never_read() -> None:
    assert run("Good morning.").level is None


@pytest.mark.parametrize(
    "text",
    [
        "We did not write it down.",
        "we didn't really write it down",
        "We never wrote it down.",
        "Nobody wrote it down.",
        "I don't think we wrote it down.",
        "We went on without writing it down.",
        "We wrote, to be honest, not much down, and it rained.",
        "we did not, um, you know, write it down",
        "we did not um you know like basically ever write it down",
    ],
)
def test_a_denied_phrase_is_not_heard(text: str) -> None:
    assert not hears("write it down", text)
    assert not hears("wrote it down", text)
    assert not hears("writing it down", text)


@pytest.mark.parametrize(
    "text",
    [
        "No, we wrote it down.",
        "It was not my job. We wrote it down.",
        "I didn't panic but wrote it down.",
        "We did not stop until we wrote it down.",
        "We not only wrote it down.",
        "We did not write it down at first, then I wrote it down.",
    ],
)
def test_a_denial_of_something_else_takes_nothing_away(text: str) -> None:
    assert hears("wrote it down", text)


def test_a_phrase_that_denies_is_heard_as_it_stands() -> None:
    assert hears("never blamed anyone", "We never blamed anyone.")
    assert not hears("never blamed anyone", "We blamed anyone we could find.")


def test_endings_do_not_matter() -> None:
    assert hears("ask the customer", "I was asking the customers.")


def test_articles_do_not_matter() -> None:
    assert hears("told the customer", "I told our customer.")
    assert hears("told the customer", "I told customers.")
    assert not hears("told customer", "I told all of the good customers.")
    assert hears("the one", "That was the one.")


def test_up_to_two_words_may_stand_inside_a_phrase() -> None:
    assert hears("wrote it down", "wrote it all neatly down")
    assert not hears("wrote it down", "wrote it for my old boss down")


def test_the_order_of_a_phrase_matters() -> None:
    assert not hears("customer told", "I told the customer")


def test_a_phrase_is_heard_across_a_pause_that_the_recogniser_took_for_a_full_stop() -> None:
    assert hears("wrote it down", "We wrote it. Down in the book.")


def test_a_long_word_may_be_misheard_by_a_letter_and_a_short_one_may_not() -> None:
    assert is_alike("prioritis", "prioritise")
    assert is_alike("compliment", "complement")
    assert not is_alike("contact", "contract")
    assert not is_alike("wrote", "write")
    assert not is_alike("experienc", "inexperienc")


def test_typographic_apostrophes_and_capitals_do_not_matter() -> None:
    assert hears("didn't give up", "We DIDN’T give up.")


def test_an_empty_phrase_is_never_heard() -> None:
    assert not hears("--", "We wrote it -- down.")


def test_every_quote_is_a_verbatim_span_that_the_scoring_rules_admit() -> None:
    turn = said("Erm — “well”, we wrote it down, cafe\u0301 style! I told the customer… twice.")
    found = RATER.run(CARE, RATER.listen([turn], "en"), "en")

    assert 3 == found.level
    for quote in found.quotes:
        check_quote(quote, {turn.turn_id: turn})


def test_a_quote_shows_the_sentence() -> None:
    found = run("It rained. On Monday we looked at the pump again! Then it was fixed.")

    assert ["On Monday we looked at the pump again!"] == [q.text for q in found.quotes]


def test_a_quote_from_endless_speech_is_cut_to_a_readable_length() -> None:
    endless = "so it went on and on " * 40
    found = run(f"{endless} we looked at the pump {endless}")

    (quote,) = found.quotes
    assert QUOTE_WORDS == len(quote.text.split())
    assert "we looked at the pump" in quote.text


def test_two_indicators_in_one_sentence_give_one_quote() -> None:
    assert 1 == len(run("I wrote it down and told the customer.").quotes)


def test_the_version_names_the_rules_and_the_word_list() -> None:
    assert RATER.version("en") != RATER.version("de")
    assert RATER.version("en") == RATER.version("en-US")


@pytest.mark.parametrize(
    ("word", "phrase"), [("data", "data missing"), ("um", "um missing"), ("not well", "well")]
)
def test_nobody_keeps_the_rater_busy_by_saying_one_thing_for_an_hour(
    word: str, phrase: str
) -> None:
    began = time.process_time()

    hears(phrase, f"{word} " * 5_000)

    assert time.process_time() - began < 2


def test_a_kit_of_the_largest_size_is_rated_within_seconds_of_a_long_talk() -> None:
    phrases = [f"describ{n:04d} missing" for n in range(MAX_PHRASES)]
    some = [phrases[n : n + 20] for n in range(0, MAX_PHRASES, 20)]
    talk = " ".join(f"word{n % 100} describing{n % 100}" for n in range(10_000))
    began = time.process_time()

    on = competency(level_2=some[:10], level_3=some[10:20], level_4=some[20:])
    assert run(talk, on).level is None
    assert time.process_time() - began < 5


@settings(max_examples=40)
@given(st.data())
def test_unrelated_flattering_and_repeated_sentences_never_move_a_level(
    data: st.DataObject,
) -> None:
    kept = data.draw(st.lists(st.sampled_from(BASE), unique=True))
    sentences = [f"{sentence.rstrip('.')}." for sentence in kept]
    more = list(sentences)
    for _ in range(data.draw(st.integers(0, 6))):
        piece = data.draw(st.sampled_from(UNRELATED + sentences))
        more.insert(data.draw(st.integers(0, len(more))), piece)

    assert run(" ".join(sentences)).level == run(" ".join(more)).level


@settings(max_examples=40)
@given(st.data())
def test_fillers_never_matter(data: st.DataObject) -> None:
    words = " ".join(BASE).split()
    for piece in data.draw(st.lists(st.sampled_from(FILLERS), max_size=12)):
        comma = data.draw(st.sampled_from(["", ","]))
        words.insert(data.draw(st.integers(0, len(words))), piece + comma)

    assert 3 == run(" ".join(words)).level


@settings(max_examples=40)
@given(st.lists(st.sampled_from(BASE + UNRELATED), max_size=12), st.integers(1, 4))
def test_length_never_matters(sentences: list[str], times: int) -> None:
    text = " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)

    assert run(text).level == run(" ".join([text] * times)).level


@settings(max_examples=40)
@given(st.text(max_size=300))
def test_no_text_breaks_the_rater_and_no_quote_is_ever_invented(noise: str) -> None:
    turn = said(f"{noise} We looked. {noise}")
    found = RATER.run(CARE, RATER.listen([turn], "en"), "en")

    for quote in found.quotes:
        check_quote(quote, {turn.turn_id: turn})
