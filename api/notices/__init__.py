"""The notice that a candidate reads before consenting: versioned template files, one a language."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from interview.languages import LANGUAGES, language_of

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Notice:
    """`version` is the date in the file's first line and a short hash of its text."""

    version: str
    text: str


def load_notice(language: str, folder: Path = FOLDER) -> Notice:
    """The notice in `language`. Its first line is its date, a blank line follows."""
    date, _, text = (folder / f"{language}.md").read_text(encoding="utf-8").partition("\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Notice(version=f"{date.strip()}-{digest[:8]}", text=text.strip())


NOTICES: Mapping[str, Notice] = MappingProxyType({code: load_notice(code) for code in LANGUAGES})


def notice_in(language: str) -> Notice:
    """What whoever is interviewed in `language` consents to."""
    return NOTICES[language_of(language).code]


def version_in(language: str) -> str:
    """Which notice that is."""
    return notice_in(language).version
