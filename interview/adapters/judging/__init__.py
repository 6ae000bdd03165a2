"""Reads what the judge is told: template files, filled for each competency."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from interview.judgement import Brief
from interview.rater import Unasked

FOLDER = files(__name__)
REASONS = FOLDER / "reasons"
TOML = ".toml"


@lru_cache(1)
def brief() -> Brief:
    """Reads files, once."""
    return brief_in(FOLDER)


def brief_in(folder: Traversable) -> Brief:
    """With the instructions of another folder. Raises `OSError`."""

    def read(name: str) -> str:
        return (folder / name).read_text("utf-8")

    return Brief(
        instructions=read("instructions.md"),
        anchor=read("anchor.md"),
        examples=read("examples.md"),
        example=read("example.md"),
        reasons={entry.name.removesuffix(TOML): _reasons(entry) for entry in REASONS.iterdir()},
    )


def _reasons(entry: Traversable) -> Mapping[Unasked, str]:
    told = tomllib.loads(entry.read_text("utf-8"))
    whys: tuple[Unasked, ...] = ("not_asked", "not_filed", "transcript")
    return {why: told[why] for why in whys}
