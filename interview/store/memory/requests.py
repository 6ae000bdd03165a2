"""What candidates ask for and say afterwards, in memory."""
# ruff: noqa: ARG002 (there is one transaction at a time: every row is locked)

from collections.abc import Iterable
from dataclasses import dataclass, replace
from operator import attrgetter

from interview.ids import InterviewId, RequestId
from interview.ports import Page, RequestsWanted
from interview.requests import Feedback, Request
from interview.store.cursors import Cursor
from interview.store.memory.work import Work
from interview.store.sealed_requests import (
    SealedRequest,
    open_feedback,
    open_request,
    seal_feedback,
    seal_request,
    seal_settled,
)


@dataclass
class MemoryRequests:
    work: Work

    async def add(self, request: Request) -> None:
        work = self.work
        key = await work.vault.key("interview", request.interview)
        if request.turn is not None:
            work.tables.turns.find((*work.row(request.interview), request.turn))
        sealed = seal_request(key, work.tenant, request)
        work.tables.requests.insert(work.row(request.request_id), sealed)

    async def get(self, request: RequestId, *, lock: bool = False) -> Request:
        sealed = self.work.tables.requests.find(self.work.row(request))
        [opened] = await self._opened([sealed])
        return opened

    async def settle(self, request: Request) -> None:
        work, row = self.work, self.work.row(request.request_id)
        held = work.tables.requests.find(row)
        assert request.settled is not None, "an answer was given"
        key = await work.vault.key("interview", request.interview)
        sealed = seal_settled(key, work.tenant, request.request_id, request.settled)
        work.tables.requests[row] = replace(
            held, outcome=request.outcome, sealed_answer=sealed, settled_at=request.settled_at
        )

    async def of(self, interview: InterviewId) -> tuple[Request, ...]:
        mine = self._mine(RequestsWanted(interview=interview))
        return await self._opened(sorted(mine, key=attrgetter("created_at", "request_id")))

    async def page(self, limit: int, after: str | None, wanted: RequestsWanted) -> Page[Request]:
        found = self.work.page(self._mine(wanted), _cursor, limit, after, wanted)
        return Page(await self._opened(found.items), found.next)

    def _mine(self, wanted: RequestsWanted) -> Iterable[SealedRequest]:
        return (
            each
            for each in self.work.mine(self.work.tables.requests)
            if wanted.interview in (None, each.interview)
            and wanted.kind in (None, each.kind)
            and wanted.open in (None, each.outcome is None)
        )

    async def _opened(self, sealed: Iterable[SealedRequest]) -> tuple[Request, ...]:
        found = tuple(sealed)
        keys = await self.work.vault.load("interview", [each.interview for each in found])
        tenant = self.work.tenant
        return tuple(open_request(keys.get(each.interview), tenant, each) for each in found)


def _cursor(request: SealedRequest) -> Cursor:
    return Cursor(request.created_at, request.request_id)


@dataclass
class MemoryFeedbacks:
    work: Work

    async def put(self, feedback: Feedback) -> None:
        key = await self.work.vault.key("interview", feedback.interview)
        row = self.work.row(feedback.interview)
        self.work.tables.feedback[row] = seal_feedback(key, self.work.tenant, feedback)

    async def of(self, interview: InterviewId) -> Feedback | None:
        key = await self.work.vault.key("interview", interview)
        sealed = self.work.tables.feedback.get(self.work.row(interview))
        return open_feedback(key, self.work.tenant, sealed) if sealed else None
