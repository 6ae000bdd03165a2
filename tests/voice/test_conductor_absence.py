"""Who leaves finds the same place again; nobody talks to an empty room."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from interview.events import (
    CandidateLeft,
    InterviewEnded,
    LineStarted,
    Paused,
    Resumed,
    SilenceNoticed,
)
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

KEYS = ["first", "second", "third"]


def play(scene: Callable[[Stage], Awaitable[None]], *, comes: bool = True) -> Stage:
    """The stage after the scene."""

    async def whole() -> Stage:
        async with on_stage(comes=comes) as stage:
            await scene(stage)
        return stage

    return leap(whole())


def test_who_leaves_within_a_line_hears_it_again_on_return() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("question")
        await asyncio.sleep(0.5)
        stage.goes()
        await asyncio.sleep(30)
        stage.comes()
        await stage.hears("repeat")
        await stage.to_the_end()

    stage = play(scene)

    (ended,) = stage.ended("question")[:1]
    assert ended.cut_off
    assert stage.turn(ended.turn_id).complete
    assert KEYS == stage.asked()


def test_nothing_is_said_or_asked_while_the_candidate_is_away() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks(LONG_ANSWER)
        await asyncio.sleep(0.3)
        stage.goes()
        lines = len(stage.lines())
        await asyncio.sleep(100)
        assert lines == len(stage.lines())
        assert [] == stage.facts(SilenceNoticed)
        stage.comes()
        await stage.hears("go_on")
        await stage.answers("That is all.")
        await stage.to_the_end()

    stage = play(scene)

    assert KEYS == stage.asked()
    assert stage.candidate_turns()[0].spoken.endswith("That is all.")


def test_a_line_that_waited_for_quiet_is_not_said_to_an_empty_room() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        talking = asyncio.create_task(stage.speaks(LONG_ANSWER))
        await asyncio.sleep(10)
        await stage.presses("done")
        stage.goes()
        await talking
        await asyncio.sleep(5)
        lines = len(stage.lines())
        stage.comes()
        await stage.until(lambda: len(stage.lines()) > lines)
        await stage.to_the_end()

    assert KEYS == play(scene).asked()


def test_two_minutes_of_absence_pause_the_interview_and_end_the_agents_part() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.goes()
        await stage.until(lambda: stage.facts(Paused), within_s=125)
        await asyncio.sleep(5)
        stage.comes()
        await asyncio.sleep(5)

    stage = play(scene)

    assert ["candidate_left", "paused"] == stage.journal.kinds[-2:]


def test_who_comes_back_after_the_pause_is_welcomed_by_another_agent() -> None:
    async def first(stage: Stage) -> None:
        await asked_first(stage)
        stage.goes()
        await stage.until(lambda: stage.facts(Paused), within_s=125)

    gone = play(first)

    async def second() -> Stage:
        async with on_stage(gone.plan, gone.journal.events) as stage:
            stage.journal.turns.update(gone.journal.turns)
            await stage.hears("repeat", within_s=10)
            await stage.to_the_end()
        return stage

    stage = leap(second())

    assert 1 == len(stage.facts(Resumed))
    assert KEYS == stage.asked()
    assert stage.facts(LineStarted)[2].text.startswith("Welcome back.")


def test_an_agent_does_not_wait_for_ever_for_a_candidate_who_never_comes() -> None:
    async def scene(stage: Stage) -> None:
        await stage.until(lambda: stage.facts(Paused), within_s=125)

    stage = play(scene, comes=False)

    assert ["agent_joined", "paused"] == stage.journal.kinds


def test_who_comes_after_that_is_greeted_once() -> None:
    async def nobody(stage: Stage) -> None:
        await stage.until(lambda: stage.facts(Paused), within_s=125)

    gone = play(nobody, comes=False)

    async def second() -> Stage:
        async with on_stage(gone.plan, gone.journal.events) as stage:
            await stage.to_the_end()
        return stage

    stage = leap(second())

    assert 1 == stage.lines().count("greeting")
    assert KEYS == stage.asked()


def test_who_hangs_up_within_the_goodbye_has_completed_and_the_line_is_closed() -> None:
    async def scene(stage: Stage) -> None:
        talk = asyncio.create_task(stage.to_the_end())
        await stage.hears_begin("closing", within_s=600)
        await asyncio.sleep(0.5)
        stage.goes()
        await talk
        await asyncio.sleep(2)

    stage = play(scene)

    assert [InterviewEnded(reason="completed")] == stage.facts(InterviewEnded)
    (closing,) = stage.ended("closing")
    assert closing.cut_off
    assert all(turn.complete for turn in stage.journal.turns.values())


def test_the_time_of_a_dead_line_is_given_back_from_the_last_sign_of_life_on() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        alive = stage.now()
        await asyncio.sleep(4)
        stage.is_missed_since(alive)
        await asyncio.sleep(16)
        stage.comes()
        await stage.hears("repeat")

    stage = play(scene)

    assert 20.0 == round(stage.conductor.state.lost.total_seconds(), 1)
    assert ["unreachable"] == [fact.reason for fact in stage.facts(CandidateLeft)]
    assert stage.facts(LineStarted)[-1].text.startswith("Welcome back.")
    assert [] == stage.facts(SilenceNoticed)


def test_two_minutes_of_absence_count_from_the_last_sign_of_life() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        alive = stage.now()
        await asyncio.sleep(4)
        stage.is_missed_since(alive)
        await stage.until(lambda: stage.facts(Paused), within_s=118)

    assert "paused" == play(scene).journal.kinds[-1]


def test_a_second_arrival_without_a_leave_changes_nothing() -> None:
    async def scene(stage: Stage) -> None:
        stage.comes()
        await stage.hears_begin("greeting")
        stage.comes()
        await stage.to_the_end()

    stage = play(scene)

    assert KEYS == stage.asked()
    assert 1 == stage.lines().count("greeting")
