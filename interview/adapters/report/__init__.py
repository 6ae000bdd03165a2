"""Reports as PDF: one page description for Typst, and the words of each language."""

import json
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import typst

from interview.report import Report

FOLDER = files(__name__)
ENGLISH = "en"
STANDARD: Literal["ua-1"] = "ua-1"
"""PDF/UA-1 (ISO 14289-1): read aloud by a screen reader as it is seen."""

Words = dict[str, str | dict[str, str]]


def languages() -> frozenset[str]:
    """Those that there are words for."""
    return frozenset(
        entry.name.removesuffix(".toml") for entry in FOLDER.joinpath("words").iterdir()
    )


def told_in(language: str) -> str:
    """A regional form counts as its base; an unknown language is told in English."""
    return language[:2] if language[:2] in languages() else ENGLISH


@cache
def words_of(language: str) -> Words:
    """The words of one of `languages`."""
    return tomllib.loads(FOLDER.joinpath("words", f"{language}.toml").read_text("utf-8"))


def typeset(report: Report, language: str) -> bytes:
    """A PDF. It takes a tenth of a second of computing: call it beside the event loop.

    What people wrote reaches Typst as data and is never read as markup; the same report gives the
    same bytes.
    """
    chosen = told_in(language)
    words = json.dumps(words_of(chosen))
    return typst.compile(
        FOLDER.joinpath("page.typ").read_bytes(),
        ignore_system_fonts=True,
        sys_inputs={"report": report.model_dump_json(), "words": words, "language": chosen},
        pdf_standards=STANDARD,
        timestamp=0,
    )
