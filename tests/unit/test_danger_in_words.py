"""Who is in danger is told from who speaks in pictures, of work, or of what others said.

The sentences are in `tests/sentences/danger`.
"""

import tomllib
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from agent.lexicon import load_lexicon
from interview.languages import SPOKEN
from interview.meant import intent_of

pytestmark = pytest.mark.unit

FOLDER = Path(__file__).parents[1] / "sentences" / "danger"
SENTENCES = TypeAdapter(dict[str, list[str]])


def every(kind: str) -> list[tuple[str, str]]:
    return [(of, text) for of in sorted(SPOKEN) for text in _read(of)[kind]]


def _read(language: str) -> dict[str, list[str]]:
    text = (FOLDER / f"{language}.toml").read_text()
    return SENTENCES.validate_python(tomllib.loads(text))


@pytest.mark.parametrize(("language", "text"), every("cries"))
def test_a_cry_is_heard_whatever_stands_beside_it(language: str, text: str) -> None:
    assert "danger" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(("language", "text"), every("answers"))
def test_pictures_and_work_are_no_danger(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(("language", "text"), every("told"))
def test_what_others_are_told_to_have_said_is_no_cry(language: str, text: str) -> None:
    assert "answer" == intent_of(text, load_lexicon(language))


@pytest.mark.parametrize(("language", "text"), every("own"))
def test_a_cry_beside_which_others_spoke_is_ones_own(language: str, text: str) -> None:
    assert "danger" == intent_of(text, load_lexicon(language))
