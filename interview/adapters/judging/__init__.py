"""Reads what the judge is told: template files, filled for each competency."""

import tomllib
from functools import lru_cache
from importlib.resources import files

from interview.judgement import Brief

FOLDER = files(__name__)


@lru_cache(1)
def brief() -> Brief:
    """Reads files, once."""
    reasons = tomllib.loads(_read("reasons.toml"))
    return Brief(
        instructions=_read("instructions.md"),
        anchor=_read("anchor.md"),
        examples=_read("examples.md"),
        example=_read("example.md"),
        not_asked=reasons["not_asked"],
        transcript=reasons["transcript"],
    )


def _read(name: str) -> str:
    return (FOLDER / name).read_text("utf-8")
