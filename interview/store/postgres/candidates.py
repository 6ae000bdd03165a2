"""Candidates in PostgreSQL: who they are is sealed under a key of their own."""

from dataclasses import dataclass

import asyncpg

from interview.accounts import Candidate
from interview.ids import CandidateId
from interview.ports import Page
from interview.sealing import Subject
from interview.store.cursors import Cursor, decode, page_of
from interview.store.postgres.work import Work
from interview.store.sealed import SealedCandidate, open_candidate, seal_candidate

ADD_CANDIDATE = """
    INSERT INTO candidates (tenant, candidate_id, sealed_name, sealed_email, language, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)
"""

CANDIDATE = """
    SELECT candidate_id, sealed_name, sealed_email, language, created_at FROM candidates
    WHERE tenant = $1 AND candidate_id = $2
"""

CANDIDATES = """
    SELECT candidate_id, sealed_name, sealed_email, language, created_at FROM candidates
    WHERE tenant = $1 AND (created_at, candidate_id) > ($2, $3)
    ORDER BY created_at, candidate_id LIMIT $4
"""


@dataclass(frozen=True)
class PostgresCandidates:
    work: Work

    async def add(self, candidate: Candidate) -> None:
        subject = Subject("candidate", candidate.candidate_id)
        key = await self.work.vault.make(subject, candidate.created_at)
        sealed = seal_candidate(key, self.work.tenant, candidate)
        await self.work.session.execute(
            ADD_CANDIDATE,
            self.work.tenant,
            sealed.candidate_id,
            sealed.sealed_name,
            sealed.sealed_email,
            sealed.language,
            sealed.created_at,
        )

    async def get(self, candidate: CandidateId) -> Candidate:
        row = await self.work.session.row(CANDIDATE, self.work.tenant, candidate)
        key = await self.work.vault.key("candidate", candidate)
        return open_candidate(key, self.work.tenant, as_sealed(row))

    async def page(self, limit: int, after: str | None) -> Page[Candidate]:
        start = decode(after)
        rows = await self.work.session.rows(
            CANDIDATES, self.work.tenant, start.created_at, start.id, limit + 1
        )
        page = page_of([as_sealed(row) for row in rows], _cursor, limit)
        keys = await self.work.vault.load("candidate", [s.candidate_id for s in page.items])
        opened = (
            open_candidate(keys[sealed.candidate_id], self.work.tenant, sealed)
            for sealed in page.items
            if sealed.candidate_id in keys
        )
        return Page(tuple(opened), page.next)


def as_sealed(row: asyncpg.Record) -> SealedCandidate:
    return SealedCandidate(**dict(row))


def _cursor(candidate: SealedCandidate) -> Cursor:
    return Cursor(candidate.created_at, candidate.candidate_id)
