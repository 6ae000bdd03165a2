"""The table of prices, read from its file."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, field_validator

from interview.kit import Frozen
from interview.prices import Price, Prices

BUNDLED = Path(__file__).with_name("prices.toml")

Money = Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Name = Annotated[str, Field(min_length=1, max_length=200)]


class PricesWrong(Exception):
    """A table of prices that cannot be read; the message is one line that names the field."""


class _Price(Frozen):
    provider: Name
    model: Name
    since: date
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
    million_input_tokens: Money = Decimal(0)
    million_output_tokens: Money = Decimal(0)
    audio_minute: Money = Decimal(0)
    thousand_characters: Money = Decimal(0)

    @field_validator(
        "million_input_tokens",
        "million_output_tokens",
        "audio_minute",
        "thousand_characters",
        mode="before",
    )
    @classmethod
    def _is_written_out(cls, value: object) -> object:
        if isinstance(value, float):
            raise ValueError("expected money in quotes, for 0.1 is no exact number")  # noqa: TRY004
        return value


class _Table(Frozen):
    price: Annotated[tuple[_Price, ...], Field(max_length=1000)] = ()


def load_prices(path: Path | None = None) -> Prices:
    """From `path`, or the bundled ones; a file is read once. Raises `PricesWrong`."""
    return _load(path or BUNDLED)


@cache
def _load(path: Path) -> Prices:
    try:
        table = _Table.model_validate(tomllib.loads(path.read_text()))
    except (OSError, UnicodeDecodeError) as error:
        raise PricesWrong(f"{path}: cannot be read") from error
    except tomllib.TOMLDecodeError as error:
        raise PricesWrong(f"{path}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(map(str, first["loc"]))
        raise PricesWrong(f"{path}: {at}: {first['msg'].lower()}") from error
    for place, price in enumerate(table.price):
        twin = (price.provider, price.model, price.since)
        if twin in {(p.provider, p.model, p.since) for p in table.price[:place]}:
            raise PricesWrong(f"{path}: price.{place}: expected each price once")
    return Prices(tuple(Price(**dict(price)) for price in table.price))


def check_prices(path: Path) -> Path:
    """For settings. Raises `ValueError` saying what is wrong."""
    try:
        load_prices(path)
    except PricesWrong as error:
        raise ValueError(str(error)) from error
    return path


load_prices()  # before there is an event loop
