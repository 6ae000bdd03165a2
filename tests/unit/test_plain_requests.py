"""What is asked for in the plainest words is heard, and told from stories with these words."""

import pytest

from agent.lexicon import load_lexicon
from interview.intents import Intent
from interview.languages import SPOKEN
from interview.meant import intent_of

pytestmark = pytest.mark.unit

REQUESTS: dict[str, dict[Intent, tuple[str, ...]]] = {
    "en": {
        "repeat": (
            "Could you say the question again?",
            "I missed that, could you repeat?",
            "I missed the question.",
            "Can I hear the question again?",
            "May I have it once more, please?",
            "Could you read it again?",
            "Sorry?",
        ),
        "rephrase": (
            "I don't get it.",
            "What exactly are you asking?",
            "What do you want me to say?",
            "Could you explain what you mean?",
        ),
        "skip": ("Can I skip?", "Can we move on?", "Next one please.", "Could I pass?", "Next."),
        "pause": (
            "I need a minute.",
            "I need five minutes.",
            "I need to get the door.",
            "I have to take this call.",
            "Someone's at the door.",
        ),
        "trouble": (
            "I have a problem with my microphone.",
            "I'm having some trouble with the connection.",
            "My headphones died.",
            "My mic doesn't work any more.",
        ),
    },
    "de": {
        "repeat": (
            "Können Sie die Frage noch mal sagen?",
            "Kann ich die Frage noch einmal hören?",
            "Die Frage habe ich verpasst.",
            "Bitte?",
        ),
        "skip": (
            "Kann ich überspringen?",
            "Darf ich passen?",
            "Können wir zur nächsten?",
            "Die nächste, bitte.",
        ),
        "pause": (
            "Ich brauche fünf Minuten.",
            "Ich brauche kurz eine Minute.",
            "Da ist jemand an der Tür.",
        ),
        "trouble": (
            "Ich habe ein Problem mit meinem Mikrofon.",
            "Ich habe Schwierigkeiten mit meiner Verbindung.",
            "Mein Headset ist gerade ausgefallen.",
            "Meine Kopfhörer gehen nicht mehr.",
        ),
        "progress": ("War die Antwort richtig?",),
    },
    "es": {
        "repeat": (
            "¿Puede decir la pregunta otra vez?",
            "¿Puedo oír la pregunta de nuevo?",
            "Me lo perdí, ¿puede repetir?",
            "¿Cómo dijo?",
            "¿Perdone?",
        ),
        "skip": ("¿Puedo saltar?", "¿Puedo pasar de esta?", "La próxima, por favor."),
        "pause": (
            "Necesito cinco minutos.",
            "Necesito un momento.",
            "Tengo que atender esta llamada.",
            "Hay alguien en la puerta.",
        ),
        "trouble": ("Tengo un problema con mi micrófono.", "Mis auriculares no funcionan."),
    },
    "fr": {
        "repeat": (
            "Vous pouvez dire la question encore une fois ?",
            "Je peux réentendre la question ?",
            "Vous pouvez redire la question ?",
            "J'ai raté la question, vous pouvez répéter ?",
            "Excusez-moi ?",
        ),
        "stop": ("On peut s'arrêter là ?", "Je voudrais en rester là."),
        "skip": ("Je peux passer ?", "On peut sauter celle-là ?", "La prochaine, s'il vous plaît."),
        "back": ("Est-ce que je peux revenir à la question d'avant ?",),
        "pause": (
            "Il me faut cinq minutes.",
            "J'ai besoin d'une minute.",
            "Je dois prendre cet appel.",
            "Il y a quelqu'un à la porte.",
        ),
        "trouble": (
            "J'ai un problème avec mon micro.",
            "Mon casque ne marche plus.",
            "Mes écouteurs viennent de lâcher.",
        ),
        "job": ("C'est payé combien ?", "On peut télétravailler ?"),
    },
}

STORIES: dict[str, tuple[str, ...]] = {
    "en": (
        "I asked the customer to repeat it.",
        "We could not move on without the supplier.",
        "I missed that train and called my manager.",
        "He wanted to skip the check, and I said no.",
        "I needed five minutes to find the leak.",
        "We had a problem with the microphone on stage, so I shouted.",
        "The next one was harder, and I asked for help.",
        "She asked me to say the question again, and I did.",
        "I had to get the door for every guest.",
        "Her headphones died during the call, so I wrote to her.",
        "The deadline was on Friday. I missed it.",
        "I open the shop. I have to answer the phone.",
        "I am slow with technology. I have some trouble with the phone.",
    ),
    "de": (
        "Ich bat den Kunden, es zu wiederholen.",
        "Wir konnten ohne den Lieferanten nicht weitergehen.",
        "Ich habe den Zug verpasst und sofort angerufen.",
        "Er wollte die Prüfung überspringen, und ich sagte nein.",
        "Ich brauchte fünf Minuten, um das Leck zu finden.",
        "Wir hatten ein Problem mit dem Mikrofon auf der Bühne.",
        "Die nächste Kundin war schwieriger, aber freundlich.",
        "Sie bat mich, die Frage noch einmal zu stellen, und das tat ich.",
        "An der Tür stand jemand vom Lieferdienst, und ich nahm alles an.",
        "Mein Headset ist im Gespräch mit der Kundin ausgefallen, also rief ich zurück.",
        "Es gab eine Besprechung. Die habe ich verpasst.",
        "Ich bin am Empfang. Ich muss ans Telefon gehen.",
    ),
    "es": (
        "Le pedí al cliente que lo repitiera.",
        "No pudimos pasar a la fase siguiente sin el proveedor.",
        "Me perdí la reunión y llamé a mi jefa.",
        "Quería saltar la revisión y le dije que no.",
        "Necesité cinco minutos para encontrar la fuga.",
        "Tuvimos un problema con el micrófono en el escenario.",
        "La siguiente clienta fue más difícil.",
        "Ella me pidió decir la pregunta otra vez, y lo hice.",
        "Había alguien en la puerta todo el día para recibir a la gente.",
        "Mis compañeros necesitaban un momento para decidir.",
        "Había una fiesta de despedida. Me la perdí.",
        "Soy recepcionista. Tengo que atender el teléfono.",
    ),
    "fr": (
        "J'ai demandé au client de répéter.",
        "Nous ne pouvions pas avancer sans le fournisseur.",
        "J'ai raté le train et j'ai appelé ma responsable.",
        "Il voulait passer le contrôle et j'ai dit non.",
        "Il m'a fallu cinq minutes pour trouver la fuite.",
        "Nous avons eu un problème avec le micro sur scène.",
        "La prochaine cliente était plus difficile.",
        "Elle m'a demandé de poser la question encore une fois, et je l'ai fait.",
        "Il y avait quelqu'un à la porte pour accueillir les gens.",
        "Le casque de ma collègue est tombé en panne pendant l'appel.",
        "Il y avait une réunion. Je l'ai ratée.",
        "Je suis à l'accueil. Je dois répondre au téléphone.",
    ),
}


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [
        (language, intent, text)
        for language, table in REQUESTS.items()
        for intent, texts in table.items()
        for text in texts
    ],
)
def test_a_plain_request_is_heard(language: str, intent: Intent, text: str) -> None:
    assert intent == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, of in STORIES.items() for text in of]
)
def test_a_story_with_the_words_of_a_request_is_an_answer(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize("language", sorted(SPOKEN))
def test_every_language_has_requests_and_stories(language: str) -> None:
    assert {"repeat", "skip", "pause", "trouble"} <= set(REQUESTS[language])
    assert len(STORIES[language]) >= 10
