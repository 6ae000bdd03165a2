"""Whoever writes is there: for so long nobody asks after them, and nothing is over."""

import asyncio
from functools import partial

import pytest

from agent.messages import Writes
from interview.events import (
    AnswerEnded,
    InterviewEnded,
    Paused,
    Resumed,
    SilenceNoticed,
    TimeRanOut,
)
from interview.patience import WAITS
from interview.silence import THINKING_NUDGE_EVERY_S
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan, question

pytestmark = pytest.mark.voice

BEGUN = "I led the team and we moved to"


def has_noticed(stage: Stage, times: int) -> bool:
    return len(stage.facts(SilenceNoticed)) == times


async def writes(stage: Stage, seconds: int) -> None:
    """A key a second."""
    for _ in range(seconds):
        stage.inbox.put_nowait(Writes())
        await asyncio.sleep(1)


def test_whoever_writes_is_not_taken_for_silent() -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            await writes(stage, 240)
            outcome = await stage.types(LONG_ANSWER)
            await stage.hears("question")
        return stage, outcome

    stage, outcome = leap(scene())

    assert ("ok", [], []) == (outcome, stage.facts(SilenceNoticed), stage.facts(Paused))
    assert [LONG_ANSWER] == [turn.spoken for turn in stage.candidate_turns()]


def test_an_answer_that_was_begun_aloud_is_not_over_while_it_is_written_on() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(BEGUN)
            await writes(stage, 12)
            await stage.types("Łódź")
            await stage.hears("probe")
        return stage

    (turn,) = leap(scene()).candidate_turns()
    assert f"{BEGUN} Łódź" == turn.spoken


def test_who_speaks_again_after_a_key_is_answered_as_if_none_had_been_pressed() -> None:
    async def scene() -> float:
        async with on_stage() as stage:
            await asked_first(stage)
            await writes(stage, 1)
            await stage.speaks("We shipped it on time.")
            over = stage.now()
            await stage.until(lambda: stage.facts(AnswerEnded))
            return stage.now() - over

    assert leap(scene()) < WAITS.short + 0.1


def test_whoever_stops_writing_is_asked_kindly_every_minute() -> None:
    async def scene() -> list[float]:
        async with on_stage() as stage:
            await asked_first(stage)
            await writes(stage, 5)
            since, noticed = stage.now() - 1, []
            for times in (1, 2, 3):
                await stage.until(partial(has_noticed, stage, times), within_s=90)
                noticed.append(stage.now() - since)
            return noticed

    minutes = [THINKING_NUDGE_EVERY_S * number for number in (1, 2, 3)]
    assert pytest.approx(minutes, abs=0.1) == leap(scene())


def test_a_key_that_is_pressed_while_we_speak_counts_when_we_have_finished() -> None:
    async def scene() -> float:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
            stage.inbox.put_nowait(Writes())
            pressed = stage.now()
            await stage.until(lambda: stage.facts(SilenceNoticed), within_s=90)
            return stage.now() - pressed

    assert pytest.approx(THINKING_NUDGE_EVERY_S, abs=0.1) == leap(scene())


def test_whoever_writes_in_a_pause_that_their_silence_made_goes_on() -> None:
    async def scene() -> tuple[Stage, str]:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.until(lambda: stage.facts(Paused), within_s=300)
            await stage.until(lambda: stage.is_listening)
            await writes(stage, 1)
            await stage.hears("repeat")
            return stage, await stage.types(LONG_ANSWER)

    stage, outcome = leap(scene())
    assert ("silence", 1, "ok") == (
        stage.facts(Paused)[0].reason,
        len(stage.facts(Resumed)),
        outcome,
    )


def test_a_key_ends_no_break() -> None:
    async def scene() -> Stage:
        async with on_stage(plan().model_copy(update={"breaks": ("second",)})) as stage:
            await asked_first(stage)
            await stage.answers(LONG_ANSWER)
            await stage.hears("pausing")
            await writes(stage, 30)
        return stage

    stage = leap(scene())
    assert ("asked", []) == (stage.facts(Paused)[0].reason, stage.facts(Resumed))


def test_a_key_of_somebody_who_has_left_is_no_return() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.until(lambda: stage.facts(Paused), within_s=300)
            stage.goes()
            await asyncio.sleep(1)
            await writes(stage, 3)
        return stage

    assert [] == leap(scene()).facts(Resumed)


def test_past_the_end_of_the_time_keys_hold_nothing_open() -> None:
    async def scene() -> tuple[Stage, float]:
        async with on_stage(plan(question("first", 0), minutes=2)) as stage:
            await asked_first(stage)
            writing = asyncio.create_task(writes(stage, 3600))
            await stage.until(lambda: stage.facts(TimeRanOut), within_s=300)
            over = stage.now()
            await stage.until(lambda: stage.is_over, within_s=120)
            writing.cancel()
            return stage, stage.now() - over

    stage, after_s = leap(scene())
    assert InterviewEnded(reason="time") == stage.journal.events[-1].fact
    assert THINKING_NUDGE_EVERY_S < after_s < THINKING_NUDGE_EVERY_S + 30
