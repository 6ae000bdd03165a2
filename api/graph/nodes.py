"""The nouns as GraphQL shows them: the words of REST, and the ways from one to the next."""

from datetime import datetime
from uuid import UUID

from interview import accounts, events
from interview.audit import AuditEntry
from interview.ids import CandidateId, InterviewId, JobId, KitId
from interview.ports import Slice, SpokenSlice
from strawberry.scalars import JSON
from strawberry.types import Info

from api.graph.by_people import Decision, Invitation, Note
from api.graph.context import asked_by
from api.graph.mirrors import mirrored
from api.graph.parts import (
    By,
    Competency,
    JobFact,
    Page,
    Question,
    Scorecard,
    Turn,
    node,
    page,
    page_size,
    seen_until,
    version_named,
)

FEW = 10


@node
class Job:
    """A position."""

    id: UUID
    title: str
    created_at: datetime

    @classmethod
    def of(cls, job: accounts.Job) -> "Job":
        return cls(id=job.job_id, title=job.title, created_at=job.created_at)

    @mirrored("Job.kits")
    async def kits(
        self, info: Info, limit: int = FEW, after: UUID | None = None
    ) -> Page["Kit"] | None:
        key = JobId(self.id), Slice(page_size(limit) + 1, after)
        found = await asked_by(info).loaders.kits.load(key)
        return page(found, limit, Kit.of, lambda kit: kit.id)


@node
class Kit:
    """What is asked and how answers are judged; `version` is null for a draft."""

    id: UUID
    job_id: UUID
    version: int | None
    name: str
    language: str
    minutes: float
    intro: str | None
    closing: str | None
    competencies: list[Competency]
    questions: list[Question]
    facts: list[JobFact]
    created_at: datetime
    published_at: datetime | None

    @classmethod
    def of(cls, record: accounts.KitRecord) -> "Kit":
        held = record.kit
        return cls(
            id=record.kit_id,
            job_id=record.job_id,
            version=record.version,
            name=held.name,
            language=held.language,
            minutes=held.minutes,
            intro=held.intro,
            closing=held.closing,
            competencies=[Competency.of(each) for each in held.competencies],
            questions=[Question.of(each) for each in held.questions],
            facts=[JobFact.of(each) for each in held.facts],
            created_at=record.created_at,
            published_at=record.published_at,
        )

    @mirrored("Kit.job")
    async def job(self, info: Info) -> Job | None:
        return Job.of(await asked_by(info).loaders.job.load(JobId(self.job_id)))

    @mirrored("Kit.interviews")
    async def interviews(
        self, info: Info, limit: int = FEW, after: UUID | None = None
    ) -> Page["Interview"] | None:
        key = KitId(self.id), Slice(page_size(limit) + 1, after)
        found = await asked_by(info).loaders.interviews.load(key)
        return page(found, limit, Interview.of, lambda interview: interview.id)


@node
class Candidate:
    """A person who is interviewed."""

    id: UUID
    name: str
    email: str
    language: str | None
    created_at: datetime

    @classmethod
    def of(cls, candidate: accounts.Candidate) -> "Candidate":
        return cls(
            id=candidate.candidate_id,
            name=candidate.name,
            email=candidate.email,
            language=candidate.language,
            created_at=candidate.created_at,
        )


@node
class Interview:
    """An interview and where it stands."""

    id: UUID
    state: str
    kit_id: UUID
    kit_version: int
    candidate_id: UUID
    created_at: datetime
    starts_at: datetime | None
    expires_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, interview: accounts.Interview) -> "Interview":
        return cls(
            id=interview.interview_id,
            state=interview.state,
            kit_id=interview.kit_id,
            kit_version=interview.kit_version,
            candidate_id=interview.candidate_id,
            created_at=interview.created_at,
            starts_at=interview.starts_at,
            expires_at=interview.expires_at,
            started_at=interview.clock_zero,
            ended_at=interview.ended_at,
        )

    @mirrored("Interview.kit")
    async def kit(self, info: Info) -> Kit | None:
        return Kit.of(await asked_by(info).loaders.kit.load(KitId(self.kit_id)))

    @mirrored("Interview.candidate")
    async def candidate(self, info: Info) -> Candidate | None:
        who = CandidateId(self.candidate_id)
        return Candidate.of(await asked_by(info).loaders.candidate.load(who))

    @mirrored("Interview.turns")
    async def turns(
        self, info: Info, limit: int = 50, after: int = 0, version: str = "corrected"
    ) -> Page[Turn] | None:
        key = InterviewId(self.id), SpokenSlice(page_size(limit) + 1, seen_until(after))
        asked = version_named(version)
        loaders = asked_by(info).loaders
        found = await loaders.turns.load(key)
        shown = page(found, limit, lambda turn: Turn.of(turn, asked), lambda turn: turn.seq)
        if loaders.reader is not None and (hidden := await loaders.hidden.load(key[0])):
            shown.items = [turn for turn in shown.items if turn.id not in hidden]
        return shown

    @mirrored("Interview.scorecards")
    async def scorecards(self, info: Info) -> list[Scorecard] | None:
        loaders = asked_by(info).loaders
        await loaders.require_seen(InterviewId(self.id))
        found = await loaders.scorecards.load(InterviewId(self.id))
        return [Scorecard.of(card) for card in found]

    @mirrored("Interview.decision")
    async def decision(self, info: Info) -> Decision | None:
        loaders = asked_by(info).loaders
        await loaders.require_seen(InterviewId(self.id))
        found = await loaders.decision.load(InterviewId(self.id))
        return Decision.of(found) if found else None

    @mirrored("Interview.notes")
    async def notes(
        self, info: Info, limit: int = FEW, after: UUID | None = None
    ) -> Page[Note] | None:
        key = InterviewId(self.id), Slice(page_size(limit) + 1, after)
        loaders = asked_by(info).loaders
        found, reader = await loaders.notes.load(key), loaders.reader
        shown = page(found, limit, Note.of, lambda note: note.id)
        if reader is not None and await loaders.blind.load(InterviewId(self.id)):
            own = By.of(reader.person)
            shown.items = [note for note in shown.items if note.by == own]
        return shown

    @mirrored("Interview.invitations")
    async def invitations(self, info: Info) -> list[Invitation] | None:
        asking = asked_by(info)
        found = await asking.loaders.invitations.load(InterviewId(self.id))
        now = asking.reads.world.now()
        return [Invitation.of(link, now) for link in found]


@node
class Event:
    """Something that happened; `fact` is as in REST."""

    seq: int
    event_id: UUID
    epoch: int
    at: datetime
    kind: str
    fact: JSON

    @classmethod
    def of(cls, event: events.Event) -> "Event":
        return cls(
            seq=event.seq,
            event_id=event.event_id,
            epoch=event.epoch,
            at=event.at,
            kind=event.kind,
            fact=JSON(events.FACTS.dump_python(event.fact, mode="json")),
        )


@node
class AuditFact:
    """A word about a change."""

    name: str
    value: str


@node
class Audit:
    """A change by a person or a key: who, what (an operation's name) and to what."""

    seq: int
    id: UUID
    at: datetime
    actor_kind: str
    actor: str
    action: str
    subject: str
    facts: list[AuditFact]
    hash: str

    @classmethod
    def of(cls, entry: AuditEntry) -> "Audit":
        deed = entry.deed
        return cls(
            seq=entry.seq,
            id=entry.entry_id,
            at=entry.at,
            actor_kind=deed.actor.kind,
            actor=deed.actor.id,
            action=deed.action,
            subject=deed.subject,
            facts=[AuditFact(name=name, value=value) for name, value in deed.facts.items()],
            hash=entry.hash.hex(),
        )
