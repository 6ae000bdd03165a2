"""What a person could ask is proposed until it was asked, or somebody else asks."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from interview.copilot_facts import HintGiven
from interview.hints import EVERY
from tests.fakes.leaping import leap
from tests.fakes.side import ANNAS, CUSTOMERS, FAILED, IS_ANNA, Side, at_side, guided, led_by_anna
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first

pytestmark = pytest.mark.voice

TICKED = '{"question": "second", "covered": true}'
OTHER = "int-" + "b" * 32


async def is_proposed(stage: Stage, side: Side, question: str = "second") -> HintGiven:
    """The question is next, and the interviewers read so."""

    def found() -> list[HintGiven]:
        return [one for one in side.given() if (one.hint, one.question) == ("ask", question)]

    await stage.until(found)
    return found()[-1]


Act = Callable[[Side], Awaitable[object]]


@pytest.mark.parametrize(
    "act",
    [
        lambda side: side.passes("ai"),
        lambda side: side.says(CUSTOMERS),
        lambda side: side.room.call(IS_ANNA, "ai.ask", '{"question": "second"}'),
        lambda side: side.room.call(IS_ANNA, "ai.ask", '{"close": true}'),
        lambda side: side.room.call(IS_ANNA, "coverage.tick", TICKED),
    ],
    ids=["given_back", "asked_by_a_person", "asked_by_the_ai", "goodbye", "ticked"],
)
def test_a_proposal_ends_once_it_was_asked_or_nobody_is_to_ask_it(act: Act) -> None:
    async def scene() -> tuple[set[str], set[str]]:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            proposed = (await is_proposed(stage, side)).prompt_id
            before = side.over(proposed)
            await act(side)
            await asyncio.sleep(2)
            return before, side.over(proposed)

    assert (set(), {IS_ANNA}) == leap(scene())


def test_who_comes_after_the_floor_was_given_back_is_shown_no_proposal() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await is_proposed(stage, side)
            await side.passes("ai")
            await asyncio.sleep(1)
            side.comes(OTHER, sid="PA_2")
            await asyncio.sleep(1)
        return side

    sent = leap(scene()).room.local_participant.sent

    assert [(IS_ANNA,)] == [one.readers for one in sent if one.topic == "viv.prompt"]


def test_a_proposal_stands_while_another_question_is_asked() -> None:
    async def scene() -> set[str]:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            proposed = (await is_proposed(stage, side)).prompt_id
            await side.room.call(IS_ANNA, "ai.ask", '{"question": "third"}')
            await stage.hears("question")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(5)
            return side.over(proposed)

    assert set() == leap(scene())


def test_who_takes_the_floor_again_is_proposed_what_is_open_still() -> None:
    async def scene() -> tuple[Side, UUID]:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            first = (await is_proposed(stage, side)).prompt_id
            await side.passes("ai")
            await asyncio.sleep(EVERY.total_seconds())
            await side.passes(ANNAS)
            await asyncio.sleep(2)
        return side, first

    side, first = leap(scene())

    again = [one for one in side.given() if one.hint == "ask"]
    assert ["second", "second"] == [one.question for one in again]
    assert set() == side.over(again[-1].prompt_id)
    assert {IS_ANNA} == side.over(first)


def test_who_thinks_better_of_the_goodbye_is_proposed_what_is_open_again() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await is_proposed(stage, side)
            await side.room.call(IS_ANNA, "ai.ask", '{"close": true}')
            await stage.hears_begin("closing")
            assert "ok" == await side.takes()
            await side.says("One thing more: how was that?")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(EVERY.total_seconds())
        return side

    side = leap(scene())

    again = [one for one in side.given() if one.hint == "ask"]
    assert ["second", "second"] == [one.question for one in again]
    assert set() == side.over(again[-1].prompt_id)


def test_what_an_answer_did_not_come_to_is_of_no_use_once_the_talk_has_gone_on() -> None:
    async def scene() -> tuple[set[str], set[str]]:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.says(FAILED)
            await stage.speaks("It went badly for all of us and we had to begin again.")
            await stage.until(lambda: "missing" in side.kinds())
            missing = side.given()[-1].prompt_id
            await side.says("Why did that happen?")
            before = side.over(missing)
            await side.says(CUSTOMERS)
            await asyncio.sleep(1)
            return before, side.over(missing)

    assert (set(), {IS_ANNA}) == leap(scene())


def test_a_proposal_that_waits_its_turn_is_dropped_when_its_question_is_ticked() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            side.comes()
            await asked_first(stage)
            await stage.speaks("It cost us forty percent of the budget.")
            await stage.until(lambda: "verify" in side.kinds())
            await side.passes(ANNAS)
            await side.room.call(IS_ANNA, "coverage.tick", TICKED)
            await asyncio.sleep(2 * EVERY.total_seconds())
        return side

    assert [] == [one for one in leap(scene()).shown() if one["question"] == "second"]


def test_what_is_told_of_the_time_takes_the_place_of_what_was_told_before() -> None:
    async def scene() -> tuple[list[set[str]], list[object]]:
        async with at_side(guided().model_copy(update={"assist": "human_leads"})) as (_, side):
            side.comes()
            await side.passes(ANNAS)
            await asyncio.sleep(15 * 60 + 5)
            times = [one for one in side.given() if one.hint == "time"]
            return [side.over(one.prompt_id) for one in times], [one.text for one in times]

    ended, texts = leap(scene())

    assert ["10 minutes are left.", "5 minutes are left."] == texts
    assert [{IS_ANNA}, set()] == ended


def test_an_heir_ends_what_was_proposed_before_it_led() -> None:
    async def scene() -> tuple[UUID, Side]:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            proposed = (await is_proposed(stage, side)).prompt_id
            past = list(stage.journal.events)
        async with at_side(guided(), past, comes=False) as (stage, side):
            side.comes()
            await side.passes("ai")
            await asyncio.sleep(1)
        return proposed, side

    proposed, side = leap(scene())

    assert {IS_ANNA} == side.over(proposed)
