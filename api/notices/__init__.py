"""The notice that a candidate reads before consenting: versioned template files, one a language."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from interview.languages import LANGUAGES, language_of
from interview.tenant_settings import UNSEEN

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Notice:
    """`version` is the date in the file's first line and a short hash of its text."""

    version: str
    text: str


def load_notice(language: str, folder: Path = FOLDER) -> Notice:
    """The notice in `language`. Its first line is its date, a blank line follows."""
    date, _, text = (folder / f"{language}.md").read_text(encoding="utf-8").partition("\n")
    return Notice(version=f"{date.strip()}-{_digest(text)}", text=text.strip())


def load_unseen(language: str, folder: Path = FOLDER) -> Notice:
    """The same, with who may be there unseen: it follows the points before the last paragraph."""
    usual = load_notice(language, folder)
    more = (folder / "unseen" / f"{language}.md").read_text(encoding="utf-8").strip()
    points, _, last = usual.text.rpartition("\n\n")
    text = f"{points}\n{more}\n\n{last}"
    date = usual.version.rpartition("-")[0]
    return Notice(version=f"{date}-{_digest(text)}{UNSEEN}", text=text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


NOTICES: Mapping[str, Notice] = MappingProxyType({code: load_notice(code) for code in LANGUAGES})
NOTICES_UNSEEN: Mapping[str, Notice] = MappingProxyType(
    {code: load_unseen(code) for code in LANGUAGES}
)


def notice_in(language: str, *, unseen: bool = False) -> Notice:
    """What whoever is interviewed in `language` consents to; `unseen`: where observers may hide."""
    notices = NOTICES_UNSEEN if unseen else NOTICES
    return notices[language_of(language).code]


def version_in(language: str) -> str:
    """Which notice that is."""
    return notice_in(language).version


def unseen_version_in(language: str) -> str:
    """Which it is where observers may hide."""
    return notice_in(language, unseen=True).version
