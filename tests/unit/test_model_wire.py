"""What endpoints send that nobody should: without end, too large, too far in the future."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from interview.adapters.chat import MOST_TEXT, Collected, EventReader
from interview.adapters.models import retry_after_s
from interview.ports import ModelFailed, Spent
from interview.prices import Price, Prices, Used
from interview.usage import ProviderUsed

pytestmark = pytest.mark.unit

TODAY = date(2026, 1, 1)
DEAR = Prices((Price("acme", "m*", TODAY, "EUR", Decimal(1000), Decimal(1000)),))
LINE = b"data: " + b"x" * 1000 + b"\n"


@pytest.mark.parametrize("line", [LINE, b"data:\n"], ids=["full", "empty"])
def test_an_event_of_endlessly_many_lines_is_broken(line: bytes) -> None:
    reader = EventReader()

    def feed() -> None:
        for _ in range(2 * MOST_TEXT // len(line)):
            reader.feed(line)

    with pytest.raises(ModelFailed, match="broken"):
        feed()


def test_many_events_may_be_longer_together_than_one() -> None:
    reader = EventReader()
    events = [reader.feed(LINE + b"\n") for _ in range(2 * MOST_TEXT // len(LINE))]

    assert [[b"x" * 1000]] * len(events) == events


@pytest.mark.parametrize(
    "said",
    [
        "Mon, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Mon, 99999999999999999999 Jan 2026 00:00:00 GMT",
        "Mon, 01 Jan 2026 99999999999999999999:00:00 GMT",
        "Mon, 01 Jan 2026 00:00:00 +99999999999999999999",
    ],
)
def test_a_time_to_wait_that_no_clock_shows_is_none(said: str) -> None:
    assert None is retry_after_s(said, datetime(2026, 1, 1, tzinfo=UTC))


def collected(model: object, tokens: int) -> Collected:
    answer = Collected("configured")
    usage = {"prompt_tokens": tokens, "completion_tokens": tokens}
    answer.take(json.dumps({"model": model, "choices": [], "usage": usage}).encode())
    return answer


@pytest.mark.parametrize(
    ("choice", "trouble"),
    [
        ({"delta": {"content": "{}"}, "finish_reason": "length"}, "broken"),
        ({"delta": {}, "finish_reason": "content_filter"}, "refused"),
        ({"delta": {"refusal": "I cannot"}}, "refused"),
        ({"delta": {"content": "[]"}, "finish_reason": "stop"}, "broken"),
    ],
    ids=["cut", "filtered", "refused", "no_object"],
)
def test_what_is_of_no_use_costs_what_is_said_last(choice: object, trouble: str) -> None:
    answer = Collected("m")
    answer.take(json.dumps({"choices": [choice]}).encode())
    answer.take(b'{"choices": [{"delta": {}, "finish_reason": "stop"}]}')
    answer.take(b'{"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": 5}}')

    with pytest.raises(ModelFailed) as failed:
        answer.reply()

    assert (trouble, Spent(7, 5), "m") == (
        failed.value.trouble,
        failed.value.spent,
        failed.value.model,
    )


@pytest.mark.parametrize(
    ("last", "spent"),
    [
        ({"choices": [], "usage": {"prompt_tokens": 7, "completion_tokens": None}}, Spent(7, 0)),
        ({"choices": [], "usage": {"prompt_tokens": None, "completion_tokens": 5}}, Spent(0, 5)),
        ({"choices": None, "usage": {"prompt_tokens": 7, "completion_tokens": 5}}, Spent(7, 5)),
        ({"choices": None, "usage": None}, Spent(0, 0)),
    ],
    ids=["no_completion", "no_prompt", "no_choices", "nothing"],
)
def test_a_whole_answer_stays_one_when_its_count_is_left_open(last: object, spent: Spent) -> None:
    answer = Collected("m")
    answer.take(b'{"choices": [{"delta": {"content": "{}"}, "finish_reason": "stop"}]}')
    answer.take(json.dumps(last).encode())

    assert ("{}", spent) == (answer.reply().text, answer.reply().spent)


def test_of_what_was_never_said_to_cost_anything_nothing_is_told() -> None:
    answer = Collected("m")

    assert None is answer.failed("timeout").spent


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("m" * 10_000, "m" * 200),
        ("m\u0000\n2", "m2"),
        ("\n", "configured"),
        ("", "configured"),
        (None, "configured"),
    ],
    ids=["long", "unprinted", "blank", "empty", "none"],
)
def test_a_model_calls_itself_what_a_log_can_hold(said: str | None, taken: str) -> None:
    assert taken == collected(said, 1).model


def test_no_count_of_tokens_is_too_large_for_the_log() -> None:
    answer = collected("m" * 10_000, 10**30)
    one = Used("llm", "acme", answer.model, 1, answer.spent.input_tokens)
    many = one
    for _ in range(12):
        many = many.plus(many)

    fact = ProviderUsed.of(many, DEAR.cost(many, TODAY))

    assert (10**12, Decimal(10**6)) == (fact.input_tokens, fact.cost)
