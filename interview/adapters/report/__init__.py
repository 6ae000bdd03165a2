"""Reports as PDF: one page description for Typst, and the words of each language."""

import json
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typst
from pydantic_core import to_json

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


@cache
def fonts() -> typst.Fonts:
    """Those that Typst brings, and for what they lack, names in other scripts and signs, those of
    two packages and our own. None of the machine's: a report is the same file everywhere."""
    packages = [str(files(name)) for name in ("manimgx_fonts", "noto_cjk_sans_jp_regular")]
    folders = [*packages, str(FOLDER.joinpath("fonts"))]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def typeset(report: Report, language: str) -> bytes:
    """A PDF. It takes a tenth of a second of computing: call it beside the event loop.

    What people wrote reaches Typst as data and is never read as markup; the same report gives the
    same bytes.
    """
    chosen = told_in(language)
    inputs = {
        "report": as_shown(report),
        "words": json.dumps(words_of(chosen)),
        "language": chosen,
    }
    try:
        return _document({**inputs, "lacking": "no"})
    except typst.TypstError:  # no font has some character, which PDF/UA-1 does not put up with
        return _document({**inputs, "lacking": "yes"})


def _document(inputs: dict[str, str]) -> bytes:
    """`lacking` has a box stand for what no font has, and the document say so."""
    return typst.compile(
        FOLDER.joinpath("page.typ").read_bytes(),
        font_paths=fonts(),
        sys_inputs=inputs,
        pdf_standards=STANDARD,
        timestamp=0,
    )


def as_shown(report: Report) -> str:
    """The report with its moments as they are read, in its own time zone."""
    try:
        zone = ZoneInfo(report.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zone = ZoneInfo("UTC")

    def shown(value: object) -> object:
        match value:
            case datetime():
                return f"{value.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"
            case Mapping():
                return {name: shown(each) for name, each in value.items()}
            case tuple() | list():
                return [shown(each) for each in value]
            case str():
                return printable(value)
            case _:
                return value

    return to_json(shown(report.model_dump())).decode()


def printable(text: str) -> str:
    """Without what is no character of a text, and what PDF/UA-1 forbids: controls but tabs and ends
    of lines, noncharacters (Unicode 23.7), and the mark that a text begins with."""
    return "".join(each for each in text if each in "\t\n" or not _forbidden(each))


def _forbidden(character: str) -> bool:
    point = ord(character)
    is_noncharacter = 0xFDD0 <= point <= 0xFDEF or point & 0xFFFE == 0xFFFE
    return is_noncharacter or point == 0xFEFF or unicodedata.category(character) in {"Cc", "Cs"}
