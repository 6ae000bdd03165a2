"""A wish is an utterance that says nothing else; in every language, and never within an answer."""

import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from agent.lexicon import load_lexicon
from interview.intents import WISHES, Intent, Wishes, only_polite, wish_of, words_of
from interview.questions import Named, named_in
from tests.fakes.utterances import ANSWERS, SAID

pytestmark = pytest.mark.unit

AGENT = Path(__file__).parents[2] / "agent"
LANGUAGES = ("en", "de", "es", "fr")
INTENT = TypeAdapter[Intent](Intent)
WHOLE_TABLE = [
    (language, INTENT.validate_python(intent), text)
    for language, table in SAID.items()
    for intent, texts in table.items()
    for text in texts
]


@pytest.mark.parametrize(("language", "intent", "text"), WHOLE_TABLE)
def test_a_wish_is_understood(language: str, intent: Intent, text: str) -> None:
    assert intent == wish_of(text, load_lexicon(language).wishes)


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, of in ANSWERS.items() for text in of]
)
def test_a_phrase_within_an_answer_is_no_wish(language: str, text: str) -> None:
    assert wish_of(text, load_lexicon(language).wishes) in ("answer", "asks", "no")


@pytest.mark.parametrize(("language", "intent", "text"), WHOLE_TABLE)
def test_a_wish_is_not_heard_in_an_answer_that_has_it_in_its_middle(
    language: str, intent: Intent, text: str
) -> None:
    before, after = {
        "en": ("My customer asked me", "and I found her an answer within the hour"),
        "de": ("Meine Kundin fragte mich", "und ich fand bald eine Antwort für sie"),
        "es": ("Mi clienta me preguntó", "y encontré pronto una respuesta para ella"),
        "fr": ("Ma cliente m'a demandé", "et j'ai vite trouvé une réponse pour elle"),
    }[language]
    said = text.rstrip(" ?.!")

    assert "answer" == wish_of(f"{before} {said} {after}.", load_lexicon(language).wishes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_wish(language: str) -> None:
    wishes = load_lexicon(language).wishes

    assert set(WISHES) == set(wishes.patterns) == {*SAID[language]} - {"asks"}
    assert wishes.around
    assert wishes.questions
    assert wishes.beside
    assert wishes.tags


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_what_is_answered(language: str) -> None:
    """Those that this language has besides are its own affair."""
    names = {file.stem for file in (AGENT / "phrases" / language).glob("*.txt")}

    assert NEW <= names
    for name in NEW:
        assert (AGENT / "phrases" / language / f"{name}.txt").read_text().strip()


NEW = {
    "danger",
    "distress",
    "final_minute",
    "go_ahead",
    "lead_all_right",
    "lead_final_minute",
    "lead_no_way_back",
    "lead_noted",
    "lead_noted_down",
    "lead_up_to_you",
    "lead_progress",
    "lead_rephrase",
    "lead_robot",
    "lead_trouble",
    "more_questions",
    "pausing",
    "stop_offer",
    "person_closing",
    "person_offer",
    "when_ready",
}


def test_the_files_of_words_hold_nothing_that_is_not_read() -> None:
    for file in (AGENT / "wishes").glob("*.toml"):
        assert {
            "around",
            "questions",
            "beside",
            "danger",
            "ends_in_danger",
            "harmless",
            "reports",
            "own",
            "joins",
            "introduces",
            "attributes",
            "rhetorical",
            "tags",
            "unknowing",
            "pieces",
            "patterns",
            "alone",
        } == set(tomllib.loads(file.read_text()))


def test_nobody_wishes_at_such_length() -> None:
    assert "asks" == wish_of("Are you a robot? " * 5, load_lexicon("en").wishes)


WEEK = (
    "What would a normal week look like in this team when the season is busy and everybody is"
    " needed on the floor from early in the morning until late tonight"
)
TOLD = "We had one till and a queue. " * 8


@pytest.mark.parametrize(
    ("intent", "words", "text"),
    [
        (
            "person",
            16,
            "Okay, sorry, um, well, so, excuse me, could I talk to a person now, thank you?",
        ),
        (
            "asks",
            17,
            "Ok, sorry, um, well, so, excuse me, could I talk to a person now, please, thank you?",
        ),
        ("asks", 30, WEEK),
        ("answer", 31, f"{WEEK} again"),
        ("asks", 60, f"{TOLD}Is there one here?"),
        ("answer", 61, f"{TOLD}Is there one here, too?"),
        ("asks", 8, "And the night shifts, they are paid extra?"),
        ("answer", 9, "And the night shifts, they are always paid extra?"),
    ],
)
def test_a_wish_and_a_question_have_their_length(intent: Intent, words: int, text: str) -> None:
    assert words == len(words_of(text))
    assert intent == wish_of(text, load_lexicon("en").wishes)


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [
        ("en", "no", "Yes, no."),
        ("fr", "no", "Oui, non."),
        ("fr", "person", "Je peux parler à une personne, non ?"),
        ("fr", "distress", "Mon coeur s'emballe."),
        ("es", "asks", "¿Puedo cambiar algo si ya deshice el pedido?"),
        ("en", "answer", "?"),
    ],
)
def test_small_words_and_spelling_change_no_wish(language: str, intent: Intent, text: str) -> None:
    assert intent == wish_of(text, load_lexicon(language).wishes)


def test_a_language_without_words_has_no_wishes() -> None:
    wishes = load_lexicon("xx").wishes

    assert "answer" == wish_of("Can I talk to a person?", wishes)
    assert "answer" == wish_of("", wishes)


@pytest.mark.parametrize("text", ["Thank you.", "okay thanks", "Yes, sure.", ""])
def test_thanks_are_only_polite(text: str) -> None:
    assert only_polite(text, load_lexicon("en").wishes)


def test_words_are_more_than_polite() -> None:
    assert not only_polite("Okay, where were we?", load_lexicon("en").wishes)


# ---- what a question is about ----

TOPICS = (("pay", ("salary", "how much … pay", "get paid")), ("place", ("remote", "home office")))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What is the salary?", Named("pay")),
        ("When do I get paid?", Named("pay")),
        ("Is there a home office?", Named("place")),
        ("Salary, what is it?", Named("pay")),
        ("Is it remote, and what is the salary?", Named(None)),
        ("Is the salary paid in euros?", Named(None)),
        ("Is the office far?", None),
        ("Are salaryman jokes allowed?", None),
        ("", None),
    ],
)
def test_a_fact_is_named_by_one_of_its_phrases_and_asked_for_by_that_alone(
    text: str, topic: Named | None
) -> None:
    assert topic == named_in(text, TOPICS, load_lexicon("en").wishes)


def test_of_two_facts_with_one_phrase_the_first_is_told() -> None:
    twice = (("usual", ("hours",)), ("late", ("hours", "at night")))

    assert Named("usual") == named_in("What are the hours?", twice, load_lexicon("en").wishes)
    assert Named("late") == named_in(
        "What are the hours at night?", twice, load_lexicon("en").wishes
    )


def test_without_words_of_a_language_nothing_may_stand_beside_a_phrase() -> None:
    assert Named("pay") == named_in("Salary?", TOPICS, Wishes())
    assert Named(None) == named_in("What salary?", TOPICS, Wishes())


def test_words_are_compared_without_case_and_punctuation() -> None:
    assert ["don't", "week-end", "sí"] == words_of("“Don’t”… week-end, ¡sí!")
    assert ["don't"] == words_of("Donʼt")
