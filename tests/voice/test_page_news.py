"""What nothing that is heard tells is told by the candidate's own page alone."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from agent.messages import Message, MicrophoneChanged, Writes
from agent.page_news import PageNews
from tests.fakes.leaping import leap
from tests.fakes.stage import A_WHOLE_ANSWER, LONG_ANSWER, Stage, asked_first, on_stage

pytestmark = pytest.mark.voice

ME = "cand-1"
MICROPHONE, WRITING = "viv.microphone", "viv.writing"


def told(data: bytes, topic: str = MICROPHONE, by: str | None = ME) -> list[Message]:
    posted: list[Message] = []
    sender = SimpleNamespace(identity=by) if by is not None else None
    packet: Any = SimpleNamespace(topic=topic, participant=sender, data=data)
    PageNews(ME, posted.append).received(packet)
    return posted


@pytest.mark.parametrize(
    ("topic", "data", "news"),
    [
        (MICROPHONE, b"gone", MicrophoneChanged(is_gone=True)),
        (MICROPHONE, b"here", MicrophoneChanged(is_gone=False)),
        (WRITING, b"writing", Writes()),
    ],
)
def test_the_candidates_page_is_believed(topic: str, data: bytes, news: Message) -> None:
    assert [news] == told(data, topic)


def test_others_and_other_words_are_passed_over() -> None:
    others = told(b"gone", by="int-2"), told(b"gone", by=None), told(b"writing", WRITING, "int-2")
    words = told(b"away"), told(b""), told(b"gone", "viv.here"), told(b"gone", WRITING)

    assert [[]] * 7 == [*others, *words]


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
