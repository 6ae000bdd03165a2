"""What the agent asks the end-of-turn model, and what becomes of an answer that never comes."""

import asyncio
from typing import cast

import pytest
from livekit.agents.inference import TurnDetector
from structlog.testing import capture_logs

from agent.interviewer import EndOfTurn
from agent.messages import Message

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
