"""One rater, examined: its moves, its agreement, its retest, what it took."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from interview.rater import Signature
from lab.configurations import Subject
from lab.interviews import CONTROL, RELATIONS, Base, Relation, Twins
from lab.measures import (
    Agreement,
    Figures,
    Moves,
    agreements,
    demanded,
    moves_of,
    noticed,
    same,
)
from lab.replay import Replays, Seen, together


@dataclass(frozen=True, slots=True)
class Took:
    """Wall time, calls of models with those that failed, and tokens as providers count them."""

    wall_s: float
    calls: int
    failed: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Examined:
    """`retest` is the share of answers that got the same level when they were rated again."""

    signature: Signature
    moves: tuple[Moves, ...]
    noticed: float | None
    agreements: tuple[Agreement, ...]
    abstained: float
    retest: float
    took: Took

    @property
    def figures(self) -> Figures:
        twins, moved = demanded(self.moves)
        kappa = self.agreements[0].kappa
        return Figures(twins, moved, kappa, self.abstained, self.retest, self.noticed)


async def examine(
    subject: Subject, bases: Mapping[str, Base], suite: Mapping[Relation, Twins]
) -> Examined:
    """Every answer twice, every twin once. Raises `Silent`."""
    began, replays = time.monotonic(), Replays(subject.rater)
    first = await replays.levels(bases.values())
    again = await replays.levels(bases.values())
    after = {r: await _levels(replays, bases, suite[r]) for r in RELATIONS if r in suite}
    control = suite.get(CONTROL)
    kit = next(iter(bases.values())).kit
    return Examined(
        signature=subject.rater.signature(kit),
        moves=tuple(moves_of(suite[r], first, levels) for r, levels in after.items()),
        noticed=noticed(control, first, after[CONTROL]) if control else None,
        agreements=agreements(bases.values(), first),
        abstained=round(sum(level is None for level in first.values()) / len(first), 3),
        retest=same(first, again),
        took=took(subject, time.monotonic() - began),
    )


async def _levels(replays: Replays, bases: Mapping[str, Base], twins: Twins) -> list[Seen]:
    return await together(replays.see(bases[twin.base], twin.said) for twin in twins.twins)


def took(subject: Subject, wall_s: float) -> Took:
    """What it has spent since it was made."""
    return Took(
        wall_s=round(wall_s, 1),
        calls=sum(meter.calls for meter in subject.meters),
        failed=sum(meter.failed for meter in subject.meters),
        input_tokens=sum(meter.input_tokens for meter in subject.meters),
        output_tokens=sum(meter.output_tokens for meter in subject.meters),
    )
