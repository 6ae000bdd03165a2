"""Answers in writing: what a candidate has typed counts as said, and their turn is over."""

import asyncio
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Literal

from interview.plan import Plan
from interview.session import Session
from interview.turn_taking import TurnTaking
from livekit import rtc
from pydantic import BaseModel, ConfigDict, ValidationError

from agent.buttons import ANSWER_WITHIN_S
from agent.messages import Message, Typed
from agent.progress import asked_in
from agent.speech import Speech

Refusal = Literal["speaking", "paused", "moved_on", "nothing_typed", "too_long"]
MOST_BYTES = 12_000
"""What the SFU carries in one call is 15 KiB."""


class Typing:
    """Hands a whole answer to the conductor, and says what it made of it."""

    def __init__(self, post: Callable[[Message], None]) -> None:
        self._post = post

    async def take(self, payload: str) -> str:
        """`ok`; or what is in the way, and nothing was kept: `speaking` (so are we), `paused`,
        `moved_on` (something else is asked), `nothing_typed`, `too_long`."""
        sent = sent_as(payload)
        words = " ".join(sent.text.split())
        if not words:
            return "nothing_typed"
        if len(words.encode()) > MOST_BYTES:
            return "too_long"
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._post(Typed(words, sent.id, sent.asked, answer))
        async with asyncio.timeout(ANSWER_WITHIN_S):
            return await answer


class Taken:
    """The answers that were taken. One that has a name is taken once, however often it is sent: of
    the first time no word may have come back."""

    def __init__(self, plan: Plan, turns: TurnTaking, speech: Speech) -> None:
        self._plan = plan
        self._turns = turns
        self._speech = speech
        self._names: set[str] = set()

    def has(self, name: str | None) -> bool:
        return name in self._names

    def add(self, name: str | None) -> None:
        if name is not None:
            self._names.add(name)

    def refusal(self, state: Session, asked: str | None) -> Refusal | None:
        """What is in the way of an answer to what was `asked`, at this moment."""
        if asked is not None and asked != asked_in(self._plan, state):
            return "moved_on"
        if state.paused:
            return "paused" if state.resting else "speaking"
        answer, speech = self._turns.answer, self._speech
        is_ours = speech.is_busy or speech.waiting is not None
        return "speaking" if is_ours or answer is None or answer.over_at is not None else None


class Sent(BaseModel):
    """What a page sends: a text, its name, and the `asked` of `viv.progress` that it answers."""

    model_config = ConfigDict(strict=True, frozen=True)

    text: str
    id: str | None = None
    asked: str | None = None


def sent_as(payload: str) -> Sent:
    """`{"id": …, "text": …, "asked": …}`; anything else is a text without a name."""
    try:
        return Sent.model_validate_json(payload)
    except ValidationError:
        return Sent(text=payload)


def register_typing(participant: rtc.LocalParticipant, candidate: str, typing: Typing) -> None:
    """`candidate.typed` with the text, or `Sent`, as payload; 1403 for anybody else."""
    participant.register_rpc_method("candidate.typed", _handler(candidate, typing))


def _handler(candidate: str, typing: Typing) -> Callable[[rtc.RpcInvocationData], Awaitable[str]]:
    async def handle(call: rtc.RpcInvocationData) -> str:
        if call.caller_identity != candidate:
            raise rtc.RpcError(1000 + HTTPStatus.FORBIDDEN, "not allowed")
        return await typing.take(call.payload)

    return handle
