"""Who is measured: our whole product, and a stock agent in a room of its own on the same SFU."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import UUID, uuid4

from livekit import api

from bench.latency.stored import Record
from bench.platform import Platform
from interview.ids import InterviewId, room_name
from local.candidate.doors import CandidateDoor
from local.demo.recruiter import Json
from local.environment import common
from local.ports import free_port
from local.up.child import ROOT, Child
from local.up.ready import says, until
from local.up.stack import Stack
from tests.standins.deepgram import Deepgram
from tests.standins.openai import Message, OpenAI

FOLDER = Path(__file__).parent
PHRASES = ROOT / "agent" / "phrases" / "en"

QUESTIONS = 50
READY_WITHIN_S = 60.0
TAKEN_WITHIN_S = 2.0
STORED_WITHIN_S = 5.0
LOOK_EVERY_S = 0.1


@dataclass(frozen=True)
class Invited:
    """A seat in a room that an agent was sent to the moment before."""

    url: str
    token: str


class Peer(Protocol):
    """One after the other: `invite`, the talk, `record`, `leave`.

    For everybody `invite` makes the room, sends for the agent and hands out the seat, in this
    order, and waits for nothing more. `insist` runs while the candidate comes in.
    """

    name: str
    speech: Deepgram
    knows_done: bool

    async def invite(self) -> Invited: ...
    async def insist(self) -> None: ...
    async def record(self, words: int) -> Record | None: ...
    async def leave(self) -> None: ...


def question(number: int) -> str:
    return (FOLDER / "question.txt").read_text().strip().format(number=number)


def phrase(name: str) -> str:
    """A sentence of our agent's; the peer says the same ones."""
    return (PHRASES / f"{name}.txt").read_text().strip()


def kit(expected_words: int) -> Json:
    """As many questions as a kit may have, no probes."""
    base: Json = json.loads((FOLDER / "kit.json").read_text())
    questions = [
        {
            "key": f"q{number}",
            "text": question(number),
            "competencies": ["experience"],
            "minutes": 1,
            "max_probes": 0,
            "expected_words": expected_words,
        }
        for number in range(1, QUESTIONS + 1)
    ]
    return {**base, "questions": questions}


class Ours:
    """The whole product with one kit, entered through the public API as a candidate would."""

    knows_done = True

    def __init__(
        self, platform: Platform, rooms: api.LiveKitAPI, kit: Json, name: str = "ours"
    ) -> None:
        self.name = name
        self.speech = platform.speech
        self._platform = platform
        self._rooms = rooms
        self._kit = kit
        self._id = ""

    async def invite(self) -> Invited:
        interview = await self._platform.recruiter.prepare_interview(
            self._kit, "Latency", "Robin Sample", "robin@example.com"
        )
        self._id = str(interview["id"])
        async with CandidateDoor(self._platform.stack.api_url) as door:
            seat = await door.enter(str(interview["invitation_url"]))
            return Invited(seat.livekit_url, seat.token)

    async def insist(self) -> None:
        """Our worker's watch does."""

    async def record(self, words: int) -> Record:
        """What is stored, once it has so many words of the candidate's or no more are coming."""
        gives_up_at = time.monotonic() + STORED_WITHIN_S
        while True:
            transcript = await self._platform.recruiter.get(f"{self.path}/transcript")
            record = Record.of(transcript, await self.events())
            if record.word_count >= words or time.monotonic() >= gives_up_at:
                return record
            await asyncio.sleep(LOOK_EVERY_S)

    async def leave(self) -> None:
        room = room_name(InterviewId(UUID(self._id)))
        await self._rooms.room.delete_room(api.DeleteRoomRequest(room=room))

    @property
    def path(self) -> str:
        return f"/v1/interviews/{self._id}"

    async def events(self) -> list[Json]:
        """The whole log."""
        events: list[Json] = []
        after = ""
        while True:
            page = await self._platform.recruiter.get(f"{self.path}/events?limit=200{after}")
            items = page["items"]
            assert isinstance(items, list)
            events += items
            if page["next"] is None:
                return events
            after = f"&after={page['next']}"


class Stock:
    """`bench/stock_agent.py`."""

    name = "stock"
    knows_done = False

    def __init__(self, stack: Stack, rooms: api.LiveKitAPI, speech: Deepgram) -> None:
        self.speech = speech
        self._stack = stack
        self._rooms = rooms
        self._room = ""

    async def invite(self) -> Invited:
        self._room = f"stock-{uuid4().hex}"
        await self._rooms.room.create_room(api.CreateRoomRequest(name=self._room))
        await self._send_for_agent()
        return Invited(self._url, self._token())

    async def insist(self) -> None:
        """A dispatch that the SFU dropped is made again."""
        await asyncio.sleep(TAKEN_WITHIN_S)
        while not await self._is_taken():
            await self._send_for_agent()
            await asyncio.sleep(TAKEN_WITHIN_S)

    async def record(self, words: int) -> None:
        """It keeps none."""

    async def leave(self) -> None:
        await self._rooms.room.delete_room(api.DeleteRoomRequest(room=self._room))

    async def _send_for_agent(self) -> None:
        asked = api.CreateAgentDispatchRequest(agent_name="stock", room=self._room)
        await self._rooms.agent_dispatch.create_dispatch(asked)

    async def _is_taken(self) -> bool:
        """By a job that the SFU lists, which can be late, or by an agent in the room."""
        dispatches = await self._rooms.agent_dispatch.list_dispatch(self._room)
        asked = api.ListParticipantsRequest(room=self._room)
        people = (await self._rooms.room.list_participants(asked)).participants
        return any(dispatch.state.jobs for dispatch in dispatches) or any(
            person.kind == api.ParticipantInfo.Kind.AGENT for person in people
        )

    @property
    def _url(self) -> str:
        return self._stack.variables["agent"]["LIVEKIT_URL"]

    def _token(self) -> str:
        secrets = self._stack.secrets
        token = api.AccessToken(secrets.livekit_api_key, secrets.livekit_api_secret)
        grants = api.VideoGrants(
            room_join=True, room=self._room, can_publish=True, can_subscribe=True
        )
        return token.with_identity("candidate").with_grants(grants).to_jwt()


@asynccontextmanager
async def open_rooms(stack: Stack) -> AsyncIterator[api.LiveKitAPI]:
    """The SFU's server API."""
    secrets = stack.secrets
    url = stack.variables["agent"]["LIVEKIT_URL"]
    rooms = api.LiveKitAPI(url, secrets.livekit_api_key, secrets.livekit_api_secret)
    try:
        yield rooms
    finally:
        await rooms.aclose()


@asynccontextmanager
async def stock_worker(
    stack: Stack, speech: Deepgram, first_token_s: float = 0.0
) -> AsyncIterator[Child]:
    """The peer's worker and its language model while the block lasts; by default the model answers
    at once, which is in the peer's favour."""
    async with OpenAI(reply, first_token_s) as model:
        room = ("LIVEKIT_URL", "LIVEKIT_API_KEY", "LIVEKIT_API_SECRET")
        variables = common(os.environ) | {
            **{name: stack.variables["agent"][name] for name in room},
            "DEEPGRAM_API_KEY": speech.settings()["DEEPGRAM_API_KEY"],
            "OPENAI_API_KEY": "a-key-that-is-not-checked-here",
            "STOCK_PORT": str(free_port()),
            "STOCK_STT_URL": speech.stt_url,
            "STOCK_TTS_URL": speech.tts_url,
            "STOCK_LLM_URL": model.base_url,
        }
        command = [sys.executable, "-m", "livekit.agents", "start", "bench/stock_agent.py"]
        worker = Child.start("stock", command, variables, stack.log_of("stock"))
        try:
            registered = lambda: says(worker.log, "registered worker")  # noqa: E731
            await until(registered, worker, time.monotonic() + READY_WITHIN_S)
            yield worker
        finally:
            await worker.stop()


def reply(messages: Sequence[Message]) -> str:
    """What our interviewer would say: the greeting with a question first, then the next one."""
    answers = sum(message.role == "user" for message in messages)
    opening = phrase("greeting").format(intro="") if answers == 0 else phrase("lead_thanks")
    return f"{opening.strip()} {question(answers + 1)}"
