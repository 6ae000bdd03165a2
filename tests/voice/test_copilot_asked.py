"""The AI speaks for a person when it is asked to, and asks for one when it needs one."""

import asyncio

import pytest

from agent.messages import Failed
from interview.by_room import FloorFollowed, FloorOffered
from interview.copilot_facts import (
    ReliefWanted,
)
from interview.events import LineStarted
from interview.plan import Plan
from tests.fakes.leaping import leap
from tests.fakes.side import ANNAS, IS_ANNA, Side, at_side, guided, led_by_anna
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first
from tests.fakes.talk import plan

pytestmark = pytest.mark.voice


def test_the_ai_puts_a_question_at_a_persons_request_and_is_silent_again() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            assert "ok" == await side.room.call(IS_ANNA, "ai.ask", '{"question": "third"}')
            await stage.hears("question")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(60)
        return stage

    stage = leap(scene())

    assert ["first", "third"] == stage.asked()
    assert "question" == stage.lines()[-1]
    assert ANNAS == stage.conductor.state.floor
    assert [("third", LONG_ANSWER)] == [(t.question, t.spoken) for t in stage.candidate_turns()]


def test_heartbeats_do_not_break_off_what_a_person_has_the_ai_say() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.room.call(IS_ANNA, "ai.ask", "")
            await stage.hears_begin("question")
            await side.passes(ANNAS)
            await stage.hears("question")
        return stage

    assert [False] == [one.cut_off for one in leap(scene()).ended("question")[1:]]


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["I would rather talk to a human being, please."], ["person"]),
        (["I am so nervous, I feel sick."], ["distress"]),
        (["I led the team and it went well in the end."], []),
    ],
)
def test_the_ai_asks_for_relief_once(texts: list[str], wanted: list[str]) -> None:
    async def scene() -> tuple[Stage, Side]:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            side.comes()
            for text in texts:
                await stage.speaks(text)
                await asyncio.sleep(15)
        return stage, side

    stage, side = leap(scene())

    assert wanted == [one.reason for one in stage.facts(ReliefWanted)]
    assert len(wanted) == side.kinds().count("relief")


def test_who_waits_where_a_person_leads_is_told_and_people_are_called() -> None:
    async def scene() -> Stage:
        async with at_side(guided().model_copy(update={"assist": "human_leads"})) as (stage, _):
            await asyncio.sleep(119)
            assert [] == stage.lines()
            await asyncio.sleep(400)
        return stage

    stage = leap(scene())

    assert ["nobody_came"] == stage.lines()
    assert ["nobody_came"] == [one.reason for one in stage.facts(ReliefWanted)]
    assert "I am the AI" in stage.facts(LineStarted)[0].text


def test_where_a_person_leads_the_ai_does_not_begin_while_one_is_there() -> None:
    async def scene() -> Stage:
        async with at_side(guided().model_copy(update={"assist": "human_leads"})) as (stage, side):
            side.comes()
            await asyncio.sleep(600)
        return stage

    assert {"nobody_leads"} == set(leap(scene()).lines())


def alternating() -> Plan:
    questions = [
        q.model_copy(update={"section": "Craft", "leads": "human"}) if q.key == "second" else q
        for q in guided().questions
    ]
    return plan(*questions).model_copy(update={"assist": "alternating"})


def test_a_persons_section_that_nobody_takes_is_led_by_the_ai() -> None:
    async def scene() -> tuple[Stage, Side]:
        async with at_side(alternating()) as (stage, side):
            side.comes()
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears("hand_over")
            await asyncio.sleep(118)
            assert "paused" == stage.conductor.state.floor
            await stage.hears("question", within_s=30)
        return stage, side

    stage, side = leap(scene())

    assert ["first", "second"] == stage.asked()
    assert ["section"] == [one.reason for one in stage.facts(ReliefWanted)]
    assert "relief" in side.kinds()


def test_a_persons_section_is_led_by_them_and_the_ai_goes_on_after_it() -> None:
    async def scene() -> Stage:
        async with at_side(alternating()) as (stage, side):
            side.comes()
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears("hand_over")
            await side.passes(ANNAS)
            await asyncio.sleep(200)
            await side.passes("ai", "second")
            await stage.hears("question", within_s=30)
        return stage

    assert ["first", "third"] == leap(scene()).asked()


def test_a_long_outage_of_hearing_asks_for_relief() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            side.comes()
            for _ in range(3):
                stage.inbox.put_nowait(Failed("stt", "gone"))
                await asyncio.sleep(3)
            assert [] == stage.facts(ReliefWanted)
            stage.inbox.put_nowait(Failed("stt", "gone"))
            await asyncio.sleep(1)
        return stage

    assert ["trouble"] == [one.reason for one in leap(scene()).facts(ReliefWanted)]


def test_who_pauses_where_the_ai_leads_is_not_told_that_nobody_came() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            side.comes()
            await side.passes("paused")
            await asyncio.sleep(600)
        return stage

    stage = leap(scene())

    assert "nobody_came" not in stage.lines()
    assert "paused" == stage.conductor.state.floor


def test_a_floor_that_rests_with_nobody_there_is_the_ais_again() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            side.comes()
            await side.passes("paused")
            await asyncio.sleep(60)
            side.goes()
            await asyncio.sleep(29)
            assert "paused" == stage.conductor.state.floor
            await stage.hears("repeat", within_s=10)
        return stage

    stage = leap(scene())

    assert "ai" == stage.conductor.state.floor
    assert [None] == [one.section for one in stage.facts(FloorOffered)]
    assert stage.facts(FloorFollowed)[-1].gone


def test_who_waits_again_where_a_person_led_is_told_so_again() -> None:
    async def scene() -> Stage:
        async with at_side(guided().model_copy(update={"assist": "human_leads"})) as (stage, side):
            await asyncio.sleep(200)
            side.comes()
            await side.passes(ANNAS)
            await asyncio.sleep(60)
            await side.passes("paused")
            side.goes()
            await asyncio.sleep(200)
        return stage

    stage = leap(scene())

    assert ["nobody_came", "nobody_came"] == stage.lines()
    assert ["nobody_came"] * 2 == [one.reason for one in stage.facts(ReliefWanted)]


@pytest.mark.parametrize(
    ("floor", "text", "wanted"),
    [
        (ANNAS, "I want to kill myself.", ["danger"]),
        (ANNAS, "I would rather talk to a human being, please.", []),
        ("paused", "I would rather talk to a human being, please.", ["person"]),
        ("paused", "I am so nervous, I feel sick.", ["distress"]),
    ],
)
def test_a_cry_for_help_is_heard_whoever_leads(floor: str, text: str, wanted: list[str]) -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            side.comes()
            await side.passes(floor)
            await asyncio.sleep(1)
            await stage.speaks(text)
            await asyncio.sleep(15)
        return stage

    stage = leap(scene())

    assert wanted == [one.reason for one in stage.facts(ReliefWanted)]
    assert ("danger" in wanted) == stage.conductor.state.wished.in_danger
    assert floor == stage.conductor.state.floor


def test_a_failure_that_is_over_asks_for_no_relief() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await asked_first(stage)
            side.comes()
            stage.inbox.put_nowait(Failed("stt", "gone"))
            await asyncio.sleep(10)
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(2)
            stage.inbox.put_nowait(Failed("stt", "gone"))
            await asyncio.sleep(10)
        return stage

    assert [] == leap(scene()).facts(ReliefWanted)
