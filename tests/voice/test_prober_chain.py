"""The prober with a chain of endpoints behind it: who was late once is not asked first again."""

from functools import partial

import pytest

from interview.adapters.model_chain import open_model_house
from interview.addresses import Reach
from interview.events import LineStarted
from interview.probe_facts import ProbeOffered, ProbeRefused
from interview.providers import Provider
from tests.fakes.advice import advice, model_plan
from tests.fakes.probe_scene import has_begun
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.standins.answers import PROBES
from tests.standins.models import MODEL, ModelServer

pytestmark = pytest.mark.voice


async def test_after_one_late_answer_the_next_endpoint_is_asked_first() -> None:
    async with (
        ModelServer("slow", slow_s=60) as slow,
        ModelServer() as fast,
        open_model_house(Reach(loopback=True)) as house,
    ):
        chain = tuple(Provider(one.base_url, one.base_url, MODEL) for one in (slow, fast))
        models = house.models(chain, lambda *_: None)
        assert models is not None
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            stage.mouth.s_per_word = stage.mouth.stop_s = 0.02
            await asked_first(stage)
            await answer(stage)
            assert (1, 0) == (len(slow.asked), len(fast.asked))
            await answer(stage)

    assert 1 == len(fast.asked)
    assert ["late"] == [fact.reason for fact in stage.facts(ProbeRefused)]
    assert [PROBES["en"]] == [fact.text for fact in stage.facts(ProbeOffered)]
    assert PROBES["en"] == stage.facts(LineStarted)[-1].text


async def answer(stage: Stage) -> None:
    """And hear what is said to it."""
    lines = len(stage.facts(LineStarted))
    await stage.speaks(LONG_ANSWER, s_per_word=0.03)
    await stage.until(partial(has_begun, stage, lines + 1), within_s=30)
    await stage.until(lambda: stage.is_listening, within_s=30)
