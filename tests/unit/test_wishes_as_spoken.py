"""Wishes as people say them and recognisers write them: beside other words, short, unaccented."""

import pytest

from agent.lexicon import load_lexicon
from interview.intents import Intent
from interview.meant import intent_of
from tests.fakes.utterances import SAID

pytestmark = pytest.mark.unit

BESIDE: tuple[tuple[str, Intent, str], ...] = (
    ("en", "person", "Hi, my name is Anna. I would like to talk to a person."),
    ("en", "person", "No. I want to speak to a human, not a machine."),
    ("en", "person", "I don't know. Can I talk to a person?"),
    ("en", "person", "Good morning, can I talk to a person?"),
    ("en", "trouble", "I can't hear you. Can you hear me? I'll try to reconnect."),
    ("en", "repeat", "So I worked in a shop. Sorry, can you repeat the question?"),
    ("en", "pause", "We had twelve tables and I did them all. I need a break."),
    ("de", "person", "Guten Tag, kann ich bitte mit einem Menschen sprechen?"),
    ("de", "person", "Ich weiß nicht. Kann ich mit einem Menschen sprechen?"),
    ("es", "person", "Buenos días, quiero hablar con una persona."),
    ("es", "pause", "Trabajé dos años en una tienda. ¿Podemos hacer una pausa?"),
    ("fr", "person", "Bonjour madame, est-ce que je peux parler à une personne ?"),
    ("fr", "trouble", "J'ai travaillé dans un magasin. Vous m'entendez ?"),
)

SPOKEN: tuple[tuple[str, Intent, str], ...] = (
    ("en", "trouble", "i cant hear you"),
    ("en", "distress", "im not feeling well"),
    ("en", "person", "i dont want to talk to a robot"),
    ("en", "skip", "lets skip this one"),
    ("en", "job", "whats the salary"),
    ("en", "rephrase", "sorry i dont understand the question"),
    ("de", "trouble", "ich hör Sie nicht"),
    ("de", "trouble", "ich hab nichts gehört"),
    ("de", "rephrase", "ich hab die Frage nicht verstanden"),
    ("de", "rephrase", "ich versteh die Frage nicht"),
    ("de", "pause", "ich brauch ne pause"),
    ("de", "distress", "mir gehts nicht gut"),
    ("es", "person", "no quiero hablar con una maquina"),
    ("es", "robot", "quien es usted"),
    ("es", "rephrase", "no entiendo"),
    ("fr", "trouble", "je vous entends pas"),
    ("fr", "person", "je veux pas parler à un robot"),
    ("fr", "person", "je veux pas parler à une machine"),
    ("fr", "skip", "je veux pas répondre"),
    ("fr", "person", "est ce que je peux parler à une personne"),
    ("fr", "robot", "êtes vous un robot"),
    ("fr", "pause", "peut on faire une pause"),
    ("fr", "repeat", "vous pouvez répéter s'il vous plait"),
)

BACK_AND_LATER: tuple[tuple[str, Intent, str], ...] = (
    ("en", "back", "the previous question"),
    ("en", "skip", "Can we come back to this later?"),
    ("de", "back", "die letzte Frage noch mal"),
    ("de", "skip", "Können wir später darauf zurückkommen?"),
    ("es", "back", "la anterior"),
    ("es", "skip", "¿Podemos volver a esta pregunta más tarde?"),
    ("fr", "back", "la précédente"),
    ("fr", "skip", "Peut-on y revenir plus tard ?"),
)


@pytest.mark.parametrize(("language", "intent", "text"), [*BESIDE, *SPOKEN, *BACK_AND_LATER])
def test_a_wish_is_understood_as_it_is_spoken(language: str, intent: Intent, text: str) -> None:
    assert intent == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("before", "latest", "intent"),
    [
        ("I worked in a shop for two years", "can I talk to a person", "person"),
        ("The customer asked me", "can I talk to a person", "answer"),
        ("What I liked best was to", "take a break", "answer"),
    ],
)
def test_what_is_said_after_a_pause_may_be_a_wish_of_its_own(
    before: str, latest: str, intent: Intent
) -> None:
    assert intent == intent_of(f"{before} {latest}", load_lexicon("en"), latest)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The line was bad. She asked me: Can you hear me?"),
        ("en", "A guest shouted at me. He said he was ill. I need a break."),
        ("en", "Can I talk to a person? That is what every second caller says to me at the desk."),
        ("de", "Der Anrufer war ungeduldig und sagte nur einen Satz. Ich höre Sie nicht."),
        ("es", "La clienta dijo una cosa. Quiero hablar con una persona."),
        ("fr", "Le client a dit une chose. Je veux parler à une personne."),
    ],
)
def test_what_others_are_told_to_have_said_is_no_wish(language: str, text: str) -> None:
    assert intent_of(text, load_lexicon(language)) in ("answer", "asks")


@pytest.mark.parametrize(
    ("language", "intent", "text"),
    [
        (language, intent, text)
        for language, table in SAID.items()
        for intent, texts in table.items()
        for text in texts
        if intent != "asks"
    ],
)
def test_no_wish_depends_on_accents_apostrophes_and_hyphens(
    language: str, intent: Intent, text: str
) -> None:
    written = text.translate(str.maketrans("áéíóúñàâçèêëîïôûùäöü", "aeiounaaceeeiiouuaou", "'"))

    assert intent == intent_of(written.replace("-", " "), load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What did I do? I told him he had to pay first, and then we shipped it."),
        ("en", "how did I handle it I asked her to pay first"),
        ("en", "Do I mind shifts? No, I worked nights for six years."),
        ("en", "Why did I leave? The shifts were too long for me."),
        ("en", "I told him that he had to pay first, right?"),
        ("de", "Was habe ich gemacht? Ich habe ihn zuerst zahlen lassen."),
        ("de", "Warum bin ich gegangen? Die Schichten waren zu lang."),
        ("es", "¿Qué hice? Le dije que tenía que pagar primero."),
        ("es", "¿Cómo lo resolví?"),
        ("fr", "Qu'est-ce que j'ai fait ? Je lui ai dit de payer d'abord."),
        ("fr", "Pourquoi je suis parti ? Les horaires étaient trop longs."),
    ],
)
def test_who_asks_themselves_answers(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "That's all."),
        ("en", "No, thank you."),
        ("en", "I'm good, thanks."),
        ("en", "No, nothing else."),
        ("de", "Nein, danke."),
        ("de", "Das war's."),
        ("es", "No, gracias."),
        ("es", "Nada más."),
        ("fr", "Non, merci."),
        ("fr", "C'est tout."),
    ],
)
def test_who_has_no_questions_says_so_in_many_words(language: str, text: str) -> None:
    assert intent_of(text, load_lexicon(language)) in ("no", "done", "go_on")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "yes I have one"),
        ("en", "yes two actually"),
        ("en", "Yes, thank you."),
        ("de", "ja eine"),
        ("es", "sí tengo una"),
        ("fr", "oui j'en ai une"),
    ],
)
def test_who_has_a_question_says_so_in_many_words(language: str, text: str) -> None:
    assert intent_of(text, load_lexicon(language)) in ("yes", "has_question")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I feel nervous."),
        ("en", "I am anxious."),
        ("en", "The connection was bad."),
        ("en", "The sound was bad."),
        ("de", "Ich habe Probleme."),
        ("de", "Ich habe Schwierigkeiten."),
        ("de", "Der Ton war schlecht."),
        ("de", "Das ist zu viel."),
        ("es", "No puedo."),
        ("es", "Tengo problemas."),
        ("es", "Hay ruido."),
        ("es", "Está bien."),
        ("fr", "Je ne peux pas."),
        ("fr", "C'est trop difficile."),
        ("fr", "J'ai un problème."),
        ("fr", "C'est juste."),
    ],
)
def test_a_short_answer_is_no_wish(language: str, text: str) -> None:
    assert intent_of(text, load_lexicon(language)) in ("answer", "nothing")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "So what did I do?"),
        ("de", "Was habe ich gemacht?"),
        ("es", "¿Qué hice yo?"),
        ("fr", "Qu'est-ce que j'ai fait ?"),
    ],
)
def test_who_asks_themselves_asks_nothing_of_us(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))
