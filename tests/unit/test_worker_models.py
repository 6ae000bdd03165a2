"""The models of the worker: whose are asked, and that the interview's log says what they used."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
import structlog

from interview.adapters.model_chain import open_model_house
from interview.addresses import Reach
from interview.ids import InterviewId
from interview.ports import ModelFailed, Prompt
from interview.prices import Cost, Price, Prices
from interview.providers import Provider, Providers
from interview.release import Member
from interview.store.memory import MemoryStore
from interview.use_cases.usage import get_usage
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room
from tests.standins.models import MODEL, ModelServer
from worker.models import ModelDesk
from worker.settings import SettingsWrong, read_settings

pytestmark = pytest.mark.unit

FORM = {
    "type": "object",
    "properties": {"level": {"type": "integer"}},
    "required": ["level"],
    "additionalProperties": False,
}
ASKED = Prompt("rating", "Rate.", '[{"turn": 1, "speaker": "candidate", "text": "I did."}]', FORM)
PRICES = Prices((Price("own", MODEL, NOON.date(), "EUR", Decimal(1000), Decimal(1000)),))
NEAR = Reach(loopback=True)


async def asked(
    room: Room, own: tuple[Provider, ...], times: int = 1, prices: Prices = PRICES
) -> bool:
    """Whether anybody was there to be asked."""
    async with open_model_house(NEAR) as house:
        desk = ModelDesk(room.world, house, own, prices, set())
        async with desk.asking(room.tenant, room.interview) as models:
            for _ in range(times):
                if models is not None:
                    await models.ask(ASKED, within_s=5)
            return models is not None


async def test_what_was_asked_for_an_interview_is_noted_in_its_log_at_the_end() -> None:
    room = await Room(MemoryStore()).furnish()
    async with ModelServer() as server:
        assert await asked(room, (Provider("own", server.base_url, MODEL),), times=3)

    usage = await get_usage(room.world, room.tenant, room.interview)
    (line,) = usage.lines
    assert ("llm", "own", MODEL, 3) == (
        line.used.purpose,
        line.used.provider,
        line.used.model,
        line.used.calls,
    )
    tokens = line.used.input_tokens + line.used.output_tokens
    assert (Cost(Decimal(tokens) / 1000, "EUR"),) == usage.costs


async def test_what_calls_itself_otherwise_costs_what_was_asked_for_does() -> None:
    room = await Room(MemoryStore()).furnish()
    prices = Prices((Price("own", "small", NOON.date(), "EUR", Decimal(1000), Decimal(1000)),))
    async with ModelServer(calls_itself="small-2026-04-14") as server:
        assert await asked(room, (Provider("own", server.base_url, "small"),), prices=prices)

    usage = await get_usage(room.world, room.tenant, room.interview)
    assert ["small-2026-04-14"] == [line.used.model for line in usage.lines]
    assert usage.is_whole


async def test_the_tenants_own_chain_goes_before_the_installations() -> None:
    room = await Room(MemoryStore()).furnish()
    async with ModelServer() as ours, ModelServer() as theirs:
        async with room.store.transaction(room.tenant) as tx:
            chain = (Provider("theirs", theirs.base_url, MODEL, "sk"),)
            await tx.providers.put(replace(Providers(), llm=chain), NOON)
        assert await asked(room, (Provider("own", ours.base_url, MODEL),))

    assert (0, 1) == (len(ours.asked), len(theirs.asked))
    assert "Bearer sk" == theirs.asked[0].headers["Authorization"]


async def test_a_seat_says_which_models_may_answer_and_where_in_their_order() -> None:
    room = await Room(MemoryStore()).furnish()
    own = (Provider("a", "https://a.example/v1", "x"), Provider("b", "https://b.example/v1", "x"))
    async with open_model_house(NEAR) as house:
        desk = ModelDesk(room.world, house, own, PRICES, set())
        async with desk.seating(room.tenant, room.interview, ("m", "n")) as seats:
            found = [seat.members for seat in seats]

    assert [tuple(Member(model, each.url) for each in own) for model in ("m", "n")] == found


async def test_nobody_is_asked_where_nobody_has_named_a_model() -> None:
    room = await Room(MemoryStore()).furnish()

    assert not await asked(room, ())
    assert ["interview_created"] == await room.kinds()


async def test_what_was_used_before_a_failure_and_by_it_is_noted_all_the_same() -> None:
    room = await Room(MemoryStore()).furnish()
    async with ModelServer(first=["good"], personality="broken_json") as server:
        with pytest.raises(ModelFailed, match="broken"):
            await asked(room, (Provider("own", server.base_url, MODEL),), times=2)

    assert 2 == (await get_usage(room.world, room.tenant, room.interview)).lines[0].used.calls


async def test_what_a_try_costs_that_answers_after_the_end_is_noted_too() -> None:
    room = await Room(MemoryStore()).furnish()
    late: set[asyncio.Task[None]] = set()
    async with (
        ModelServer(status=500) as first,
        ModelServer() as second,
        open_model_house(NEAR) as house,
    ):
        own = (Provider("one", first.base_url, MODEL), Provider("two", second.base_url, MODEL))
        desk = ModelDesk(room.world, house, own, PRICES, late)

        async def ask() -> None:
            async with desk.asking(room.tenant, room.interview) as models:
                assert models is not None
                await models.ask(ASKED, within_s=5)

        await ask()
        first.status, first.latency_s = None, 0.3
        await asyncio.sleep(1.05)
        await ask()
        assert ["two"] == await used_by(room)
        await asyncio.sleep(0.6)

    assert ["one", "two"] == await used_by(room)
    assert set() == late


async def test_a_try_for_an_interview_that_was_erased_meanwhile_harms_nobody() -> None:
    room = await Room(MemoryStore()).furnish()
    late: set[asyncio.Task[None]] = set()
    async with ModelServer(latency_s=0.1) as server, open_model_house(NEAR) as house:
        own = (Provider("one", server.base_url, MODEL),)
        desk = ModelDesk(room.world, house, own, PRICES, late)
        gone = InterviewId(UUID(int=1))
        with structlog.testing.capture_logs() as logs:
            async with AsyncExitStack() as stack:
                models = await stack.enter_async_context(desk.asking(room.tenant, gone))
                assert models is not None
            await models.ask(ASKED, within_s=5)
            await asyncio.wait(late)

    assert ["usage_not_noted"] == [line["event"] for line in logs]


async def used_by(room: Room) -> list[str]:
    usage = await get_usage(room.world, room.tenant, room.interview)
    return [line.used.provider for line in usage.lines]


COMPLETE = {
    "DATABASE_URL": "postgresql://nowhere/none",
    "VIVAVOCE_INSTALLATION_KEY": "k",
    "LIVEKIT_URL": "ws://127.0.0.1:7880",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "secret",
    "VIVAVOCE_API_URL": "http://127.0.0.1:8080",
}


def set_up(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    for name, value in (COMPLETE | more).items():
        monkeypatch.setenv(name, value)


def test_the_installations_own_model_is_named_by_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url = "https://api.mistral.ai/v1/"
    set_up(monkeypatch, LLM_BASE_URL=url, LLM_MODEL="small", LLM_API_KEY="sk-secret")

    settings = read_settings()

    own = Provider("mistral", "https://api.mistral.ai/v1", "small", "sk-secret")
    assert (own,) == settings.own_models
    assert "sk-secret" not in repr(settings) + repr(own)


def test_without_a_url_there_is_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch)

    assert () == read_settings().own_models


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"LLM_BASE_URL": "https://llm.example/v1"}, "LLM_MODEL: .*name of a model"),
        ({"LLM_BASE_URL": "llm.example", "LLM_MODEL": "m"}, "LLM_BASE_URL: "),
        ({"VIVAVOCE_PROVIDERS_REACH": "far"}, "VIVAVOCE_PROVIDERS_REACH: "),
        ({"VIVAVOCE_PRICES": "/nowhere/prices.toml"}, "VIVAVOCE_PRICES: .*cannot be read"),
    ],
)
def test_what_is_wrong_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, str], named: str
) -> None:
    set_up(monkeypatch, **more)

    with pytest.raises(SettingsWrong, match=named):
        read_settings()


async def test_a_call_that_came_too_late_is_counted_and_the_bill_is_not_whole() -> None:
    room = await Room(MemoryStore()).furnish()
    async with ModelServer("slow", slow_s=60) as server, open_model_house(NEAR) as house:
        own = (Provider("own", server.base_url, MODEL),)
        async with ModelDesk(room.world, house, own, PRICES, set()).asking(
            room.tenant, room.interview
        ) as models:
            assert models is not None
            with pytest.raises(ModelFailed, match="timeout"):
                await models.ask(ASKED, within_s=0.2)

    usage = await get_usage(room.world, room.tenant, room.interview)
    assert (1, 1) == (usage.lines[0].used.calls, usage.lines[0].used.uncounted)
    assert not usage.is_whole
