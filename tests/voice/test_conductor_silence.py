"""Silence, noise and too many words: each has an outcome that a person understands."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import pytest

from agent.messages import Interim, SoundBegan, SoundEnded
from interview.events import (
    AnswerEnded,
    InterviewEnded,
    LineStarted,
    Paused,
    Resumed,
    SilenceNoticed,
    SpeechHeard,
    TimeRanOut,
)
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan, question

pytestmark = pytest.mark.voice

KEYS = ["first", "second", "third"]


def play(scene: Callable[[Stage], Awaitable[None]], *, comes: bool = True) -> Stage:
    """The stage after the scene."""

    async def whole() -> Stage:
        async with on_stage(comes=comes) as stage:
            await scene(stage)
        return stage

    return leap(whole())


def test_a_mute_microphone_is_asked_kindly_twice_and_then_the_talk_pauses() -> None:
    times: list[float] = []

    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        quiet_since = stage.now()
        for _ in range(3):
            notices = len(stage.facts(SilenceNoticed))
            await stage.until(partial(_noticed_since, stage, notices))
            times.append(round(stage.now() - quiet_since))
        await asyncio.sleep(300)

    stage = play(scene)

    assert [20, 40, 60] == times
    assert ["still_there", "still_there", "paused"] == stage.lines()[2:]
    assert [Paused(reason="silence")] == stage.facts(Paused)


def test_a_voice_without_words_is_told_that_it_is_not_understood() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        for _ in range(20):
            await stage.makes_sound(2.0)
            await asyncio.sleep(1.0)

    stage = play(scene)

    assert "still_there" in stage.lines()
    assert ["first"] == stage.asked()


def test_who_speaks_into_a_pause_hears_the_question_again() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.hears("paused", within_s=90)
        await asyncio.sleep(600)
        await stage.speaks("Sorry, I was muted.")
        await stage.hears("repeat")
        await asyncio.sleep(8)
        await stage.to_the_end()

    stage = play(scene)

    assert [Resumed()] == stage.facts(Resumed)
    assert KEYS == stage.asked()
    assert stage.is_over


def test_a_button_ends_a_pause_too_and_the_question_is_said_once() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.hears("paused", within_s=90)
        await stage.presses("repeat")
        await stage.hears("repeat")
        await asyncio.sleep(10)

    stage = play(scene)

    assert 1 == stage.lines().count("repeat")
    assert [Resumed()] == stage.facts(Resumed)


def test_noise_that_goes_on_after_an_answer_does_not_hold_the_talk_up() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        await stage.speaks(LONG_ANSWER)
        stage.inbox.put_nowait(SoundBegan(stage.now()))
        await stage.hears_begin("question", within_s=20)

    assert ["first", "second"] == play(scene).asked()


def test_words_that_never_become_final_do_not_hold_the_talk_up() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.inbox.put_nowait(SoundBegan(stage.now()))
        stage.inbox.put_nowait(Interim(LONG_ANSWER))
        await asyncio.sleep(3)
        stage.inbox.put_nowait(SoundEnded(stage.now() - 0.25))
        await stage.hears_begin("question", within_s=5)

    assert ["first", "second"] == play(scene).asked()


def test_a_ten_minute_answer_is_gently_stopped_by_the_time_budget() -> None:
    started: list[float] = []

    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        started.append(stage.now())
        talking = asyncio.create_task(stage.speaks("word " * 2000))
        await stage.hears_begin("question", within_s=200)
        started.append(stage.now())
        talking.cancel()

    stage = play(scene)

    assert 120 <= started[1] - started[0] <= 160
    assert "time" == stage.facts(AnswerEnded)[0].signal
    assert "move on" in stage.facts(LineStarted)[-1].text


def test_words_over_a_firm_line_are_kept_and_do_not_answer_the_next_question() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        talking = asyncio.create_task(stage.speaks("word " * 520))
        await stage.hears_begin("question", within_s=200)
        await talking
        await asyncio.sleep(10)

    stage = play(scene)

    assert ["first", "second"] == stage.asked()
    assert "probe" not in stage.lines()
    assert stage.facts(SpeechHeard)


def test_the_end_of_the_time_leads_to_the_closing_and_the_end() -> None:
    async def scene() -> Stage:
        short = plan(*(question(f"q{n}", 0) for n in range(20)), minutes=2)
        async with on_stage(short) as stage:
            await stage.to_the_end()
        return stage

    stage = leap(scene())

    assert [TimeRanOut(scope="interview")] == stage.facts(TimeRanOut)
    assert InterviewEnded(reason="time") == stage.journal.events[-1].fact
    assert "closing" == stage.lines()[-1]


def _noticed_since(stage: Stage, notices: int) -> bool:
    return len(stage.facts(SilenceNoticed)) > notices
