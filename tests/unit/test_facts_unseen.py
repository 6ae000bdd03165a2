"""What is told of a job, before questions that were written when there was no rule for it."""

import tomllib
from pathlib import Path

import pytest

from agent.lexicon import load_lexicon
from interview.questions import Named, named_in

pytestmark = pytest.mark.unit

UNSEEN = tomllib.loads((Path(__file__).parent / "fact_unseen.toml").read_text())
ROUNDS = ("first", "second")


def told(*rounds: str) -> list[tuple[str, str, str]]:
    """Language, the fact that answers, and the question."""
    return [
        (language, topic, text)
        for language, parts in UNSEEN.items()
        for one in rounds
        for topic, text in parts["told"][one]
    ]


def noted(*rounds: str) -> list[tuple[str, str]]:
    return [
        (language, text)
        for language, parts in UNSEEN.items()
        for one in rounds
        for text in parts["noted"][one]
    ]


def asked(language: str, text: str) -> Named | None:
    facts = UNSEEN[language]["facts"].items()
    return named_in(text, facts, load_lexicon(language).wishes)


@pytest.mark.parametrize(("language", "topic", "text"), told(*ROUNDS))
def test_a_question_that_a_fact_answers_is_told_it(language: str, topic: str, text: str) -> None:
    assert Named(topic) == asked(language, text)


@pytest.mark.parametrize(("language", "text"), noted(*ROUNDS))
def test_a_question_that_asks_more_than_a_fact_tells_is_noted(language: str, text: str) -> None:
    assert Named(None) == asked(language, text)


def test_there_are_so_many_and_only_those_are_got_wrong_that_are_known() -> None:
    """Before there was a rule, 43 of the first 44 were told, and each of the other 44 was told a
    fact that does not answer it."""
    assert [44, 44] == [len(told(*ROUNDS)), len(noted(*ROUNDS))]
    assert [0, 6] == [len(told("open")), len(noted("open"))]


def test_who_is_known_to_be_got_wrong_still_is() -> None:
    """What is mended belongs among the others."""
    assert [] == [text for lang, topic, text in told("open") if asked(lang, text) == Named(topic)]
    assert [] == [text for lang, text in noted("open") if asked(lang, text) == Named(None)]
