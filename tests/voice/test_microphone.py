"""A microphone that is being changed is told of by its own page alone."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from agent.messages import Message, MicrophoneChanged
from agent.microphone import TOPIC, Microphone
from tests.fakes.leaping import leap
from tests.fakes.stage import A_WHOLE_ANSWER, LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

ME = "cand-1"


def told(data: bytes, topic: str = TOPIC, by: str | None = ME) -> list[Message]:
    posted: list[Message] = []
    sender = SimpleNamespace(identity=by) if by is not None else None
    packet: Any = SimpleNamespace(topic=topic, participant=sender, data=data)
    Microphone(ME, posted.append).received(packet)
    return posted


@pytest.mark.parametrize(("data", "is_gone"), [(b"gone", True), (b"here", False)])
def test_the_candidates_page_is_believed(data: bytes, is_gone: bool) -> None:
    assert [MicrophoneChanged(is_gone)] == told(data)


def test_others_and_other_words_are_passed_over() -> None:
    others = told(b"gone", by="int-2"), told(b"gone", by=None)
    words = told(b"away"), told(b""), told(b"gone", topic="viv.here")

    assert [[]] * 5 == [*others, *words]


def test_an_answer_goes_on_with_another_microphone() -> None:
    async def scene() -> Stage:
        async with on_stage() as stage:
            await asked_first(stage)
            await stage.speaks(LONG_ANSWER)
            stage.inbox.put_nowait(MicrophoneChanged(is_gone=True))
            await asyncio.sleep(6)
            stage.inbox.put_nowait(MicrophoneChanged(is_gone=False))
            await stage.answers(A_WHOLE_ANSWER)
            await stage.to_the_end()
        return stage

    stage = leap(scene())

    assert f"{LONG_ANSWER} {A_WHOLE_ANSWER}" == stage.candidate_turns()[0].spoken
