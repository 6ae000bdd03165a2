"""What a provider's work costs: a table of prices, each from a day on, and money in `Decimal`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from interview.providers import Purpose

MILLION, THOUSAND, MINUTE_MS = Decimal(1_000_000), Decimal(1_000), Decimal(60_000)
ANY = "*"


@dataclass(frozen=True, slots=True)
class Used:
    """What one provider did with one model, as far as it is paid for. `asked` is the model that was
    asked for, where the provider calls itself otherwise. Of `uncounted` calls nobody said what they
    used: they were called off, or came too late."""

    purpose: Purpose
    provider: str
    model: str
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    audio_ms: int = 0
    characters: int = 0
    asked: str | None = None
    uncounted: int = 0

    def plus(self, other: "Used") -> "Used":
        """Both together; they are of one provider and model, asked for by one name."""
        return Used(
            self.purpose,
            self.provider,
            self.model,
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.audio_ms + other.audio_ms,
            self.characters + other.characters,
            self.asked,
            self.uncounted + other.uncounted,
        )


@dataclass(frozen=True, slots=True)
class Cost:
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Price:
    """Of `provider` and `model`, from the day `since` on. A model that ends with `*` stands for all
    that begin so."""

    provider: str
    model: str
    since: date
    currency: str
    million_input_tokens: Decimal = Decimal(0)
    million_output_tokens: Decimal = Decimal(0)
    audio_minute: Decimal = Decimal(0)
    thousand_characters: Decimal = Decimal(0)

    def is_of(self, provider: str, model: str) -> bool:
        if self.provider != provider:
            return False
        return model == self.model if self.is_exact else model.startswith(self._beginning)

    @property
    def closeness(self) -> tuple[bool, int, date]:
        """Of two that fit the larger holds: the exact, then the longer, then the later one."""
        return self.is_exact, len(self._beginning), self.since

    @property
    def is_exact(self) -> bool:
        return not self.model.endswith(ANY)

    @property
    def _beginning(self) -> str:
        return self.model.removesuffix(ANY)

    def of(self, used: Used) -> Cost:
        """As exact as `Decimal` is: nothing is rounded before it is shown."""
        amount = (
            self.million_input_tokens * used.input_tokens / MILLION
            + self.million_output_tokens * used.output_tokens / MILLION
            + self.audio_minute * used.audio_ms / MINUTE_MS
            + self.thousand_characters * used.characters / THOUSAND
        )
        return Cost(amount, self.currency)


@dataclass(frozen=True, slots=True)
class Prices:
    """A table of prices."""

    listed: tuple[Price, ...] = ()

    @property
    def currencies(self) -> frozenset[str]:
        return frozenset(price.currency for price in self.listed)

    def cost(self, used: Used, on: date) -> Cost | None:
        """By the price of that day for the name that fits best, of what the provider calls itself
        or else of what was asked for; None where nobody knows one."""
        for model in (used.model, used.asked):
            fitting = [
                price
                for price in self.listed
                if model and price.since <= on and price.is_of(used.provider, model)
            ]
            if fitting:
                return max(fitting, key=lambda price: price.closeness).of(used)
        return None
