"""Tenants, jobs, kits and candidates in memory."""
# ruff: noqa: ARG002 (there is one transaction at a time: every row is locked)

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from interview.accounts import ApiKey, Candidate, Job, KitRecord, KitVersion, Member
from interview.errors import Conflict, KitFrozen
from interview.ids import CandidateId, JobId, KitId
from interview.ports import CandidatesWanted, JobsWanted, KitsWanted, Page, StoredAnswer
from interview.ports.lists import ALL_CANDIDATES, ALL_JOBS, ALL_KITS
from interview.sealing import Subject
from interview.store.cursors import Cursor
from interview.store.memory.people import MemoryApiKeys, MemoryMembers
from interview.store.memory.work import Work
from interview.store.sealed import (
    SealedCandidate,
    answer_name,
    open_answer,
    open_candidate,
    seal_answer,
    seal_candidate,
)


@dataclass
class MemoryTenants:
    work: Work

    async def name(self) -> str:
        return self.work.tables.tenants.find(self.work.tenant).name

    async def add_member(self, member: Member) -> None:
        await MemoryMembers(self.work).add(member)

    async def add_key(self, key: ApiKey) -> None:
        await MemoryApiKeys(self.work).add(key)

    async def key(self, kid: str) -> ApiKey:
        return await MemoryApiKeys(self.work).get(kid)


@dataclass
class MemoryJobs:
    work: Work

    async def add(self, job: Job) -> None:
        self.work.tables.tenants.find(self.work.tenant)
        self.work.tables.jobs.insert(self.work.row(job.job_id), job)

    async def get(self, job: JobId) -> Job:
        return self.work.tables.jobs.find(self.work.row(job))

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        return self.work.tables.jobs.find(self.work.row(thing)).revision

    async def change(self, job: Job) -> Job:
        known = await self.get(job.job_id)
        self.work.tables.jobs[self.work.row(job.job_id)] = replace(known, title=job.title)
        return await self.get(job.job_id)

    async def page(self, limit: int, after: str | None, wanted: JobsWanted = ALL_JOBS) -> Page[Job]:
        rows = (
            job
            for job in self.work.mine(self.work.tables.jobs)
            if job.title.startswith(wanted.title or "") and wanted.created.holds(job.created_at)
        )
        return self.work.page(rows, _job_cursor, limit, after, wanted)


@dataclass
class MemoryKits:
    work: Work

    async def add(self, kit: KitRecord) -> None:
        self.work.tables.jobs.find(self.work.row(kit.job_id))
        self.work.tables.kits.insert(self.work.row(kit.kit_id), kit)

    async def get(self, kit: KitId) -> KitRecord:
        return self.work.tables.kits.find(self.work.row(kit))

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        return self.work.tables.kits.find(self.work.row(thing)).revision

    async def change(self, kit: KitRecord) -> KitRecord:
        draft = await self._draft(kit.kit_id)
        self.work.tables.jobs.find(self.work.row(kit.job_id))
        changed = replace(draft, job_id=kit.job_id, kit=kit.kit)
        self.work.tables.kits[self.work.row(kit.kit_id)] = changed
        return await self.get(kit.kit_id)

    async def drop(self, kit: KitId) -> None:
        await self._draft(kit)
        del self.work.tables.kits[self.work.row(kit)]

    async def publish(self, kit: KitId, at: datetime) -> KitRecord:
        draft = await self._draft(kit)
        versions = (
            other.version or 0
            for (tenant, _), other in self.work.tables.kits.items()
            if tenant == self.work.tenant and other.job_id == draft.job_id
        )
        published = replace(draft, version=max(versions) + 1, published_at=at)
        self.work.tables.kits[self.work.row(kit)] = published
        return await self.get(kit)

    async def _draft(self, kit: KitId) -> KitRecord:
        record = await self.get(kit)
        if record.version is not None:
            raise KitFrozen
        return record

    async def versions(self, job: JobId, limit: int, before: int) -> tuple[KitVersion, ...]:
        kits = (kit for kit in self.work.mine(self.work.tables.kits) if kit.job_id == job)
        found = [version for kit in kits if (version := _version(kit)) is not None]
        newest = sorted(found, key=lambda each: each.version, reverse=True)
        return tuple(each for each in newest if each.version < before)[:limit]

    async def page(
        self, limit: int, after: str | None, wanted: KitsWanted = ALL_KITS
    ) -> Page[KitRecord]:
        rows = (
            kit
            for kit in self.work.mine(self.work.tables.kits)
            if wanted.job in {None, kit.job_id}
            and wanted.published in {None, kit.version is not None}
            and wanted.created.holds(kit.created_at)
        )
        return self.work.page(rows, _kit_cursor, limit, after, wanted)


@dataclass
class MemoryCandidates:
    work: Work

    async def add(self, candidate: Candidate) -> None:
        row = self.work.row(candidate.candidate_id)
        if row in self.work.tables.candidates:
            raise Conflict
        subject = Subject("candidate", candidate.candidate_id)
        key = await self.work.vault.make(subject, candidate.created_at)
        self.work.tables.candidates.insert(row, seal_candidate(key, self.work.tenant, candidate))

    async def get(self, candidate: CandidateId) -> Candidate:
        key = await self.work.vault.key("candidate", candidate)
        sealed = self.work.tables.candidates.find(self.work.row(candidate))
        return open_candidate(key, self.work.tenant, sealed)

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        await self.work.vault.key("candidate", thing)
        return self.work.tables.candidates.find(self.work.row(thing)).revision

    async def change(self, candidate: Candidate) -> Candidate:
        known, row = await self.get(candidate.candidate_id), self.work.row(candidate.candidate_id)
        changed = replace(candidate, created_at=known.created_at, revision=known.revision + 1)
        key = await self.work.vault.key("candidate", candidate.candidate_id)
        self.work.tables.candidates[row] = seal_candidate(key, self.work.tenant, changed)
        return changed

    async def page(
        self, limit: int, after: str | None, wanted: CandidatesWanted = ALL_CANDIDATES
    ) -> Page[Candidate]:
        rows = (
            sealed
            for sealed in self.work.mine(self.work.tables.candidates)
            if wanted.created.holds(sealed.created_at)
        )
        page = self.work.page(rows, _cursor, limit, after, wanted)
        ids = [sealed.candidate_id for sealed in page.items]
        keys = await self.work.vault.load("candidate", ids)
        opened = (
            open_candidate(keys[sealed.candidate_id], self.work.tenant, sealed)
            for sealed in page.items
            if sealed.candidate_id in keys
        )
        return Page(tuple(opened), page.next)


def _job_cursor(job: Job) -> Cursor:
    return Cursor(job.created_at, job.job_id)


def _version(kit: KitRecord) -> KitVersion | None:
    if kit.version is None or kit.published_at is None:
        return None
    return KitVersion(
        kit.kit_id, kit.version, kit.kit.name, kit.kit.language, kit.created_at, kit.published_at
    )


def _kit_cursor(kit: KitRecord) -> Cursor:
    return Cursor(kit.created_at, kit.kit_id)


def _cursor(candidate: SealedCandidate) -> Cursor:
    return Cursor(candidate.created_at, candidate.candidate_id)


@dataclass
class MemoryAnswers:
    work: Work

    async def get(self, key: str, request_hash: bytes, at: datetime) -> StoredAnswer | None:
        name = await self._name(key)
        sealed = self.work.tables.answers.get((self.work.tenant, name))
        if sealed is None or not sealed.is_kept(at):
            return None
        sealing = await self.work.vault.key_about(sealed.about)
        return open_answer(sealing, self.work.tenant, name, sealed, request_hash)

    async def put(self, key: str, answer: StoredAnswer, at: datetime) -> None:
        await self.forget(at)
        name = await self._name(key)
        sealing = await self.work.vault.key_about(answer.about)
        sealed = seal_answer(sealing, self.work.tenant, name, answer, at)
        self.work.tables.answers.insert((self.work.tenant, name), sealed)

    async def forget(self, at: datetime) -> None:
        answers = self.work.tables.answers
        for row, sealed in tuple(answers.items()):
            if row[0] == self.work.tenant and not sealed.is_kept(at):
                del answers[row]

    async def _name(self, key: str) -> str:
        return answer_name(await self.work.vault.key_about(None), self.work.tenant, key)
