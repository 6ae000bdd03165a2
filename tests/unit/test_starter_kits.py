"""The starter library: every kit is whole, fair in what it asks, and heard by the rater."""

import re
from decimal import Decimal
from uuid import uuid4

import pytest

from api.starter_kits import STARTER_KITS, StarterKit
from interview.adapters.lexicons import indicator_rater
from interview.ids import TurnId
from interview.kit import LEVELS, Competency, Level, gaps
from interview.turns import Turn

pytestmark = pytest.mark.unit

KITS = list(STARTER_KITS.values())
RATER = indicator_rater()
OPENING = {
    "en": "Tell me about ",
    "de": "Erzählen Sie mir von ",
    "es": "Cuénteme ",
    "fr": "Parlez-moi d",
}
CLOSED = {
    "en": r"do|does|did|is|are|was|were|have|has|had|can|could|would|will|should|may|must",
    "de": r"haben|hatten|sind|waren|können|konnten|würden|wollen|ist|war|gab|wurden|mussten",
    "es": r"¿?(ha|había|es|era|está|tiene|tuvo|puede|podría|cree|suele|sabe|fue|le)",
    "fr": r"avez|aviez|êtes|étiez|est-ce|était-ce|pouvez|pourriez|pensez|aimez|savez|faut-il",
}
LEADING = {
    "en": r"right\?|don't you|didn't you|isn't it|surely|obviously|of course",
    "de": r"nicht wahr|oder\?|sicherlich|natürlich|selbstverständlich|bestimmt|doch",
    "es": r"¿verdad\?|¿no\?|por supuesto|seguro que|obviamente|claro que|desde luego",
    "fr": r"n'est-ce pas|bien sûr|évidemment|sûrement|forcément|non \?",
}
PROTECTED = {
    "en": r"age|old are you|born|birth|married|husband|wife|children|pregnan\w*|family|religio\w*"
    r"|church|nationality|native|accent|race|ethnic\w*|gender|disab\w*|illness|sick|health|union"
    r"|politic\w*|arrest\w*|salary|hobb\w*",
    "de": r"alter|wie alt|geboren|geburt\w*|verheiratet|ehe\w*|kinder\w*|schwanger\w*|familie\w*"
    r"|religi\w*|kirche|herkunft|staatsangehörigkeit|muttersprach\w*|akzent|geschlecht|behinder\w*|krank\w*"
    r"|gesundheit\w*|gewerkschaft\w*|partei|politi\w*|vorstraf\w*|gehalt\w*|hobb\w*",
    "es": r"edad|años tiene|nacid\w*|nacimiento|casad\w*|marido|esposa|hij\w+|embaraz\w*|familia\w*"
    r"|religi\w*|iglesia|nacionalidad|extranjer\w*|acento|raza|etnia|género|sexo|discapa\w*|enferm\w*"
    r"|salud|sindicat\w*|polític\w*|salario|sueldo|aficion\w*",
    "fr": r"âge|né|née|naissance|marié\w*|mari|épou\w*|enfants?|enceinte|grossesse|famille"
    r"|religi\w*|église|nationalité|étrang\w*|accent|race|ethni\w*|genre|sexe|handicap\w*|malad\w*|santé|syndic\w*"
    r"|politi\w*|salaire|loisirs?",
}


def named(starter: StarterKit) -> str:
    return starter.name


def asked(starter: StarterKit) -> list[str]:
    """Everything that a candidate may be asked."""
    return [text for q in starter.kit.questions for text in (q.text, *q.probes)]


def test_the_library_has_the_roles_that_it_promises() -> None:
    assert {
        "atencion_en_tienda",
        "backend_engineer",
        "care_worker",
        "customer_support",
        "data_analyst",
        "pflegefachkraft",
        "sales_representative",
        "support_informatique",
        "team_lead",
        "warehouse_worker",
    } == set(STARTER_KITS)


@pytest.mark.parametrize("starter", KITS, ids=named)
def test_a_starter_kit_can_be_published_as_it_is(starter: StarterKit) -> None:
    assert [] == list(gaps(starter.kit))


@pytest.mark.parametrize("starter", KITS, ids=named)
def test_a_starter_kit_is_whole(starter: StarterKit) -> None:
    kit = starter.kit

    assert kit.intro
    assert kit.closing
    assert 3 <= len(kit.competencies) <= 6
    assert 5 <= len(kit.questions) <= 8
    for competency in kit.competencies:
        assert set(LEVELS) == set(competency.anchors) == set(competency.indicators)
        assert 5 == len(set(competency.anchors.values()))
    for question in kit.questions:
        assert question.probes
        assert 1 <= question.max_probes
        assert question.expected_words


@pytest.mark.parametrize("starter", KITS, ids=named)
def test_questions_are_open_and_about_behaviour_that_happened(starter: StarterKit) -> None:
    language = starter.kit.language
    for question in starter.kit.questions:
        assert question.text.startswith(OPENING[language])
    for text in asked(starter):
        assert not re.match(rf"({CLOSED[language]})\b", text, re.IGNORECASE), text
        assert not re.search(LEADING[language], text, re.IGNORECASE), text


@pytest.mark.parametrize("starter", KITS, ids=named)
def test_nobody_is_asked_about_what_is_protected(starter: StarterKit) -> None:
    texts = [*asked(starter), starter.kit.intro or "", starter.kit.closing or ""]

    about = re.compile(rf"\b({PROTECTED[starter.kit.language]})\b", re.IGNORECASE)
    assert [] == [text for text in texts if about.search(text)]


def said(competency: Competency, level: Level, pick: int) -> Turn:
    """A candidate who says one phrase of each of the level's indicators."""
    phrases = (phrases[pick % len(phrases)] for phrases in competency.indicators[level])
    return Turn(
        turn_id=TurnId(uuid4()),
        seq=1,
        speaker="candidate",
        identity="cand-1",
        question="q",
        line=None,
        spoken=" ".join(f"{phrase.capitalize()}." for phrase in phrases),
        generated=None,
        words=(),
        started_ms=0,
        ended_ms=1000,
        confidence=0.9,
        cut_off=False,
        withdrawn=False,
        complete=True,
    )


@pytest.mark.parametrize("starter", KITS, ids=named)
@pytest.mark.parametrize("level", LEVELS)
def test_who_says_what_a_level_names_is_heard_at_that_level(
    starter: StarterKit, level: Level
) -> None:
    language = starter.kit.language
    missed = [
        f"{competency.key}: {answer.spoken}"
        for competency in starter.kit.competencies
        for pick in range(7)
        if RATER.run(
            competency, RATER.listen([answer := said(competency, level, pick)], language), language
        ).level
        != int(level)
    ]

    assert [] == missed


def test_weights_differ_where_competencies_matter_more() -> None:
    for starter in KITS:
        assert 1 < len({competency.weight for competency in starter.kit.competencies})
        assert all(c.weight >= Decimal(1) for c in starter.kit.competencies)
