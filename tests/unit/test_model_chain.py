"""Chains of language models over real sockets: one fails, the next answers, the first returns."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

import pytest

from interview.adapters.model_chain import open_model_house
from interview.adapters.running import loop_s
from interview.addresses import Reach
from interview.ports import ModelFailed, Models, Prompt, Spent
from interview.providers import Provider, named_after
from tests.standins.models import MODEL, ModelServer

pytestmark = pytest.mark.unit

FORM = {
    "type": "object",
    "properties": {"action": {"type": "string"}, "text": {"type": "string"}},
    "required": ["action", "text"],
    "additionalProperties": False,
}
ASKED = Prompt("probe", "Choose.", json.dumps({"answer": "I did it."}), FORM)


@dataclass
class House:
    """Two servers and the chain of them."""

    first: ModelServer
    second: ModelServer
    chain: Models
    told: list[tuple[str, str, Spent]] = field(default_factory=list)

    @property
    def counts(self) -> tuple[int, int]:
        return len(self.first.asked), len(self.second.asked)

    async def ask(self, within_s: float = 5.0) -> str:
        return (await self.chain.ask(ASKED, within_s=within_s)).text


def tell_nobody(_: Provider, __: str, ___: Spent) -> None: ...


@asynccontextmanager
async def house(first: ModelServer, second: ModelServer) -> AsyncIterator[House]:
    told: list[tuple[str, str, Spent]] = []
    async with AsyncExitStack() as stack:
        for server in (first, second):
            await stack.enter_async_context(server)
        opened = await stack.enter_async_context(open_model_house(Reach(loopback=True)))
        providers = (
            Provider("one", first.base_url, MODEL, "sk-one"),
            Provider("two", second.base_url, MODEL, "sk-two"),
        )
        chain = opened.models(
            providers, lambda p, model, spent: told.append((p.name, model, spent))
        )
        assert chain is not None
        yield House(first, second, chain, told)


async def test_the_first_is_asked_and_its_tokens_are_told() -> None:
    async with house(ModelServer(), ModelServer()) as held:
        await held.ask()

        assert (1, 0) == held.counts
        ((name, model, spent),) = held.told
    assert ("one", MODEL) == (name, model)
    assert spent.output_tokens > 0


@pytest.mark.parametrize("status", [500, 401, 404])
async def test_whoever_refuses_is_passed_over_at_once_and_not_asked_again(status: int) -> None:
    async with house(ModelServer(status=status), ModelServer()) as held:
        started = loop_s()
        await held.ask()
        held.first.status = None
        await held.ask()

        assert loop_s() - started < 0.9  # before the first is due again
        assert (0, 2) == held.counts
        assert ["two", "two"] == [name for name, _, _ in held.told]


async def test_who_is_busy_is_not_waited_for_when_another_is_free() -> None:
    async with house(ModelServer("too_many", retry_after="3"), ModelServer()) as held:
        started = loop_s()
        await held.ask(within_s=10)

        assert loop_s() - started < 1.0
        assert (1, 1) == held.counts


async def test_the_last_is_waited_for_when_it_is_busy() -> None:
    second = ModelServer(first=["too_many"], retry_after="1")
    async with house(ModelServer(status=500), second) as held:
        await held.ask()

        assert (0, 2) == held.counts


async def test_who_stalls_leaves_the_next_half_of_the_time() -> None:
    async with house(ModelServer("slow", slow_s=60), ModelServer()) as held:
        started = loop_s()
        await held.ask(within_s=4.4)

        assert 2.0 < loop_s() - started < 3.5


async def test_the_first_returns_after_it_heals_and_nobody_waits_for_that() -> None:
    async with house(ModelServer(status=500), ModelServer()) as held:
        await held.ask()
        held.first.status, held.first.latency_s = None, 0.3
        await asyncio.sleep(1.05)
        started = loop_s()
        await held.ask()  # the second answers, the first is tried beside
        assert loop_s() - started < 0.25
        await asyncio.sleep(0.5)
        assert (1, 2) == held.counts
        await held.ask()

        assert (2, 2) == held.counts
        assert ["two", "two", "one", "one"] == [name for name, _, _ in held.told]


async def test_who_is_being_tried_is_not_tried_by_the_next_question_too() -> None:
    async with house(ModelServer(status=500), ModelServer()) as held:
        await held.ask()
        held.first.status, held.first.latency_s = None, 0.5
        await asyncio.sleep(1.05)
        for _ in range(3):
            await held.ask()

        assert (1, 4) == held.counts


async def test_a_moment_in_which_many_fail_costs_the_first_a_second_and_not_a_minute() -> None:
    async with house(ModelServer(status=500), ModelServer()) as held:
        await asyncio.gather(*(held.ask() for _ in range(12)))
        held.first.status = None
        await asyncio.sleep(1.05)
        await held.ask()
        await asyncio.sleep(0.2)

        assert 1 == len(held.first.asked)


async def test_a_try_that_ends_in_a_way_nobody_foresaw_is_not_the_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with house(ModelServer(status=500), ModelServer()) as held:
        await held.ask()
        await asyncio.sleep(1.05)
        with monkeypatch.context() as broken:
            broken.setattr("interview.adapters.models.parsedate_to_datetime", lambda _: 1 / 0)
            held.first.status, held.first.personality = None, "too_many"
            held.first.retry_after = "soon"
            await held.ask()
            await asyncio.sleep(0.2)
        await held.ask()
        await asyncio.sleep(0.2)

        assert 2 == len(held.first.asked)


async def test_when_all_fail_the_last_failure_is_told() -> None:
    async with house(ModelServer(status=500), ModelServer("broken_json")) as held:
        with pytest.raises(ModelFailed, match="broken"):
            await held.ask()


async def test_who_gives_broken_answers_is_passed_over_and_soon_not_asked_first() -> None:
    async with house(ModelServer("broken_json"), ModelServer()) as held:
        for _ in range(4):
            await held.ask()

        assert (3, 4) == held.counts


async def test_what_a_useless_answer_costs_is_told_too() -> None:
    async with house(ModelServer("broken_json"), ModelServer()) as held:
        await held.ask()

    assert ["one", "two"] == [name for name, _, _ in held.told]
    assert held.told[0][2].output_tokens > 0


async def test_the_next_waits_but_a_moment_for_the_price_of_a_refusal() -> None:
    async with house(ModelServer("good", refuses_for_s=60), ModelServer()) as held:
        started = loop_s()
        await held.ask(within_s=10)

        assert 0.9 < loop_s() - started < 2.0
        assert ["two"] == [name for name, _, _ in held.told]


async def test_what_is_known_of_an_endpoint_is_known_to_every_chain_of_the_process() -> None:
    async with (
        ModelServer(status=500) as bad,
        ModelServer() as good,
        open_model_house(Reach(loopback=True)) as opened,
    ):
        chain = (Provider("a", bad.base_url, MODEL), Provider("b", good.base_url, MODEL))
        for _ in range(3):
            models = opened.models(chain, tell_nobody)
            assert models is not None
            await models.ask(ASKED, within_s=5)
            bad.status = None

    assert (0, 3) == (len(bad.asked), len(good.asked))


async def test_a_try_that_still_runs_ends_with_the_house() -> None:
    async with house(ModelServer(status=500), ModelServer()) as held:
        await held.ask()
        held.first.status, held.first.latency_s = None, 3600
        await asyncio.sleep(1.05)
        await held.ask(within_s=3000)


async def test_an_empty_chain_is_no_model() -> None:
    async with open_model_house(Reach()) as opened:
        assert None is opened.models((), tell_nobody)


async def test_what_the_operator_names_goes_anywhere_and_what_a_customer_names_does_not() -> None:
    async with ModelServer() as server, open_model_house(Reach()) as opened:
        chain = (Provider("a", server.base_url, MODEL),)
        ours = opened.models(chain, tell_nobody, is_ours=True)
        theirs = opened.models(chain, tell_nobody)
        assert ours is not None
        assert theirs is not None
        await ours.ask(ASKED, within_s=5)
        with pytest.raises(ModelFailed, match="refused"):
            await theirs.ask(ASKED, within_s=5)

    assert 1 == len(server.asked)


def test_an_endpoint_that_nobody_named_is_called_after_its_host() -> None:
    assert ["openai", "mistral", "10.0.0.7", "ollama", "localhost"] == [
        named_after(url)
        for url in (
            "https://api.openai.com/v1",
            "https://api.mistral.ai/v1",
            "http://10.0.0.7:8000/v1",
            "http://ollama:11434/v1",
            "http://localhost:1234/v1",
        )
    ]


async def test_a_call_that_is_called_off_is_told_as_one_whose_cost_nobody_knows() -> None:
    async with house(ModelServer("slow", slow_s=60), ModelServer()) as held:
        asking = asyncio.create_task(held.ask(within_s=1.2))
        await asyncio.sleep(0.3)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

        assert [("one", MODEL, Spent(0, 0, is_known=False))] == held.told
        assert (1, 0) == held.counts


async def test_a_call_that_was_too_late_is_told_too_and_a_refusal_is_not() -> None:
    async with house(ModelServer("slow", slow_s=60), ModelServer(status=500)) as held:
        with pytest.raises(ModelFailed):
            await held.ask(within_s=0.3)
        with pytest.raises(ModelFailed):
            await held.ask(within_s=0.3)

        assert {False} == {spent.is_known for _, _, spent in held.told}
        assert {"one"} == {name for name, _, _ in held.told}
