"""The table of prices: which price holds, what it makes of usage, and what is wrong with a file."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.adapters.prices import PricesWrong, load_prices
from interview.prices import Cost, Price, Prices, Used

pytestmark = pytest.mark.unit

OLD, NEW = date(2026, 1, 1), date(2026, 6, 1)
TABLE = Prices(
    (
        Price("acme", "big*", OLD, "EUR", Decimal(2), Decimal(8)),
        Price("acme", "big*", NEW, "EUR", Decimal(1), Decimal(4)),
        Price("acme", "big-mini*", OLD, "EUR", Decimal("0.1"), Decimal("0.4")),
        Price("acme", "big-3", OLD, "EUR", Decimal(5), Decimal(20)),
        Price("acme", "big-3*", OLD, "EUR", Decimal(3), Decimal(12)),
        Price("acme", "ear", OLD, "USD", audio_minute=Decimal("0.0077")),
        Price("acme", "mouth", OLD, "USD", thousand_characters=Decimal("0.03")),
    )
)


def llm(model: str) -> Used:
    return Used("llm", "acme", model, 1, 1_000_000, 500_000)


def test_the_price_of_the_day_holds() -> None:
    assert Cost(Decimal(6), "EUR") == TABLE.cost(llm("big-2"), date(2026, 5, 31))
    assert Cost(Decimal(3), "EUR") == TABLE.cost(llm("big-2"), NEW)


def test_the_longest_name_that_fits_holds() -> None:
    assert Cost(Decimal("0.3"), "EUR") == TABLE.cost(llm("big-mini-2"), NEW)


def test_an_exact_name_holds_before_its_own_beginning() -> None:
    assert Cost(Decimal(15), "EUR") == TABLE.cost(llm("big-3"), NEW)
    assert Cost(Decimal(9), "EUR") == TABLE.cost(llm("big-3-mini"), NEW)


def test_a_name_that_nobody_has_a_price_for_costs_what_was_asked_for_does() -> None:
    dated = replace(llm("ear-2026-04-14"), purpose="stt", audio_ms=60_000)

    assert None is TABLE.cost(dated, NEW)
    assert Cost(Decimal("0.0077"), "USD") == TABLE.cost(replace(dated, asked="ear"), NEW)
    assert Cost(Decimal("0.3"), "EUR") == TABLE.cost(replace(llm("big-mini"), asked="ear"), NEW)


@pytest.mark.parametrize(
    ("used", "on"),
    [
        (llm("small"), NEW),
        (llm("big"), date(2025, 12, 31)),
        (Used("llm", "other", "big", 1, 10, 10), NEW),
        (Used("stt", "acme", "ear-2", audio_ms=1), NEW),
    ],
)
def test_what_nobody_has_a_price_for_has_none(used: Used, on: date) -> None:
    assert None is TABLE.cost(used, on)


def test_sound_and_characters_are_money_too() -> None:
    assert Cost(Decimal("0.0154"), "USD") == TABLE.cost(
        Used("stt", "acme", "ear", audio_ms=120_000), NEW
    )
    assert Cost(Decimal("0.045"), "USD") == TABLE.cost(
        Used("tts", "acme", "mouth", characters=1500), NEW
    )


@given(st.lists(st.integers(0, 10**7), min_size=1, max_size=20))
def test_the_whole_costs_what_its_parts_cost(tokens: list[int]) -> None:
    parts = [Used("llm", "acme", "big", 1, each, each // 3) for each in tokens]
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.plus(part)
    costs = [TABLE.cost(part, OLD) for part in parts]

    assert TABLE.cost(whole, OLD) == Cost(sum((c.amount for c in costs if c), Decimal(0)), "EUR")


def test_the_bundled_table_is_read_and_knows_what_the_defaults_are_called() -> None:
    prices = load_prices()

    assert frozenset({"USD"}) == prices.currencies
    assert Cost(Decimal("0.0077"), "USD") == prices.cost(
        Used("stt", "deepgram", "nova-3", audio_ms=60_000), NEW
    )
    assert None is not prices.cost(Used("tts", "deepgram", "aura-2-andromeda-en", 1), NEW)


@pytest.mark.parametrize(
    ("model", "cents"),
    [
        ("gpt-4.1", 1000),
        ("gpt-4.1-2025-04-14", 1000),
        ("gpt-4.1-mini", 200),
        ("gpt-4.1-mini-2025-04-14", 200),
        ("gpt-4.1-nano", 50),
        ("gpt-4.1-nano-2025-04-14", 50),
        ("gpt-4o", 1250),
        ("gpt-4o-2024-05-13", 2000),
        ("gpt-4o-2024-08-06", 1250),
        ("gpt-4o-mini", 75),
        ("gpt-4o-mini-2024-07-18", 75),
        ("gpt-4.1-huge", None),
        ("gpt-4o-realtime-preview", None),
        ("gpt-4o-mini-tts", None),
    ],
)
def test_no_variant_costs_what_another_one_does(model: str, cents: int | None) -> None:
    used = Used("llm", "openai", model, 1, 1_000_000, 1_000_000)
    cost = Cost(Decimal(cents) / 100, "USD") if cents else None

    assert cost == load_prices().cost(used, NEW)


GOOD = 'provider = "a"\nmodel = "b"\nsince = 2026-01-01\ncurrency = "EUR"\n'


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[[price]]\n" + GOOD.replace("EUR", "euro"), "price.0.currency: "),
        ("[[price]]\n" + GOOD + "audio_minute = 0.1\n", "price.0.audio_minute: .*in quotes"),
        ("[[price]]\n" + GOOD + 'audio_minute = "-1"\n', "price.0.audio_minute: "),
        ("[[price]]\n" + GOOD + 'audio_minute = "NaN"\n', "price.0.audio_minute: "),
        ("[[price]]\n" + GOOD + 'audio_hour = "1"\n', "price.0.audio_hour: "),
        ("[[price]]\n" + GOOD.replace("2026-01-01", '"soon"'), "price.0.since: "),
        ("[[price]]\n" + GOOD + "[[price]]\n" + GOOD, "price.1: expected each price once"),
        ("prices = []", "prices: "),
        ("[[price", "Expected"),
    ],
)
def test_a_wrong_table_is_named_by_its_field(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "prices.toml"
    path.write_text(text)

    with pytest.raises(PricesWrong, match=f"prices.toml: .*{named}"):
        load_prices(path)


def test_a_table_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(PricesWrong, match="none.toml: cannot be read"):
        load_prices(tmp_path / "none.toml")
