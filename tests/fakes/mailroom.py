"""A post office and the queue of mails on a clock that a test moves."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from interview.accounts import Interview
from interview.audit import Actor
from interview.ids import KitId, MailId, TenantId
from interview.mails import Letter, Mail, MailKind, Trouble
from interview.store.memory import MemoryStore
from interview.tenant_settings import TenantSettings
from interview.use_cases.interviews import create_interview
from interview.use_cases.mailing import list_mails
from interview.use_cases.scheduling import cancel, extend, reschedule
from interview.use_cases.sending import send_mail
from interview.use_cases.world import World
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.interviews import Room

SOMEBODY = Actor("key", "ats")
Answers = Callable[[datetime], Trouble | None]


def always(trouble: Trouble | None) -> Answers:
    return lambda _: trouble


def away(since: datetime, until: datetime) -> Answers:
    """Nobody answers from then until then."""
    return lambda now: "unreachable" if since <= now < until else None


@dataclass
class FakePost:
    """Port `Post`: answers as it is told and keeps what it took."""

    clock: FakeClock
    answers: Answers = field(default_factory=lambda: always(None))
    took: list[tuple[datetime, Letter]] = field(default_factory=list)
    tried: list[tuple[datetime, MailKind]] = field(default_factory=list)

    async def send(self, letter: Letter) -> Trouble | Literal["stopped"] | None:
        now = self.clock.now()
        self.tried.append((now, letter.mail.kind))
        if (trouble := self.answers(now)) is None:
            self.took.append((now, letter))
        return trouble

    @property
    def kinds(self) -> list[MailKind]:
        return [letter.mail.kind for _, letter in self.took]


@dataclass
class Mailroom:
    """A tenant with a kit and a candidate, its interviews, the post and the queue."""

    room: Room
    store: MemoryStore
    clock: FakeClock
    post: FakePost
    kit: KitId
    taken: int = 0
    jobs: list[tuple[datetime, MailId]] = field(default_factory=list)

    @property
    def world(self) -> World:
        return self.room.world

    @property
    def tenant(self) -> TenantId:
        return self.room.tenant

    async def invite(
        self,
        starts_in: timedelta | None = None,
        ends_in: timedelta | None = None,
        mail: bool | None = None,
    ) -> tuple[Interview, str]:
        return await create_interview(
            self.world,
            self.tenant,
            self.kit,
            self.room.candidate,
            self.at(starts_in),
            self.at(ends_in),
            mail,
        )

    async def reschedule(
        self,
        interview: Interview,
        starts_in: timedelta | None,
        ends_in: timedelta | None,
        mail: bool | None = None,
    ) -> Interview:
        times = self.at(starts_in), self.at(ends_in)
        name = interview.interview_id
        return await reschedule(self.world, self.tenant, SOMEBODY, name, *times, mail)

    async def extend(self, interview: Interview, ends_in: timedelta) -> Interview:
        until = self.clock.now() + ends_in
        return await extend(self.world, self.tenant, SOMEBODY, interview.interview_id, until)

    async def cancel(self, interview: Interview, mail: bool | None = None) -> None:
        name = interview.interview_id
        await cancel(self.world, self.tenant, SOMEBODY, name, "scheduling", mail)

    async def mails(self, interview: Interview) -> tuple[Mail, ...]:
        return await list_mails(self.world, self.tenant, interview.interview_id)

    async def kinds(self, interview: Interview) -> list[tuple[str, str, str | None]]:
        """Kind, state and trouble of each, by the moment that they are due."""
        found = sorted(await self.mails(interview), key=lambda m: (m.created_at, m.due_at))
        return [(mail.kind.value, mail.state, mail.trouble) for mail in found]

    async def set(self, settings: TenantSettings) -> None:
        async with self.store.transaction(self.tenant) as tx:
            await tx.settings.put(settings, self.clock.now())

    async def run(self, span: timedelta = timedelta(0)) -> None:
        """Every job that is due by then; the clock stands there afterwards."""
        end = self.clock.now() + span
        while True:
            self._take()
            self.jobs.sort(key=lambda job: job[0])
            if not self.jobs or self.jobs[0][0] > end:
                break
            due, mail = self.jobs.pop(0)
            self.clock.at = max(self.clock.at, due)
            if (wait := await self.send(mail)) is not None:
                self.jobs.append((self.clock.at + wait, mail))
        self.clock.at = max(self.clock.at, end)

    async def send(self, mail: MailId) -> timedelta | None:
        return await send_mail(self.world, self.post, self.tenant, mail)

    def at(self, after: timedelta | None) -> datetime | None:
        return None if after is None else self.clock.now() + after

    def _take(self) -> None:
        posted = self.store.tables.mail_jobs
        for number in range(self.taken + 1, len(posted) + 1):
            _, mail, due_at = posted[number]
            self.jobs.append((due_at, MailId(mail)))
        self.taken = len(posted)


async def mailroom(answers: Answers | None = None) -> Mailroom:
    clock, store = FakeClock(NOON), MemoryStore()
    room = await Room(store, clock).furnish()
    async with store.transaction(room.tenant) as tx:
        kit = (await tx.interviews.get(room.interview)).kit_id
    return Mailroom(room, store, clock, FakePost(clock, answers or always(None)), kit)
