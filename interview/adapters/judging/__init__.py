"""Reads what the judge is told: template files, filled for each competency."""

import tomllib
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from interview.judgement import Brief

FOLDER = files(__name__)


@lru_cache(1)
def brief() -> Brief:
    """Reads files, once."""
    return brief_in(FOLDER)


def brief_in(folder: Traversable) -> Brief:
    """Of another folder with the same files. Raises `OSError`, `KeyError`."""

    def read(name: str) -> str:
        return (folder / name).read_text("utf-8")

    reasons = tomllib.loads(read("reasons.toml"))
    return Brief(
        instructions=read("instructions.md"),
        anchor=read("anchor.md"),
        examples=read("examples.md"),
        example=read("example.md"),
        not_asked=reasons["not_asked"],
        transcript=reasons["transcript"],
    )
