"""Interviews in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from interview.accounts import Interview
from interview.by_room import Floor
from interview.errors import NotFound
from interview.ids import InterviewId
from interview.lifecycle import MOVABLE, State
from interview.ports import InterviewSort, InterviewsWanted, Page
from interview.ports.lists import ALL_INTERVIEWS
from interview.sealing import Subject
from interview.store.cursors import place_of
from interview.store.postgres.lists import Filter, Listing, Order, spans
from interview.store.postgres.work import Work

ADD_INTERVIEW = """
    INSERT INTO interviews (
        tenant, interview_id, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        expires_at, clock_zero, ended_at, last_seq, head, floor, assist_mode
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
"""

INTERVIEW = """
    SELECT interview_id, tenant, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        expires_at, clock_zero, ended_at, last_seq, head, revision, floor, covered,
        assist_mode
    FROM interviews WHERE tenant = $1 AND interview_id = $2
"""

INTERVIEW_LOCKED = """
    SELECT interview_id, tenant, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        expires_at, clock_zero, ended_at, last_seq, head, revision, floor, covered,
        assist_mode
    FROM interviews WHERE tenant = $1 AND interview_id = $2 FOR NO KEY UPDATE
"""

SET_STATE = """
    UPDATE interviews
    SET state = $3, ended_at = CASE
        WHEN $3 = 'ended'
            OR ($3 IN ('cancelled', 'human_path') AND state IN ('live', 'paused')) THEN $4
        ELSE ended_at
    END
    WHERE tenant = $1 AND interview_id = $2
    RETURNING interview_id
"""

SET_TIMES = """
    UPDATE interviews SET starts_at = $3, expires_at = $4 WHERE tenant = $1 AND interview_id = $2
    RETURNING interview_id
"""

START_CLOCK = """
    UPDATE interviews SET clock_zero = coalesce(clock_zero, $3)
    WHERE tenant = $1 AND interview_id = $2
    RETURNING clock_zero
"""

SET_FLOOR = """
    UPDATE interviews SET floor = $3, covered = $4,
        person_wanted_at = CASE WHEN $3 LIKE 'human:%' THEN NULL ELSE person_wanted_at END
    WHERE tenant = $1 AND interview_id = $2
    RETURNING interview_id
"""

WANT_PERSON = """
    UPDATE interviews SET person_wanted_at = $3 WHERE tenant = $1 AND interview_id = $2
    RETURNING interview_id
"""

WANTING_PERSON = """
    SELECT interview_id, person_wanted_at FROM interviews
    WHERE tenant = $1 AND person_wanted_at IS NOT NULL AND state IN ('live', 'paused')
    ORDER BY person_wanted_at, interview_id
"""

INTERVIEWS = """
    SELECT interview_id, tenant, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        expires_at, clock_zero, ended_at, last_seq, head, revision, floor, covered,
        assist_mode
    FROM interviews
"""

INTERVIEWS_TOLD = """
    SELECT (
        SELECT row_to_json(told) FROM (
            SELECT interview_id AS id, state, kit_id, kit_version, candidate_id,
                rfc3339(created_at) AS created_at, rfc3339(starts_at) AS starts_at,
                rfc3339(expires_at) AS expires_at, rfc3339(clock_zero) AS started_at,
                rfc3339(ended_at) AS ended_at, assist_mode
        ) AS told
    )::text, created_at, starts_at, interview_id
    FROM interviews
"""
BY_AGE = Order("created_at", "interview_id")
BY_START = Order("coalesce(starts_at, '9999-01-01T00:00:00Z'::timestamptz)", "interview_id")


INTERVIEW_REVISION = "SELECT revision FROM interviews WHERE tenant = $1 AND interview_id = $2"

INTERVIEW_REVISION_LOCKED = """
    SELECT revision FROM interviews WHERE tenant = $1 AND interview_id = $2 FOR NO KEY UPDATE
"""


STATES = {state.value: state for state in State}


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
            interview.floor,
            interview.assist,
        )

    async def get(self, interview: InterviewId, *, lock: bool = False) -> Interview:
        if (held := self.work.locked.get(interview)) is not None:
            return held
        sql = INTERVIEW_LOCKED if lock else INTERVIEW
        found = as_interview(await self.work.session.row(sql, self.work.tenant, interview))
        if lock:
            self.work.locked[interview] = found
        return found

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        sql = INTERVIEW_REVISION_LOCKED if lock else INTERVIEW_REVISION
        return await self.work.revision(sql, thing)

    async def set_state(self, interview: InterviewId, state: State, at: datetime) -> None:
        self.work.locked.pop(interview, None)
        await self.work.session.row(SET_STATE, self.work.tenant, interview, state, at)

    async def set_times(
        self, interview: InterviewId, starts_at: datetime | None, expires_at: datetime | None
    ) -> None:
        self.work.locked.pop(interview, None)
        await self.work.session.row(SET_TIMES, self.work.tenant, interview, starts_at, expires_at)

    async def start_clock(self, interview: InterviewId, at: datetime) -> datetime:
        self.work.locked.pop(interview, None)
        row = await self.work.session.row(START_CLOCK, self.work.tenant, interview, at)
        zero: datetime = row["clock_zero"]
        return zero

    async def set_floor(
        self, interview: InterviewId, floor: Floor, covered: tuple[str, ...]
    ) -> None:
        self.work.locked.pop(interview, None)
        tenant = self.work.tenant
        await self.work.session.row(SET_FLOOR, tenant, interview, floor, list(covered))

    async def want_person(self, interview: InterviewId, at: datetime) -> None:
        await self.work.session.row(WANT_PERSON, self.work.tenant, interview, at)

    async def wanting_person(self) -> tuple[tuple[InterviewId, datetime], ...]:
        rows = await self.work.session.rows(WANTING_PERSON, self.work.tenant)
        return tuple((row["interview_id"], row["person_wanted_at"]) for row in rows)

    async def page(
        self, limit: int, after: str | None, wanted: InterviewsWanted = ALL_INTERVIEWS
    ) -> Page[Interview]:
        listing, filters = self._listing(INTERVIEWS, wanted), _filters(wanted)
        place = place_of(wanted)
        return await listing.page(wanted, filters, limit, after, as_interview, place)

    async def told(
        self, limit: int, after: str | None, wanted: InterviewsWanted = ALL_INTERVIEWS
    ) -> Page[str]:
        listing, filters = self._listing(INTERVIEWS_TOLD, wanted), _filters(wanted)
        page = await listing.page(wanted, filters, limit, after, _Told._make, place_of(wanted))
        return Page(tuple(each.told for each in page.items), page.next)

    def _listing(self, select: str, wanted: InterviewsWanted) -> Listing:
        by_start = wanted.sort in {InterviewSort.SOONEST, InterviewSort.LATEST}
        return Listing(self.work, select, BY_START if by_start else BY_AGE)


class _Told(NamedTuple):
    """An interview as JSON, and what its place in a list depends on."""

    told: str
    created_at: datetime
    starts_at: datetime | None
    interview_id: InterviewId


def _filters(wanted: InterviewsWanted) -> list[Filter]:
    return [
        ("kit_id = ANY (ARRAY(SELECT kit_id FROM kits WHERE job_id = {}))", wanted.job),
        ("kit_id = {}", wanted.kit),
        ("candidate_id = {}", wanted.candidate),
        ("state = ANY ({}::text[])", list(wanted.states) or None),
        *spans("created_at", wanted.created),
        *spans("starts_at", wanted.starts),
        (
            (
                "state = ANY ({}::text[]) AND EXISTS (SELECT FROM accommodations AS asked"
                " WHERE asked.tenant = interviews.tenant"
                " AND asked.interview_id = interviews.interview_id AND asked.waits)"
            ),
            sorted(MOVABLE) if wanted.asking else None,
        ),
    ]


def as_interview(row: asyncpg.Record) -> Interview:
    # In the order of the columns: a list makes two hundred of them.
    name, tenant, kit, version, candidate, state, *rest = row
    rest[-2] = tuple(rest[-2])
    return Interview(name, tenant, kit, version, candidate, STATES[state], *rest)
