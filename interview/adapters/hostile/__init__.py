"""Reads the detector's phrases, one file a language, and what no language owns.

All languages are looked for in every interview: whoever speaks to a machine may choose any.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from interview.hostile import VERSION, Detector, Part, Phrase, Plea

FOLDER = files(__name__)
COMMON = "common.toml"


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Plea(_File):
    opens: str
    about: str
    rating: str


class _Language(_File):
    phrases: dict[str, tuple[str, ...]]
    ambiguous: dict[str, tuple[str, ...]]
    told: tuple[str, ...]
    plea: _Plea


class _LookAlikes(_File):
    letters: str
    pass_for: str


class _Expression(_File):
    rule: str
    pattern: str


class _Common(_File):
    look_alikes: _LookAlikes
    expressions: tuple[_Expression, ...]


def _by_rule(lists: Iterable[Mapping[str, tuple[str, ...]]]) -> Iterator[Phrase]:
    for each in lists:
        for rule, phrases in each.items():
            yield from (Phrase.of(rule, written) for written in phrases)


@lru_cache(1)
def detector() -> Detector:
    """With every language in this folder. Reads files, once."""
    lists = sorted(entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".toml"))
    texts = {name: (FOLDER / name).read_text("utf-8") for name in lists}
    digest = hashlib.sha256("\n".join(texts[name] for name in lists).encode()).hexdigest()[:12]
    common = _Common.model_validate(tomllib.loads(texts[COMMON]))
    spoken = [
        _Language.model_validate(tomllib.loads(texts[name])) for name in lists if name != COMMON
    ]
    phrases = tuple(_by_rule(each.phrases for each in spoken))
    ambiguous = tuple(_by_rule(each.ambiguous for each in spoken))
    parts = [part for each in (*phrases, *ambiguous) for part in each.parts if part is not None]
    return Detector(
        version=f"{VERSION}.{digest}",
        phrases=phrases,
        ambiguous=ambiguous,
        words=frozenset(word for part in parts for word in part.words),
        beginnings=frozenset(word for part in parts for word in part.beginnings),
        told=tuple(Phrase.of("told", written) for each in spoken for written in each.told),
        pleas=tuple(
            Plea(Part.of(each.opens), Part.of(each.about), Part.of(each.rating))
            for each in (language.plea for language in spoken)
        ),
        expressions=tuple(
            (each.rule, re.compile(each.pattern, re.IGNORECASE)) for each in common.expressions
        ),
        look_alikes=str.maketrans(
            dict(zip(common.look_alikes.letters, common.look_alikes.pass_for, strict=True))
        ),
    )
