"""The offline rater in every language: inflected forms, denials, and reasons in its words."""

import pytest

from tests.unit.test_indicators import competency, hears, run

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("language", "phrase", "yes", "no"),
    [
        (
            "de",
            "aufgeschrieben",
            "Wir haben es aufgeschrieben.",
            "Wir haben es nicht aufgeschrieben.",
        ),
        ("de", "dokumentierten", "Wir dokumentierten das.", "Wir dokumentierten das nicht."),
        ("es", "lo apunté", "Primero lo apunté todo.", "No lo apunté."),
        ("fr", "noté l'heure", "J'ai noté l'heure.", "Je n'ai pas noté l'heure."),
        ("it", "ho chiesto", "Ho chiesto al cliente.", "Non ho chiesto al cliente."),
        ("nl", "schreef op", "Ik schreef het op.", "Ik schreef het niet op."),
        ("pt", "perguntei ao cliente", "Perguntei ao cliente.", "Não perguntei ao cliente."),
    ],
)
def test_every_language_hears_its_phrases_and_its_denials(
    language: str, phrase: str, yes: str, no: str
) -> None:
    assert hears(phrase, yes, language)
    assert not hears(phrase, no, language)


@pytest.mark.parametrize(
    ("language", "phrase", "forms"),
    [
        ("en", "asked the customer", ["I ask the customers.", "We were asking our customer."]),
        ("de", "den Kunden gefragt", ["Wir haben die Kunden gefragt.", "Der Kunde wurde gefragt."]),
        ("de", "Listen geführt", ["Ich habe eine Liste geführt.", "Die Listen wurden geführt."]),
        ("de", "geprüft", ["Das geprüfte Gerät.", "Es wurde noch einmal geprüft."]),
        ("es", "revisé la lista", ["Reviso las listas.", "Revisamos todas las listas."]),
        ("es", "pedí ayuda", ["Pedimos ayuda.", "Pediremos ayuda."]),
        ("es", "anoté", ["Lo anotamos.", "Lo anotaba siempre.", "Está anotado."]),
        ("fr", "vérifié les listes", ["J'ai vérifié la liste.", "On vérifiait les listes."]),
        ("fr", "demandé de l'aide", ["Je demande de l'aide.", "Nous demandions d'aide."]),
        ("fr", "noté", ["Elles sont notées.", "Je notais tout."]),
    ],
)
def test_every_language_hears_a_phrase_in_its_other_forms(
    language: str, phrase: str, forms: list[str]
) -> None:
    assert [] == [form for form in forms if not hears(phrase, form, language)]


@pytest.mark.parametrize(
    ("language", "said", "reason"),
    [
        ("de-AT", "Das habe ich aufgeschrieben.", "Alle Indikatoren der Stufe 3"),
        ("es", "aufgeschrieben", "Se oyeron todos los indicadores del nivel 3"),
        ("fr-CA", "aufgeschrieben", "Tous les indicateurs du niveau 3"),
    ],
)
def test_the_reason_is_told_in_the_language_of_the_kit(
    language: str, said: str, reason: str
) -> None:
    found = run(said, competency(level_3=[["aufgeschrieben"]]), language)

    assert found.reason.startswith(reason)
