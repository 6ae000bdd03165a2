"""The reports on those who rated the interviews of a job."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from interview.agreement.compared import Held, Rated, program_in_use, raters_of
from interview.agreement.figures import Agreement, among_people, with_people
from interview.agreement.levels import Rater
from interview.agreement.standing import Standing, standing

MOST_PARTS = 20
"""Competencies, languages and kit versions each; the first by name, the newest version."""

MOST_RATERS = 50

Of = Literal["all", "competency", "language", "kit_version"]


@dataclass(frozen=True, slots=True)
class Part:
    """Agreement on a part of what was rated: people with one another, and `program` with people."""

    of: Of
    name: str | None
    people: Agreement
    program: Agreement | None


@dataclass(frozen=True, slots=True)
class Report:
    """`program` is the one in use, whose card is the newest; others are among the raters. `more`
    parts are left out."""

    interviews: int
    program: Rater | None
    parts: tuple[Part, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Raters:
    """Those who rated the most interviews; `more` have rated, too."""

    interviews: int
    standings: tuple[Standing, ...]
    more: int


def report(held: Sequence[Held]) -> Report:
    """How far raters agree; the same interviews always give the same report."""
    rated = _rated(held)
    program = program_in_use(rated)
    named = _named(rated)
    more = sum(len(names[MOST_PARTS:]) for names in named.values())
    return Report(len(rated), program, tuple(_parts(rated, program, named)), more)


def raters(held: Sequence[Held]) -> Raters:
    """How each rater stands to the others."""
    rated = _rated(held)
    found = raters_of(rated)
    standings = (standing(rated, rater) for rater in found[:MOST_RATERS])
    return Raters(len(rated), tuple(standings), len(found[MOST_RATERS:]))


def _rated(held: Sequence[Held]) -> list[Rated]:
    return [each for each in map(Rated.of, held) if each.cards]


def _named(rated: Sequence[Rated]) -> dict[Of, list[str]]:
    """What there is a part of, in the order in which the first are shown."""
    versions = sorted({each.held.kit_version for each in rated}, reverse=True)
    return {
        "competency": sorted({key for each in rated for key in each.marks}),
        "language": sorted({each.held.language for each in rated}),
        "kit_version": [str(version) for version in versions],
    }


def _parts(
    rated: Sequence[Rated], program: Rater | None, named: Mapping[Of, Sequence[str]]
) -> Iterator[Part]:
    def part(of: Of, name: str | None, some: Sequence[Rated], key: str | None = None) -> Part:
        with_program = with_people(some, program, key) if program else None
        return Part(of, name, among_people(some, key), with_program)

    yield part("all", None, rated)
    for key in named["competency"][:MOST_PARTS]:
        yield part("competency", key, rated, key)
    for language in named["language"][:MOST_PARTS]:
        yield part("language", language, [r for r in rated if r.held.language == language])
    for version in named["kit_version"][:MOST_PARTS]:
        some = [r for r in rated if str(r.held.kit_version) == version]
        yield part("kit_version", version, some)
