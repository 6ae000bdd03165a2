"""Who says that nothing more comes, and nothing else, is asked no further probe."""

import pytest

from agent.lexicon import load_lexicon
from interview.languages import SPOKEN
from interview.meant import intent_of
from interview.session import Say
from tests.fakes.talk import SHORT, Talk, asking, inviting

pytestmark = pytest.mark.unit

DONE: dict[str, tuple[str, ...]] = {
    "en": ("That's all.", "I'm done.", "That would be all.", "Nothing more.", "I've finished."),
    "de": ("Das war's.", "Ich bin fertig.", "Mehr fällt mir nicht ein.", "Sonst nichts."),
    "es": ("Eso es todo.", "He terminado.", "Ya está.", "Nada más."),
    "fr": ("C'est tout.", "J'ai fini.", "J'ai terminé.", "Voilà.", "Rien d'autre."),
}


def probed() -> Talk:
    """The first of two probes was just asked."""
    talk = asking()
    talk.answers(SHORT)
    assert Say("probe", "first", 0) == talk.says()
    return talk


def test_who_says_to_a_probe_that_they_are_done_is_asked_the_next_question() -> None:
    talk = probed()

    talk.answers(SHORT, "done")

    assert Say("question", "second", lead="thanks") == talk.todo


def test_who_says_to_a_question_that_they_are_done_is_asked_one_probe() -> None:
    talk = asking()

    talk.answers(SHORT, "done")

    assert Say("probe", "first", 0) == talk.says()
    talk.answers(SHORT, "done")
    assert Say("question", "second", lead="thanks") == talk.todo


@pytest.mark.parametrize("intent", ["no", "answer"])
def test_an_answer_of_few_words_to_a_probe_is_probed_once_more(intent: str) -> None:
    talk = probed()

    talk.answers(SHORT, intent)

    assert Say("probe", "first", 1) == talk.todo


def test_the_button_ends_an_answer_as_silence_does() -> None:
    """What is written comes with it, too: both are probed as what is said."""
    talk = probed()

    talk.answered(talk.hears(), 20, signal="done")

    assert Say("probe", "first", 1) == talk.todo


def test_who_was_asked_in_vain_whether_they_have_questions_is_said_goodbye_to() -> None:
    talk = inviting()

    talk.answers(SHORT, "done")

    assert Say("closing") == talk.todo


def test_who_is_done_where_they_might_ask_hears_the_open_question() -> None:
    talk = asking()
    talk.wishes("has_question")
    talk.says()

    assert Say("repeat", "first", lead="of_course") == talk.wishes("done")


def test_who_is_done_in_distress_hears_the_choice_once_more() -> None:
    talk = asking()
    talk.wishes("distress")
    talk.says()

    assert Say("distress") == talk.wishes("done")


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, of in DONE.items() for text in of]
)
def test_every_language_has_words_for_being_done(language: str, text: str) -> None:
    assert "done" == intent_of(text, load_lexicon(language))
    assert {*SPOKEN} == {*DONE}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I called the supplier and moved the date. That's all."),
        ("en", "I was done by five."),
        ("de", "Ich war um fünf fertig mit allem."),
        ("es", "He terminado el informe a tiempo."),
        ("fr", "J'ai fini le rapport à temps."),
    ],
)
def test_what_says_more_than_to_be_done_is_an_answer(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))
