"""A model makes prompts richer and judges what was covered; late, it changes nothing."""

import asyncio
import json

import pytest

from interview.copilot_facts import (
    CoverageJudged,
)
from interview.plan import Plan
from interview.ports import ModelFailed
from tests.fakes.advice import TimedModels
from tests.fakes.leaping import leap
from tests.fakes.side import FAILED, Side, at_side, guided, led_by_anna
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first

pytestmark = pytest.mark.voice


def modelled() -> Plan:
    return guided().model_copy(update={"probing": "model"})


def advice(**said: object) -> str:
    empty = {"kind": "none", "text": "", "reason": "", "question": "", "asked": [], "answered": []}
    return json.dumps(empty | said)


def test_a_model_tells_what_is_missing_in_the_place_of_our_own_rule() -> None:
    text = "Which of the suppliers did you lose?"
    models = TimedModels(lambda _: advice(kind="missing", text=text, reason="No names were told."))

    async def scene() -> Side:
        async with at_side(modelled(), models=models) as (stage, side):
            await led_by_anna(stage, side)
            await side.says(FAILED)
            await stage.speaks("We lost two suppliers and had to begin again.")
            await asyncio.sleep(60)
        return side

    side = leap(scene())

    assert [f"Still open: “{text}”"] == [
        one["text"] for one in side.shown() if one["kind"] == "missing"
    ]
    assert ["fake-1"] == [one.model for one in side.given() if one.hint == "missing"]


def test_what_a_model_finds_covered_is_not_asked_again_and_its_answer_is_filed() -> None:
    models = TimedModels(lambda _: advice(asked=["second"], answered=["second"]))

    async def scene() -> Stage:
        async with at_side(modelled(), models=models) as (stage, side):
            await led_by_anna(stage, side)
            await side.says("And was there ever a buyer who was hard to please?")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(10)
            await side.passes("ai", "first")
            await stage.hears("question")
        return stage

    stage = leap(scene())

    assert ["second"] == [one.question for one in stage.facts(CoverageJudged)]
    assert ["second"] == [turn.question for turn in stage.candidate_turns()]
    assert ["first", "third"] == stage.asked()


def test_a_model_that_comes_too_late_or_fails_changes_nothing() -> None:
    for models in (
        TimedModels(lambda _: advice(asked=["second"], answered=["second"]), takes_s=30),
        TimedModels(lambda _: ModelFailed("busy")),
    ):

        async def scene(models: TimedModels = models) -> Side:
            async with at_side(modelled(), models=models) as (stage, side):
                await led_by_anna(stage, side)
                await stage.speaks(LONG_ANSWER)
                await asyncio.sleep(60)
            return side

        side = leap(scene())

        assert [] == side.stage.facts(CoverageJudged)
        assert "ask" in side.kinds()


def test_no_model_is_asked_while_the_ai_leads_or_where_the_kit_asks_none() -> None:
    models = TimedModels(lambda _: advice())

    async def scene() -> None:
        async with at_side(modelled(), models=models) as (stage, side):
            side.comes()
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(10)
        async with at_side(guided(), models=models) as (stage, side):
            await led_by_anna(stage, side)
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(10)

    leap(scene())

    assert [] == models.asked


def test_what_a_model_says_of_words_that_others_followed_is_dropped() -> None:
    text = "Which of the suppliers did you lose?"
    reply = advice(kind="missing", text=text, reason="No names were told.")
    models = TimedModels(lambda _: reply, takes_s=4)

    async def scene() -> Side:
        async with at_side(modelled(), models=models) as (stage, side):
            await led_by_anna(stage, side)
            await side.says(FAILED)
            await stage.speaks("We lost two suppliers and had to begin again.")
            await stage.until(lambda: models.open)
            await side.says("And then?")
            await asyncio.sleep(60)
        return side

    side = leap(scene())

    assert 1 == models.dropped
    assert [] == [one for one in side.given() if one.model is not None]


def test_what_a_model_proposes_after_the_floor_was_given_back_is_shown_to_nobody() -> None:
    reply = advice(kind="ask", question="second", reason="Nothing was said of customers yet.")
    models = TimedModels(lambda _: reply, takes_s=4)

    async def scene() -> Side:
        async with at_side(modelled(), models=models) as (stage, side):
            await led_by_anna(stage, side)
            await stage.speaks(LONG_ANSWER)
            await stage.until(lambda: models.open)
            stage.goes()  # so that no line drops the call
            await side.passes("ai")
            await asyncio.sleep(60)
        return side

    side = leap(scene())

    assert (1, 0) == (len(models.asked), models.dropped)
    assert [] == [one for one in side.given() if one.model is not None]
