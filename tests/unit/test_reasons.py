"""The reason for a rating: nothing protected decides, and the reader is told that a run fell."""

from collections.abc import Callable

import pytest

from interview.by_model import RunRefused
from interview.kit import Competency
from interview.ports import ModelFailed, Prompt
from interview.rater import materials_of
from interview.reasons import recites
from tests.fakes.interviews import KIT, Room
from tests.fakes.judging import (
    BRIEF,
    REASONS,
    in_turn,
    judge,
    of,
    rating,
    runs,
    score,
    talk,
)

pytestmark = pytest.mark.unit

BREATH = "I took a breath and called my colleague."
KIND = "They called a colleague before they answered."
FAMILY = "Probably has small children, so will be away often."


def touched(reason: str, language: str = "en", authored: str = "") -> str | None:
    return REASONS.touches(reason, language, (), authored)


def with_reasons(*reasons: str) -> Callable[[Prompt], str | ModelFailed]:
    return in_turn(*(rating(4, (2, BREATH), reason=one) for one in reasons))


async def fallen(room: Room) -> list[RunRefused]:
    """The runs on `calm` that do not count."""
    made = [one for one in await runs(room) if one.competency == "calm"]
    return [one for one in made if isinstance(one, RunRefused)]


@pytest.mark.parametrize(
    ("language", "reason", "matter"),
    [
        ("en", FAMILY, "family"),
        ("en", "The candidate is pregnant and may not stay.", "family"),
        ("en", "Too old for this kind of work.", "age"),
        ("en", "A younger candidate would learn this faster.", "age"),
        ("en", "Speaks with a strong accent and poor English.", "origin"),
        ("en", "Her religion keeps her from working on Fridays.", "religion"),
        ("en", "As a woman she may not be accepted by the crew.", "gender"),
        ("en", "Sounded nervous and lacks the personality for it.", "person"),
        ("en", "Their tone of voice does not inspire trust.", "person"),
        ("de", "Hat wohl kleine Kinder und wird oft fehlen.", "family"),
        ("de", "Wirkt unsicher, ihre Persönlichkeit passt nicht.", "person"),
        ("es", "Probablemente tiene hijos y faltará a menudo.", "family"),
        ("es", "Su personalidad no convence.", "person"),
        ("fr", "Elle a sans doute des enfants et sera souvent absente.", "family"),
        ("fr", "Sa personnalité ne convient pas à ce poste.", "person"),
        ("de", FAMILY, "family"),
    ],
)
def test_a_reason_that_names_a_protected_matter_is_found(
    language: str, reason: str, matter: str
) -> None:
    assert matter == touched(reason, language)


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("en", "They called a colleague and told the customer what happens next: level 4."),
        ("en", "An excellent example: weighed two ways, measured both and said why."),
        ("en", "Names a step but no result; the answer stays vague, so the lower level."),
        ("de", "Hat den Fehler selbst gemeldet und den Ablauf danach geändert."),
        ("es", "Avisó al cliente antes de enviar el pedido y comprobó el resultado."),
        ("fr", "A prévenu la cliente, puis a mesuré ce qui avait changé."),
    ],
)
def test_a_reason_that_tells_of_work_is_left_alone(language: str, reason: str) -> None:
    assert None is touched(reason, language)


def test_what_the_kit_itself_asks_about_belongs_to_the_work() -> None:
    care = "Comforts a child who cries, and tells the parents."

    assert "family" == touched("Calmed the mother first.")
    assert None is touched("Calmed the mother first.", authored=care)
    assert "religion" == touched("Calmed the mother, and goes to church.", authored=care)


def test_anchors_may_be_cited_and_instructions_may_not() -> None:
    first = KIT.competencies[0]
    cited = "Level 5: " + " ".join(first.anchors.values())
    prompted = BRIEF.instructions.format(
        name=first.name, definition="d", anchors="a", examples="", language="en", cut="…"
    )

    assert not recites(cited, BRIEF.instructions)
    assert recites(prompted[:400], BRIEF.instructions)
    assert recites("They say: a missing answer is not a low level. So 3.", BRIEF.instructions)


async def test_a_run_whose_reason_names_what_is_protected_does_not_count() -> None:
    room = await talk(("pressure", BREATH))

    card = await score(room, judge(with_reasons(FAMILY, KIND, KIND)))

    calm = of(card, "calm")
    assert (4, 2, KIND) == (calm.level, calm.runs, calm.reason)
    (fell,) = await fallen(room)
    assert ("protected", "family") == (fell.reason, fell.matter)
    assert fell.reply_sha256 is not None


async def test_where_most_reasons_are_of_that_kind_there_is_no_level() -> None:
    room = await talk(("pressure", BREATH))

    card = await score(room, judge(with_reasons(FAMILY, BRIEF.instructions[:400], KIND)))

    calm = of(card, "calm")
    assert (None, "too_few_runs", "") == (calm.level, calm.not_assessed, calm.reason)
    assert ["protected", "recites"] == sorted(one.reason for one in await fallen(room))


async def test_what_a_kit_may_ask_by_its_jurisdiction_a_reason_may_name() -> None:
    paid = "Turned down a higher salary to finish the migration."

    assert "pay" == REASONS.touches(paid, "en", (), "")
    assert None is REASONS.touches(paid, "en", ("gb",), "")


def test_every_competency_of_a_kit_brings_the_words_of_its_author() -> None:
    one: Competency = KIT.competencies[0]
    asked = [q.text for q in KIT.questions if one.key in q.competencies]

    (material, *_) = materials_of(KIT, (), ())
    assert all(text in material.authored for text in (one.definition, *asked))
