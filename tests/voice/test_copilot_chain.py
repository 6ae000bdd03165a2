"""Advice with a chain of endpoints behind it: who was late once is not asked first again."""

import asyncio

import pytest

from agent import copilot_advice
from agent.clock import new_id
from agent.copilot_advice import Advising, adviser_for
from interview.adapters.model_chain import open_model_house
from interview.addresses import Reach
from interview.ids import TurnId
from interview.prompting import Spoken
from interview.providers import Provider
from tests.fakes.advice import model_plan
from tests.fakes.side import GUIDE
from tests.standins.models import MODEL, ModelServer

pytestmark = pytest.mark.voice


async def test_after_one_late_advice_the_next_endpoint_is_asked_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Such an endpoint sends nothing at all: what ends the call is the chain's own time."""
    monkeypatch.setattr(copilot_advice, "WITHIN_S", 1.0)
    monkeypatch.setattr(copilot_advice, "OVERDUE_S", 60.0)
    answered: list[str] = []
    async with (
        ModelServer("slow", slow_s=60) as silent,
        ModelServer() as quick,
        open_model_house(Reach(loopback=True)) as house,
    ):
        chain = tuple(Provider(one.base_url, one.base_url, MODEL) for one in (silent, quick))
        advising = Advising(
            adviser_for(model_plan(), GUIDE, house.models(chain, lambda *_: None)),
            lambda _, __, model: answered.append(model),
        )
        advising.ask("first", (), [said()])
        await asyncio.wait(others("advice"))
        assert (1, 0) == (len(silent.asked), len(quick.asked))
        monkeypatch.setattr(copilot_advice, "WITHIN_S", 60.0)
        advising.ask("first", (), [said()])
        await asyncio.wait(others("advice"))

        assert (1, 1) == (len(silent.asked), len(quick.asked))
    assert 1 == len(answered)


def said() -> Spoken:
    return Spoken(TurnId(new_id()), "candidate", "We lost two suppliers.")


def others(name: str) -> set[asyncio.Task[object]]:
    return {task for task in asyncio.all_tasks() if task.get_name() == name}
