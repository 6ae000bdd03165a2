"""Who is in need says so in words of their own: sentences that no pattern was made for.

The sentences are in `tests/sentences/wishes`. Those beginning with `other_` were never mended for.
"""

import json
import tomllib
from functools import cache
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from agent.lexicon import load_lexicon
from interview.intents import Intent
from interview.languages import SPOKEN
from interview.meant import intent_of
from interview.understanding import AT_ITS_ENDS, EVERY, UNKNOWN, Read, Readings, Understanding
from interview.wish_facts import ReadWish

pytestmark = pytest.mark.unit

FOLDER = Path(__file__).parents[1] / "sentences" / "wishes"
LANGUAGES = sorted(SPOKEN)

HELPS: dict[str, frozenset[Intent]] = {
    "danger": frozenset({"danger"}),
    "distress": frozenset({"distress", "danger"}),
    "person": frozenset({"person"}),
    "pause": frozenset({"pause"}),
}
"""What may be understood by a sentence of each kind."""

LEAST = {"danger": 4, "distress": 4, "person": 3, "pause": 2}
"""How many sentences that nobody mended for are understood in every language: of 10, 10, 20 and 8.
Most are not. When they were written it was at the least 0, 1, 0 and 0; danger was mended for once
more after a look at the count."""


INTENT = TypeAdapter[Intent](Intent)
SENTENCES = TypeAdapter(dict[str, list[str] | dict[str, list[str]]])


@cache
def sentences(language: str) -> dict[str, list[str]]:
    return {kind: of for kind, of in _read(language).items() if isinstance(of, list)}


def every_way(language: str) -> dict[str, list[str]]:
    said = _read(language)["said"]
    assert isinstance(said, dict)
    return said


def _read(language: str) -> dict[str, list[str] | dict[str, list[str]]]:
    text = (FOLDER / f"{language}.toml").read_text()
    return SENTENCES.validate_python(tomllib.loads(text))


def meant(language: str, kind: str) -> list[tuple[str, Intent]]:
    lexicon = load_lexicon(language)
    return [(text, intent_of(text, lexicon)) for text in sentences(language)[kind]]


def every(*kinds: str) -> list[tuple[str, str, str]]:
    return [(of, kind, text) for of in LANGUAGES for kind in kinds for text in sentences(of)[kind]]


@pytest.mark.parametrize(("language", "kind", "text"), every(*HELPS))
def test_who_needs_something_is_understood_in_other_words(
    language: str, kind: str, text: str
) -> None:
    assert intent_of(text, load_lexicon(language)) in HELPS[kind]


@pytest.mark.parametrize(("language", "_", "text"), every("answer", "other_answer"))
def test_an_answer_about_need_asks_for_nothing(language: str, _: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(("language", "_", "text"), every("situation"))
def test_what_one_would_do_in_a_situation_is_no_wish(language: str, _: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [
        (of, INTENT.validate_python(intent), text)
        for of in LANGUAGES
        for intent, texts in every_way(of).items()
        for text in texts
    ],
)
def test_each_way_to_say_a_wish_is_understood(language: str, intent: Intent, text: str) -> None:
    assert intent == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize("kind", HELPS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_that_were_never_mended_for_are_understood_as_often_as_measured(
    language: str, kind: str
) -> None:
    said = meant(language, f"other_{kind}")
    missed = [text for text, intent in said if intent not in HELPS[kind]]

    assert len(said) - len(missed) >= LEAST[kind], missed


@pytest.mark.parametrize("kind", ["danger", "distress", "person", "pause"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_check_stands_in_the_way_of_a_model_that_understands_the_others(
    language: str, kind: ReadWish
) -> None:
    """It quotes all that was said."""
    understanding = Understanding(load_lexicon(language).wishes)
    missed = [text for text, intent in meant(language, f"other_{kind}") if intent in UNKNOWN]
    replies = [json.dumps({"wish": kind, "words": text}) for text in missed]

    assert missed
    assert [Read(kind, text.strip(AT_ITS_ENDS)) for text in missed] == [
        understanding.judge(reply, text, "q1", frozenset(EVERY), Readings())
        for reply, text in zip(replies, missed, strict=True)
    ]


BEFORE = {
    "en": ("I'm sorry, ", "I'm so sorry, but ", "I think ", "Actually, ", "Hi, "),
    "de": ("Es tut mir leid, ", "Sorry, ", "Ich glaube, ", "Eigentlich: "),
    "es": ("Lo siento, ", "Creo que ", "A ver, ", "Bueno, "),
    "fr": ("Je suis désolé, ", "Je crois que ", "En fait, ", "Alors, "),
}
WISHED = frozenset({"person", "pause", "trouble", "distress", "stop", "skip", "back", "rephrase"})


@pytest.mark.parametrize(
    ("language", "before"), [(of, before) for of in LANGUAGES for before in BEFORE[of]]
)
def test_who_is_sorry_or_only_thinks_so_wishes_the_same(language: str, before: str) -> None:
    lexicon = load_lexicon(language)
    lost = [
        (said, meant)
        for intent, texts in every_way(language).items()
        for text in texts
        if intent in WISHED and (said := before + text[0].lower() + text[1:])
        if (meant := intent_of(said, lexicon)) != intent
    ]

    assert [] == lost
