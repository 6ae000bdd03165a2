"""A floor that rests with interviewers in the room: they are called, and who waits is told."""

import asyncio

import pytest

from agent.unled import CALLED_AT_MOST
from interview.copilot_facts import NobodyLeads, ReliefWanted
from interview.events import LineStarted
from interview.plan import Plan
from tests.fakes.leaping import leap
from tests.fakes.side import ANNAS, AWAITED_S, IS_ANNA, Side, at_side, guided, led_by_anna
from tests.fakes.stage import LONG_ANSWER, Stage

pytestmark = pytest.mark.voice


def led_by_people() -> Plan:
    return guided().model_copy(update={"assist": "human_leads"})


async def lets_it_rest(stage: Stage, side: Side) -> None:
    await led_by_anna(stage, side)
    await side.passes("paused")


def test_who_waits_with_an_interviewer_that_does_nothing_is_told_and_people_are_called() -> None:
    async def scene() -> Stage:
        async with at_side(led_by_people()) as (stage, side):
            side.comes()
            await asyncio.sleep(AWAITED_S - 2)
            assert [] == stage.lines()
            await stage.hears("nobody_leads", within_s=20)
        return stage

    stage = leap(scene())

    assert ["nobody_came"] == [one.reason for one in stage.facts(ReliefWanted)]
    (said,) = stage.facts(LineStarted)
    assert said.text.startswith("This is the AI of this interview. Nobody is leading")


@pytest.mark.parametrize("assist", ["ai_leads", "human_leads", "alternating"])
def test_nobody_is_called_for_ever(assist: str) -> None:
    async def scene() -> tuple[Stage, Side]:
        async with at_side(guided().model_copy(update={"assist": assist})) as (stage, side):
            if assist == "human_leads":
                side.comes()
            else:
                await lets_it_rest(stage, side)
            await asyncio.sleep(10 * AWAITED_S)
        return stage, side

    stage, side = leap(scene())

    assert CALLED_AT_MOST == stage.lines().count("nobody_leads")
    assert ["nobody_came"] * CALLED_AT_MOST == [one.reason for one in stage.facts(ReliefWanted)]
    assert "paused" == stage.conductor.state.floor
    *before, last = [one.prompt_id for one in side.given() if one.hint == "relief"]
    assert [{IS_ANNA}] * (CALLED_AT_MOST - 1) == [side.over(one) for one in before]
    assert set() == side.over(last)


def test_the_candidates_own_words_keep_nobody_from_being_called() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await lets_it_rest(stage, side)
            await asyncio.sleep(AWAITED_S - 20)
            await stage.speaks("Hello, is anybody there?")
            await stage.hears_begin("nobody_leads", within_s=30)
        return stage

    assert 1 == len(leap(scene()).facts(NobodyLeads))


def test_who_talks_on_while_the_floor_rests_is_not_called() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await lets_it_rest(stage, side)
            for _ in range(4):
                await asyncio.sleep(AWAITED_S - 20)
                await side.says("Let us look at the next page together.")
        return stage

    assert [] == leap(scene()).facts(NobodyLeads)


def test_an_answer_to_what_the_ai_was_asked_to_put_is_not_talked_into() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await lets_it_rest(stage, side)
            await asyncio.sleep(AWAITED_S - 20)
            assert "ok" == await side.room.call(IS_ANNA, "ai.ask", '{"question": "second"}')
            await stage.hears("question")
            for _ in range(12):
                await stage.speaks(LONG_ANSWER)
                await asyncio.sleep(1)
            assert [] == stage.facts(NobodyLeads)
            await stage.hears("nobody_leads", within_s=AWAITED_S + 30)
        return stage

    assert 1 == len(leap(scene()).facts(NobodyLeads))


def test_who_takes_the_floor_and_lets_it_rest_again_is_called_again() -> None:
    async def scene() -> Stage:
        async with at_side(led_by_people()) as (stage, side):
            side.comes()
            await asyncio.sleep(5 * AWAITED_S)
            await side.passes(ANNAS)
            await asyncio.sleep(60)
            await side.passes("paused")
            await stage.hears("nobody_leads", within_s=AWAITED_S + 30)
        return stage

    assert 1 + CALLED_AT_MOST == len(leap(scene()).facts(NobodyLeads))


def test_nobody_is_called_while_the_candidate_is_away() -> None:
    async def scene() -> Stage:
        async with at_side(led_by_people()) as (stage, side):
            side.comes()
            await asyncio.sleep(AWAITED_S / 2)
            stage.goes()
            await asyncio.sleep(AWAITED_S * 3 / 4)
            stage.comes()
            await asyncio.sleep(AWAITED_S - 20)
            assert [] == stage.facts(NobodyLeads)
            await stage.hears("nobody_leads", within_s=40)
        return stage

    assert 1 == len(leap(scene()).facts(NobodyLeads))


def test_an_heir_knows_how_often_they_were_called() -> None:
    async def scene() -> Stage:
        async with at_side(led_by_people()) as (stage, side):
            side.comes()
            await asyncio.sleep(2.5 * AWAITED_S)
            past = list(stage.journal.events)
        async with at_side(led_by_people(), past) as (stage, side):
            side.comes()
            await asyncio.sleep(5 * AWAITED_S)
        return stage

    assert CALLED_AT_MOST == len(leap(scene()).facts(NobodyLeads))
