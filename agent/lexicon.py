"""Loads the words of a language that turn-taking looks at."""

import tomllib
from pathlib import Path

from interview.patience import Lexicon
from pydantic import TypeAdapter

FOLDER = Path(__file__).parent / "lexicons"
WISHES = Path(__file__).parent / "wishes"
LEXICON = TypeAdapter(Lexicon)


def load_lexicon(language: str) -> Lexicon:
    """The lexicon of the base language; an unknown language has an empty one, so that pauses are
    judged by length and voice alone."""
    name = f"{language.split('-', maxsplit=1)[0]}.toml"
    return LEXICON.validate_python(_read(FOLDER / name) | {"wishes": _read(WISHES / name)})


def _read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text()) if path.exists() else {}
