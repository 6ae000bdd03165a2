"""Candidates in PostgreSQL: who they are is sealed under a key of their own."""

from dataclasses import dataclass, replace
from uuid import UUID

import asyncpg

from interview.accounts import Candidate
from interview.ids import CandidateId
from interview.ports import CandidatesWanted, Page
from interview.ports.lists import ALL_CANDIDATES
from interview.sealing import Subject
from interview.store.cursors import Cursor
from interview.store.postgres.lists import Listing, Order, spans
from interview.store.postgres.work import Work
from interview.store.sealed import SealedCandidate, open_candidate, seal_candidate

ADD_CANDIDATE = """
    INSERT INTO candidates (tenant, candidate_id, sealed_name, sealed_email, language, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)
"""

CANDIDATE = """
    SELECT candidate_id, sealed_name, sealed_email, language, created_at, revision
    FROM candidates
    WHERE tenant = $1 AND candidate_id = $2
"""

CANDIDATES = """
    SELECT candidate_id, sealed_name, sealed_email, language, created_at, revision FROM candidates
"""
CANDIDATES_BY_AGE = Order("created_at", "candidate_id")


CANDIDATE_REVISION = "SELECT revision FROM candidates WHERE tenant = $1 AND candidate_id = $2"

CANDIDATE_REVISION_LOCKED = """
    SELECT revision FROM candidates WHERE tenant = $1 AND candidate_id = $2 FOR NO KEY UPDATE
"""

CHANGE_CANDIDATE = """
    UPDATE candidates SET sealed_name = $3, sealed_email = $4, language = $5
    WHERE tenant = $1 AND candidate_id = $2
    RETURNING created_at, revision
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

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        sql = CANDIDATE_REVISION_LOCKED if lock else CANDIDATE_REVISION
        found = await self.work.revision(sql, thing)
        await self.work.vault.key("candidate", thing)
        return found

    async def change(self, candidate: Candidate) -> Candidate:
        revision = 1 + await self.revision(candidate.candidate_id, lock=True)
        key = await self.work.vault.key("candidate", candidate.candidate_id)
        sealed = seal_candidate(key, self.work.tenant, replace(candidate, revision=revision))
        row = await self.work.session.row(
            CHANGE_CANDIDATE,
            self.work.tenant,
            sealed.candidate_id,
            sealed.sealed_name,
            sealed.sealed_email,
            sealed.language,
        )
        return replace(candidate, **dict(row))

    async def page(
        self, limit: int, after: str | None, wanted: CandidatesWanted = ALL_CANDIDATES
    ) -> Page[Candidate]:
        listing = Listing(self.work, CANDIDATES, CANDIDATES_BY_AGE)
        filters = spans("created_at", wanted.created)
        page = await listing.page(wanted, filters, limit, after, as_sealed, _cursor)
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
