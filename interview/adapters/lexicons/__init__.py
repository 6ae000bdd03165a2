"""Reads the word lists of the offline rater and its sentences, a file of each per language."""

import hashlib
import tomllib
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from threading import Lock

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
    pronouns: tuple[str, ...]
    repairs: tuple[str, ...]
    subjects: tuple[str, ...]
    carrying: tuple[str, ...]
    capitals_name: bool


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
        stem=_stem(read.stemmer),
        fillers=_phrases(read.fillers),
        articles=frozenset(read.articles),
        negations=frozenset(read.negations),
        negative_endings=read.negative_endings,
        not_denying=frozenset(read.not_denying),
        turns=frozenset(read.turns),
        reach_before=read.reach_before,
        reach_after=read.reach_after,
        elides=read.elides,
        pronouns=frozenset(read.pronouns),
        repairs=_phrases(read.repairs),
        subjects=_phrases(read.subjects),
        carrying=frozenset(read.carrying),
        capitals_name=read.capitals_name,
    )


def _stem(language: str) -> Callable[[str], str]:
    """One word at a time: a Snowball stemmer holds the word that it works on, and threads that rate
    side by side would get each other's stems."""
    lock, stemmer = Lock(), snowballstemmer.stemmer(language)

    @lru_cache(REMEMBERED_STEMS)
    def stem(form: str) -> str:
        with lock:
            found: str = stemmer.stemWord(form)
            return found

    return stem


def _phrases(written: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(phrase.split()) for phrase in written)
