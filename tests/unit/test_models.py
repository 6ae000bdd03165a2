"""The adapter of language models, over real sockets against the stand-in."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from interview.adapters.chat import Collected, Dialect, EventReader
from interview.adapters.models import Endpoint, OpenAiModels, open_models, retry_after_s
from interview.adapters.running import loop_s
from interview.addresses import Reach
from interview.ports import ModelFailed, Prompt
from tests.standins.answers import PROBES, Personality
from tests.standins.models import MODEL, WAYS, ModelServer, Way

pytestmark = pytest.mark.unit

FORM: Mapping[str, object] = {
    "type": "object",
    "properties": {
        "action": {"type": "string", "enum": ["probe", "next"]},
        "text": {"type": "string"},
    },
    "required": ["action", "text"],
    "additionalProperties": False,
}
SECRET = "sk-nobody-may-see-this"
SAID = "I once told nobody about the fire."
ASKED = Prompt("probe", "Choose what is asked next.", json.dumps({"answer": SAID}), FORM)
GOOD = {"action": "probe", "text": PROBES["en"]}


@asynccontextmanager
async def models(server: ModelServer, **options: Any) -> AsyncIterator[OpenAiModels]:
    endpoint = Endpoint(**{"base_url": server.base_url, "model": MODEL, "key": SECRET} | options)
    async with open_models(endpoint) as opened:
        yield opened


async def trouble(server: ModelServer, within_s: float = 5.0, **options: Any) -> str:
    async with models(server, **options) as asked:
        with pytest.raises(ModelFailed) as failed:
            await asked.ask(ASKED, within_s=within_s)
    assert failed.value.__cause__ is None
    assert failed.value.__suppress_context__ or failed.value.__context__ is None
    return failed.value.trouble


async def test_an_answer_is_streamed_in_the_form_asked_for_and_its_tokens_are_counted() -> None:
    async with ModelServer(key=SECRET) as server, models(server) as asked:
        reply = await asked.ask(ASKED, within_s=5)

    assert GOOD == json.loads(reply.text)
    assert (MODEL, 13, 13) == (reply.model, reply.spent.input_tokens, reply.spent.output_tokens)
    assert ["schema"] == [each.way for each in server.asked]
    assert True is server.asked[0].body["stream"]
    assert (ASKED.instructions, ASKED.content) == (
        server.asked[0].instructions,
        server.asked[0].content,
    )
    assert 1000 == server.asked[0].body["max_tokens"]


async def test_an_answer_in_one_piece_is_read_as_well() -> None:
    async with ModelServer(streams=False) as server, models(server) as asked:
        assert GOOD == json.loads((await asked.ask(ASKED, within_s=5)).text)


@pytest.mark.parametrize(
    ("ways", "tried"),
    [
        (frozenset[Way]({"tool"}), ["tool", "tool"]),
        (frozenset[Way]({"object"}), ["object", "object"]),
    ],
)
async def test_an_endpoint_without_strict_forms_is_asked_otherwise_and_remembered(
    ways: frozenset[Way], tried: list[str]
) -> None:
    async with ModelServer(ways=ways) as server, models(server) as asked:
        for _ in tried:
            assert GOOD == json.loads((await asked.ask(ASKED, within_s=5)).text)

    assert tried == [each.way for each in server.asked]


async def test_the_form_stands_in_the_instructions_where_nothing_else_carries_it() -> None:
    async with ModelServer(ways=frozenset({"object"})) as server, models(server) as asked:
        await asked.ask(ASKED, within_s=5)

    assert json.dumps(FORM) in server.asked[-1].instructions
    assert server.asked[-1].instructions.startswith(ASKED.instructions)


async def test_parameters_that_are_not_known_are_left_out_or_called_otherwise() -> None:
    refuses = frozenset({"max_tokens", "stream_options"})
    async with ModelServer(refuses=refuses) as server, models(server) as asked:
        reply = await asked.ask(ASKED, within_s=5)

    (took,) = server.asked
    assert ("schema", 1000) == (took.way, took.body["max_completion_tokens"])
    assert not refuses & took.body.keys()
    assert (0, 0) == (reply.spent.input_tokens, reply.spent.output_tokens)


async def test_how_to_ask_is_learnt_from_a_refusal_that_leaves_no_time_for_the_answer() -> None:
    slow = ModelServer(refuses=frozenset({"max_tokens"}), refuses_after_s=0.3, latency_s=0.3)
    async with slow as server, models(server) as asked:
        with pytest.raises(ModelFailed, match="timeout"):
            await asked.ask(ASKED, within_s=0.5)
        assert GOOD == json.loads((await asked.ask(ASKED, within_s=0.5)).text)


async def test_who_takes_no_form_at_all_has_refused() -> None:
    async with ModelServer(ways=frozenset()) as server:
        assert "refused" == await trouble(server)


async def test_where_every_way_is_refused_the_way_is_not_to_blame() -> None:
    async with ModelServer(ways=frozenset()) as server, models(server) as asked:
        with pytest.raises(ModelFailed, match="refused"):
            await asked.ask(ASKED, within_s=5)
        server.ways = WAYS
        await asked.ask(ASKED, within_s=5)

    assert ["schema"] == [each.way for each in server.asked]


async def test_a_wrong_key_is_refused_at_once() -> None:
    async with ModelServer(key="sk-other") as server:
        assert "refused" == await trouble(server)


async def test_a_fault_of_the_endpoint_is_as_if_nobody_were_there() -> None:
    async with ModelServer(status=500) as server:
        assert "unreachable" == await trouble(server)


async def test_nobody_at_the_port_is_unreachable() -> None:
    async with ModelServer() as server:
        pass
    assert "unreachable" == await trouble(server)


async def test_a_busy_endpoint_is_asked_again_when_it_says() -> None:
    started = loop_s()
    async with ModelServer(first=["too_many"], retry_after="1") as server, models(server) as asked:
        reply = await asked.ask(ASKED, within_s=5)

    assert GOOD == json.loads(reply.text)
    assert loop_s() - started >= 1.0


async def test_who_says_to_come_back_at_once_is_not_stormed() -> None:
    async with ModelServer("too_many", retry_after="0") as server:
        assert "busy" == await trouble(server, within_s=1)

    assert len(server.asked) <= 4


@pytest.mark.parametrize("retry_after", ["60", None])
async def test_a_busy_endpoint_is_not_waited_for_when_that_is_too_long(
    retry_after: str | None,
) -> None:
    started = loop_s()
    async with ModelServer("too_many", retry_after=retry_after) as server:
        assert "busy" == await trouble(server, within_s=3)

    assert loop_s() - started < 1.0
    assert 1 == len(server.asked)


async def test_an_answer_that_is_late_is_none() -> None:
    started = loop_s()
    async with ModelServer("slow") as server:
        assert "timeout" == await trouble(server, within_s=0.3)

    assert 0.3 <= loop_s() - started < 1.0


async def test_a_stream_that_stalls_is_late(monkeypatch: pytest.MonkeyPatch) -> None:
    async with ModelServer("stalls") as server:
        assert "timeout" == await trouble(server, within_s=0.4)
        monkeypatch.setattr("interview.adapters.models.STALL_S", 0.2)
        started = loop_s()
        assert "timeout" == await trouble(server, within_s=20)

    assert loop_s() - started < 2.0


async def test_broken_json_is_broken() -> None:
    async with ModelServer("broken_json") as server:
        assert "broken" == await trouble(server)


async def test_a_customers_endpoint_is_called_within_its_reach_alone() -> None:
    async with ModelServer() as server:
        assert "refused" == await trouble(server, reach=Reach(private=True))
        assert [] == server.asked
        async with models(server, reach=Reach(loopback=True)) as asked:
            assert GOOD == json.loads((await asked.ask(ASKED, within_s=5)).text)


async def test_a_redirect_is_not_followed() -> None:
    async with ModelServer() as other, ModelServer(status=307) as server:
        server.location = f"{other.base_url}/chat/completions"
        assert "refused" == await trouble(server)

    assert [] == other.asked


async def test_no_key_travels_to_a_public_address_in_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    async def leads_outside(_: str) -> list[str]:
        return ["93.184.216.34"]

    monkeypatch.setattr("interview.adapters.models.system_look_up", leads_outside)
    far = Reach(private=True)
    async with open_models(Endpoint("http://ollama:11434/v1", MODEL, SECRET, far)) as asked:
        with pytest.raises(ModelFailed, match="refused"):
            await asked.ask(ASKED, within_s=2)
    async with open_models(Endpoint("https://models.example/v1", MODEL, SECRET, far)) as asked:
        with pytest.raises(ModelFailed, match="unreachable"):  # our tests go nowhere
            await asked.ask(ASKED, within_s=2)


async def test_neither_key_nor_words_are_in_logs_exceptions_or_reprs() -> None:
    personalities: tuple[Personality, ...] = ("broken_json", "too_many", "stalls")
    with structlog.testing.capture_logs() as logs:
        for personality in personalities:
            async with ModelServer(personality, retry_after=None) as server:
                await trouble(server, within_s=0.3)

    assert ["broken", "busy", "timeout"] == [line["trouble"] for line in logs]
    told = repr(logs) + repr(Endpoint("https://models.example/v1", "m", SECRET)) + repr(ASKED)
    assert not [word for word in (SECRET, SAID, "probe?") if word in told]


async def test_a_kept_connection_that_was_closed_meanwhile_costs_no_answer() -> None:
    answered = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal answered
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
        answered += 1
        message = {"message": {"content": "{}"}, "finish_reason": "stop"}
        body = json.dumps({"model": "m", "choices": [message]}).encode()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n")
        writer.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        await reader.read(1)  # the next question comes, and is not answered
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, open_models(Endpoint(f"http://127.0.0.1:{port}/v1", "m")) as asked:
        assert "{}" == (await asked.ask(ASKED, within_s=5)).text
        assert "{}" == (await asked.ask(ASKED, within_s=5)).text

    assert 2 == answered


@pytest.mark.parametrize(
    "data",
    [
        b"nothing",
        b'{"error": {"message": "overloaded"}}',
        b'{"choices": [{"delta": {"content": 7}}]}',
        b'{"choices": [{"delta": {"content": "' + b"x" * 300_000 + b'"}}]}',
    ],
)
def test_a_chunk_that_makes_no_sense_breaks_the_answer(data: bytes) -> None:
    with pytest.raises(ModelFailed, match="broken"):
        Collected("m").take(data)


@pytest.mark.parametrize(
    "data",
    [
        b'{"choices": [{"delta": {"refusal": "I cannot"}}]}',
        b'{"choices": [{"delta": {}, "finish_reason": "content_filter"}]}',
    ],
)
def test_a_model_that_will_not_answer_has_refused(data: bytes) -> None:
    collected = Collected("m")
    collected.take(data)

    with pytest.raises(ModelFailed, match="refused"):
        collected.reply()


@pytest.mark.parametrize("text", ["", "[1]", "7", '{"a": NaN}', "{} and more", "{" * 10_000])
def test_what_is_not_one_json_object_is_broken(text: str) -> None:
    collected = Collected("m")
    choice = {"delta": {"content": text}, "finish_reason": "stop"}
    collected.take(json.dumps({"choices": [choice]}).encode())

    with pytest.raises(ModelFailed, match="broken"):
        collected.reply()


def test_what_is_cut_off_is_broken_even_when_it_is_json() -> None:
    collected = Collected("m")
    collected.take(b'{"choices": [{"delta": {"content": "{}"}}]}')

    with pytest.raises(ModelFailed, match="broken"):
        collected.reply()


@given(st.lists(st.integers(1, 9), max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_events_are_the_same_however_they_are_cut(cuts: list[int], end: str) -> None:
    lines = ": waiting", "", "event: x", 'data: {"ä": 1}', "", "data:a", "data: b", "", "data: c"
    raw, got, at, reader = end.join(lines).encode(), [], 0, EventReader()
    for size in (*cuts, len(raw)):
        got += reader.feed(raw[at : at + size])
        at += size

    assert ['{"ä": 1}'.encode(), b"a\nb"] == got


def test_an_event_without_end_is_broken() -> None:
    with pytest.raises(ModelFailed, match="broken"):
        EventReader().feed(b"x" * 300_000)


def test_a_dialect_changes_one_thing_at_a_time_and_comes_to_an_end() -> None:
    dialect, tried = Dialect(), []
    while (
        other := dialect.other("Unsupported: max_completion_tokens, stream_options")
    ) is not None:
        tried.append(other)
        dialect = other

    assert [
        ("schema", "max_tokens", False),
        ("schema", "max_completion_tokens", False),
        ("tool", "max_completion_tokens", False),
        ("object", "max_completion_tokens", False),
    ] == [(each.way, each.limit, each.counts) for each in tried]


def test_the_time_to_wait_is_read_as_seconds_and_as_a_date() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    date = format_datetime(now + timedelta(seconds=90), usegmt=True)

    assert [7.0, 90.0, 0.0, None, None] == [
        retry_after_s(said, now)
        for said in ("7", date, "Thu, 01 Jan 2015 00:00:00 GMT", "soon", None)
    ]
