"""One rater, examined: its moves, its agreement, its retest, what it took."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from interview.rater import Signature
from lab.configurations import Subject
from lab.interviews import CONTROL, RELATIONS, Base, Relation, Twins
from lab.measures import (
    Agreement,
    Moves,
    agreements,
    demanded,
    moves_of,
    noticed,
    same,
    unrated,
)
from lab.replay import Replays, Seen, together


@dataclass(frozen=True, slots=True)
class Took:
    """Wall time, calls of models with those that failed, tokens as providers count them, and money
    by currency, as far as the table of prices knows the models."""

    wall_s: float
    calls: int
    failed: int
    input_tokens: int
    output_tokens: int
    cost: Mapping[str, str]


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
    def demanded(self) -> tuple[int, int]:
        """Twins in which only irrelevant words changed, and those that moved all the same."""
        return demanded(self.moves)


async def examine(
    subject: Subject, bases: Mapping[str, Base], suite: Mapping[Relation, Twins]
) -> Examined:
    """Every answer twice, every twin once. Raises `Silent`."""
    spent, replays = spending(subject), Replays(subject.rater)
    first = await replays.levels(bases.values())
    again = await replays.levels(bases.values())
    after = await _after(replays, bases, suite)
    control = suite.get(CONTROL)
    return Examined(
        signature=subject.signature(base.kit for base in bases.values()),
        moves=tuple(moves_of(suite[r], first, levels) for r, levels in after.items()),
        noticed=noticed(control, first, after[CONTROL]) if control else None,
        agreements=agreements(bases.values(), first),
        abstained=unrated(first),
        retest=same(first, again),
        took=spent(),
    )


async def moves_in(
    subject: Subject, bases: Mapping[str, Base], suite: Mapping[Relation, Twins]
) -> tuple[Moves, ...]:
    """What becomes of the answers in these twins, and nothing else. Raises `Silent`."""
    replays = Replays(subject.rater)
    before = await replays.levels(bases.values())
    after = await _after(replays, bases, suite)
    return tuple(moves_of(suite[r], before, levels) for r, levels in after.items())


async def _after(
    replays: Replays, bases: Mapping[str, Base], suite: Mapping[Relation, Twins]
) -> dict[Relation, list[Seen]]:
    return {r: await _levels(replays, bases, suite[r]) for r in RELATIONS if r in suite}


async def _levels(replays: Replays, bases: Mapping[str, Base], twins: Twins) -> list[Seen]:
    return await together(replays.see(bases[twin.base], twin.said) for twin in twins.twins)


def spending(subject: Subject) -> Callable[[], Took]:
    """Call it at the end."""
    began = time.monotonic()
    return lambda: _took(subject, time.monotonic() - began)


def _took(subject: Subject, wall_s: float) -> Took:
    used, costs = subject.used, defaultdict[str, Decimal](Decimal)
    for each in used:
        cost = subject.prices.cost(each, datetime.now(UTC).date())
        if cost is not None:
            costs[cost.currency] += cost.amount
    return Took(
        wall_s=round(wall_s, 1),
        calls=sum(each.calls for each in used),
        failed=sum(meter.failed for meter in subject.meters),
        input_tokens=sum(each.input_tokens for each in used),
        output_tokens=sum(each.output_tokens for each in used),
        cost={currency: str(amount) for currency, amount in costs.items()},
    )
