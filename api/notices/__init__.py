"""The notice that a candidate reads before consenting: versioned template files."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Notice:
    """`version` is the date in the file's first line and a short hash of its text."""

    version: str
    text: str


def load_notice(language: str = "en", folder: Path = FOLDER) -> Notice:
    """The notice in `language`. Its first line is its date, a blank line follows."""
    date, _, text = (folder / f"{language}.md").read_text(encoding="utf-8").partition("\n")
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Notice(version=f"{date.strip()}-{digest[:8]}", text=text.strip())


ENGLISH = load_notice()
