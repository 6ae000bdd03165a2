"""The kit: how much it may hold, and what keeps it from being published."""

import pytest
from pydantic import ValidationError

from interview.kit import MAX_PHRASES, Competency, Kit, gaps
from tests.fakes.interviews import KIT, competency

pytestmark = pytest.mark.unit


def phrased(number: int) -> Competency:
    """A competency with so many phrases, twenty in an indicator and ten indicators at a level."""
    lists = [["some phrase"] * min(20, number - n) for n in range(0, number, 20)]
    levels = {str(level): lists[10 * (level - 1) :][:10] for level in range(1, 6)}
    return competency("care", 1, levels)


def kit(*competencies: Competency) -> Kit:
    return Kit.model_validate(KIT.model_dump() | {"competencies": competencies})


def test_a_kit_in_a_language_that_the_interviewer_does_not_speak_cannot_be_published() -> None:
    assert [("language", "the interviewer speaks de, en, es, fr here")] == list(
        gaps(KIT.model_copy(update={"language": "hu"}))
    )


@pytest.mark.parametrize("language", ["en", "en-GB", "es", "es-MX", "de", "de-AT", "fr", "fr-CA"])
def test_a_kit_in_a_language_of_the_interviewer_has_no_gap(language: str) -> None:
    assert [] == list(gaps(KIT.model_copy(update={"language": language})))


def test_a_kit_may_name_only_so_many_phrases() -> None:
    one, two = phrased(MAX_PHRASES), competency("calm", 1, {"1": [["one more"]]})
    assert MAX_PHRASES == one.phrases

    with pytest.raises(ValidationError, match=f"may name {MAX_PHRASES} phrases in all"):
        kit(one, two)


def test_an_indicator_and_a_level_hold_only_so_much() -> None:
    for level in ([["phrase"] * 21], [["phrase"]] * 11):
        with pytest.raises(ValidationError, match="too_long"):
            competency("care", 1, {"1": level})


def guided(guidance: str) -> Kit:
    """A kit whose first level wants to hear that work was shared, and whose second wants less."""
    anchors = KIT.competencies[0].anchors | {"1": "Shared the work with others.", "2": "Did it."}
    first = KIT.competencies[0].model_copy(update={"anchors": anchors})
    asked = KIT.questions[0].model_copy(update={"guidance": guidance})
    changed = {"competencies": (first, *KIT.competencies[1:]), "questions": (asked,)}
    return KIT.model_copy(update=changed)


def test_guidance_that_holds_an_anchor_keeps_a_kit_from_being_published() -> None:
    found = dict(gaps(guided("Find out who\n shared the  work with others, and when.")))

    assert "a behaviour anchor stands in it" == found[f"questions.{KIT.questions[0].key}.guidance"]


@pytest.mark.parametrize("guidance", ["Find out who did the work.", "Find out who did it."])
def test_guidance_in_words_of_its_own_is_no_gap(guidance: str) -> None:
    assert not [path for path, _ in gaps(guided(guidance)) if path.endswith("guidance")]


def test_a_competency_has_three_calibration_examples_at_most() -> None:
    example = {"level": 3, "text": "We wrote it down."}
    three = KIT.competencies[0].model_dump() | {"examples": [example] * 3}

    assert 3 == len(Competency.model_validate(three).examples)
    with pytest.raises(ValidationError, match="too_long"):
        Competency.model_validate(three | {"examples": [example] * 4})
