"""Loads how a language says that somebody said something."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from interview.attributed import Attributions
from interview.probing import Phrases
from interview.readings import folded
from pydantic import TypeAdapter

FOLDER = Path(__file__).parent / "probes" / "attributed"


@dataclass(frozen=True, slots=True)
class _File:
    said: tuple[str, ...]
    echoes: tuple[str, ...]
    holds: tuple[str, ...]
    joins: tuple[str, ...]
    relatives: tuple[str, ...]
    questions: tuple[str, ...]
    small: tuple[str, ...]
    vague: tuple[str, ...]
    verbs: tuple[str, ...]


_FILE = TypeAdapter(_File)


def load_attributions(language: str) -> Attributions:
    """Of a language that models' probes are asked in."""
    text = (FOLDER / f"{language}.toml").read_text("utf-8")
    told = _FILE.validate_python(tomllib.loads(text))
    return Attributions(
        said=Phrases.of(told.said),
        echoes=Phrases.of(told.echoes),
        small=_words(told.small),
        vague=_words(told.vague),
        verbs=_words(told.verbs),
        holds=_words(told.holds),
        joins=_words(told.joins),
        relatives=_words(told.relatives),
        questions=_words(told.questions),
    )


def _words(rows: tuple[str, ...]) -> frozenset[str]:
    """Also of “a|b”."""
    return frozenset(one for row in rows for word in row.split("|") for one in folded(word).split())
