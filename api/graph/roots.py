"""Where a question begins, and what can be followed."""

from collections.abc import AsyncGenerator, Callable
from typing import ParamSpec, TypeVar
from uuid import UUID

import strawberry
from interview.errors import Invalid
from interview.ids import CandidateId, InterviewId, JobId, KitId
from interview.lifecycle import State
from interview.ports import InterviewsWanted
from interview.ports import Page as Found
from interview.ports.lists import ALL_CANDIDATES, ALL_JOBS, ALL_KITS
from interview.use_cases import audit, candidates, interviews, jobs, kits
from strawberry.types import Info

from api.graph.context import Reading, asked_by, followed_by
from api.graph.following import news
from api.graph.mirrors import mirrored
from api.graph.nodes import FEW, Audit, Candidate, Event, Interview, Job, Kit
from api.graph.parts import Page, node, page, page_size, seen_until

P = ParamSpec("P")
S = TypeVar("S")
T = TypeVar("T")
SOME = 50


@node
class Query:
    """What can be asked: each field as far as its operation in REST is open to the caller."""

    @mirrored("Query.jobs")
    async def jobs(
        self, info: Info, limit: int = FEW, after: str | None = None
    ) -> Page[Job] | None:
        most = page_size(limit)
        return _shown(await _read(info, jobs.list_jobs, most, after, ALL_JOBS), Job.of)

    @mirrored("Query.job")
    async def job(self, info: Info, id: UUID) -> Job | None:  # noqa: A002 - its name in the schema
        return Job.of(await _read(info, jobs.get_job, JobId(id)))

    @mirrored("Query.kits")
    async def kits(
        self, info: Info, limit: int = FEW, after: str | None = None
    ) -> Page[Kit] | None:
        most = page_size(limit)
        return _shown(await _read(info, kits.list_kits, most, after, ALL_KITS), Kit.of)

    @mirrored("Query.kit")
    async def kit(self, info: Info, id: UUID) -> Kit | None:  # noqa: A002 - its name in the schema
        return Kit.of(await _read(info, kits.get_kit, KitId(id)))

    @mirrored("Query.candidates")
    async def candidates(
        self, info: Info, limit: int = FEW, after: str | None = None
    ) -> Page[Candidate] | None:
        most = page_size(limit)
        found = await _read(info, candidates.list_candidates, most, after, ALL_CANDIDATES)
        return _shown(found, Candidate.of)

    @mirrored("Query.candidate")
    async def candidate(
        self,
        info: Info,
        id: UUID,  # noqa: A002 - its name in the schema
    ) -> Candidate | None:
        return Candidate.of(await _read(info, candidates.get_candidate, CandidateId(id)))

    @mirrored("Query.interviews")
    async def interviews(
        self, info: Info, limit: int = FEW, after: str | None = None, state: str | None = None
    ) -> Page[Interview] | None:
        most, only = page_size(limit), _state(state)
        wanted = InterviewsWanted(states=(only,) if only else ())
        found = await _read(info, interviews.list_interviews, most, after, wanted)
        return _shown(found, Interview.of)

    @mirrored("Query.interview")
    async def interview(
        self,
        info: Info,
        id: UUID,  # noqa: A002 - its name in the schema
    ) -> Interview | None:
        return Interview.of(await _read(info, interviews.get_interview, InterviewId(id)))

    @mirrored("Query.events")
    async def events(
        self, info: Info, interview: UUID, limit: int = SOME, after: int = 0
    ) -> Page[Event] | None:
        most, which, seq = page_size(limit), InterviewId(interview), seen_until(after)
        reader = asked_by(info).caller.reader
        seen = await _read(info, interviews.events_after, which, reader, seq, most + 1)
        return page(seen.events, most, Event.of, lambda event: event.seq)

    @mirrored("Query.audit")
    async def audit(
        self, info: Info, limit: int = SOME, after: int = 0, subject: str | None = None
    ) -> Page[Audit] | None:
        most, seq = page_size(limit), seen_until(after)
        found = await _read(info, audit.read_audit, seq, most + 1, subject)
        return page(found, most, Audit.of, lambda entry: entry.seq)


async def _read(info: Info, reading: Reading[P, T], *asked: P.args, **named: P.kwargs) -> T:
    return await asked_by(info).reads.read(reading, *asked, **named)


def _shown(found: Found[S], show: Callable[[S], T]) -> Page[T]:
    return Page(items=[show(each) for each in found.items], next=found.next)


def _state(named: str | None) -> State | None:
    try:
        return None if named is None else State(named)
    except ValueError as error:
        raise Invalid(f"state: expected one of {', '.join(State)}", field="state") from error


@node
class Subscription:
    """What can be followed on a socket.

    For who rates blind `events` begins again at the first one as soon as they have rated: what was
    withheld lies among those that they know.
    """

    @strawberry.subscription
    async def events(
        self, info: Info, interview: UUID, after: int = 0
    ) -> AsyncGenerator[Event, None]:
        which, seq = InterviewId(interview), seen_until(after)
        async for event in news(followed_by(info), which, seq):
            yield Event.of(event)
