"""What an interview's providers cost: told to the log, and held to a budget."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from agent.meter import Meter, WithinBudget
from interview.events import FACTS
from interview.ports import ModelFailed, Prompt
from interview.prices import Cost, Price, Prices, Used
from interview.providers import Budget
from interview.usage import BudgetSpent, FactOfUsage, ProviderUsed, Usage, usage_of
from tests.fakes.models import FakeModels

pytestmark = pytest.mark.unit

TODAY = date(2026, 3, 2)
PRICES = Prices((Price("acme", "m", TODAY, "EUR", Decimal(1000), Decimal(2000)),))
ONE = Used("llm", "acme", "m", 1, 10, 5)
"""Two cents."""

TWO_CENTS, FIVE_CENTS = Decimal("0.02"), Budget(Decimal("0.05"), "EUR")
NOTHING = Usage()
ASKED = Prompt("probe", "Choose.", "{}", {})


class Log(list[FactOfUsage]):
    async def write(self, fact: FactOfUsage) -> None:
        self.append(fact)


def meter(log: Log, budget: Budget | None = FIVE_CENTS, so_far: Usage = NOTHING) -> Meter:
    return Meter(PRICES, budget, so_far, lambda: TODAY, log.write)


@asynccontextmanager
async def running(held: Meter) -> AsyncIterator[None]:
    task = asyncio.create_task(held.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_what_was_used_is_told_together_with_its_price() -> None:
    log = Log()
    held = meter(log, None)
    held.add(ONE)
    held.add(ONE)
    held.add(Used("stt", "own", "ear", audio_ms=1500))
    await held.flush()
    await held.flush()

    usage = usage_of(log)
    assert 2 == len(log)
    assert (Used("llm", "acme", "m", 2, 20, 10), (Cost(Decimal("0.04"), "EUR"),)) == (
        usage.lines[0].used,
        usage.lines[0].costs,
    )
    assert (1500, ()) == (usage.lines[1].used.audio_ms, usage.lines[1].costs)
    assert not usage.is_whole


async def test_a_budget_that_is_used_up_is_told_once_and_at_once() -> None:
    log = Log()
    held = meter(log)
    async with running(held):
        held.add(ONE)
        held.add(ONE)
        await asyncio.sleep(0.01)
        assert [] == log
        held.add(ONE)
        await asyncio.sleep(0.01)
        held.add(ONE)
        await held.flush()

    assert 1 == sum(isinstance(fact, BudgetSpent) for fact in log)
    assert isinstance(log[1], BudgetSpent)


async def test_no_model_is_asked_beyond_the_budget() -> None:
    models = FakeModels(lambda _: json.dumps({}))
    held = meter(Log())
    within = WithinBudget(models, held)
    await within.ask(ASKED, within_s=1)
    for _ in range(3):
        held.add(ONE)
    with pytest.raises(ModelFailed, match="over_budget"):
        await within.ask(ASKED, within_s=1)

    assert 1 == len(models.asked)


async def test_a_budget_of_nothing_asks_no_model() -> None:
    models = FakeModels(lambda _: "{}")
    with pytest.raises(ModelFailed, match="over_budget"):
        await WithinBudget(models, meter(Log(), Budget(Decimal(0), "EUR"))).ask(ASKED, within_s=1)

    assert [] == models.asked


async def test_an_heir_goes_on_counting_and_does_not_tell_again() -> None:
    log = Log()
    before = meter(log)
    for _ in range(3):
        before.add(ONE)
    await before.flush()
    more = Log()
    heir = meter(more, so_far=usage_of(log))

    assert heir.is_spent
    await heir.flush()
    assert [] == more


async def test_other_money_and_what_has_no_price_do_not_count() -> None:
    held = meter(Log(), Budget(Decimal("0.01"), "USD"))
    held.add(ONE)
    held.add(Used("llm", "acme", "unknown", 1, 10**9, 10**9))

    assert not held.is_spent


def test_the_facts_are_facts_of_the_log_and_keep_their_money_exact() -> None:
    used = ProviderUsed.of(ONE, PRICES.cost(ONE, TODAY))
    again = FACTS.validate_json(used.model_dump_json())

    assert used == again
    assert isinstance(again, ProviderUsed)
    assert TWO_CENTS == again.cost
    assert '"0.0200000000"' in used.model_dump_json()


def test_money_of_two_currencies_stays_apart() -> None:
    facts = [
        ProviderUsed(purpose="llm", provider="a", model="m", cost=Decimal(1), currency="EUR"),
        ProviderUsed(purpose="llm", provider="a", model="m", cost=Decimal(2), currency="USD"),
        ProviderUsed(purpose="llm", provider="a", model="m", cost=Decimal(3), currency="EUR"),
    ]

    usage = usage_of(facts)

    assert (Cost(Decimal(4), "EUR"), Cost(Decimal(2), "USD")) == usage.costs
    assert (Decimal(4), Decimal(0)) == (usage.in_currency("EUR"), usage.in_currency("CHF"))


async def test_a_call_of_which_nobody_said_what_it_cost_leaves_the_bill_not_whole() -> None:
    log = Log()
    held = meter(log, None)
    held.add(ONE)
    held.add(replace(ONE, input_tokens=0, output_tokens=0, uncounted=1))
    await held.flush()

    usage = usage_of(log)
    assert (2, 1, 10) == (
        usage.lines[0].used.calls,
        usage.lines[0].used.uncounted,
        usage.lines[0].used.input_tokens,
    )
    assert not usage.is_whole
