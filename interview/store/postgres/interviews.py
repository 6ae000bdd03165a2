"""Interviews in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg

from interview.accounts import Interview
from interview.errors import NotFound
from interview.ids import InterviewId
from interview.lifecycle import State
from interview.ports import Page
from interview.sealing import Subject
from interview.store.cursors import Cursor, decode, page_of
from interview.store.postgres.work import Work

ADD_INTERVIEW = """
    INSERT INTO interviews (
        tenant, interview_id, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        expires_at, clock_zero, ended_at, last_seq, head
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""

INTERVIEW = """
    SELECT interview_id, tenant, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        expires_at, clock_zero, ended_at, last_seq, head
    FROM interviews WHERE tenant = $1 AND interview_id = $2
"""

INTERVIEW_LOCKED = """
    SELECT interview_id, tenant, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        expires_at, clock_zero, ended_at, last_seq, head
    FROM interviews WHERE tenant = $1 AND interview_id = $2 FOR NO KEY UPDATE
"""

SET_STATE = """
    UPDATE interviews
    SET state = $3, ended_at = CASE WHEN $3 = 'ended' THEN $4 ELSE ended_at END
    WHERE tenant = $1 AND interview_id = $2
    RETURNING interview_id
"""

START_CLOCK = """
    UPDATE interviews SET clock_zero = coalesce(clock_zero, $3)
    WHERE tenant = $1 AND interview_id = $2
    RETURNING clock_zero
"""

INTERVIEWS = """
    SELECT interview_id, tenant, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        expires_at, clock_zero, ended_at, last_seq, head
    FROM interviews
    WHERE tenant = $1 AND (created_at, interview_id) > ($2, $3) AND ($5::text IS NULL OR state = $5)
    ORDER BY created_at, interview_id LIMIT $4
"""


@dataclass(frozen=True)
class PostgresInterviews:
    work: Work

    async def add(self, interview: Interview) -> None:
        if interview.tenant != self.work.tenant:
            raise NotFound
        subject = Subject("interview", interview.interview_id)
        await self.work.vault.make(subject, interview.created_at)
        await self.work.session.execute(
            ADD_INTERVIEW,
            interview.tenant,
            interview.interview_id,
            interview.kit_id,
            interview.kit_version,
            interview.candidate_id,
            interview.state,
            interview.created_at,
            interview.starts_at,
            interview.expires_at,
            interview.clock_zero,
            interview.ended_at,
            interview.last_seq,
            interview.head,
        )

    async def get(self, interview: InterviewId, *, lock: bool = False) -> Interview:
        sql = INTERVIEW_LOCKED if lock else INTERVIEW
        return as_interview(await self.work.session.row(sql, self.work.tenant, interview))

    async def set_state(self, interview: InterviewId, state: State, at: datetime) -> None:
        await self.work.session.row(SET_STATE, self.work.tenant, interview, state, at)

    async def start_clock(self, interview: InterviewId, at: datetime) -> datetime:
        row = await self.work.session.row(START_CLOCK, self.work.tenant, interview, at)
        zero: datetime = row["clock_zero"]
        return zero

    async def page(self, limit: int, after: str | None, state: State | None) -> Page[Interview]:
        start = decode(after)
        rows = await self.work.session.rows(
            INTERVIEWS, self.work.tenant, start.created_at, start.id, limit + 1, state
        )
        return page_of([as_interview(row) for row in rows], _cursor, limit)


def as_interview(row: asyncpg.Record) -> Interview:
    return Interview(**{**row, "state": State(row["state"])})


def _cursor(interview: Interview) -> Cursor:
    return Cursor(interview.created_at, interview.interview_id)
