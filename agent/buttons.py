"""The candidate's buttons: remote calls that only the linked candidate's client may make."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Literal, get_args

from livekit import rtc

from agent.messages import Message, Pressed

ANSWER_WITHIN_S = 2.0
Signal = Literal["done", "think", "repeat", "pause", "resume"]
SIGNALS: tuple[Signal, ...] = get_args(Signal)


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
