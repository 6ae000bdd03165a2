"""The candidate's buttons: remote calls that only the linked candidate's client may make."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Literal, get_args

from interview.turn_taking import TurnTaking
from livekit import rtc

from agent.messages import Message, Pressed
from agent.speech import Speech

ANSWER_WITHIN_S = 2.0
Signal = Literal["done", "think", "repeat", "pause", "resume"]
SIGNALS: tuple[Signal, ...] = get_args(Signal)


def done(turns: TurnTaking, speech: Speech, now: float) -> str:
    """Whoever is done as we begin to speak was heard: we are on it already."""
    if turns.done(now):
        return "ok"
    is_taken = turns.answer is not None and turns.answer.over_at is not None
    is_ours = is_taken or speech.is_busy or speech.waiting is not None
    return "speaking" if is_ours else "nothing_heard"


def register_buttons(
    participant: rtc.LocalParticipant, candidate: str, post: Callable[[Message], None]
) -> None:
    """`candidate.done`, `.think`, `.repeat`, `.pause`, `.resume` → `ok`, `nothing_heard` or
    `speaking`; 1403 for anybody else."""
    for signal in SIGNALS:
        participant.register_rpc_method(f"candidate.{signal}", _handler(signal, candidate, post))


def _handler(
    signal: Signal, candidate: str, post: Callable[[Message], None]
) -> Callable[[rtc.RpcInvocationData], Awaitable[str]]:
    async def handle(call: rtc.RpcInvocationData) -> str:
        if call.caller_identity != candidate:
            raise rtc.RpcError(1000 + HTTPStatus.FORBIDDEN, "not allowed")
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        post(Pressed(signal, answer))
        async with asyncio.timeout(ANSWER_WITHIN_S):
            return await answer

    return handle
