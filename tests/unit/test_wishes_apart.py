"""A wish beside an answer: what only tells of something is none, and the answer is not lost."""

import pytest

from agent.lexicon import load_lexicon
from interview.answer import Answer
from interview.decision import Act, Decision
from interview.intents import Intent
from interview.meant import answers_besides, intent_of

pytestmark = pytest.mark.unit

TELLS: dict[str, tuple[str, ...]] = {
    "en": (
        "The client on the phone got louder and louder. The connection dropped.",
        "I stood in front of the whole board and forgot my slides. My mind went blank.",
        "Check that the area is safe. Call an ambulance.",
        "What do I do first? Call an ambulance.",
        "I would stay calm and lock the till. Call the police.",
        "Call the police. Keep the customers away from him.",
        "My boss and I could not agree. I quit.",
        "I tried everything to keep the old machine alive. It kept cutting out.",
        "The report was thirty pages of jargon. I didn't understand.",
        "We were in the middle of the count. The alarm went off.",
        "I talked to the customer in Brazil. I lost you, he said.",
        "I put my ear to the pipe. I couldn't hear anything.",
    ),
    "de": (
        "Ich stand vor dem Vorstand. Ich habe das nicht verstanden.",
        "Ich klopfte an die Tür der Wohnung. Ich habe nichts gehört.",
        "Ich kam mit dem Wagen zurück. Sie waren weg.",
        "Ich sage zum Kollegen nur eins. Rufen Sie den Notarzt.",
        "Wir saßen beim Essen mit dem Kunden. Es hat geklingelt.",
    ),
    "es": (
        "En la presentación me perdí. Me quedé en blanco.",
        "Estábamos hablando con el cliente de Brasil. Se cortó.",
        "Hablaba con el proveedor por teléfono. Se cortó la llamada.",
        "Primero miro si respira. Llamen a una ambulancia.",
        "El informe estaba lleno de jerga. No entendí.",
    ),
    "fr": (
        "Je regarde s'il respire. Appelez une ambulance.",
        "J'étais en ligne avec le client. Ça a coupé.",
        "Pendant la présentation j'ai tout oublié. J'ai eu un trou noir.",
        "Le rapport était plein de jargon. Je n'ai pas compris.",
    ),
}

WISHES: dict[str, tuple[tuple[Intent, str], ...]] = {
    "en": (
        ("trouble", "The connection dropped."),
        ("trouble", "Sorry. I lost you."),
        ("trouble", "What? It kept cutting out."),
        ("trouble", "So I asked my team to help. I lost you there for a second."),
        ("trouble", "I built it with two others. You kept breaking up."),
        ("distress", "My mind went blank."),
        ("distress", "My hands are shaking. My mind went blank."),
        ("distress", "I worked there for years. My mind has gone blank."),
        ("stop", "I quit."),
        ("rephrase", "Sorry, I didn't understand."),
        ("rephrase", "I was at the bank then. I didn't understand the question."),
        ("danger", "Call an ambulance."),
        ("danger", "I work in a shop. Please call an ambulance."),
        ("danger", "I work in a shop. Call me an ambulance."),
        ("danger", "I work in a shop. Can you call a doctor?"),
        ("danger", "My chest hurts so badly. Call an ambulance."),
        ("danger", "Somebody is in my house. Call the police."),
        ("pause", "The doorbell rang."),
        ("pause", "Hold on, the doorbell rang."),
    ),
    "de": (
        ("danger", "Rufen Sie einen Krankenwagen."),
        ("danger", "Ich arbeite im Lager. Rufen Sie bitte einen Arzt."),
        ("danger", "Mein Herz sticht so. Rufen Sie einen Notarzt."),
        ("trouble", "Ich habe nichts gehört."),
        ("trouble", "Ich war im Lager. Sie waren gerade weg."),
        ("rephrase", "Ich habe das nicht verstanden."),
        ("pause", "Es hat geklingelt."),
    ),
    "es": (
        ("danger", "Llame a una ambulancia."),
        ("danger", "Trabajo en una tienda. Por favor llame a un médico."),
        ("danger", "Me duele mucho el brazo. Llame a una ambulancia."),
        ("trouble", "Se cortó."),
        ("distress", "Me quedé en blanco."),
        ("rephrase", "No entendí."),
    ),
    "fr": (
        ("danger", "Appelez une ambulance."),
        ("danger", "Je travaille en magasin. Appelez une ambulance, vite."),
        ("danger", "Je saigne beaucoup. Appelez les secours."),
        ("trouble", "Ça a coupé."),
        ("distress", "J'ai eu un trou noir."),
        ("rephrase", "Pardon, je n'ai pas compris."),
    ),
}


@pytest.mark.parametrize(
    ("language", "text"), [(of, text) for of, texts in TELLS.items() for text in texts]
)
def test_an_answer_that_ends_with_what_was_or_what_to_do_is_no_wish(
    language: str, text: str
) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [(of, intent, text) for of, texts in WISHES.items() for intent, text in texts],
)
def test_the_same_said_of_now_is_a_wish(language: str, intent: Intent, text: str) -> None:
    assert intent == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("answers", "text"),
    [
        (True, "We rebuilt it. Can I talk to a person?"),
        (True, "Can I talk to a person? We rebuilt it."),
        (False, "Can I talk to a person?"),
        (False, "Sorry. Um. Thank you. Can I talk to a person?"),
        (False, "I feel sick. Can I talk to a person?"),
        (False, "What? Can you hear me?"),
    ],
)
def test_an_answer_stands_beside_a_wish_in_a_sentence_of_its_own(answers: bool, text: str) -> None:
    assert answers == answers_besides(text, load_lexicon("en"))


def test_what_was_said_before_the_last_pause_is_beside_it() -> None:
    english = load_lexicon("en")
    text = "we rebuilt it can I talk to a person"

    assert answers_besides(text, english, "can I talk to a person")
    assert not answers_besides(text, english, text)


@pytest.mark.parametrize(
    ("text", "intent", "answers_too"),
    [
        ("We rebuilt it. Can I talk to a person?", "person", True),
        ("Can I talk to a person?", "person", False),
        ("We rebuilt it. It was red.", "answer", False),
    ],
)
def test_the_end_of_an_answer_tells_whether_more_was_said_than_the_wish(
    text: str, intent: Intent, answers_too: bool
) -> None:
    answer = Answer(10, 60.0, 0.0, 0.0, 0.0, [text])

    assert Decision(Act.OVER, "done", intent, answers_too=answers_too) == answer.is_over(
        "done", load_lexicon("en")
    )
