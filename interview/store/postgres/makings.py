"""Members, keys, jobs and kept answers in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg

from interview.accounts import ApiKey, Job, Member, Scope
from interview.errors import NotFound
from interview.ids import JobId
from interview.ports import Page, StoredAnswer
from interview.store.cursors import Cursor, decode, page_of
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

ADD_API_KEY = """
    INSERT INTO api_keys (kid, tenant, digest, scopes, created_at, expires_at, revoked_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
"""

API_KEY = """
    SELECT kid, tenant, digest, scopes, created_at, expires_at, revoked_at FROM api_keys
    WHERE tenant = $1 AND kid = $2
"""


@dataclass(frozen=True)
class PostgresTenants:
    work: Work

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
        if key.tenant != self.work.tenant:
            raise NotFound
        await self.work.session.execute(
            ADD_API_KEY,
            key.kid,
            key.tenant,
            key.digest,
            sorted(key.scopes),
            key.created_at,
            key.expires_at,
            key.revoked_at,
        )

    async def key(self, kid: str) -> ApiKey:
        return _api_key(await self.work.session.row(API_KEY, self.work.tenant, kid))


def _api_key(row: asyncpg.Record) -> ApiKey:
    return ApiKey(
        kid=row["kid"],
        tenant=row["tenant"],
        digest=row["digest"],
        scopes=frozenset(map(Scope, row["scopes"])),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
    )


ADD_JOB = "INSERT INTO jobs (tenant, job_id, title, created_at) VALUES ($1, $2, $3, $4)"

JOB = "SELECT job_id, title, created_at FROM jobs WHERE tenant = $1 AND job_id = $2"

JOBS = """
    SELECT job_id, title, created_at FROM jobs
    WHERE tenant = $1 AND (created_at, job_id) > ($2, $3)
    ORDER BY created_at, job_id LIMIT $4
"""


@dataclass(frozen=True)
class PostgresJobs:
    work: Work

    async def add(self, job: Job) -> None:
        await self.work.session.execute(
            ADD_JOB, self.work.tenant, job.job_id, job.title, job.created_at
        )

    async def get(self, job: JobId) -> Job:
        return as_job(await self.work.session.row(JOB, self.work.tenant, job))

    async def page(self, limit: int, after: str | None) -> Page[Job]:
        start = decode(after)
        rows = await self.work.session.rows(
            JOBS, self.work.tenant, start.created_at, start.id, limit + 1
        )
        return page_of([as_job(row) for row in rows], _cursor, limit)


def as_job(row: asyncpg.Record) -> Job:
    return Job(row["job_id"], row["title"], row["created_at"])


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
