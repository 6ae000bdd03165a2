"""What a model may ask is decided by code, for a reason each; what it is shown leaks nothing."""

import json
import string
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.probe_guard import (
    EVERYWHERE,
    FOLDER,
    MATTERS,
    TOLD_APART,
    load_guard,
    load_matters,
    load_words,
)
from interview.kit import Jurisdiction
from interview.languages import SPOKEN
from interview.plan import Plan
from interview.probing import (
    MOST_WORDS,
    Admitted,
    Guard,
    Refused,
)
from interview.readings import folded, is_one_question, readings, word_count
from tests.fakes.talk import plan

pytestmark = pytest.mark.unit

TABLE = tomllib.loads((Path(__file__).parent / "probe_sentences.toml").read_text())
LANGUAGES = ["de", "en", "es", "fr"]
JURISDICTIONS: tuple[Jurisdiction, ...] = get_args(Jurisdiction)
GOOD = "What did you do then?"


def model_plan(language: str = "en", jurisdictions: tuple[Jurisdiction, ...] = ()) -> Plan:
    wanted = {"language": language, "probing": "model", "jurisdictions": jurisdictions}
    return plan().model_copy(update=wanted)


@cache
def guard(language: str = "en", *jurisdictions: Jurisdiction) -> Guard:
    loaded = load_guard(model_plan(language, jurisdictions))
    assert loaded is not None
    return loaded


def probe(text: str, action: str = "probe") -> str:
    return json.dumps({"action": action, "text": text}, ensure_ascii=False)


def judged(text: str, language: str = "en", *jurisdictions: Jurisdiction) -> Admitted | Refused:
    return guard(language, *jurisdictions).judge(probe(text), budget=1, said=())


def sentences(part: str) -> list[tuple[str, str, str]]:
    """Language, reason, sentence."""
    return list(_sentences(part))


def _sentences(part: str) -> Iterator[tuple[str, str, str]]:
    for language, rows in TABLE.items():
        if part == "admitted":
            yield from ((language, part, text) for text in rows["admitted"])
        else:
            for reason, texts in rows["refused"].items():
                yield from ((language, reason, text) for text in texts)


# ---- the table ----


@pytest.mark.parametrize(("language", "_", "text"), sentences("admitted"))
def test_a_plain_question_is_admitted(language: str, _: str, text: str) -> None:
    assert Admitted(text) == judged(text, language)


@pytest.mark.parametrize(("language", "_", "text"), sentences("admitted"))
def test_a_plain_question_is_admitted_wherever_the_kit_is_used(
    language: str, _: str, text: str
) -> None:
    assert Admitted(text) == judged(text, language, *JURISDICTIONS)


@pytest.mark.parametrize(("language", "reason", "text"), sentences("refused"))
def test_what_may_not_be_said_is_refused_for_its_reason(
    language: str, reason: str, text: str
) -> None:
    refused = judged(text, language)

    assert isinstance(refused, Refused)
    assert (reason, text) == (refused.reason, refused.text)


def test_the_matter_that_is_protected_is_named() -> None:
    refused = judged("Do you have children?")

    assert Refused("protected", "family", "Do you have children?") == refused


def test_a_regional_form_of_the_language_has_the_words_of_its_base() -> None:
    loaded = load_guard(model_plan("es-MX"))

    assert loaded is not None
    text = "¿Qué hizo usted entonces?"
    assert Admitted(text) == loaded.judge(probe(text), budget=1, said=())


# ---- the form ----


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "null",
        "[]",
        "What did you do then?",
        '{"action": "probe"}',
        '{"action": "rate", "text": "7"}',
        '{"action": "probe", "text": ""}',
        '{"action": "probe", "text": " \\n "}',
        '{"action": "probe", "text": "Why?", "score": 5}',
        '{"action": "probe", "text": ["Why?"]}',
        '{"action": "probe", "te',
    ],
)
def test_what_is_not_of_the_form_is_refused(reply: str) -> None:
    assert Refused("form", text=reply) == guard().judge(reply, budget=1, said=())


def test_only_the_beginning_of_what_is_not_of_the_form_is_kept() -> None:
    refused = guard().judge("x" * 100_000, budget=1, said=())

    assert Refused("form", text="x" * 1000) == refused


def test_nothing_more_to_ask_is_admitted_whatever_its_text() -> None:
    judgement = guard().judge(probe("You have the job!", "next"), budget=0, said=())

    assert Admitted(None) == judgement


def test_nothing_is_asked_beyond_the_budget() -> None:
    assert Refused("budget", text=GOOD) == guard().judge(probe(GOOD), budget=0, said=())


def test_what_was_asked_before_is_not_asked_again() -> None:
    refused = guard().judge(probe("What did you do, then?"), budget=1, said=(GOOD,))

    assert Refused("said_before", text="What did you do, then?") == refused


def test_spaces_and_new_lines_in_a_probe_are_one_space() -> None:
    assert Admitted(GOOD) == judged("What  did you\n do then? ")


# ---- words and jurisdictions ----


def test_every_language_of_the_interviewer_has_words() -> None:
    assert set(TOLD_APART) >= set(LANGUAGES) == SPOKEN
    assert set(LANGUAGES) == set(TABLE) == {p.stem for p in (FOLDER / "words").glob("*.toml")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_protected_matter_has_words_in_every_language(language: str) -> None:
    words = load_words(language)

    assert words is not None
    assert load_matters(JURISDICTIONS) == words.protected.keys()
    groups = (words.promise, words.verdict, words.rubric, *words.protected.values())
    assert all(groups)


@pytest.mark.parametrize("name", [EVERYWHERE, *JURISDICTIONS])
def test_every_jurisdiction_has_a_file_with_a_source_for_each_matter(name: str) -> None:
    loaded = MATTERS.validate_python(
        tomllib.loads((FOLDER / "jurisdictions" / f"{name}.toml").read_text())
    )

    assert loaded.matters
    assert all(source.endswith(".") for source in loaded.matters.values())


def test_no_jurisdiction_takes_away_what_is_protected_everywhere() -> None:
    loaded = tomllib.loads((FOLDER / "jurisdictions" / f"{EVERYWHERE}.toml").read_text())
    everywhere = loaded["matters"].keys()

    for name in JURISDICTIONS:
        assert everywhere < load_matters((name,))


def test_a_state_protects_what_its_country_does() -> None:
    assert load_matters(("us",)) < load_matters(("us_il",))


@pytest.mark.parametrize(
    ("text", "matter", "jurisdiction"),
    [
        ("What was your salary there?", "pay", "us_ca"),
        ("Have you ever been arrested?", "record", "us"),
        ("Did you serve in the army?", "military", "us"),
        ("Is there anything in your family history, genetically?", "family", "gb"),
        ("Which part of town do you come in from?", "place", "us_il"),
        ("What does your DNA say?", "genetics", "eu"),
        ("Are you a citizen?", "citizenship", "us"),
    ],
)
def test_a_jurisdiction_adds_what_it_protects(
    text: str, matter: str, jurisdiction: Jurisdiction
) -> None:
    assert Refused("protected", matter, text) == judged(text, "en", jurisdiction)


@pytest.mark.parametrize(
    ("text", "language", "matter"),
    [
        ("What was your salary there?", "en", "pay"),
        ("Have you ever been arrested?", "en", "record"),
        ("Did you ever deploy for the army?", "en", "military"),
        ("What were they paying you there?", "en", "pay"),
        ("How much money did you make there?", "en", "pay"),
        ("Wie hoch war Ihr Gehalt?", "de", "pay"),
        ("Wie hoch war Ihr bisheriges Einkommen?", "de", "pay"),
        ("¿Qué ingresos tenía usted en ese trabajo?", "es", "pay"),
        ("Quels étaient vos revenus ?", "fr", "pay"),
        ("Avez-vous un casier judiciaire ?", "fr", "record"),
    ],
)
def test_a_kit_without_a_jurisdiction_asks_nothing_that_any_of_them_protects(
    text: str, language: str, matter: str
) -> None:
    assert Refused("protected", matter, text) == judged(text, language)


def test_a_kit_that_names_its_jurisdiction_may_ask_what_that_allows() -> None:
    text = "What pay, or wages, did the contract of the supplier name?"

    assert Admitted(text) == judged(text, "en", "gb")


def test_a_language_without_words_has_the_kits_own_probes() -> None:
    assert load_guard(model_plan("ja")) is None


def test_a_kit_that_wants_its_own_probes_has_no_guard() -> None:
    assert load_guard(plan()) is None


# ---- properties ----


LETTERS = st.sampled_from(string.ascii_letters + string.digits + " .,;:!?¿-'\"()\u200bсяé😀")


@settings(max_examples=500, deadline=None)
@given(st.text(LETTERS, max_size=400) | st.text(max_size=60))
def test_what_is_admitted_is_one_short_question(text: str) -> None:
    judgement = judged(text)

    if isinstance(judgement, Admitted):
        assert judgement.text is not None
        assert is_one_question(judgement.text)
        assert word_count(judgement.text) <= MOST_WORDS
        assert judgement.text.isprintable()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_no_reply_breaks_the_judge(reply: str) -> None:
    assert isinstance(guard().judge(reply, budget=1, said=()), Admitted | Refused)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=100))
def test_words_are_read_the_same_with_and_without_accents(text: str) -> None:
    assert folded(text) == folded(text.casefold())
    assert folded(text) == readings(text)[0]
