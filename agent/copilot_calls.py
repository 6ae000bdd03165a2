"""What interviewers' clients ask of the co-pilot: remote calls, by our API's signed word alone."""

import asyncio
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, TypeVar
from uuid import UUID

from interview.by_room import Floor
from interview.copilot_facts import QuestionTicked
from interview.floor import holder_of
from interview.ids import member_of
from interview.kit import Frozen, Key
from interview.plan import Plan
from livekit import rtc
from pydantic import Field, ValidationError

from agent.copilot import CoPilot
from agent.floor_calls import FORBIDDEN, TAKEN, WRONG, InRoom, is_led, known, role_of
from agent.messages import Message, QuestionWanted, Witnessed

T = TypeVar("T", bound=Frozen)
NOT_FOUND = 1000 + HTTPStatus.NOT_FOUND
ANSWER_WITHIN_S = 2.0


class Rating(Frozen):
    """`useful` is None for a prompt that was put away."""

    id: UUID
    useful: bool | None


class Asked(Frozen):
    """Without a question the next one that is open; `close`: say goodbye."""

    question: Annotated[str, Field(max_length=64)] | None = None
    close: bool = False


class Ticked(Frozen):
    question: Key
    covered: bool


class CoPilotCalls:
    """Turns them into messages. `floor` is who leads."""

    def __init__(
        self,
        room: InRoom,
        plan: Plan,
        copilot: CoPilot,
        floor: Callable[[], Floor],
        post: Callable[[Message], None],
    ) -> None:
        self._room = room
        self._keys = frozenset(question.key for question in plan.questions)
        self._copilot = copilot
        self._floor = floor
        self._post = post

    def register(self) -> None:
        """`prompt.rate`, `coverage.tick` and `ai.ask` answer `ok`; 1403 for who is no interviewer,
        1400 for what is not understood, 1404 for what there is not; `ai.ask` 1409 when not now."""
        me = self._room.local_participant
        me.register_rpc_method("prompt.rate", self._rate)
        me.register_rpc_method("coverage.tick", self._tick)
        me.register_rpc_method("ai.ask", self._ask)

    async def _rate(self, call: rtc.RpcInvocationData) -> str:
        identity = await self._interviewer(call)
        rating = _read(Rating, call.payload)
        if not self._copilot.rated(rating.id, identity, useful=rating.useful):
            raise rtc.RpcError(NOT_FOUND, "no such prompt")
        return "ok"

    async def _tick(self, call: rtc.RpcInvocationData) -> str:
        identity = await self._interviewer(call)
        ticked = _read(Ticked, call.payload)
        self._check(ticked.question)
        fact = QuestionTicked(identity=identity, question=ticked.question, covered=ticked.covered)
        self._post(Witnessed((fact,)))
        return "ok"

    async def _ask(self, call: rtc.RpcInvocationData) -> str:
        identity = await self._interviewer(call)
        asked = _read(Asked, call.payload or "{}")
        if asked.question is not None:
            self._check(asked.question)
        floor = self._floor()
        is_own = holder_of(floor) == member_of(identity)
        if not is_own and is_led(self._room.remote_participants, floor):
            raise rtc.RpcError(TAKEN, "somebody else holds the floor")
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._post(QuestionWanted(identity, asked.question, asked.close, answer))
        async with asyncio.timeout(ANSWER_WITHIN_S):
            outcome = await answer
        if outcome != "ok":
            raise rtc.RpcError(TAKEN, outcome)
        return outcome

    async def _interviewer(self, call: rtc.RpcInvocationData) -> str:
        """Raises `RpcError`."""
        identity = call.caller_identity
        if member_of(identity) is not None:
            await known(self._room, identity)
        role = role_of(self._room.remote_participants, identity)
        if member_of(identity) is None or role != "interviewer":
            raise rtc.RpcError(FORBIDDEN, "not allowed")
        return identity

    def _check(self, question: str) -> None:
        """Raises `RpcError`."""
        if question not in self._keys:
            raise rtc.RpcError(NOT_FOUND, "no such question")


def _read(kind: type[T], payload: str) -> T:
    """Raises `RpcError` for what is not understood."""
    try:
        return kind.model_validate(json.loads(payload))
    except (ValueError, ValidationError) as error:
        raise rtc.RpcError(WRONG, "not understood") from error
