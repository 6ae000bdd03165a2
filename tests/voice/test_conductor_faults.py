"""Failing providers and lost leases: each has a visible outcome and nobody is left waiting."""

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest

from agent.messages import Failed, LineFailed
from interview.events import (
    LineStarted,
    ProviderFailed,
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


def test_a_line_that_cannot_be_synthesised_is_said_after_the_recovery() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.mouth.fails = True
        await stage.speaks(LONG_ANSWER)
        await asyncio.sleep(30)
        stage.mouth.fails = False
        await stage.hears("question")
        await stage.to_the_end()

    stage = play(scene)

    failures = stage.facts(ProviderFailed)
    assert ["tts"] == [failure.provider for failure in failures]
    assert KEYS == stage.asked()
    assert any("What about second?" in text for who, text in stage.captions.shown if who == "ai")


def test_a_line_that_stays_silent_is_tried_again() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        stage.mouth.mute = True
        await stage.speaks(LONG_ANSWER)
        await asyncio.sleep(12)
        stage.mouth.mute = False
        await stage.hears("question", within_s=15)
        await stage.to_the_end()

    stage = play(scene)

    assert KEYS == stage.asked()
    assert 1 == len(stage.facts(ProviderFailed))


def test_a_line_that_never_ends_is_given_up() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("question")
        stage.mouth.stuck = True
        await stage.speaks(LONG_ANSWER)
        stage.mouth.stuck = False
        await stage.to_the_end()

    assert play(scene).is_over


def test_a_wedged_mouth_does_not_wedge_the_talk() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears("greeting")
        stage.mouth.stuck = True
        await stage.hears_begin("question")
        await stage.until(lambda: stage.ended("question"), within_s=20)
        stage.mouth.stuck = False
        await stage.to_the_end()

    assert KEYS == play(scene).asked()


def test_an_outage_is_reported_once() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        for _ in range(5):
            stage.inbox.put_nowait(Failed("stt", "gone"))
            await asyncio.sleep(1)

    assert 1 == len(play(scene).facts(ProviderFailed))


def test_a_lost_lease_silences_the_agent_at_once() -> None:
    async def scene(stage: Stage) -> None:
        await stage.hears_begin("question")
        await asyncio.sleep(0.2)
        stage.conductor.leave()
        await asyncio.sleep(0.01)
        assert not stage.mouth.is_sounding
        events = len(stage.journal.events)
        stage.comes()
        await stage.speaks(LONG_ANSWER)
        await asyncio.sleep(60)
        assert {"line_ended"} >= {e.kind for e in stage.journal.events[events:]}

    stage = play(scene)

    assert ["greeting", "question"] == stage.lines()


def test_stale_messages_of_an_old_line_are_ignored() -> None:
    async def scene(stage: Stage) -> None:
        await asked_first(stage)
        old = stage.facts(LineStarted)[0].turn_id
        stage.inbox.put_nowait(LineFailed(old, "late"))
        await stage.to_the_end()

    assert KEYS == play(scene).asked()


def test_facts_are_written_in_the_order_of_their_time() -> None:
    async def scene(stage: Stage) -> None:
        await stage.to_the_end()

    events = play(scene).journal.events
    assert all(one.at <= other.at for one, other in pairwise(events))
