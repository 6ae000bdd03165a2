"""“Does that make sense?” closes an answer and asks nothing: the answer stays one."""

import pytest

from agent.lexicon import load_lexicon
from interview.intents import Intent
from interview.languages import SPOKEN
from interview.meant import intent_of
from interview.questions import asked_in, without_tags

pytestmark = pytest.mark.unit

CLOSED: dict[str, tuple[str, ...]] = {
    "en": (
        "I asked my team what to do and then called the supplier. Does that make sense?",
        "We had a sick call, so I covered the shift myself. Is that okay?",
        "I worked two shifts and trained the new people. Does that answer your question?",
        "I'd ask my team: who can help?",
        "I would tell my manager who can help?",
        "It went well, right?",
        "I led the team, you know?",
        "I led the team. You know what I mean? Does that make sense?",
        "I called him back. Was that what you wanted to know?",
        "I called him back at once, don't you think?",
    ),
    "de": (
        "Ich habe mein Team gefragt und den Lieferanten angerufen. Ergibt das Sinn?",
        "Ich habe den Termin verschoben. Beantwortet das Ihre Frage?",
        "Ich habe die Schicht übernommen. Ist das so okay?",
        "Ich würde mein Team fragen: wer kann helfen?",
        "Ich würde mein Team fragen, wer kann?",
        "Das lief gut, oder?",
        "Das lief gut, ne?",
        "Ich habe den Kunden beruhigt. Verstehen Sie, was ich meine?",
    ),
    "es": (
        "Pregunté a mi equipo y llamé al proveedor. ¿Tiene sentido?",
        "Cambié la fecha con el proveedor. ¿Responde eso a su pregunta?",
        "Cubrí yo misma el turno. ¿Está bien así?",
        "Le diría a mi equipo: ¿quién puede ayudar?",
        "Preguntaría a mi equipo quién puede, ¿no ve?",
        "Salió bien, ¿no?",
        "Salió bien ¿vale?",
        "Llamé al proveedor y cambié la fecha. ¿Me explico?",
    ),
    "fr": (
        "J'ai demandé à mon équipe et appelé le fournisseur. Est-ce que ça a du sens ?",
        "J'ai changé la date. Est-ce que ça répond à votre question ?",
        "J'ai pris le service moi-même. C'est clair ?",
        "Je dirais à mon équipe : qui peut aider ?",
        "Je demanderais à mon équipe qui peut ?",
        "Ça s'est bien passé, non ?",
        "Ça s'est bien passé, d'accord ?",
        "J'ai calmé le client. Vous voyez ce que je veux dire ?",
    ),
}


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_every_language_has_answers_that_are_closed_with_a_question(language: str) -> None:
    assert load_lexicon(language).wishes.tags
    assert CLOSED[language]


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, of in CLOSED.items() for text in of]
)
def test_an_answer_that_is_closed_with_a_question_stays_an_answer(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [
        ("en", "asks", "Does that make sense?"),
        ("en", "asks", "Yes. Is that okay?"),
        ("en", "asks", "How nice is the team? Is that okay?"),
        ("en", "asks", "I have a question: is there parking at the office?"),
        ("en", "asks", "My question is: is it remote?"),
        ("en", "asks", "Can I call the office?"),
        ("en", "pause", "Can we take a break? Is that okay?"),
        ("en", "progress", "Was that okay?"),
        ("en", "distress", "I can't do this any more, you know?"),
        ("de", "asks", "Meine Frage ist: gibt es Parkplätze?"),
        ("de", "pause", "Können wir eine Pause machen, ja?"),
        ("es", "asks", "Mi pregunta es: ¿hay aparcamiento?"),
        ("es", "pause", "¿Podemos hacer una pausa? ¿Está bien?"),
        ("fr", "asks", "Ma question est : est-ce que je peux me garer ?"),
        ("fr", "pause", "On peut faire une pause, d'accord ?"),
    ],
)
def test_what_asks_or_wishes_for_something_does_so_with_a_tag_too(
    language: str, intent: Intent, text: str
) -> None:
    assert intent == intent_of(text, load_lexicon(language))


def test_a_wish_after_a_pause_is_heard_with_its_tag() -> None:
    said = "We served them all. I need a break. Is that okay?"

    assert "pause" == intent_of(said, load_lexicon("en"), "I need a break. Is that okay?")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I called him, right? You know?", "I called him"),
        ("I called him. You know.", "I called him. You know."),
        ("Right?", "Right?"),
        ("Okay. Right?", "Okay. Right?"),
        ("", ""),
    ],
)
def test_only_questions_at_the_end_of_an_answer_close_it(text: str, left: str) -> None:
    assert left == without_tags(text, load_lexicon("en").wishes)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What is the salary?", "What is the salary?"),
        ("what is the salary", "what is the salary"),
        ("Sorry. What is the salary?", "What is the salary?"),
        ("What is the salary? Does that make sense?", "What is the salary?"),
        ("How big is the team? And the pay?", "How big is the team? And the pay?"),
        ("We had a team of six and two shifts. What is the pay?", ""),
    ],
)
def test_what_is_asked_is_most_of_what_is_said(text: str, asked: str) -> None:
    assert asked == asked_in(text, load_lexicon("en").wishes)
