"""Reads what reasons for ratings are held against: the words of probes, and those about people."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from py3langid.langid import MODEL_FILE, LanguageIdentifier
from pydantic import TypeAdapter

from interview.kit import Jurisdiction
from interview.probing import Phrases
from interview.reasons import ReasonGuard, Words

PROBES = Path(__file__).parents[3] / "agent" / "probes"
"""Data, not code: what a machine may not ask, it may not write about either, and two lists of it
would part."""

ABOUT = Path(__file__).with_name("words")
"""What probes, which speak to somebody, do not need: the third person, and matters of their own."""

EVERYWHERE = "everywhere"
PERSON = "person"
"""What somebody is like, how they feel and how they sound: protected wherever they live."""

_PHRASES, _TABLE = TypeAdapter(tuple[str, ...]), TypeAdapter(dict[str, tuple[str, ...]])
_MATTERS = TypeAdapter(dict[str, str])


@dataclass(frozen=True, slots=True)
class _Lists:
    """Of one language, as authors wrote them."""

    work: tuple[str, ...]
    protected: Mapping[str, tuple[str, ...]]

    def words(self) -> Words:
        held = {matter: Phrases.of(phrases) for matter, phrases in self.protected.items()}
        return Words(held, Phrases.of(self.work))


@lru_cache(1)
def reason_guard() -> ReasonGuard:
    """Reads files, once, and takes about a second."""
    lists = {path.stem: _lists(path) for path in sorted((PROBES / "words").glob("*.toml"))}
    places = {path.stem: _matters(path) for path in sorted((PROBES / "jurisdictions").iterdir())}
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages([*lists])

    def matters_in(jurisdictions: Iterable[Jurisdiction]) -> frozenset[str]:
        named: tuple[str, ...] = tuple(jurisdictions) or tuple(places)
        names = {EVERYWHERE, *named, *(name.split("_")[0] for name in named)}
        return frozenset({PERSON}).union(*(places[name] for name in names))

    return ReasonGuard(
        version=sha256(repr((lists, sorted(places.items()))).encode()).hexdigest()[:12],
        languages={name: one.words() for name, one in lists.items()},
        matters_in=matters_in,
        speaks=lambda text: str(identifier.classify(text)[0]),
    )


def _lists(path: Path) -> _Lists:
    """What a language may lack in `ABOUT` is looked for as in probes."""
    asked = _toml(path)
    theirs = _TABLE.validate_python(asked["protected"])
    ours = _TABLE.validate_python(_toml(ABOUT / path.name))
    protected = {
        matter: (*theirs.get(matter, ()), *ours.get(matter, ()))
        for matter in dict.fromkeys((*theirs, *ours))
    }
    return _Lists(_PHRASES.validate_python(asked["work"]), protected)


def _matters(path: Path) -> tuple[str, ...]:
    return tuple(sorted(_MATTERS.validate_python(_toml(path)["matters"])))


def _toml(path: Path) -> Mapping[str, object]:
    return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
