"""What twins are made with, one file a language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

FOLDER = Path(__file__).parent / "words"


class Words(BaseModel):
    """`fillers` and `restarts` go between words, whole sentences between sentences.

    `tags` end sentences where others would not say them, and `articles` are what is left out by who
    learned the language late or far away.

    `pronouns` and `names` are exchanged word by word; “her” becomes `whom` before a word of
    `whom_before` or at the end of a clause, else `whose`.
    Before a word of `counting` an article says how many, and stays.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fillers: tuple[str, ...]
    restarts: tuple[str, ...]
    again: str
    flattery: tuple[str, ...]
    pleas: tuple[str, ...]
    tags: tuple[str, ...]
    articles: frozenset[str]
    counting: frozenset[str] = frozenset()
    talk: tuple[str, ...]
    prestige: tuple[str, ...]
    pronouns: Mapping[str, str] = {}
    names: Mapping[str, str] = {}
    whom_before: frozenset[str] = frozenset()
    whom: str = ""
    whose: str = ""


@cache
def words_in(language: str) -> Words:
    return Words.model_validate(tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")))


@cache
def alike_in(language: str) -> Mapping[str, str]:
    """What a recogniser may write for a word, because it sounds like it."""
    lines = (FOLDER / f"alike_{language}.txt").read_text("utf-8").splitlines()
    pairs = [line.split(maxsplit=1) for line in lines]
    return {pair[0]: pair[1] for pair in pairs}
