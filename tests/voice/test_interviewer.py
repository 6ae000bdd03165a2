"""What the agent asks the end-of-turn model, and what becomes of an answer that never comes."""

import asyncio
from typing import cast

import pytest
from livekit.agents.inference import TurnDetector
from livekit.agents.metrics import STTMetrics
from livekit.plugins import deepgram
from structlog.testing import capture_logs

from agent.interviewer import EndOfTurn, follow
from agent.messages import Connected, Message

pytestmark = [pytest.mark.voice, pytest.mark.asyncio]


class Broken:
    """A detector, and its stream, that cannot be asked."""

    def stream(self) -> "Broken":
        return self

    def predict(self) -> "asyncio.Future[None]":
        asked: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        asked.set_exception(RuntimeError("no model"))
        return asked

    async def aclose(self) -> None:
        pass


async def test_a_model_that_fails_is_told_in_the_log_and_nowhere_else() -> None:
    heard: list[Message] = []
    unhandled: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, told: unhandled.append(told))
    model = EndOfTurn(cast(TurnDetector, Broken()), heard.append)

    with capture_logs() as logs:
        model.ask()
        await asyncio.sleep(0.01)
        await model.aclose()

    assert ["end_of_turn_unknown"] == [entry["event"] for entry in logs]
    assert ([], []) == (heard, unhandled)


async def test_each_connection_of_the_recogniser_is_told_and_no_word_of_it() -> None:
    heard: list[Message] = []
    recogniser = deepgram.STT(api_key="none")
    follow(recogniser, heard.append)

    for acquire_time in (0.2, 0.0):
        recogniser.emit("metrics_collected", measured(acquire_time))

    assert [Connected()] == heard


def measured(acquire_time: float) -> STTMetrics:
    return STTMetrics(
        label="",
        request_id="",
        timestamp=0.0,
        duration=0.0,
        audio_duration=0.0,
        streamed=True,
        acquire_time=acquire_time,
    )
