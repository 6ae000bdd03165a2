"""What a probe says that the candidate said are the candidate's words, or it is not asked.

More sentences are in `tests/sentences/attributed`: twenty that are invented and twenty that are
true in each language were written before anything was mended for them.
"""

import tomllib
from functools import cache
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from agent.attributed import load_attributions
from tests.standins.answers import INVENTED_PROBE

pytestmark = pytest.mark.unit

HEARD = {
    "en": "I led the migration of two small databases. I called the customer at night, and then "
    "I lost my keys. I didn't tell my manager.",
    "de": "Ich habe den Kunden in der Nacht angerufen und die Migration der Datenbank geleitet. "
    "Meinem Chef habe ich nichts gesagt.",
    "es": "Llamé al cliente por la noche y dirigí la migración de la base de datos.",
    "fr": "J'ai appelé la cliente pendant la nuit et j'ai dirigé la migration de la base.",
}


FOLDER = Path(__file__).parents[1] / "sentences" / "attributed"
SENTENCES = TypeAdapter(dict[str, str | list[str]])


@cache
def sentences(language: str) -> dict[str, str | list[str]]:
    return SENTENCES.validate_python(tomllib.loads((FOLDER / f"{language}.toml").read_text()))


def every(*kinds: str) -> list[tuple[str, str]]:
    return [(of, text) for of in sorted(HEARD) for kind in kinds for text in sentences(of)[kind]]


@pytest.mark.parametrize(("language", "probe"), every("invented", "also_invented"))
def test_no_words_are_put_into_a_mouth(language: str, probe: str) -> None:
    heard = str(sentences(language)["heard"])

    assert load_attributions(language).are_invented(probe, (heard,))


@pytest.mark.parametrize(("language", "probe"), every("true", "plain"))
def test_who_asks_about_what_was_said_may_say_so(language: str, probe: str) -> None:
    heard = str(sentences(language)["heard"])

    assert not load_attributions(language).are_invented(probe, (heard,))


def is_invented(probe: str, language: str = "en", *before: str) -> bool:
    return load_attributions(language).are_invented(probe, (*before, HEARD[language]))


@pytest.mark.parametrize(
    ("language", "probe"),
    [
        ("en", INVENTED_PROBE),
        ("en", "You said that you lost the customer's money: why?"),
        ("en", "You said you lost the customer: how did that happen?"),
        ("en", "You told us that you told your manager, how did that go?"),
        ("en", "You mentioned a conflict with your manager; what came of it?"),
        ("en", "What was hard about the audit you mentioned?"),
        ("en", "What did you mean by “two hundred people”?"),
        ("en", "You have said never to call customers, why?"),
        ("de", "Sie haben gesagt, dass Sie zweihundert Leute geführt haben: wie war das?"),
        ("de", "Sie erwähnten einen Streit mit dem Kunden: wie ging er aus?"),
        ("de", "Der Streit, den Sie erwähnten: wie ging er aus?"),
        ("es", "Usted mencionó un conflicto con el cliente: ¿cómo terminó?"),
        ("fr", "Vous avez mentionné un conflit avec la cliente : comment a-t-il fini ?"),
    ],
)
def test_what_the_candidate_did_not_say_is_invented(language: str, probe: str) -> None:
    assert is_invented(probe, language)


@pytest.mark.parametrize(
    ("language", "probe"),
    [
        ("en", "What did you do yourself, and what came of it?"),
        ("en", "You mentioned the migration; what was hard about it?"),
        ("en", "You said that you called the customer: what did they answer?"),
        ("en", "You said you didn't tell your manager, why?"),
        ("en", "What was hard about the migration you mentioned?"),
        ("en", "Which database did you mean when you talked about the databases?"),
        ("en", "What did you mean by “two small databases”?"),
        ("en", "As you said, what happened then?"),
        ("en", "How did you explain the risk to your manager?"),
        ("de", "Sie haben gesagt, dass Sie den Kunden angerufen haben: was kam dabei heraus?"),
        ("de", "Sie erwähnten die Migration: was war schwierig?"),
        ("es", "Usted mencionó la migración: ¿qué fue lo más difícil?"),
        ("fr", "Vous avez mentionné la migration : qu'est-ce qui était difficile ?"),
    ],
)
def test_what_the_candidate_said_may_be_taken_up(language: str, probe: str) -> None:
    assert not is_invented(probe, language)


def test_what_was_said_earlier_about_the_question_counts_and_two_turns_make_no_sentence() -> None:
    assert not is_invented("You said you fired the vendor, why?", "en", "I fired the vendor.")
    assert is_invented("You said the vendor lost keys, why?", "en", "I fired the vendor.")
