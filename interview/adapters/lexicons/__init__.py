"""Reads the word lists of the offline rater and its sentences, a file of each per language."""

import hashlib
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import snowballstemmer
from pydantic import BaseModel, ConfigDict

from interview.indicators import IndicatorRater, Wording
from interview.lexicon import Lexicon

FOLDER = files(__name__)
REASONS = "reasons"
TOML = ".toml"
REMEMBERED_STEMS = 4096


class _LexiconFile(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    stemmer: str
    elides: bool
    reach_before: int
    reach_after: int
    fillers: tuple[str, ...]
    articles: tuple[str, ...]
    negations: tuple[str, ...]
    negative_endings: tuple[str, ...]
    not_denying: tuple[str, ...]
    turns: tuple[str, ...]


def indicator_rater() -> IndicatorRater:
    """The rater with every language in this folder. Reads files: call it once, at the start."""
    wordings = {name: _wording(entry) for name, entry in _by_language(FOLDER / REASONS)}
    return IndicatorRater({name: _lexicon(entry) for name, entry in _by_language(FOLDER)}, wordings)


def _by_language(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.name.endswith(TOML):
            yield entry.name.removesuffix(TOML), entry


def _wording(entry: Traversable) -> Wording:
    return Wording(**tomllib.loads(entry.read_text("utf-8")))


def _lexicon(entry: Traversable) -> Lexicon:
    content = entry.read_text("utf-8")
    read = _LexiconFile.model_validate(tomllib.loads(content))
    return Lexicon(
        language=entry.name.removesuffix(TOML),
        version=hashlib.sha256(content.encode()).hexdigest()[:12],
        stem=lru_cache(REMEMBERED_STEMS)(snowballstemmer.stemmer(read.stemmer).stemWord),
        fillers=frozenset(tuple(filler.split()) for filler in read.fillers),
        articles=frozenset(read.articles),
        negations=frozenset(read.negations),
        negative_endings=read.negative_endings,
        not_denying=frozenset(read.not_denying),
        turns=frozenset(read.turns),
        reach_before=read.reach_before,
        reach_after=read.reach_after,
        elides=read.elides,
    )
