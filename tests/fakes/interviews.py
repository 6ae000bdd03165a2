"""An interview brought to where it counts, through the store alone."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID, uuid4

from interview.accounts import Candidate, Interview, Job, KitRecord, Tenant
from interview.adapters.system import SystemIds
from interview.events import (
    EndReason,
    Fact,
    InterviewCreated,
    InterviewEnded,
    LineEnded,
    LineStarted,
    SpeechHeard,
)
from interview.ids import CandidateId, InterviewId, JobId, KitId, TenantId, TurnId
from interview.kit import LEVELS, Competency, Kit, Question
from interview.lease import Lease
from interview.lifecycle import State
from interview.ports import Store
from interview.use_cases.world import World
from tests.fakes.clock import FakeClock


def competency(key: str, weight: int, phrases: dict[str, list[list[str]]]) -> Competency:
    """`phrases` maps a level to its indicators."""
    return Competency(
        key=key,
        name=key.title(),
        definition=f"About {key}.",
        weight=Decimal(weight),
        anchors=dict.fromkeys(LEVELS, "An anchor."),
        indicators={
            level: tuple(map(tuple, phrases[level])) for level in LEVELS if level in phrases
        },
    )


def question(key: str, *competencies: str) -> Question:
    return Question(key=key, text=f"What about {key}?", competencies=competencies, minutes=2)


KIT = Kit(
    name="Support",
    language="en",
    competencies=(
        competency("care", 3, {"2": [["looked at it"]], "4": [["wrote it down"], ["told them"]]}),
        competency("calm", 1, {"3": [["took a breath"]]}),
    ),
    questions=(question("incident", "care"), question("pressure", "calm", "care")),
    minutes=10,
)


@dataclass
class Room:
    """One tenant's one interview, and a world on a clock that stands still."""

    store: Store
    clock: FakeClock = field(default_factory=FakeClock)
    kit: Kit = KIT
    expires_at: datetime | None = None
    tenant: TenantId = field(default_factory=lambda: TenantId(uuid4()))
    interview: InterviewId = field(default_factory=lambda: InterviewId(uuid4()))
    candidate: CandidateId = field(default_factory=lambda: CandidateId(uuid4()))

    @property
    def world(self) -> World:
        return World(self.store, self.clock, SystemIds())

    async def furnish(self) -> "Room":
        """Tenant, kit, candidate and an invited interview."""
        now = self.clock.now()
        job, kit = JobId(uuid4()), KitId(uuid4())
        await self.store.create_tenant(Tenant(self.tenant, "First", now))
        async with self.store.transaction(self.tenant) as tx:
            await tx.jobs.add(Job(job, "Engineer", now))
            await tx.kits.add(KitRecord(kit, job, self.kit, None, now))
            await tx.kits.publish(kit, now)
            await tx.candidates.add(Candidate(self.candidate, "Ada", "ada@example.com", None, now))
            agreed = Interview(
                self.interview, self.tenant, kit, 1, self.candidate, State.INVITED, now
            )
            await tx.interviews.add(replace(agreed, expires_at=self.expires_at))
        await self.note(InterviewCreated(kit_version=1))
        return self

    async def note(self, *facts: Fact) -> None:
        async with self.world.transaction(self.tenant) as tx:
            await self.world.note(tx, self.interview, *facts)

    async def become(self, state: State) -> None:
        async with self.store.transaction(self.tenant) as tx:
            await tx.interviews.set_state(self.interview, state, self.clock.now())

    async def hold(self, *, claimed: bool) -> Lease:
        """The first lease, opened now."""
        lease = Lease(self.interview, 1, self.clock.now())
        if claimed:
            lease = lease.claim(1, "host/1", bytes(32), self.clock.now())
        await self.save(lease)
        return lease

    async def save(self, lease: Lease) -> None:
        async with self.store.transaction(self.tenant) as tx:
            await tx.leases.save(lease)

    async def lease(self) -> Lease:
        async with self.store.transaction(self.tenant) as tx:
            lease = await tx.leases.of(self.interview)
        assert lease is not None
        return lease

    async def state(self) -> State:
        async with self.store.transaction(self.tenant) as tx:
            return (await tx.interviews.get(self.interview)).state

    async def kinds(self) -> list[str]:
        """The kinds in the log, in order."""
        async with self.store.transaction(self.tenant) as tx:
            return [event.kind for event in await tx.events.read(self.interview)]

    async def ask(self, key: str, *, spoken: str | None = None, withdrawn: bool = False) -> None:
        """The AI asks a question."""
        text, turn = self.kit_question(key), TurnId(uuid4())
        heard = text if spoken is None else spoken
        await self.note(
            LineStarted(
                turn_id=turn,
                line="question",
                question=key,
                probe=None,
                text=text,
                identity="ai",
                started_ms=0,
            ),
            LineEnded(turn_id=turn, spoken=heard, ended_ms=1, cut_off=False, withdrawn=withdrawn),
        )

    def kit_question(self, key: str) -> str:
        return next(q.text for q in self.kit.questions if q.key == key)

    async def answer(self, key: str | None, text: str) -> UUID:
        """The candidate speaks."""
        turn = TurnId(uuid4())
        await self.note(
            SpeechHeard(
                turn_id=turn,
                question=key,
                identity="cand",
                role="candidate",
                text=text,
                words=(),
                started_ms=0,
                ended_ms=1,
            )
        )
        return turn

    async def end(self, reason: EndReason = "completed") -> None:
        """Over: as the API leaves it, the job of scoring included."""
        await self.note(InterviewEnded(reason=reason))
        async with self.store.transaction(self.tenant) as tx:
            await tx.interviews.set_state(self.interview, State.ENDED, self.clock.now())
            await tx.outbox.put("score_interview", self.interview)
