"""The candidate's page shows what is asked in the words that are spoken, whosever they are."""

import asyncio
import json
from typing import cast

import pytest
from livekit import rtc

from agent.progress import TOPIC, Progress
from interview.events import LineStarted
from tests.fakes.advice import TimedModels, advice, asks, model_plan
from tests.fakes.floor_room import FakePerson, FakeRoom
from tests.fakes.leaping import leap
from tests.fakes.probe_scene import HOW, WHY
from tests.fakes.stage import LONG_ANSWER, Stage, asked_first, on_stage
from tests.fakes.talk import CANDIDATE

pytestmark = pytest.mark.voice


def progress_of(stage: Stage, room: FakeRoom) -> Progress:
    return Progress(
        cast(rtc.Room, room), CANDIDATE, stage.chronicle, stage.speech, stage.turns, stage.clock
    )


def test_every_probe_is_shown_as_it_is_said() -> None:
    room = FakeRoom({CANDIDATE: FakePerson({"role": "candidate"})})

    async def scene() -> Stage:
        async with on_stage(model_plan(), advice=advice(TimedModels(asks(WHY, HOW)))) as stage:
            showing = asyncio.create_task(progress_of(stage, room).run())
            await asked_first(stage)
            for _ in range(2):
                await stage.answers(LONG_ANSWER)
                await stage.hears("probe")
            await asyncio.sleep(0.2)
            showing.cancel()
            return stage

    stage = leap(scene())

    sent = room.local_participant.sent
    told = [json.loads(one.text) for one in sent if one.topic == TOPIC]
    said = [fact.text for fact in stage.facts(LineStarted) if fact.line == "probe"]
    assert [WHY, HOW] == said
    assert [None, *said] == list(dict.fromkeys(one["probe"] for one in told))
