"""A voice of ours that breaks off or is not heard, and a conductor that stands still."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from agent.errors import StandsStill
from agent.pulse import STILL_S, Pulse
from interview.events import LineEnded
from interview.plan import Plan
from tests.fakes.leaping import leap
from tests.fakes.stage import A_WHOLE_ANSWER, LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import plan, question

pytestmark = pytest.mark.voice

KEYS = ["first", "second", "third"]
LONG = (
    "Please tell me about a project that went badly, what it was about and who was in it, and what "
    "you did in the end to get it on its way again."
)
REST = "and the rest of my first answer"


def play(scene: Callable[[Stage], Awaitable[None]], of: Plan | None = None) -> Stage:
    """The stage after the scene."""

    async def whole() -> Stage:
        async with on_stage(of) as stage:
            await scene(stage)
        return stage

    return leap(whole())


def with_a_long(key: str) -> Plan:
    """A plan whose question `key` takes ten seconds to ask."""
    return plan(
        *(question(k, 0).model_copy(update={"text": LONG} if k == key else {}) for k in KEYS)
    )


# ---- a voice that breaks off, or is not heard ----


def test_a_line_whose_voice_is_lost_in_the_middle_goes_on_there() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.mouth.breaks_at = 2
        await stage.speaks(LONG_ANSWER)
        await stage.until(lambda: "provider_failed" in stage.journal.kinds)
        stage.mouth.fails = True
        await asyncio.sleep(60)
        assert ["first", "second"] == stage.asked()
        assert 1 == len(stage.ended("question")), "it is not over"
        stage.mouth.fails = False
        await stage.hears("question")
        await stage.to_the_end()

    stage = play(scene)

    (ended,) = [fact for fact in stage.facts(LineEnded) if "second" in fact.spoken]
    assert ("Thank you. What about second?", False) == (ended.spoken, ended.cut_off)
    assert KEYS == stage.asked()


def test_who_speaks_while_the_voice_is_lost_is_not_talked_over_when_it_is_back() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.mouth.breaks_at = 6
        await stage.speaks(LONG_ANSWER)
        await stage.until(lambda: "provider_failed" in stage.journal.kinds)
        said = len(stage.mouth.said)
        await stage.speaks(LONG_ANSWER)
        await stage.until(lambda: len(stage.ended("question")) == 2)
        assert len(stage.mouth.said) <= said + 1

    stage = play(scene, with_a_long("second"))

    (_, broken) = stage.ended("question")
    assert broken.cut_off
    assert "Thank you. Please tell me about" == broken.spoken


def test_a_voice_that_nobody_ever_hears_leaves_so_that_another_agent_comes() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.mouth.mute = True
        await stage.speaks(LONG_ANSWER)
        await asyncio.sleep(40)
        said = len(stage.mouth.said)
        await asyncio.sleep(100)
        assert said == len(stage.mouth.said)

    stage = play(scene)

    assert "interview_ended" not in stage.journal.kinds
    assert "paused" not in stage.journal.kinds


def test_a_provider_that_fails_for_long_is_no_reason_to_leave() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.mouth.fails = True
        await stage.speaks(LONG_ANSWER)
        await asyncio.sleep(300)
        stage.mouth.fails = False
        await stage.to_the_end()

    assert KEYS == play(scene).asked()


def test_a_provider_that_hangs_for_long_is_none_either() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.mouth.start_s = 1000.0
        await stage.speaks(LONG_ANSWER)
        await asyncio.sleep(100)
        stage.mouth.start_s = 0.05
        await stage.to_the_end()

    assert KEYS == play(scene).asked()


def test_a_line_that_is_given_up_is_silenced() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears("greeting")
        stage.mouth.stuck = True
        await stage.hears_begin("question")
        await stage.until(lambda: stage.ended("question"), within_s=20)
        assert stage.mouth.is_held

    play(scene)


def test_a_conductor_that_stands_still_ends_the_job() -> None:
    async def scene() -> float:
        loop = asyncio.get_running_loop()
        pulse = Pulse(loop.time)
        beating = asyncio.create_task(_beats(pulse, 30))
        began = loop.time()
        with pytest.raises(StandsStill):
            await pulse.watch()
        assert beating.done()
        return loop.time() - began

    assert 30 + STILL_S - 1 <= leap(scene()) <= 30 + STILL_S + 1


async def _beats(pulse: Pulse, times: int) -> None:
    for _ in range(times):
        pulse.beat()
        await asyncio.sleep(1)


def test_a_conductor_at_work_never_seems_to_stand_still() -> None:
    async def scene(stage: Stage) -> None:
        watching = asyncio.create_task(stage.conductor.pulse.watch())
        await stage.speaks(A_WHOLE_ANSWER)
        await asyncio.sleep(200)
        assert not watching.done()
        watching.cancel()

    play(scene)
