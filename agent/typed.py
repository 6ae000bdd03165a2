"""Answers in writing: what a candidate has typed counts as said, and their turn is over."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Literal

from interview.turn_taking import TurnTaking
from livekit import rtc

from agent.buttons import ANSWER_WITHIN_S
from agent.chronicle import Chronicle
from agent.clock import RecordingClock
from agent.ear import Heard
from agent.messages import Final, Message, Pressed
from agent.speech import Speech

Refusal = Literal["speaking", "paused", "nothing_typed", "too_long"]
MOST_BYTES = 12_000
"""What the SFU carries in one call is 15 KiB."""


class Typing:
    """Takes a whole answer at once, and only while it is the candidate's turn.

    An answer that has a name is taken once, however often it is sent: of the first time no word may
    have come back.
    """

    def __init__(
        self,
        chronicle: Chronicle,
        turns: TurnTaking,
        speech: Speech,
        clock: RecordingClock,
        post: Callable[[Message], None],
    ) -> None:
        self._chronicle = chronicle
        self._turns = turns
        self._speech = speech
        self._clock = clock
        self._post = post
        self._taken: set[str] = set()

    async def take(self, payload: str) -> str:
        """`ok`; or what is in the way, and nothing was kept: `speaking` (so are we), `paused`,
        `nothing_typed`, `too_long`."""
        name, text = named(payload)
        if name is not None and name in self._taken:
            return "ok"
        words = " ".join(text.split())
        if refusal := self._refusal(words):
            return refusal
        if name is not None:
            self._taken.add(name)
        at_ms, answer = self._clock.ms(), asyncio.get_running_loop().create_future()
        self._post(Final(Heard(words, (), at_ms, at_ms, typed=True)))
        self._post(Pressed("done", answer))
        async with asyncio.timeout(ANSWER_WITHIN_S):
            outcome: str = await answer
            return outcome

    def _refusal(self, words: str) -> Refusal | None:
        if not words:
            return "nothing_typed"
        if len(words.encode()) > MOST_BYTES:
            return "too_long"
        if self._chronicle.state.paused:
            return "paused"
        answer, speech = self._turns.answer, self._speech
        is_ours = speech.is_busy or speech.waiting is not None
        return "speaking" if is_ours or answer is None or answer.over_at is not None else None


def named(payload: str) -> tuple[str | None, str]:
    """Name and text of `{"id": …, "text": …}`; anything else is a text without a name."""
    try:
        sent = json.loads(payload)
    except ValueError:
        return None, payload
    match sent:
        case {"id": str(name), "text": str(text)}:
            return name, text
        case _:
            return None, payload


def register_typing(participant: rtc.LocalParticipant, candidate: str, typing: Typing) -> None:
    """`candidate.typed` with the text, or its name and it, as payload; 1403 for anybody else."""
    participant.register_rpc_method("candidate.typed", _handler(candidate, typing))


def _handler(candidate: str, typing: Typing) -> Callable[[rtc.RpcInvocationData], Awaitable[str]]:
    async def handle(call: rtc.RpcInvocationData) -> str:
        if call.caller_identity != candidate:
            raise rtc.RpcError(1000 + HTTPStatus.FORBIDDEN, "not allowed")
        return await typing.take(call.payload)

    return handle
