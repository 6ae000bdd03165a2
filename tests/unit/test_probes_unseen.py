"""The guard before sentences that were written without looking at what it knows."""

import tomllib
from pathlib import Path

import pytest

from interview.probing import Admitted, Refused
from tests.unit.test_probing import guard, judged

pytestmark = pytest.mark.unit

UNSEEN = tomllib.loads((Path(__file__).parent / "probe_unseen.toml").read_text())
ROUNDS = ("first", "second", "third", "fourth", "fifth")


def told(part: str, *rounds: str) -> list[tuple[str, str]]:
    """Language and sentence."""
    return [
        (language, text)
        for language, parts in UNSEEN.items()
        for one in rounds
        for text in parts[part][one]
    ]


@pytest.mark.parametrize(("language", "text"), told("refused", *ROUNDS))
def test_what_no_interviewer_may_ask_is_refused(language: str, text: str) -> None:
    assert isinstance(judged(text, language), Refused)


@pytest.mark.parametrize(("language", "text"), told("asked", *ROUNDS))
def test_what_a_good_interviewer_asks_is_admitted(language: str, text: str) -> None:
    assert Admitted(text) == judged(text, language)


def test_there_are_some_300_of_each_and_only_those_are_got_wrong_that_are_known() -> None:
    """Eight that should have been refused. Of those that should have been asked, 30: all but two
    are of the fourth round, whose innocent sentences hold a word that is protected elsewhere."""
    parts = ("refused", "asked")

    assert [325, 286] == [len(told(part, *ROUNDS, "open")) for part in parts]
    assert [8, 30] == [len(told(part, "open")) for part in parts]


def test_who_is_known_to_be_got_wrong_still_is() -> None:
    """What is mended belongs among the others."""
    assert [] == [t for lang, t in told("refused", "open") if isinstance(judged(t, lang), Refused)]
    assert [] == [t for lang, t in told("asked", "open") if isinstance(judged(t, lang), Admitted)]


@pytest.mark.parametrize(
    ("language", "tail", "is_one"),
    [
        ("en", "and why", True),
        ("en", "and what came of it", True),
        ("en", "and who did you call about it", False),
        ("de", "und warum", True),
        ("de", "und wie lange hat die Reparatur gedauert", False),
        ("es", "y por qué", True),
        ("es", "y con quién habló usted después de eso", False),
        ("fr", "et pourquoi", True),
        ("fr", "et à qui en avez-vous parlé ensuite", False),
    ],
)
def test_a_second_question_that_is_joined_on_is_one_too_many(
    language: str, tail: str, *, is_one: bool
) -> None:
    first = {
        "en": "What did you do",
        "de": "Was taten Sie",
        "es": "Qué hizo",
        "fr": "Que s'est-il passé",
    }

    assert is_one is not guard(language).openings.ask_twice(f"{first[language]} {tail}?")
