"""Loads the words of a language that turn-taking looks at."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from interview.patience import Lexicon
from pydantic import TypeAdapter

FOLDER = Path(__file__).parent / "lexicons"
WISHES = Path(__file__).parent / "wishes"
LEXICON = TypeAdapter(Lexicon)
PHRASES = TypeAdapter(list[str])

OPTION = re.compile(r"\(([^()\[\]]*)\)|\[([^()\[\]]*)\]")
"""A choice `(a|b)`, or what may be left out `[c]`, with no other inside."""


def load_lexicon(language: str) -> Lexicon:
    """The lexicon of the base language; an unknown language has an empty one, so that pauses are
    judged by length and voice alone."""
    name = f"{language.split('-', maxsplit=1)[0]}.toml"
    said = _read(FOLDER / name)
    thinks = {"think_phrases": _every_way(said)} if said else {}
    return LEXICON.validate_python(said | thinks | {"wishes": _read(WISHES / name)})


def _every_way(said: Mapping[str, object]) -> frozenset[str]:
    """A wish for time has many tails (“… about that for a second”): its phrases have options."""
    phrases = PHRASES.validate_python(said.get("think_phrases", []))
    return frozenset(way for phrase in phrases for way in ways(phrase))


def ways(phrase: str) -> Iterator[str]:
    """Each phrase that one with options stands for."""
    option = OPTION.search(phrase)
    if option is None:
        yield " ".join(phrase.split())
        return
    chosen = option[1].split("|") if option[2] is None else ["", *option[2].split("|")]
    for each in chosen:
        yield from ways(f"{phrase[: option.start()]}{each}{phrase[option.end() :]}")


def _read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text()) if path.exists() else {}
