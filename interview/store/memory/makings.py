"""Tenants, jobs, kits and candidates in memory."""

from dataclasses import dataclass, replace
from datetime import datetime

from interview.accounts import ApiKey, Candidate, Job, KitRecord, Member
from interview.errors import Conflict, KitFrozen
from interview.ids import CandidateId, JobId, KitId
from interview.ports import Page, StoredAnswer
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

    async def page(self, limit: int, after: str | None) -> Page[Job]:
        return self.work.page(
            self.work.tables.jobs, lambda j: Cursor(j.created_at, j.job_id), limit, after
        )


@dataclass
class MemoryKits:
    work: Work

    async def add(self, kit: KitRecord) -> None:
        self.work.tables.jobs.find(self.work.row(kit.job_id))
        self.work.tables.kits.insert(self.work.row(kit.kit_id), kit)

    async def get(self, kit: KitId) -> KitRecord:
        return self.work.tables.kits.find(self.work.row(kit))

    async def publish(self, kit: KitId, at: datetime) -> KitRecord:
        draft = await self.get(kit)
        if draft.version is not None:
            raise KitFrozen
        versions = (
            other.version or 0
            for (tenant, _), other in self.work.tables.kits.items()
            if tenant == self.work.tenant and other.job_id == draft.job_id
        )
        published = replace(draft, version=max(versions) + 1, published_at=at)
        self.work.tables.kits[self.work.row(kit)] = published
        return published

    async def page(self, limit: int, after: str | None) -> Page[KitRecord]:
        return self.work.page(
            self.work.tables.kits, lambda k: Cursor(k.created_at, k.kit_id), limit, after
        )


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

    async def page(self, limit: int, after: str | None) -> Page[Candidate]:
        page = self.work.page(self.work.tables.candidates, _cursor, limit, after)
        ids = [sealed.candidate_id for sealed in page.items]
        keys = await self.work.vault.load("candidate", ids)
        opened = (
            open_candidate(keys[sealed.candidate_id], self.work.tenant, sealed)
            for sealed in page.items
            if sealed.candidate_id in keys
        )
        return Page(tuple(opened), page.next)


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
