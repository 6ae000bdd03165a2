"""A line that dies in an answer: what was said into it is unsaid, and the answer goes on."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from interview.events import AnswerEnded, AnswerResumed, LineStarted
from tests.fakes.leaping import leap
from tests.fakes.stage import A_WHOLE_ANSWER, LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

KEYS = ["first", "second", "third"]
NOTICED_S = 4.0


def play(scene: Callable[[Stage], Awaitable[None]]) -> Stage:
    async def whole() -> Stage:
        async with on_stage() as stage:
            await scene(stage)
        return stage

    return leap(whole())


async def dies_after(stage: Stage, words: str, goes: Callable[[Stage], Awaitable[None]]) -> None:
    """The line is dead with the last of `words`; `goes` until that is noticed."""
    await asked_first(stage)
    await stage.speaks(words)
    dead = stage.now()
    await goes(stage)
    stage.is_missed_since(dead)
    await asyncio.sleep(10)
    stage.comes()


async def question_begins(stage: Stage) -> None:
    await stage.until(lambda: len(stage.asked()) == 2)
    await asyncio.sleep(0.3)


async def question_is_said(stage: Stage) -> None:
    await stage.hears("question")
    await asyncio.sleep(0.3)


@pytest.mark.parametrize("goes", [question_begins, question_is_said])
def test_who_comes_back_goes_on_with_the_answer_that_the_line_cut_off(
    goes: Callable[[Stage], Awaitable[None]],
) -> None:
    async def scene(stage: Stage) -> None:
        await dies_after(stage, LONG_ANSWER, goes)
        await stage.hears("go_on")
        await stage.answers(A_WHOLE_ANSWER)
        await stage.to_the_end()

    stage = play(scene)

    first = stage.candidate_turns()[0]
    assert (f"{LONG_ANSWER} {A_WHOLE_ANSWER}", "first") == (first.spoken, first.question)
    ended = [fact for fact in stage.facts(AnswerEnded) if fact.turn_id == first.turn_id]
    assert len(f"{LONG_ANSWER} {A_WHOLE_ANSWER}".split()) == ended[-1].words
    assert KEYS == list(dict.fromkeys(stage.asked()))
    assert 3 == len(stage.asked())


def test_who_has_nothing_to_add_is_asked_the_next_question() -> None:
    async def scene(stage: Stage) -> None:
        await dies_after(stage, LONG_ANSWER, question_is_said)
        await stage.hears("go_on")
        assert "ok" == await stage.presses("done")
        await stage.hears_begin("repeat", within_s=2)

    stage = play(scene)

    assert "second" == stage.facts(LineStarted)[-1].question


def test_a_line_that_dies_in_the_question_cuts_no_answer_short() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks(LONG_ANSWER)
        await question_begins(stage)
        stage.is_missed_since(stage.now())
        await asyncio.sleep(10)
        stage.comes()
        await stage.hears("repeat")

    stage = play(scene)

    assert [] == stage.facts(AnswerResumed)
