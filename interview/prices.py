"""What a provider's work costs: a table of prices, each from a day on, and money in `Decimal`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from interview.providers import Purpose

MILLION, THOUSAND, MINUTE_MS = Decimal(1_000_000), Decimal(1_000), Decimal(60_000)
ANY = "*"


@dataclass(frozen=True, slots=True)
class Used:
    """What one provider did with one model, as far as it is paid for."""

    purpose: Purpose
    provider: str
    model: str
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    audio_ms: int = 0
    characters: int = 0

    def plus(self, other: "Used") -> "Used":
        """Both together; they are of one provider and model."""
        return Used(
            self.purpose,
            self.provider,
            self.model,
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.audio_ms + other.audio_ms,
            self.characters + other.characters,
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
        if self.model.endswith(ANY):
            return model.startswith(self.model.removesuffix(ANY))
        return model == self.model

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
        """By the price of that day for the longest name that fits; None where nobody knows one."""
        fitting = [
            price
            for price in self.listed
            if price.since <= on and price.is_of(used.provider, used.model)
        ]
        if not fitting:
            return None
        return max(fitting, key=lambda price: (len(price.model), price.since)).of(used)
