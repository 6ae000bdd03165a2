"""Patience in every other language: what is waited for, and for how long, sentence by sentence.

The sentences are in `tests/sentences`. Those beginning with `other_` were written without a look at
the word lists.
"""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.lexicon import load_lexicon
from interview.languages import ENGLISH, SPOKEN, language_of
from interview.patience import (
    THINKING_S,
    Lexicon,
    Signals,
    asks_for_time,
    asks_to_repeat,
    is_backchannel,
    says_nothing,
    wait_s,
)

pytestmark = pytest.mark.unit

FOLDER = Path(__file__).parents[1] / "sentences"
OTHERS = sorted(SPOKEN - {ENGLISH})
LEXICONS = {language: load_lexicon(language) for language in OTHERS}
LEAST = 25
WRONG_AT_MOST = 0.1


def sentences(language: str) -> dict[str, list[str]]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text())


def every(kind: str) -> list[tuple[str, str]]:
    return [(language, text) for language in OTHERS for text in sentences(language)[kind]]


def waits(text: str, language: str) -> float:
    """After an answer that is long enough for its question."""
    signals = Signals(text, words=len(text.split()), expected_words=1)
    return wait_s(signals, LEXICONS[language], language_of(language).waits)


@pytest.mark.parametrize(("language", "text"), [*every("open"), *every("long_open")])
def test_who_breaks_off_inside_a_clause_is_waited_for(language: str, text: str) -> None:
    assert language_of(language).waits.open_clause == waits(text, language)


@pytest.mark.parametrize(("language", "text"), [*every("whole"), *every("long_whole")])
def test_who_has_finished_is_answered_soon(language: str, text: str) -> None:
    assert language_of(language).waits.whole == waits(text, language)


@pytest.mark.parametrize(("language", "text"), every("think"))
def test_who_asks_for_time_is_given_it(language: str, text: str) -> None:
    assert THINKING_S == waits(text, language)


@pytest.mark.parametrize(("language", "text"), every("no_think"))
def test_who_tells_of_thinking_does_not_ask_for_time(language: str, text: str) -> None:
    assert waits(text, language) <= language_of(language).waits.longest


@pytest.mark.parametrize(("language", "text"), every("done"))
def test_who_is_done_is_answered_at_once(language: str, text: str) -> None:
    assert language_of(language).waits.done == waits(text, language)


@pytest.mark.parametrize(("language", "text"), every("no_done"))
def test_who_tells_of_an_end_is_not_done(language: str, text: str) -> None:
    assert language_of(language).waits.done < waits(text, language)


KINDS: dict[str, Callable[[str, Lexicon], bool]] = {
    "repeat": asks_to_repeat,
    "backchannel": is_backchannel,
    "nothing": says_nothing,
    "think": lambda text, lexicon: asks_for_time(text, text, lexicon),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", OTHERS)
def test_what_is_said_beside_answers_is_known_from_what_only_sounds_like_it(
    language: str, kind: str
) -> None:
    lexicon, known = LEXICONS[language], KINDS[kind]

    assert [] == [text for text in sentences(language)[kind] if not known(text, lexicon)]
    assert [] == [text for text in sentences(language)[f"no_{kind}"] if known(text, lexicon)]


@pytest.mark.parametrize("language", OTHERS)
def test_most_sentences_that_no_list_was_made_for_are_understood(language: str) -> None:
    said, patience = sentences(language), language_of(language).waits
    broken, whole = said["other_open"], said["other_whole"]
    cut = [text for text in broken if waits(text, language) != patience.open_clause]
    kept = [text for text in whole if waits(text, language) != patience.whole]

    assert min(len(broken), len(whole)) >= LEAST - 5
    assert len(cut) / len(broken) <= 2 * WRONG_AT_MOST + 0.05, cut
    assert len(kept) / len(whole) <= WRONG_AT_MOST, kept


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_is_tried_on_sentences_of_every_kind(language: str) -> None:
    said = sentences(language)

    assert {"open", "whole", "done", "no_done", *KINDS, *(f"no_{kind}" for kind in KINDS)} <= set(
        said
    )
    assert min(len(said["open"]), len(said["whole"])) >= LEAST
    assert all(len(texts) >= 3 for texts in said.values())


@pytest.mark.parametrize("language", OTHERS)
def test_a_voice_that_goes_on_is_waited_for_below_the_threshold_of_its_language(
    language: str,
) -> None:
    patience = language_of(language).waits
    whole = sentences(language)["whole"][0]

    def after(end_of_turn: float) -> float:
        signals = Signals(whole, words=40, expected_words=1, end_of_turn=end_of_turn)
        return wait_s(signals, LEXICONS[language], patience)

    assert patience.unsure == after(patience.unlikely - 0.01)
    assert patience.whole == after(patience.unlikely + 0.01)


@pytest.mark.parametrize(
    ("language", "typed"), [("fr", "C’est tout."), ("de", "Das war’s."), ("en", "That’s all.")]
)
def test_an_apostrophe_is_one_however_it_is_written(language: str, typed: str) -> None:
    patience = language_of(language).waits

    assert patience.done == wait_s(Signals(typed, 2, 50), load_lexicon(language), patience)
