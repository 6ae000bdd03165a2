"""What the providers of an interview did and what that cost: facts for its log, and their sum."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from interview.kit import Frozen
from interview.prices import Cost, Used
from interview.providers import Purpose

MOST, MOST_MONEY = 10**12, Decimal(10**6)
Count = Annotated[int, Field(ge=0, le=MOST)]
Amount = Annotated[Decimal, Field(ge=0, le=MOST_MONEY, allow_inf_nan=False)]
SMALLEST = Decimal("0.0000000001")
"""What money is kept in: a token costs more than this."""


class ProviderUsed(Frozen):
    """What one provider did with one model since this was said last. `cost` is by the prices of
    that day; None where nobody knew one. `uncounted` are those of `calls` whose use nobody said."""

    kind: Literal["provider_used"] = "provider_used"
    purpose: Purpose
    provider: Annotated[str, Field(max_length=300)]
    model: Annotated[str, Field(max_length=300)]
    calls: Count = 0
    input_tokens: Count = 0
    output_tokens: Count = 0
    audio_ms: Count = 0
    characters: Count = 0
    uncounted: Count = 0
    cost: Amount | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None

    @classmethod
    def of(cls, used: Used, cost: Cost | None) -> "ProviderUsed":
        """What is more than a fact can hold is as much as it can: no count of a provider's keeps
        the others out of the log."""
        return cls(
            purpose=used.purpose,
            provider=used.provider,
            model=used.model,
            calls=min(used.calls, MOST),
            input_tokens=min(used.input_tokens, MOST),
            output_tokens=min(used.output_tokens, MOST),
            audio_ms=min(used.audio_ms, MOST),
            characters=min(used.characters, MOST),
            uncounted=min(used.uncounted, MOST),
            cost=min(cost.amount, MOST_MONEY).quantize(SMALLEST) if cost else None,
            currency=cost.currency if cost else None,
        )

    @property
    def used(self) -> Used:
        return Used(
            self.purpose,
            self.provider,
            self.model,
            self.calls,
            self.input_tokens,
            self.output_tokens,
            self.audio_ms,
            self.characters,
            uncounted=self.uncounted,
        )


class BudgetSpent(Frozen):
    """The interview has cost what it may: from here on no model is asked, and the kit's own words
    are said."""

    kind: Literal["budget_spent"] = "budget_spent"
    amount: Amount
    currency: str


FactOfUsage = ProviderUsed | BudgetSpent
KINDS_OF_USAGE = frozenset({"provider_used", "budget_spent"})


@dataclass(frozen=True, slots=True)
class Line:
    """All that one provider did with one model. `costs` is empty where no price is known."""

    used: Used
    costs: tuple[Cost, ...]


@dataclass(frozen=True, slots=True)
class Usage:
    """Of one interview. `is_whole`: there was a price for all of it, and no call was uncounted."""

    lines: tuple[Line, ...] = ()
    costs: tuple[Cost, ...] = ()
    is_whole: bool = True
    is_budget_spent: bool = False

    def in_currency(self, currency: str) -> Decimal:
        return sum((c.amount for c in self.costs if c.currency == currency), Decimal(0))


def usage_of(facts: Iterable[object]) -> Usage:
    """The sum of the facts of usage; others are passed over."""
    lines: dict[tuple[str, str, str], Line] = {}
    usage = Usage()
    for fact in facts:
        match fact:
            case ProviderUsed():
                key = (fact.purpose, fact.provider, fact.model)
                known = lines.get(key)
                used = known.used.plus(fact.used) if known else fact.used
                cost = _cost(fact)
                lines[key] = Line(used, _added(known.costs if known else (), cost))
                usage = replace(
                    usage,
                    costs=_added(usage.costs, cost),
                    is_whole=usage.is_whole and cost is not None and not fact.uncounted,
                )
            case BudgetSpent():
                usage = replace(usage, is_budget_spent=True)
            case _:
                pass
    return replace(usage, lines=tuple(lines[key] for key in sorted(lines)))


def _cost(fact: ProviderUsed) -> Cost | None:
    if fact.cost is None or fact.currency is None:
        return None
    return Cost(fact.cost, fact.currency)


def _added(costs: tuple[Cost, ...], cost: Cost | None) -> tuple[Cost, ...]:
    """Money of one currency is added up; that of two stays apart."""
    if cost is None:
        return costs
    sums = {each.currency: each.amount for each in costs}
    sums[cost.currency] = sums.get(cost.currency, Decimal(0)) + cost.amount
    return tuple(Cost(sums[currency], currency) for currency in sorted(sums))
