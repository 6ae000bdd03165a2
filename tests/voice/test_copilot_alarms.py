"""An alarm ends with its cause: nobody is shown one that is over, whenever they come."""

import asyncio
from uuid import UUID

import pytest

from agent.messages import Witnessed
from interview.by_room import HolderLost, InterviewerUnheard
from interview.copilot_facts import ReliefWanted
from interview.floor import of_member
from interview.ids import MemberId, interviewer_identity
from tests.fakes.leaping import leap
from tests.fakes.side import ANNAS, IS_ANNA, Side, at_side, guided, led_by_anna
from tests.fakes.stage import Stage

pytestmark = pytest.mark.voice

BERT = MemberId(UUID(int=2))
IS_BERT, BERTS = interviewer_identity(BERT), of_member(BERT)
LOST = HolderLost(identity=IS_ANNA, returns_after_s=30)


async def anna_is_lost(stage: Stage, side: Side) -> None:
    """She leads and is gone; Bert is shown that."""
    await led_by_anna(stage, side)
    side.comes(IS_BERT, sid="PA_2")
    side.goes()
    stage.inbox.put_nowait(Witnessed((LOST,)))
    await stage.until(lambda: "gone" in [one.about for one in side.given()])


def test_who_comes_back_after_a_colleague_took_the_floor_is_shown_no_old_alarm() -> None:
    async def scene() -> tuple[Side, int]:
        async with at_side(guided()) as (stage, side):
            await anna_is_lost(stage, side)
            await side.passes(BERTS)
            await asyncio.sleep(1)
            shown = side.kinds().count("relief")
            side.comes(sid="PA_3")
            await asyncio.sleep(1)
        return side, side.kinds().count("relief") - shown

    side, again = leap(scene())

    assert 0 == again
    assert {IS_BERT, IS_ANNA} == side.over()


def test_who_led_and_is_back_ends_the_alarm_and_who_only_looks_on_does_not() -> None:
    async def scene() -> list[set[str]]:
        async with at_side(guided()) as (stage, side):
            await anna_is_lost(stage, side)
            found = []
            for role in ("observer", "interviewer"):
                side.comes(role=role, sid=role)
                await asyncio.sleep(1)
                found.append(side.over())
        return found

    assert [set(), {IS_BERT, IS_ANNA}] == leap(scene())


def test_an_alarm_that_is_over_before_it_was_shown_is_shown_to_nobody() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            stage.inbox.put_nowait(Witnessed((LOST,)))
            side.comes(sid="PA_2")
            await asyncio.sleep(5)
        return side

    assert "relief" not in leap(scene()).kinds()


@pytest.mark.parametrize(
    ("reason", "ended"),
    [("distress", {IS_ANNA}), ("danger", set())],
    ids=["distress", "danger"],
)
def test_a_call_for_a_person_ends_when_one_leads_but_danger_is_everybodys(
    reason: str, ended: set[str]
) -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await side.passes("ai")
            wanted = ReliefWanted.model_validate({"reason": reason})
            stage.inbox.put_nowait(Witnessed((wanted,)))
            await asyncio.sleep(1)
            await side.passes(ANNAS)
            await asyncio.sleep(1)
        return side

    assert ended == leap(scene()).over()


def test_who_is_heard_again_is_no_alarm_any_more() -> None:
    async def scene() -> Side:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            stage.inbox.put_nowait(Witnessed((InterviewerUnheard(identity=IS_ANNA),)))
            await asyncio.sleep(1)
            assert set() == side.over()
            await side.says("Do you hear me now?")
            await asyncio.sleep(1)
        return side

    assert {IS_ANNA} == leap(scene()).over()


def test_an_heir_ends_the_alarms_of_who_led_before_it() -> None:
    async def scene() -> tuple[UUID, Side]:
        async with at_side(guided()) as (stage, side):
            await anna_is_lost(stage, side)
            alarm = side.given()[-1].prompt_id
            past = list(stage.journal.events)
        async with at_side(guided(), past, comes=False) as (stage, side):
            side.comes(IS_BERT)
            await side.passes(BERTS)
            await asyncio.sleep(1)
        return alarm, side

    alarm, side = leap(scene())

    assert {IS_BERT} == side.over(alarm)
    assert "relief" not in side.kinds()
