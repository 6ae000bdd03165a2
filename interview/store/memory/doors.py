"""Interviews and the ways into them in memory."""
# ruff: noqa: ARG002 (there is one transaction at a time: every row is locked)

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from pydantic_core import to_json

from interview.accounts import CandidateSession, Consent, Interview, Invitation
from interview.by_room import Floor
from interview.errors import Conflict, InvitationUsed, LeaseLost, NotFound
from interview.ids import InterviewId, InvitationId
from interview.lease import Lease
from interview.lifecycle import MOVABLE, RUNNING, STOPPED, State
from interview.ports import InterviewsWanted, JobKind, Page, RecordedSegment
from interview.ports.lists import ALL_INTERVIEWS
from interview.sealing import Subject
from interview.store.cursors import place_of
from interview.store.memory.work import Work


@dataclass
class MemoryInterviews:
    work: Work

    async def add(self, interview: Interview) -> None:
        if interview.tenant != self.work.tenant:
            raise NotFound
        tables, row = self.work.tables, self.work.row(interview.interview_id)
        kit = tables.kits.find(self.work.row(interview.kit_id))
        tables.candidates.find(self.work.row(interview.candidate_id))
        if kit.version != interview.kit_version:
            raise NotFound
        if any(interview.interview_id == taken for _, taken in tables.interviews):
            raise Conflict
        await self.work.vault.make(
            Subject("interview", interview.interview_id), interview.created_at
        )
        tables.interviews.insert(row, interview)

    async def get(self, interview: InterviewId, *, lock: bool = False) -> Interview:
        return self.work.tables.interviews.find(self.work.row(interview))

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        return self.work.tables.interviews.find(self.work.row(thing)).revision

    async def set_state(self, interview: InterviewId, state: State, at: datetime) -> None:
        held = await self.get(interview)
        is_end = state is State.ENDED or (state in STOPPED and held.state in RUNNING)
        ended_at = at if is_end else held.ended_at
        self._put(replace(held, state=state, ended_at=ended_at))

    async def set_times(
        self, interview: InterviewId, starts_at: datetime | None, expires_at: datetime | None
    ) -> None:
        held = await self.get(interview)
        self._put(replace(held, starts_at=starts_at, expires_at=expires_at))

    async def set_floor(
        self, interview: InterviewId, floor: Floor, covered: tuple[str, ...]
    ) -> None:
        held = await self.get(interview)
        if floor.startswith("human:"):
            self.work.tables.persons_wanted.pop(self.work.row(interview), None)
        self._put(replace(held, floor=floor, covered=covered))

    async def want_person(self, interview: InterviewId, at: datetime) -> None:
        await self.get(interview)
        self.work.tables.persons_wanted[self.work.row(interview)] = at

    async def wanting_person(self) -> tuple[tuple[InterviewId, datetime], ...]:
        wanting = [
            (at, InterviewId(name))
            for (tenant, name), at in self.work.tables.persons_wanted.items()
            if tenant == self.work.tenant
            and self.work.tables.interviews.find((tenant, name)).state in RUNNING
        ]
        return tuple((name, at) for at, name in sorted(wanting))

    async def start_clock(self, interview: InterviewId, at: datetime) -> datetime:
        held = await self.get(interview)
        zero = held.clock_zero or at
        self._put(replace(held, clock_zero=zero))
        return zero

    async def page(
        self, limit: int, after: str | None, wanted: InterviewsWanted = ALL_INTERVIEWS
    ) -> Page[Interview]:
        tables = self.work.tables
        rows = (
            held
            for held in self.work.mine(tables.interviews)
            if wanted.kit in {None, held.kit_id}
            and wanted.job in {None, tables.kits[self.work.row(held.kit_id)].job_id}
            and wanted.candidate in {None, held.candidate_id}
            and (not wanted.states or held.state in wanted.states)
            and wanted.created.holds(held.created_at)
            and wanted.starts.holds(held.starts_at)
            and (not wanted.asking or self._asks(held))
        )
        return self.work.page(rows, place_of(wanted), limit, after, wanted)

    async def told(
        self, limit: int, after: str | None, wanted: InterviewsWanted = ALL_INTERVIEWS
    ) -> Page[str]:
        page = await self.page(limit, after, wanted)
        return Page(tuple(map(_told, page.items)), page.next)

    def _asks(self, held: Interview) -> bool:
        sealed = self.work.tables.accommodations.get(self.work.row(held.interview_id))
        return held.state in MOVABLE and sealed is not None and sealed.waits

    def _put(self, interview: Interview) -> None:
        self.work.tables.interviews[self.work.row(interview.interview_id)] = interview


def _told(held: Interview) -> str:
    told = {
        "id": held.interview_id,
        "state": held.state,
        "kit_id": held.kit_id,
        "kit_version": held.kit_version,
        "candidate_id": held.candidate_id,
        "created_at": held.created_at,
        "starts_at": held.starts_at,
        "expires_at": held.expires_at,
        "started_at": held.clock_zero,
        "ended_at": held.ended_at,
        "assist_mode": held.assist,
    }
    return to_json(told).decode()


@dataclass
class MemoryInvitations:
    work: Work

    async def add(self, invitation: Invitation) -> None:
        self.work.tables.interviews.find(self.work.row(invitation.interview))
        self.work.tables.invitations.insert(invitation.digest, (self.work.tenant, invitation))

    async def by_digest(self, digest: bytes, *, lock: bool = False) -> Invitation:
        tenant, invitation = self.work.tables.invitations.find(digest)
        if tenant != self.work.tenant:
            raise NotFound
        return invitation

    async def mark_redeemed(self, invitation: InvitationId, at: datetime) -> None:
        for tenant, known in tuple(self.work.tables.invitations.values()):
            if (tenant, known.invitation_id) != (self.work.tenant, invitation):
                continue
            if known.redeemed_at is not None:
                raise InvitationUsed
            self.work.tables.invitations[known.digest] = tenant, replace(known, redeemed_at=at)
            return
        raise InvitationUsed

    async def withdraw(self, interview: InterviewId, at: datetime) -> None:
        table = self.work.tables.invitations
        for digest, (tenant, known) in tuple(table.items()):
            is_waiting = known.redeemed_at is None and known.interview == interview
            is_good = known.expires_at is None or known.expires_at > at
            if tenant == self.work.tenant and is_waiting and is_good:
                table[digest] = tenant, replace(known, expires_at=at, withdrawn_at=at)

    async def of(self, interview: InterviewId) -> tuple[Invitation, ...]:
        mine = (
            known
            for tenant, known in self.work.tables.invitations.values()
            if (tenant, known.interview) == (self.work.tenant, interview)
        )
        return tuple(sorted(mine, key=lambda i: (i.created_at, i.invitation_id)))

    async def withdraw_one(self, invitation: InvitationId, at: datetime) -> None:
        self._put(replace(self._named(invitation), expires_at=at, withdrawn_at=at))

    async def prolong(self, invitation: InvitationId, until: datetime | None) -> None:
        self._put(replace(self._named(invitation), expires_at=until))

    def _named(self, invitation: InvitationId) -> Invitation:
        for tenant, known in self.work.tables.invitations.values():
            if (tenant, known.invitation_id) == (self.work.tenant, invitation):
                return known
        raise NotFound

    def _put(self, invitation: Invitation) -> None:
        self.work.tables.invitations[invitation.digest] = self.work.tenant, invitation


@dataclass
class MemorySessions:
    work: Work

    async def add(self, session: CandidateSession) -> None:
        self.work.tables.interviews.find(self.work.row(session.interview))
        self.work.tables.sessions.insert(session.digest, (self.work.tenant, session))

    async def by_digest(self, digest: bytes) -> CandidateSession:
        tenant, session = self.work.tables.sessions.find(digest)
        if tenant != self.work.tenant:
            raise NotFound
        return session

    async def end(self, interview: InterviewId, at: datetime) -> None:
        table = self.work.tables.sessions
        for digest, (tenant, known) in tuple(table.items()):
            is_open = known.interview == interview and known.expires_at > at
            if tenant == self.work.tenant and is_open:
                table[digest] = tenant, replace(known, expires_at=at)

    async def prolong(self, interview: InterviewId, at: datetime, until: datetime) -> None:
        table = self.work.tables.sessions
        for digest, (tenant, known) in tuple(table.items()):
            is_short = known.interview == interview and at < known.expires_at < until
            if tenant == self.work.tenant and is_short:
                table[digest] = tenant, replace(known, expires_at=until)

    async def withdraw(self, interview: InterviewId, at: datetime) -> None:
        await self.end(interview, at)
        for digest in self._of(interview):
            self.work.tables.withdrawn.setdefault(digest, at)

    async def is_barred(self, interview: InterviewId) -> bool:
        known = self._of(interview)
        return bool(known) and all(digest in self.work.tables.withdrawn for digest in known)

    async def open_at(self, interview: InterviewId, at: datetime) -> tuple[CandidateSession, ...]:
        known = [self.work.tables.sessions[digest][1] for digest in self._of(interview)]
        return tuple(session for session in known if session.expires_at > at)

    def _of(self, interview: InterviewId) -> list[bytes]:
        sessions = self.work.tables.sessions.items()
        mine = (self.work.tenant, interview)
        return [digest for digest, (tenant, s) in sessions if (tenant, s.interview) == mine]


@dataclass
class MemoryConsents:
    work: Work

    async def add(self, consent: Consent) -> None:
        row = self.work.row(consent.interview)
        self.work.tables.interviews.find(row)
        self.work.tables.consents[row] = consent

    async def latest(self, interview: InterviewId) -> Consent | None:
        return self.work.tables.consents.get(self.work.row(interview))


@dataclass
class MemoryLeases:
    work: Work

    async def of(self, interview: InterviewId, *, lock: bool = False) -> Lease | None:
        return self.work.tables.leases.get(self.work.row(interview))

    async def save(self, lease: Lease) -> None:
        row = self.work.row(lease.interview)
        self.work.tables.interviews.find(row)
        held = self.work.tables.leases.get(row)
        if held is not None and held.epoch > lease.epoch:
            raise LeaseLost
        self.work.tables.leases[row] = lease


@dataclass
class MemoryRecordings:
    work: Work

    async def add(self, segment: RecordedSegment) -> bool:
        self.work.tables.interviews.find(self.work.row(segment.interview))
        key = (
            *self.work.row(segment.interview),
            segment.participant,
            segment.epoch,
            segment.index,
        )
        known = self.work.tables.recordings.get(key)
        if known is not None and known.sha256 != segment.sha256:
            raise Conflict("This part of the recording was stored with other content.")
        self.work.tables.recordings.setdefault(key, segment)
        return known is None

    async def of(self, interview: InterviewId) -> tuple[RecordedSegment, ...]:
        mine = (
            segment
            for (tenant, of, *_), segment in self.work.tables.recordings.items()
            if (tenant, of) == self.work.row(interview)
        )
        return tuple(sorted(mine, key=lambda s: (s.participant, s.epoch, s.index)))


@dataclass
class MemoryOutbox:
    work: Work

    async def put(self, kind: JobKind, interview: InterviewId) -> None:
        outbox = self.work.tables.outbox
        outbox.insert(len(outbox) + 1, (kind, self.work.tenant, interview))
