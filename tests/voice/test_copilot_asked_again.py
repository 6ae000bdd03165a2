"""Who has the AI ask again, before an answer was over by itself, loses neither question."""

import asyncio

import pytest

from tests.fakes.leaping import leap
from tests.fakes.side import IS_ANNA, Side, at_side, guided, led_by_anna
from tests.fakes.stage import LONG_ANSWER, Stage

pytestmark = pytest.mark.voice


async def asked(stage: Stage, side: Side, key: str) -> None:
    assert "ok" == await side.room.call(IS_ANNA, "ai.ask", f'{{"question": "{key}"}}')
    await stage.hears("question")


async def the_rest(stage: Stage, side: Side) -> None:
    """The floor goes back, and the AI asks what it takes to be open."""
    await side.passes("ai", "first")
    await stage.until(lambda: stage.speech.is_busy)
    await stage.to_the_end()


@pytest.mark.parametrize("within_s", [0.1, 0.4])
def test_an_answer_before_the_next_request_stands_for_its_own_question(within_s: float) -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await asked(stage, side, "second")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(within_s)
            await asked(stage, side, "third")
            assert ("second",) == stage.conductor.state.covered
            await the_rest(stage, side)
        return stage

    stage = leap(scene())

    assert ["first", "second", "third", "third"] == stage.asked()
    assert ("second", LONG_ANSWER) == (
        stage.candidate_turns()[0].question,
        stage.candidate_turns()[0].spoken,
    )


def test_an_answer_that_is_still_given_at_the_next_request_stands_for_its_own_question() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await asked(stage, side, "second")
            speaking = asyncio.create_task(stage.speaks(LONG_ANSWER))
            await asyncio.sleep(3)
            await asked(stage, side, "third")
            await speaking
            assert ("second",) == stage.conductor.state.covered
            await the_rest(stage, side)
        return stage

    stage = leap(scene())

    assert ["first", "second", "third", "third"] == stage.asked()
    assert "second" == stage.candidate_turns()[0].question


def test_a_question_whose_line_a_person_stopped_is_not_what_is_answered_next() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await asked(stage, side, "second")
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(0.4)
            assert "ok" == await side.room.call(IS_ANNA, "ai.ask", '{"question": "third"}')
            await stage.hears_begin("question")
            await side.takes()
            await stage.speaks(LONG_ANSWER)
            await asyncio.sleep(10)
            assert ("second",) == stage.conductor.state.covered
            await the_rest(stage, side)
        return stage

    stage = leap(scene())

    assert ["first", "second", "third", "third"] == stage.asked()
    assert ["second", None] == [turn.question for turn in stage.candidate_turns()[:2]]


def test_a_floor_that_is_given_back_within_an_answer_leaves_its_question_asked() -> None:
    async def scene() -> Stage:
        async with at_side(guided()) as (stage, side):
            await led_by_anna(stage, side)
            await asked(stage, side, "second")
            speaking = asyncio.create_task(stage.speaks(LONG_ANSWER))
            await asyncio.sleep(3)
            await the_rest(stage, side)
            await speaking
        return stage

    assert ["first", "second", "third"] == leap(scene()).asked()
