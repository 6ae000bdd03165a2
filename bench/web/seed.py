"""A long interview with its recording, and somebody who may review it."""

from dataclasses import dataclass
from hashlib import sha256

import aiohttp

from bench.api.seed import Door, Maker, makings
from interview.adapters.system import SystemClock, SystemIds
from interview.events import (
    AnswerEnded,
    Fact,
    InterviewEnded,
    LineEnded,
    LineStarted,
    Report,
    SpeechHeard,
    Word,
)
from interview.ids import EventId, TurnId
from interview.use_cases import agent_door
from interview.use_cases.bootstrap import bootstrap
from interview.use_cases.world import World
from local.commands.connection import opened, pepper
from local.up.stack import Stack
from tests.sounds import ogg, tone

TURNS = 200
WORD_MS, PAUSE_MS = 320, 900
PART_S = 10
BATCH = 50
EMAIL, PASSWORD = "reviewer@bench.example", "a password of some length"
QUESTION = "Tell me about a change to a system that people were using, and what you did yourself."
ANSWER = "We drained the queue first and then looked for the change that had filled it overnight."


@dataclass(frozen=True)
class Long:
    """Where it is reviewed, and its last turn's words."""

    path: str
    last: str


async def seed(stack: Stack) -> Long:
    """Written as an agent writes it, but for the time that it took."""
    told = stack.variables["api"]
    async with opened(told) as store:
        world = World(store, SystemClock(), SystemIds())
        tenant, _, key = await bootstrap(
            store, "Long", "owner@long.example", pepper(told), world.now(), world.ids
        )
        door = await Maker(world, tenant.tenant_id, *await makings(world, tenant.tenant_id)).led()
        facts, length_ms = talk()
        reports = [_report(world, fact) for fact in facts]
        for start in range(0, len(reports), BATCH):
            await _tell(world, door, *reports[start : start + BATCH])
        async with aiohttp.ClientSession(stack.api_url, raise_for_status=True) as session:
            await _hand_in(session, door, length_ms)
            await _tell(world, door, _report(world, InterviewEnded(reason="completed")))
            await _invite(session, key)
    return Long(f"/desk/interviews/{door.interview}/review", ANSWER)


def talk() -> tuple[list[Fact], int]:
    """Questions and answers turn about, and how many ms they last."""
    facts: list[Fact] = []
    at_ms = 1000
    for number in range(TURNS):
        said = ANSWER if number % 2 else QUESTION
        until_ms = at_ms + WORD_MS * len(said.split())
        facts += (_answer if number % 2 else _question)(said, at_ms, until_ms)
        at_ms = until_ms + PAUSE_MS
    return facts, at_ms


def _question(text: str, at_ms: int, until_ms: int) -> tuple[Fact, ...]:
    turn = TurnId(SystemIds().new())
    return (
        LineStarted(
            turn_id=turn,
            line="question",
            question="outage",
            probe=None,
            text=text,
            identity="ai-1",
            started_ms=at_ms,
        ),
        LineEnded(turn_id=turn, spoken=text, ended_ms=until_ms, cut_off=False),
    )


def _answer(text: str, at_ms: int, until_ms: int) -> tuple[Fact, ...]:
    turn, starts = TurnId(SystemIds().new()), range(at_ms, until_ms, WORD_MS)
    words = tuple(
        Word(text=word, start_ms=start, end_ms=start + WORD_MS - 40, confidence=0.95)
        for word, start in zip(text.split(), starts, strict=True)
    )
    return (
        SpeechHeard(
            turn_id=turn,
            question="outage",
            identity="cand-1",
            role="candidate",
            text=text,
            words=words,
            started_ms=at_ms,
            ended_ms=until_ms,
        ),
        AnswerEnded(turn_id=turn, question="outage", signal="patience", words=len(words)),
    )


def _report(world: World, fact: Fact) -> Report:
    return Report(event_id=EventId(world.ids.new()), at=world.now(), fact=fact)


async def _tell(world: World, door: Door, *reports: Report) -> None:
    await agent_door.record(world, door.interview, door.lease, door.epoch, reports)


async def _hand_in(session: aiohttp.ClientSession, door: Door, length_ms: int) -> None:
    """Both voices from the beginning to the end, in parts of a usual length."""
    headers = {"Authorization": f"Bearer {door.lease}", "Content-Type": "audio/ogg"}
    for participant, hertz in (("ai-1", 180), ("cand-1", 260)):
        part = ogg(tone(hertz, PART_S, level=0.3))
        for index, start in enumerate(range(0, length_ms, 1000 * PART_S)):
            said: dict[str, str | int] = {
                "epoch": door.epoch,
                "started_ms": start,
                "duration_ms": 1000 * PART_S,
                "sha256": sha256(part).hexdigest(),
            }
            path = f"/internal/v1/interviews/{door.interview}/recording/{participant}/{index}"
            await session.put(path, params=said, data=part, headers=headers)


async def _invite(session: aiohttp.ClientSession, key: str) -> None:
    headers = {"Authorization": f"Bearer {key}"}
    asked = {"email": EMAIL, "role": "recruiter"}
    async with session.post("/v1/members", json=asked, headers=headers) as answer:
        token = str((await answer.json())["setup_url"]).partition("#")[2]
    await session.post("/v1/setup", json={"token": token, "password": PASSWORD})
