"""Who is offered a choice chooses in their own words."""

import re
from pathlib import Path

import pytest

from agent.lexicon import load_lexicon
from interview.intents import Intent
from interview.meant import intent_of

pytestmark = pytest.mark.unit

PHRASES = Path(__file__).parents[2] / "agent" / "phrases"
LANGUAGES = ("en", "de", "es", "fr")

GOES_ON = {
    "en": (
        "I'd rather go on with you.",
        "I would rather continue with you.",
        "Okay, go on with the interview.",
        "Then let's go on.",
        "Let's go on then.",
        "We can continue.",
        "I want to continue the interview.",
        "Please continue the interview.",
        "No, it's okay, let's continue.",
        "Let's just continue.",
        "Sorry, I changed my mind.",
    ),
    "de": (
        "Ich möchte weitermachen.",
        "Ich möchte mit Ihnen weitermachen.",
        "Dann machen wir weiter.",
        "Nein, lieber weiter.",
        "Lieber mit Ihnen.",
        "Ich möchte lieber jetzt mit Ihnen weitermachen.",
        "Ich hab es mir anders überlegt.",
    ),
    "es": (
        "No, sigamos.",
        "Está bien, sigamos.",
        "Mejor sigamos.",
        "Sigamos con la entrevista.",
        "Seguimos.",
        "Prefiero seguir ahora con usted.",
    ),
    "fr": (
        "Je préfère continuer.",
        "Je préfère continuer avec vous.",
        "Je veux continuer.",
        "Continuons l'entretien.",
        "Finalement, continuons.",
        "Je préfère continuer maintenant avec vous.",
    ),
}


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, of in GOES_ON.items() for text in of]
)
def test_who_would_rather_go_on_may_say_so_in_many_words(language: str, text: str) -> None:
    assert "go_on" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("line", "choices"),
    [
        ("person_offer", ["somebody", "go_on"]),
        ("distress", ["pause", "somebody", "go_on"]),
        ("stop_offer", ["stop", "pause", "go_on"]),
        ("danger", ["somebody", "pause", "go_on"]),
    ],
)
def test_what_an_offer_says_that_one_may_say_is_understood(
    language: str, line: str, choices: list[Intent]
) -> None:
    text = (PHRASES / language / f"{line}.txt").read_text()
    lexicon = load_lexicon(language)

    assert choices == [intent_of(one, lexicon) for one in re.findall(r": ([^.,:]+)[.,]", text)]


NAMES_A_PERSON = {
    "en": ("A recruiter.", "With a recruiter.", "A person."),
    "de": ("Menschen.", "Mit Menschen.", "Ich brauche einen Mitarbeiter."),
    "es": ("Con una persona.", "Necesito alguien del equipo."),
    "fr": ("À une personne.", "Je veux quelqu'un.", "Un recruteur."),
}


@pytest.mark.parametrize(
    ("language", "text"), [(of, text) for of, texts in NAMES_A_PERSON.items() for text in texts]
)
def test_an_answer_that_names_a_person_asks_for_none(language: str, text: str) -> None:
    assert intent_of(text, load_lexicon(language)) in ("answer", "somebody")


ASKS_FOR_A_PERSON = {
    "en": (
        "A real person, please.",
        "Human, please.",
        "I want a human.",
        "Can I have a human interviewer instead?",
        "Can somebody call me instead?",
    ),
    "de": (
        "Einen Menschen, bitte.",
        "Ich will einen Menschen.",
        "Ich möchte von einem Menschen interviewt werden.",
        "Können Sie mich mit einem Menschen verbinden?",
    ),
    "es": (
        "Una persona, por favor.",
        "Prefiero una persona.",
        "Quiero que me entreviste una persona.",
        "¿Me puede pasar con una persona?",
    ),
    "fr": (
        "Un humain, s'il vous plaît.",
        "Je veux un humain.",
        "J'aimerais être interviewé par un humain.",
        "Est-ce qu'un humain peut faire l'entretien ?",
    ),
}


@pytest.mark.parametrize(
    ("language", "text"), [(of, text) for of, texts in ASKS_FOR_A_PERSON.items() for text in texts]
)
def test_who_asks_for_a_person_in_so_many_words_is_offered_one(language: str, text: str) -> None:
    assert "person" == intent_of(text, load_lexicon(language))


PAUSES = {
    "en": ("I'd like a break.", "I would like a pause, please.", "Can I get a short break?"),
    "de": (
        "Ich hätte gern eine Pause.",
        "Ich möchte bitte eine Pause.",
        "Ich will jetzt eine Pause.",
    ),
    "es": ("Quiero una pausa.", "Quisiera un descanso.", "Me gustaría una pausa corta."),
    "fr": ("Je voudrais une pause.", "J'aimerais une petite pause.", "Il me faut une pause."),
}


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, of in PAUSES.items() for text in of]
)
def test_who_would_like_a_pause_has_it(language: str, text: str) -> None:
    assert "pause" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I told them that I would like a break."),
        ("de", "Ich sagte, ich hätte gern eine Pause für alle."),
        ("es", "Dije que quería una pausa para el equipo."),
        ("fr", "J'ai dit que je voudrais une pause pour tous."),
    ],
)
def test_who_tells_of_a_pause_has_none(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))
