"""Members, keys, jobs and kept answers in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from interview.accounts import ApiKey, Job, Member
from interview.ids import JobId
from interview.ports import JobsWanted, Page, StoredAnswer
from interview.ports.lists import ALL_JOBS
from interview.store.cursors import Cursor
from interview.store.postgres.api_keys import PostgresApiKeys
from interview.store.postgres.lists import Filter, Listing, Order, spans
from interview.store.postgres.work import Work
from interview.store.sealed import (
    ANSWERS_KEPT_FOR,
    SealedAnswer,
    answer_name,
    open_answer,
    seal_answer,
)

ADD_MEMBER = """
    INSERT INTO members (tenant, member_id, email, role, created_at) VALUES ($1, $2, $3, $4, $5)
"""

TENANT_NAME = "SELECT name FROM tenants WHERE tenant = $1"


@dataclass(frozen=True)
class PostgresTenants:
    work: Work

    async def name(self) -> str:
        name: str = (await self.work.session.row(TENANT_NAME, self.work.tenant))["name"]
        return name

    async def add_member(self, member: Member) -> None:
        await self.work.session.execute(
            ADD_MEMBER,
            self.work.tenant,
            member.member_id,
            member.email,
            member.role,
            member.created_at,
        )

    async def add_key(self, key: ApiKey) -> None:
        await PostgresApiKeys(self.work).add(key)

    async def key(self, kid: str) -> ApiKey:
        return await PostgresApiKeys(self.work).get(kid)


ADD_JOB = "INSERT INTO jobs (tenant, job_id, title, created_at) VALUES ($1, $2, $3, $4)"

JOB = "SELECT job_id, title, created_at, revision FROM jobs WHERE tenant = $1 AND job_id = $2"

JOB_REVISION = "SELECT revision FROM jobs WHERE tenant = $1 AND job_id = $2"

JOB_REVISION_LOCKED = """
    SELECT revision FROM jobs WHERE tenant = $1 AND job_id = $2 FOR NO KEY UPDATE
"""

CHANGE_JOB = """
    UPDATE jobs SET title = $3 WHERE tenant = $1 AND job_id = $2
    RETURNING job_id, title, created_at, revision
"""

JOBS = "SELECT job_id, title, created_at, revision FROM jobs"
JOBS_BY_AGE = Order("created_at", "job_id")


@dataclass(frozen=True)
class PostgresJobs:
    work: Work

    async def add(self, job: Job) -> None:
        await self.work.session.execute(
            ADD_JOB, self.work.tenant, job.job_id, job.title, job.created_at
        )

    async def get(self, job: JobId) -> Job:
        return as_job(await self.work.session.row(JOB, self.work.tenant, job))

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        return await self.work.revision(JOB_REVISION_LOCKED if lock else JOB_REVISION, thing)

    async def change(self, job: Job) -> Job:
        row = await self.work.session.row(CHANGE_JOB, self.work.tenant, job.job_id, job.title)
        return as_job(row)

    async def page(self, limit: int, after: str | None, wanted: JobsWanted = ALL_JOBS) -> Page[Job]:
        filters: list[Filter] = [
            ("starts_with(title, {})", wanted.title),
            *spans("created_at", wanted.created),
        ]
        listing = Listing(self.work, JOBS, JOBS_BY_AGE)
        return await listing.page(wanted, filters, limit, after, as_job, _cursor)


def as_job(row: asyncpg.Record) -> Job:
    return Job(row["job_id"], row["title"], row["created_at"], row["revision"])


def _cursor(job: Job) -> Cursor:
    return Cursor(job.created_at, job.job_id)


ANSWER = """
    SELECT request_hash, status, sealed_body, created_at, about FROM answers
    WHERE tenant = $1 AND key = $2
"""

FORGET_ANSWERS = "DELETE FROM answers WHERE tenant = $1 AND created_at < $2"

ADD_ANSWER = """
    INSERT INTO answers (tenant, key, request_hash, status, sealed_body, created_at, about)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""


@dataclass(frozen=True)
class PostgresAnswers:
    work: Work

    async def get(self, key: str, request_hash: bytes, at: datetime) -> StoredAnswer | None:
        name = await self._name(key)
        row = await self.work.session.row_or_none(ANSWER, self.work.tenant, name)
        if row is None or not (sealed := SealedAnswer(**dict(row))).is_kept(at):
            return None
        sealing = await self.work.vault.key_about(sealed.about)
        return open_answer(sealing, self.work.tenant, name, sealed, request_hash)

    async def put(self, key: str, answer: StoredAnswer, at: datetime) -> None:
        await self.forget(at)
        name = await self._name(key)
        sealing = await self.work.vault.key_about(answer.about)
        sealed = seal_answer(sealing, self.work.tenant, name, answer, at)
        await self.work.session.execute(
            ADD_ANSWER,
            self.work.tenant,
            name,
            sealed.request_hash,
            sealed.status,
            sealed.sealed_body,
            sealed.created_at,
            sealed.about,
        )

    async def forget(self, at: datetime) -> None:
        await self.work.session.execute(FORGET_ANSWERS, self.work.tenant, at - ANSWERS_KEPT_FOR)

    async def _name(self, key: str) -> str:
        return answer_name(await self.work.vault.key_about(None), self.work.tenant, key)
