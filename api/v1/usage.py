"""What an interview has cost: tokens, sound, characters and money."""

from decimal import Decimal
from uuid import UUID

from interview.errors import Code
from interview.ids import InterviewId
from interview.kit import Frozen
from interview.prices import Cost
from interview.providers import Purpose
from interview.usage import Line, Usage
from interview.use_cases import usage

from api.callers import Staff
from api.registry import STAFF, Call, operation


class CostView(Frozen):
    """Money as a decimal number in quotes; `currency` is of ISO 4217."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, cost: Cost) -> "CostView":
        return cls(amount=cost.amount.normalize() + 0, currency=cost.currency)


class UsageLine(Frozen):
    """All that one provider did with one model; `costs` is empty where no price is known. Of
    `uncounted` calls it never said what they used: they were called off, or came too late."""

    purpose: Purpose
    provider: str
    model: str
    calls: int
    input_tokens: int
    output_tokens: int
    audio_seconds: float
    characters: int
    uncounted: int
    costs: tuple[CostView, ...]

    @classmethod
    def of(cls, line: Line) -> "UsageLine":
        used = line.used
        return cls(
            purpose=used.purpose,
            provider=used.provider,
            model=used.model,
            calls=used.calls,
            input_tokens=used.input_tokens,
            output_tokens=used.output_tokens,
            audio_seconds=used.audio_ms / 1000,
            characters=used.characters,
            uncounted=used.uncounted,
            costs=tuple(map(CostView.of, line.costs)),
        )


class UsageView(Frozen):
    """So far. `costs` has one sum for each currency; with `is_whole` false there are lines without
    a price, or with uncounted calls: the bill is higher. `budget_spent`: from then on the
    interviewer asked no model."""

    lines: tuple[UsageLine, ...]
    costs: tuple[CostView, ...]
    is_whole: bool
    budget_spent: bool

    @classmethod
    def of(cls, found: Usage) -> "UsageView":
        return cls(
            lines=tuple(map(UsageLine.of, found.lines)),
            costs=tuple(map(CostView.of, found.costs)),
            is_whole=found.is_whole,
            budget_spent=found.is_budget_spent,
        )


@operation(
    "GET",
    "/v1/interviews/{interview_id}/usage",
    STAFF,
    tag="interviews",
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def get_usage(call: Call, caller: Staff, interview_id: UUID) -> UsageView:
    """See what an interview's providers did, and what that cost.

    Money is by the installation's table of prices as it was on the day. While an interview runs the
    last seconds are missing.
    """
    found = await usage.get_usage(call.world, caller.tenant, InterviewId(interview_id))
    return UsageView.of(found)


OPERATIONS = (get_usage,)
