"""A model that is late, absent or failing delays nobody, and ends no interview."""

import asyncio
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from agent.meter import Meter, WithinBudget
from interview.events import InterviewEnded, LineStarted, ProviderFailed
from interview.patience import WAITS
from interview.ports import ModelFailed, Prompt, Reply
from interview.prices import Price, Prices, Used
from interview.probe_facts import ProbeOffered, ProbeRefused
from interview.probing import WITHIN_S
from interview.providers import Budget
from interview.usage import BudgetSpent, FactOfUsage, Usage
from tests.fakes.advice import TimedModels, advice, asks, fails, model_plan
from tests.fakes.leaping import leap
from tests.fakes.probe_scene import FEW, HOW, WHY, has_begun, one_answer, scripted_s
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan

pytestmark = pytest.mark.voice

WHERE = "Where did you look first?"


def test_a_late_answer_is_dropped_and_the_kits_words_are_said() -> None:
    scene = one_answer(asks(WHY), takes_s=3.0, text=FEW)

    assert "Please say more about first, part 0." == scene.said()
    assert ["late"] == [fact.reason for fact in scene.stage.facts(ProbeRefused)]
    assert [] == scene.stage.facts(ProbeOffered)


def test_who_waits_for_a_slow_model_waits_once_and_not_long() -> None:
    models = TimedModels(asks(WHY), takes_s=5.0)

    async def scene() -> list[float]:
        silences = []
        async with on_stage(model_plan(), advice=advice(models)) as stage:
            await asked_first(stage)
            for number in (3, 4):
                await stage.speaks(LONG_ANSWER)
                silent_since = stage.clock.ms()
                await stage.until(partial(has_begun, stage, number))
                silences.append((stage.facts(LineStarted)[-1].started_ms - silent_since) / 1000)
                await stage.until(lambda: stage.is_listening)
        return silences

    first, second = leap(scene())

    assert first <= WAITS.held + 0.1
    assert second <= scripted_s(LONG_ANSWER) + 0.05


def test_a_model_that_is_quick_again_is_waited_for_again() -> None:
    models = TimedModels(asks(WHY), takes_s=5.0)
    four = plan(*(plan().questions[0].model_copy(update={"key": f"q{n}"}) for n in range(4)))

    async def scene() -> list[str]:
        of = four.model_copy(update={"probing": "model"})
        async with on_stage(of, advice=advice(models)) as stage:
            await asked_first(stage)
            for number in (3, 4, 5):
                await stage.speaks(LONG_ANSWER)
                await stage.until(partial(has_begun, stage, number))
                await stage.until(lambda: stage.is_listening)
                await asyncio.sleep(WITHIN_S)
                models.takes_s = 0.8
            return [line.line for line in stage.facts(LineStarted)]

    assert ["greeting", "question", "question", "question", "probe"] == leap(scene())


def test_a_model_that_fails_at_once_delays_nobody() -> None:
    scene = one_answer(fails, takes_s=0.0)

    assert "Thank you. What about second?" == scene.said()
    assert scene.silence_s <= scripted_s(LONG_ANSWER) + 0.01
    assert ["unavailable"] == [fact.reason for fact in scene.stage.facts(ProbeRefused)]
    assert [("llm", "busy")] == [
        (fact.provider, fact.error) for fact in scene.stage.facts(ProviderFailed)
    ]


def test_a_budget_that_is_spent_is_no_fault_of_a_provider() -> None:
    scene = one_answer(lambda _: ModelFailed("over_budget"))

    assert "Thank you. What about second?" == scene.said()
    assert ["unavailable"] == [fact.reason for fact in scene.stage.facts(ProbeRefused)]
    assert [] == scene.stage.facts(ProviderFailed)


TWO_CENTS = Used("llm", "acme", "m", 1, 10, 5)

PRICES = Prices((Price("acme", "m", date(2026, 3, 2), "EUR", Decimal(1000), Decimal(2000)),))


class Paid(TimedModels):
    """Each question costs two cents."""

    meter: Meter

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        reply = await super().ask(prompt, within_s=within_s)
        self.meter.add(TWO_CENTS)
        return reply


def whole(budget: Budget | None) -> tuple[Stage, Paid, list[FactOfUsage]]:
    """A whole interview of short answers, with a model that always wants to know why."""
    told = list[FactOfUsage]()

    async def write(fact: FactOfUsage) -> None:
        told.append(fact)

    models = Paid(asks(WHY, HOW, WHERE))
    models.meter = Meter(PRICES, budget, Usage(), lambda: date(2026, 3, 2), write)

    async def scene() -> Stage:
        within = advice(WithinBudget(models, models.meter))
        async with on_stage(model_plan(), advice=within) as stage:
            await stage.to_the_end(FEW)
        await models.meter.flush()
        return stage

    return leap(scene()), models, told


def test_a_budget_that_runs_out_leaves_the_scripted_form_and_stops_nothing() -> None:
    free, asked, _ = whole(None)
    held, cut, told = whole(Budget(Decimal("0.03"), "EUR"))

    assert (3, 2) == (len(asked.asked), len(cut.asked))
    assert [WHY, HOW, WHERE] == probes_of(free)
    assert [WHY, HOW, "Please say more about second, part 0."] == probes_of(held)
    for stage in (free, held):
        assert ("first", "second", "third") == stage.conductor.state.asked
        assert ["completed"] == [fact.reason for fact in stage.facts(InterviewEnded)]
    assert [BudgetSpent(amount=Decimal("0.03"), currency="EUR")] == [
        fact for fact in told if isinstance(fact, BudgetSpent)
    ]


def probes_of(stage: Stage) -> list[str]:
    return [line.text for line in stage.facts(LineStarted) if line.line == "probe"]


def test_an_answer_that_is_cut_off_is_not_of_the_form() -> None:
    scene = one_answer(lambda _: ModelFailed("broken"))

    assert ["form"] == [fact.reason for fact in scene.stage.facts(ProbeRefused)]


class Bad:
    """A model with a fault in it."""

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        raise ValueError("a fault of ours")


def test_a_fault_ends_no_interview() -> None:
    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(Bad())) as stage:
            await stage.to_the_end(LONG_ANSWER)
        return stage

    stage = leap(scene())

    assert "interview_ended" == stage.journal.kinds[-1]
    assert {"unavailable"} == {fact.reason for fact in stage.facts(ProbeRefused)}
