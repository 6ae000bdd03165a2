"""Private prompts in words: from template files in the kit's language."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from interview.hints import Hint
from pydantic import TypeAdapter

FOLDER = Path(__file__).parent / "hints"


@dataclass(frozen=True, slots=True)
class Names:
    """A file `words.toml`: words for amounts, and what is protected by its name."""

    figures: tuple[str, ...]
    matters: dict[str, str]


NAMES = TypeAdapter(Names)


@dataclass(frozen=True, slots=True)
class PromptWords:
    """A template's first line is the prompt, its second line the reason."""

    templates: dict[str, str]
    names: Names

    @classmethod
    def load(cls, language: str) -> "PromptWords":
        """A kit's language falls back to its base language, then to English."""
        folder = _folder(language)
        templates = {path.stem: path.read_text().strip() for path in sorted(folder.glob("*.txt"))}
        return cls(
            templates, NAMES.validate_python(tomllib.loads((folder / "words.toml").read_text()))
        )

    def render(self, hint: Hint) -> tuple[str, str | None]:
        """What is shown, and why."""
        about = hint.about or ""
        name = f"relief_{about}" if hint.kind == "relief" else hint.kind
        shown = self.templates[name].format(
            text=hint.text or "",
            about=self.names.matters.get(about, about) if hint.kind == "protected" else about,
            share=round(100 * (hint.share or 0)),
            minutes=hint.minutes,
            open=hint.open,
        )
        text, _, reason = shown.partition("\n")
        return text, hint.reason or (reason if self._has_reason(hint) else None)

    def _has_reason(self, hint: Hint) -> bool:
        """Why a question is next is told by the competency that it serves."""
        return hint.kind != "ask" or hint.about is not None


def _folder(language: str) -> Path:
    for name in (language, language.split("-", maxsplit=1)[0], "en"):
        if (FOLDER / name).is_dir():
            return FOLDER / name
    raise FileNotFoundError(FOLDER)
