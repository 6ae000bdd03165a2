"""Silence goes before everything: while a person is about to lead, nothing begins to be said."""

import asyncio

import pytest

from agent.messages import FloorPassed, Witnessed
from interview.by_room import FloorFollowed, InterviewerLeft
from interview.events import LineEnded
from tests.fakes.leaping import leap
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

ANNA = f"human:{1:032x}"
LEFT = InterviewerLeft(identity="int-2", reason="client_initiated")


def since_taken(stage: Stage) -> list[str]:
    kinds = stage.journal.kinds
    return kinds[kinds.index("floor_followed") :]


def test_silence_does_not_wait_for_what_is_being_written() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await stage.hears_begin("question")
            await asyncio.sleep(0.5)
            stage.journal.takes_s = 5.0
            stage.inbox.put_nowait(Witnessed((LEFT,)))
            await asyncio.sleep(0.2)
            stage.conductor.hear_of_floor(FloorPassed(ANNA))
            await asyncio.sleep(0.01)
            assert not stage.mouth.is_sounding
            assert "ai" == stage.conductor.state.floor
            await asyncio.sleep(60)
        return stage

    stage = leap(scene())

    assert ANNA == stage.conductor.state.floor
    assert stage.facts(LineEnded)[-1].cut_off
    assert "line_started" not in since_taken(stage)


def test_nothing_begins_to_be_said_while_a_person_is_about_to_lead() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            stage.journal.takes_s = 1.0
            await stage.until(lambda: "answer_ended" in stage.journal.kinds)
            before = len(stage.mouth.said)
            stage.inbox.put_nowait(Witnessed((LEFT,)))
            for floor in (ANNA, "ai", ANNA):
                stage.conductor.hear_of_floor(FloorPassed(floor))
            await asyncio.sleep(30)
            assert before == len(stage.mouth.said)
        return stage

    stage = leap(scene())

    assert [ANNA, "ai", ANNA] == [fact.floor for fact in stage.facts(FloorFollowed)]
    assert "line_started" not in since_taken(stage)


def test_who_takes_back_what_is_just_being_given_hears_nothing_begin() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            stage.conductor.hear_of_floor(FloorPassed(ANNA))
            await stage.until(lambda: ANNA == stage.conductor.state.floor)
            before, stage.journal.takes_s = len(stage.mouth.said), 1.0
            stage.conductor.hear_of_floor(FloorPassed("ai"))
            await asyncio.sleep(0.5)
            assert ANNA == stage.conductor.state.floor, "it is still being written"
            stage.conductor.hear_of_floor(FloorPassed(ANNA))
            await asyncio.sleep(30)
            assert before == len(stage.mouth.said)
        return stage

    stage = leap(scene())

    assert [ANNA, "ai", ANNA] == [fact.floor for fact in stage.facts(FloorFollowed)]
    assert "line_started" not in since_taken(stage)


def test_a_line_that_stops_before_its_beginning_was_told_is_told_as_far_as_it_was_heard() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            stage.mouth.start_s = 0.5
            await stage.until(lambda: stage.speech.is_busy)
            stage.journal.takes_s = 5.0
            stage.inbox.put_nowait(Witnessed((LEFT,)))
            await stage.until(lambda: stage.mouth.is_sounding)
            await asyncio.sleep(1.5)
            assert "line_started" not in stage.journal.kinds
            stage.conductor.hear_of_floor(FloorPassed(ANNA))
            await asyncio.sleep(30)
        return stage

    stage = leap(scene())

    last = stage.facts(LineEnded)[-1]
    assert last.cut_off
    assert last.spoken
