"""Loads what a model's probes are held against: words of a language, matters of jurisdictions."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import get_args

from interview.kit import Jurisdiction
from interview.plan import Plan
from interview.probing import Guard, Openings, Phrases
from py3langid.langid import MODEL_FILE, LanguageIdentifier
from pydantic import TypeAdapter

FOLDER = Path(__file__).parent / "probes"
EVERYWHERE = "everywhere"
JURISDICTIONS: tuple[Jurisdiction, ...] = get_args(Jurisdiction)

TOLD_APART = ("ca", "da", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ro", "sv", "tr")
"""What a text may be in: among all languages, a short question is easily taken for a rare one."""


@dataclass(frozen=True, slots=True)
class Beginnings:
    """What clauses begin with; see `Openings`."""

    asks: tuple[str, ...]
    places: tuple[str, ...]
    joins: tuple[str, ...]
    second: tuple[str, ...]
    tells: tuple[str, ...]
    personal: tuple[str, ...]
    of_work: tuple[str, ...]
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A file of `probes/words`."""

    letters: str
    openings: Beginnings
    promise: tuple[str, ...]
    verdict: tuple[str, ...]
    rubric: tuple[str, ...]
    work: tuple[str, ...]
    protected: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Matters:
    """A file of `probes/jurisdictions`: what is protected, and by what."""

    matters: dict[str, str]


WORDS, MATTERS = TypeAdapter(Words), TypeAdapter(Matters)


def load_words(language: str) -> Words | None:
    """None for a language that nobody has written down."""
    path = FOLDER / "words" / f"{language}.toml"
    return WORDS.validate_python(tomllib.loads(path.read_text())) if path.exists() else None


def load_matters(jurisdictions: Iterable[Jurisdiction]) -> frozenset[str]:
    """What is protected in these, in the countries that they belong to, and everywhere. Where none
    is named nobody knows whose law holds: what any of them protects is protected."""
    named = tuple(jurisdictions) or JURISDICTIONS
    names = {EVERYWHERE, *named, *(name.split("_")[0] for name in named)}
    files = (FOLDER / "jurisdictions" / f"{name}.toml" for name in names)
    loaded = [MATTERS.validate_python(tomllib.loads(path.read_text())) for path in files]
    return frozenset(matter for one in loaded for matter in one.matters)


def load_guard(plan: Plan) -> Guard | None:
    """None when the kit wants no model's probes, or when its language has no words."""
    return guard_of(plan) if plan.probing == "model" else None


def guard_of(plan: Plan) -> Guard | None:
    """None when the language of the kit has no words."""
    language = plan.language.split("-", maxsplit=1)[0]
    words = load_words(language)
    if words is None:
        return None
    matters = load_matters(plan.jurisdictions)
    return Guard(
        language=language,
        speaks=language_in,
        letters=frozenset(words.letters),
        protected={
            matter: Phrases.of(phrases)
            for matter, phrases in words.protected.items()
            if matter in matters
        },
        promise=Phrases.of(words.promise),
        verdict=Phrases.of(words.verdict),
        rubric=Phrases.of(words.rubric),
        work=Phrases.of(words.work),
        openings=_openings(words.openings),
    )


def _openings(words: Beginnings) -> Openings:
    return Openings(
        asks=Phrases.of(words.asks),
        places=Phrases.of(words.places),
        joins=Phrases.of(words.joins),
        second=Phrases.of(words.second),
        tells=Phrases.of(words.tells),
        personal=Phrases.of(words.personal),
        of_work=Phrases.of(words.of_work),
        mark=words.mark,
    )


def language_in(text: str) -> str:
    """The two letters of the language that a sentence is most likely in."""
    language, _ = identifier().classify(text)
    return str(language)


@cache
def identifier() -> LanguageIdentifier:
    """Takes about a second to load, and is kept."""
    loaded = LanguageIdentifier.from_model_file(MODEL_FILE)
    loaded.set_languages(TOLD_APART)
    return loaded


def instructions() -> str:
    """What a model is told to do, whatever the interview."""
    return (FOLDER / "instructions.md").read_text().strip()


def version() -> str:
    """Changes with everything that decides what a model may say."""
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
