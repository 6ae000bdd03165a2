"""The words of a candidate's pages and of the notice: what they say in every language, and how."""

import json
import re
from pathlib import Path

import pytest

from api.notices import NOTICES

pytestmark = pytest.mark.unit

MESSAGES = Path(__file__).parents[2] / "web" / "messages"
LANGUAGES = sorted(file.stem for file in MESSAGES.glob("*.json"))
PRESUMING = {
    "de": r"\b(Kandidat|Bewerber|Teilnehmer)\b",
    "es": r"\b(listo|conectado|bienvenido|invitado|seguro|preparado|candidato)\b",
    "fr": r"\b(prêt|connecté|invité|interrogé|sûr|content|candidat)\b",
}
"""What is said of a man, where whoever reads may be anybody."""

COLLOQUIAL = r"Mikrofon geht|Verbindung geht|\bGeht\b|abgerissen|Anderswo benutzt"


def messages(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((MESSAGES / f"{language}.json").read_text("utf-8"))
    return found


def telling(language: str, pattern: str) -> list[str]:
    """The messages in which the pattern is found."""
    return [text for text in messages(language).values() if re.search(pattern, text)]


def test_pages_and_notices_have_the_same_languages() -> None:
    assert sorted(NOTICES) == LANGUAGES


@pytest.mark.parametrize("language", sorted(PRESUMING))
def test_nobody_is_taken_for_a_man(language: str) -> None:
    assert [] == telling(language, PRESUMING[language])


@pytest.mark.parametrize(
    ("language", "within"),
    [("de", "bis"), ("en", "by"), ("es", "a más tardar|Plazo"), ("fr", "au plus tard le")],
)
def test_a_promised_day_is_within_its_promise(language: str, within: str) -> None:
    said = messages(language)

    for key in ("rights.answer_by", "check.expires"):
        assert re.search(rf"\b({within})\b", said[key]), said[key]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "Damit beginnt die Aufzeichnung"),
        ("en", "The recording begins with it"),
        ("es", "Con ello empieza la grabación"),
        ("fr", "L’enregistrement commence à ce moment"),
    ],
)
def test_whoever_goes_in_is_told_that_the_recording_begins_with_it(
    language: str, said: str
) -> None:
    assert messages(language)["check.enter.hint"].startswith(said)


def test_german_says_who_comes_back_and_who_may_be_asked() -> None:
    said = messages("de")

    assert "Die KI kommt von selbst zurück" in said["agent_gone.text"]
    assert [] == telling("de", r": Sie können Ihnen|Sie kommt|Tab oder Gerät")
    assert [] == telling("de", COLLOQUIAL)
    assert "KI-Interview" == said["room.ai"]


def test_an_entretien_is_led_and_nobody_is_questioned_by_an_ai() -> None:
    assert "Un entretien mené par une IA" == messages("fr")["before.title"]
    assert [] == telling("fr", r"\b(vous )?interroge")


@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_thing_has_the_same_name_on_the_page_and_in_the_notice(language: str) -> None:
    """Whoever consents must know again on the page what they have consented to."""
    known = {
        "de": ("Interview", "aufgezeichnet", r"\b(aufgenommen|beurteilt|Bewerbungsgespräch)\b"),
        "fr": ("entretien", "enregistr", r"\b(interview|captation)\b"),
    }
    thing, kept, other = known[language]
    notice = NOTICES[language].text

    assert thing in notice
    assert kept in notice
    assert [] == telling(language, other)
    assert re.search(other, notice) is None


def test_french_signs_do_not_begin_a_line_by_themselves() -> None:
    for text in (*messages("fr").values(), NOTICES["fr"].text):
        assert re.search(r"\x20[:;?!»]|«\x20", text) is None, text
        assert re.search(r"[^\u00a0\u202f][?!;»]", text) is None, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_apostrophes_and_quotes_are_those_of_print(language: str) -> None:
    texts = (*messages(language).values(), NOTICES[language].text)

    assert [] == [text for text in texts if re.search(r"\w'\w|\"", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_exclaims_or_blames(language: str) -> None:
    """As the voice of the house is: plain, warm, short."""
    assert [] == telling(language, r"!|¡|\b(Oops|Ups|Hoppla|Oups)\b")
