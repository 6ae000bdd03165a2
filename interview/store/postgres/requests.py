"""What candidates ask for and say afterwards, in PostgreSQL."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass

import asyncpg

from interview.ids import InterviewId, RequestId
from interview.ports import Page, RequestsWanted
from interview.requests import Feedback, Request
from interview.store.cursors import Cursor
from interview.store.postgres.lists import Filter, Listing, Order
from interview.store.postgres.work import Work
from interview.store.sealed_requests import (
    SealedFeedback,
    SealedRequest,
    open_feedback,
    open_request,
    seal_feedback,
    seal_request,
    seal_settled,
)

ADD_REQUEST = """
    INSERT INTO candidate_requests (
        tenant, request_id, interview_id, kind, turn_id, sealed_words, created_at, outcome,
        sealed_answer, settled_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

REQUESTS = """
    SELECT request_id, interview_id, kind, turn_id, sealed_words, created_at, outcome,
        sealed_answer, settled_at
    FROM candidate_requests
"""

REQUEST = """
    SELECT request_id, interview_id, kind, turn_id, sealed_words, created_at, outcome,
        sealed_answer, settled_at
    FROM candidate_requests WHERE tenant = $1 AND request_id = $2
"""

REQUEST_LOCKED = """
    SELECT request_id, interview_id, kind, turn_id, sealed_words, created_at, outcome,
        sealed_answer, settled_at
    FROM candidate_requests WHERE tenant = $1 AND request_id = $2 FOR NO KEY UPDATE
"""

REQUESTS_OF_INTERVIEW = """
    SELECT request_id, interview_id, kind, turn_id, sealed_words, created_at, outcome,
        sealed_answer, settled_at
    FROM candidate_requests WHERE tenant = $1 AND interview_id = $2
    ORDER BY created_at, request_id
"""

SETTLE_REQUEST = """
    UPDATE candidate_requests SET outcome = $3, sealed_answer = $4, settled_at = $5
    WHERE tenant = $1 AND request_id = $2
    RETURNING request_id
"""

PUT_FEEDBACK = """
    INSERT INTO candidate_feedback (tenant, interview_id, sealed_thought, given_at)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT (tenant, interview_id) DO UPDATE SET
        sealed_thought = excluded.sealed_thought, given_at = excluded.given_at
"""

FEEDBACK = """
    SELECT interview_id, sealed_thought, given_at FROM candidate_feedback
    WHERE tenant = $1 AND interview_id = $2
"""

BY_AGE = Order("created_at", "request_id")


@dataclass(frozen=True)
class PostgresRequests:
    work: Work

    async def add(self, request: Request) -> None:
        key = await self.work.vault.key("interview", request.interview)
        sealed = seal_request(key, self.work.tenant, request)
        await self.work.session.execute(ADD_REQUEST, self.work.tenant, *astuple(sealed))

    async def get(self, request: RequestId, *, lock: bool = False) -> Request:
        sql = REQUEST_LOCKED if lock else REQUEST
        row = await self.work.session.row(sql, self.work.tenant, request)
        [opened] = await self._opened([_request(row)])
        return opened

    async def settle(self, request: Request) -> None:
        assert request.settled is not None, "an answer was given"
        work, name = self.work, request.request_id
        key = await work.vault.key("interview", request.interview)
        sealed = seal_settled(key, work.tenant, name, request.settled)
        said = (request.outcome, sealed, request.settled_at)
        await work.session.row(SETTLE_REQUEST, work.tenant, name, *said)

    async def of(self, interview: InterviewId) -> tuple[Request, ...]:
        rows = await self.work.session.rows(REQUESTS_OF_INTERVIEW, self.work.tenant, interview)
        return await self._opened(map(_request, rows))

    async def page(self, limit: int, after: str | None, wanted: RequestsWanted) -> Page[Request]:
        filters: list[Filter] = [
            ("interview_id = {}", wanted.interview),
            ("kind = {}", wanted.kind),
            ("(outcome IS NULL) = {}", wanted.open),
        ]
        listing = Listing(self.work, REQUESTS, BY_AGE)
        found = await listing.page(wanted, filters, limit, after, _request, _cursor)
        return Page(await self._opened(found.items), found.next)

    async def _opened(self, sealed: Iterable[SealedRequest]) -> tuple[Request, ...]:
        found = tuple(sealed)
        keys = await self.work.vault.load("interview", [each.interview for each in found])
        tenant = self.work.tenant
        return tuple(open_request(keys.get(each.interview), tenant, each) for each in found)


def _request(row: asyncpg.Record) -> SealedRequest:
    return SealedRequest(*row)


def _cursor(request: SealedRequest) -> Cursor:
    return Cursor(request.created_at, request.request_id)


@dataclass(frozen=True)
class PostgresFeedbacks:
    work: Work

    async def put(self, feedback: Feedback) -> None:
        key = await self.work.vault.key("interview", feedback.interview)
        sealed = seal_feedback(key, self.work.tenant, feedback)
        await self.work.session.execute(PUT_FEEDBACK, self.work.tenant, *astuple(sealed))

    async def of(self, interview: InterviewId) -> Feedback | None:
        key = await self.work.vault.key("interview", interview)
        row = await self.work.session.row_or_none(FEEDBACK, self.work.tenant, interview)
        return open_feedback(key, self.work.tenant, SealedFeedback(*row)) if row else None
