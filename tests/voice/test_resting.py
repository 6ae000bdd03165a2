"""Time to think, being done, goodbye: what the page is told is what the conversation does."""

import asyncio

import pytest

from agent.progress import Doing, doing_of
from interview.events import Fact
from interview.session import Command
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice


def doing(stage: Stage) -> Doing:
    return doing_of(stage.conductor.state, stage.speech, stage.turns)


def test_who_thinks_is_shown_to_rest_until_they_speak() -> None:
    async def scene() -> list[Doing]:
        async with on_stage() as stage:
            await asked_first(stage)
            seen = [doing(stage)]
            await stage.presses("think")
            seen.append(doing(stage))
            await asyncio.sleep(1)
            await stage.speaks(LONG_ANSWER)
            seen.append(doing(stage))
            await stage.hears("question")
            await stage.until(lambda: stage.is_listening)
            seen.append(doing(stage))
        return seen

    assert ["listening", "resting", "listening", "listening"] == leap(scene())


def test_who_is_ready_rests_no_more_and_is_given_a_moment_to_go_on() -> None:
    async def scene() -> tuple[list[Doing], int]:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks("I worked in a small team")
            await stage.presses("think")
            await stage.until(lambda: doing(stage) == "resting")
            seen = [doing(stage)]
            before = len(stage.lines())
            await stage.until(lambda: stage.now() > 30, within_s=60)
            await stage.presses("resume")
            seen.append(doing(stage))
            await stage.makes_sound(0.4)
            return seen, len(stage.lines()) - before

    assert (["resting", "listening"], 0) == leap(scene())


def test_who_is_done_as_we_begin_to_speak_is_not_told_that_nothing_was_heard() -> None:
    async def scene() -> str:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            await stage.hears_begin("question")
            return await stage.presses("done")

    assert "speaking" == leap(scene())


def test_nobody_is_listened_to_between_the_goodbye_and_the_end_that_is_being_written() -> None:
    async def scene() -> set[Doing]:
        async with on_stage() as stage:
            write = stage.chronicle.write

            async def slowly(fact: Fact, since: float | None = None) -> tuple[Command, ...]:
                await asyncio.sleep(0.2)
                return await write(fact, since)

            talk = asyncio.create_task(stage.to_the_end())
            await stage.hears_begin("closing", within_s=600)
            stage.chronicle.write = slowly  # type: ignore[method-assign]
            seen = set[Doing]()
            while not stage.is_over:
                seen.add(doing(stage))
                await asyncio.sleep(0.05)
            await talk
        return seen

    assert {"speaking", "thinking"} == leap(scene())


def test_a_goodbye_that_is_broken_off_is_none() -> None:
    async def scene() -> Doing:
        async with on_stage() as stage:
            talk = asyncio.create_task(stage.to_the_end())
            await stage.hears_begin("closing", within_s=600)
            stage.speech.stop()
            await stage.until(lambda: bool(stage.ended("closing")))
            talk.cancel()
            await asyncio.gather(talk, return_exceptions=True)
        return doing(stage)

    assert "listening" == leap(scene())
