"""Noise drawn anew: a rule that holds for the bundled noisy twins may hold for them alone."""

from collections.abc import Iterable, Mapping
from random import Random

from lab.interviews import Base, Relation, Twin, Twins
from lab.making.relations import NOISE, asr

DRAWS = range(1, 6)
"""Those that `make evals` looks at, beside the bundled one."""


def drawn(bases: Mapping[str, Base], draws: Iterable[int] = DRAWS) -> Mapping[Relation, Twins]:
    """All of the draws together, by how much noise there is; the same ones every time."""
    draws = tuple(draws)
    return {relation: _of(relation, bases, draws) for relation in NOISE}


def _of(relation: Relation, bases: Mapping[str, Base], draws: tuple[int, ...]) -> Twins:
    twins = (
        Twin(
            base=name,
            said=asr(NOISE[relation], f"{draw}/")(base, Random(f"{draw}/{relation}/{name}")),
        )
        for draw in draws
        for name, base in bases.items()
    )
    return Twins(relation=relation, only_irrelevant=False, twins=tuple(twins))
