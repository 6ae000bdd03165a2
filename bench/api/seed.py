"""What the benchmark reads and writes: one tenant with interviews of a usual size."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from uuid import UUID

from api.notices import version_in
from interview.adapters.system import SystemClock, SystemIds
from interview.door import EventsRequest
from interview.events import AnswerEnded, Fact, LineEnded, LineStarted, Report, SpeechHeard, Word
from interview.ids import CandidateId, EventId, InterviewId, JobId, KitId, TenantId, TurnId
from interview.kit import Kit
from interview.ports import Store
from interview.use_cases import agent_door, candidate_door, candidates, interviews, jobs, kits
from interview.use_cases.bootstrap import bootstrap
from interview.use_cases.candidate_door import CandidateCaller
from interview.use_cases.invitations import redeem
from interview.use_cases.world import World
from tests.fakes.rooms import FakeRooms

TURNS = 200
LISTED = 50
DOORS = 16
"""Interviews that are live at once, so that requests do not wait for each other's rows."""

EVENTS = 50
WORDS = 20
"""Recognised words in a piece of an answer."""

TEXT = "we drained the queue first and then looked for the change that had filled it overnight"
MARK = "f0f0f0f0f0f0"
"""Stands in an id where the number of the request goes."""


@dataclass(frozen=True)
class Door:
    """A live interview: its candidate's session and its agent's lease."""

    interview: InterviewId
    session: str
    lease: str
    epoch: int


@dataclass(frozen=True)
class Seed:
    """Who calls, and about what."""

    tenant: TenantId
    key: str
    transcript: InterviewId
    doors: tuple[Door, ...]


async def seed(store: Store, pepper: bytes) -> Seed:
    """Everything the four calls need."""
    world = World(store, SystemClock(), SystemIds())
    tenant, _, key = await bootstrap(
        store, "Bench", "owner@bench.example", pepper, world.now(), world.ids
    )
    maker = Maker(world, tenant.tenant_id, *await makings(world, tenant.tenant_id))
    for _ in range(LISTED - DOORS):
        await maker.invited()
    doors = [await maker.led() for _ in range(DOORS)]
    told = await maker.led()
    for batch in _talk(TURNS):
        await agent_door.record(world, told.interview, told.lease, told.epoch, batch)
    return Seed(tenant.tenant_id, key, told.interview, tuple(doors))


async def makings(world: World, tenant: TenantId) -> tuple[KitId, CandidateId]:
    job = await jobs.create_job(world, tenant, "Backend engineer")
    kit = await kits.create_kit(world, tenant, JobId(job.job_id), KIT)
    await kits.publish_kit(world, tenant, kit.kit_id)
    who = await candidates.create_candidate(
        world, tenant, "Ada Lovelace", "ada@bench.example", "en"
    )
    return kit.kit_id, who.candidate_id


@dataclass(frozen=True)
class Maker:
    world: World
    tenant: TenantId
    kit: KitId
    candidate: CandidateId

    async def invited(self) -> tuple[InterviewId, str]:
        made, token = await interviews.create_interview(
            self.world, self.tenant, self.kit, self.candidate, None, None
        )
        return made.interview_id, token

    async def led(self) -> Door:
        """One with an agent that is well and stays so: its sign of life lies in the future."""
        world = self.world
        interview, link = await self.invited()
        session = (await redeem(world, link)).session_token
        caller = CandidateCaller(self.tenant, interview)
        await candidate_door.record_consent(
            world, caller, accepted=True, version=version_in(KIT.language), current=version_in
        )
        await candidate_door.join(world, FakeRooms(), caller)
        claim = await agent_door.claim(world, interview, 1, "bench")
        async with world.transaction(self.tenant) as tx:
            lease = await tx.leases.of(interview, lock=True)
            assert lease is not None, "it was just claimed"
            await tx.leases.save(replace(lease, heartbeat_at=world.now() + timedelta(hours=1)))
        return Door(interview, session, claim.token, 1)


def batch_body() -> str:
    """The body of a batch as text: `MARK` is to be replaced by twelve hexadecimal digits."""
    batch = EventsRequest(epoch=1, reports=next(_talk(EVENTS * 2 // 5)))
    return batch.model_dump_json()


def _talk(turns: int) -> Iterator[tuple[Report, ...]]:
    """So many turns in batches of `EVENTS`: five events make a question and an answer."""
    ids = (UUID(f"019ab000-{n:04x}-7000-8000-{MARK}") for n in count())
    reports = [report for _ in range(turns // 2) for report in _exchange(ids)]
    for start in range(0, len(reports), EVENTS):
        yield tuple(reports[start : start + EVENTS])


def _exchange(ids: Iterator[UUID]) -> Iterator[Report]:
    line, answer = TurnId(next(ids)), TurnId(next(ids))
    began = LineStarted(
        turn_id=line,
        line="question",
        question="outage",
        probe=None,
        text=TEXT,
        identity="ai-1",
        started_ms=1_000_000,
    )
    facts: tuple[Fact, ...] = (
        began,
        LineEnded(turn_id=line, spoken=TEXT, ended_ms=1_006_000, cut_off=False),
        _heard(answer, 1_007_000),
        _heard(answer, 1_015_000),
        AnswerEnded(turn_id=answer, question="outage", signal="patience", words=2 * WORDS),
    )
    for fact in facts:
        yield Report(event_id=EventId(next(ids)), at=SystemClock().now(), fact=fact)


def _heard(turn: TurnId, from_ms: int) -> SpeechHeard:
    said = (TEXT.split() * 2)[:WORDS]
    words = tuple(
        Word(text=word, start_ms=from_ms + 300 * n, end_ms=from_ms + 300 * n + 240, confidence=0.93)
        for n, word in enumerate(said)
    )
    return SpeechHeard(
        turn_id=turn,
        question="outage",
        identity="cand-1",
        role="candidate",
        text=" ".join(said),
        words=words,
        started_ms=from_ms,
        ended_ms=words[-1].end_ms,
    )


KIT = Kit.model_validate(
    {
        "name": "Backend engineer",
        "language": "en",
        "competencies": [
            {
                "key": "debugging",
                "name": "Debugging",
                "definition": "Finds the cause of faults.",
                "weight": "1",
                "anchors": {level: f"Level {level}" for level in "12345"},
            }
        ],
        "questions": [
            {
                "key": "outage",
                "text": "Tell me about an outage.",
                "competencies": ["debugging"],
                "minutes": 4,
            }
        ],
        "minutes": 20,
    }
)
