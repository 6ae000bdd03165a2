"""Reads the detector's phrases, one file a language, and what no language owns.

All languages are looked for in every interview: whoever speaks to a machine may choose any.
"""

import hashlib
import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from interview.hostile import Detector, Phrase

FOLDER = files(__name__)
COMMON = "common.toml"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Language(_File):
    phrases: dict[str, tuple[str, ...]]


class _LookAlikes(_File):
    letters: str
    pass_for: str


class _Expression(_File):
    rule: str
    pattern: str


class _Common(_File):
    look_alikes: _LookAlikes
    expressions: tuple[_Expression, ...]


@lru_cache(1)
def detector() -> Detector:
    """With every language in this folder. Reads files, once."""
    lists = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".toml"))
    texts = {name: (FOLDER / name).read_text("utf-8") for name in lists}
    common = _Common.model_validate(tomllib.loads(texts[COMMON]))
    spoken = [
        _Language.model_validate(tomllib.loads(texts[name])) for name in lists if name != COMMON
    ]
    return Detector(
        version=hashlib.sha256("\n".join(texts[name] for name in lists).encode()).hexdigest()[:12],
        phrases=tuple(
            Phrase.of(rule, written)
            for language in spoken
            for rule, phrases in language.phrases.items()
            for written in phrases
        ),
        expressions=tuple(
            (each.rule, re.compile(each.pattern, re.IGNORECASE)) for each in common.expressions
        ),
        look_alikes=str.maketrans(
            dict(zip(common.look_alikes.letters, common.look_alikes.pass_for, strict=True))
        ),
    )
