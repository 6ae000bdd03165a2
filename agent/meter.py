"""The meter: what providers do and cost in an interview, told to the log, held to a budget."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from decimal import Decimal

from interview.ports import ModelFailed, Models, Prompt, Reply
from interview.prices import Prices, Used
from interview.providers import Budget
from interview.usage import BudgetSpent, FactOfUsage, ProviderUsed, Usage

TOLD_EVERY_S = 120.0
"""A dead agent takes so much of its usage with it; told more often, the log would be full of it."""


class Meter:
    """`so_far` is what earlier agents of this interview used. `write` puts a fact on the disk."""

    def __init__(
        self,
        prices: Prices,
        budget: Budget | None,
        so_far: Usage,
        today: Callable[[], date],
        write: Callable[[FactOfUsage], Awaitable[object]],
    ) -> None:
        self._prices = prices
        self._budget = budget
        self._today = today
        self._write = write
        self._spent = so_far.in_currency(budget.currency) if budget else Decimal(0)
        self._is_told = so_far.is_budget_spent
        self._untold: dict[tuple[str, str, str, str | None], Used] = {}
        self._over = asyncio.Event()

    @property
    def is_spent(self) -> bool:
        """The budget is used up. What has no price, or one in other money, does not count."""
        return self._budget is not None and self._spent >= self._budget.amount

    def add(self, used: Used) -> None:
        key = (used.purpose, used.provider, used.model, used.asked)
        known = self._untold.get(key)
        self._untold[key] = known.plus(used) if known else used
        cost = self._prices.cost(used, self._today())
        if cost and self._budget and cost.currency == self._budget.currency:
            self._spent += cost.amount
        if self.is_spent:
            self._over.set()

    async def run(self) -> None:
        """Tells what was used from time to time, and at once that the budget is spent."""
        while True:
            if self.is_spent and self._is_told:
                await asyncio.sleep(TOLD_EVERY_S)
            else:
                await self._over_or_time()
            await self.flush()

    async def flush(self) -> None:
        """Everything so far."""
        today = self._today()
        while self._untold:
            _, used = self._untold.popitem()
            await self._write(ProviderUsed.of(used, self._prices.cost(used, today)))
        if self._budget and self.is_spent and not self._is_told:
            self._is_told = True
            await self._write(
                BudgetSpent(amount=self._budget.amount, currency=self._budget.currency)
            )

    async def _over_or_time(self) -> None:
        try:
            async with asyncio.timeout(TOLD_EVERY_S):
                await self._over.wait()
        except TimeoutError:
            pass


class WithinBudget:
    """Port `Models` as long as there is money; then `over_budget`, and the kit's words are said."""

    def __init__(self, models: Models, meter: Meter) -> None:
        self._models = models
        self._meter = meter

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        if self._meter.is_spent:
            raise ModelFailed("over_budget")
        return await self._models.ask(prompt, within_s=within_s)
