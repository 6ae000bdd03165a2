"""Positions."""

from uuid import UUID

from interview.accounts import Job
from interview.errors import Code
from interview.ids import JobId
from interview.kit import Frozen
from interview.ports import JobsWanted
from interview.use_cases import jobs
from pydantic import AwareDatetime

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.asking import SortedQuery
from api.v1.shapes import Listed, Title


class JobBody(Frozen):
    """A position to be filled."""

    title: Title


class JobView(Frozen):
    """A position."""

    id: UUID
    title: str
    created_at: AwareDatetime

    @classmethod
    def of(cls, job: Job) -> "JobView":
        return cls(id=job.job_id, title=job.title, created_at=job.created_at)


class JobQuery(SortedQuery):
    """`title` keeps jobs whose title begins like that."""

    title: Title | None = None


class JobPage(Listed[JobView]):
    """One page of jobs; `next` is null on the last one."""


@operation("POST", "/v1/jobs", STAFF, tag="jobs", status=201, creates=True, made=lambda tx: tx.jobs)
async def create_job(call: Call, caller: Staff, body: JobBody) -> JobView:
    """Create a position."""
    return JobView.of(await jobs.create_job(call.world, caller.tenant, body.title))


@operation("GET", "/v1/jobs", STAFF, tag="jobs")
async def list_jobs(call: Call, caller: Staff, query: JobQuery) -> JobPage:
    """List positions."""
    wanted = JobsWanted(query.sort, query.title, query.created)
    page = await jobs.list_jobs(call.world, caller.tenant, query.limit, query.after, wanted)
    return JobPage(items=tuple(map(JobView.of, page.items)), next=page.next)


@operation(
    "GET",
    "/v1/jobs/{job_id}",
    STAFF,
    tag="jobs",
    revised=lambda tx: tx.jobs,
    errors=[Code.NOT_FOUND],
)
async def get_job(call: Call, caller: Staff, job_id: UUID) -> JobView:
    """Get a position."""
    return JobView.of(await jobs.get_job(call.world, caller.tenant, JobId(job_id)))


@operation(
    "PUT",
    "/v1/jobs/{job_id}",
    STAFF,
    tag="jobs",
    revised=lambda tx: tx.jobs,
    errors=[Code.NOT_FOUND],
)
async def update_job(call: Call, caller: Staff, job_id: UUID, body: JobBody) -> JobView:
    """Replace a position."""
    return JobView.of(await jobs.change_job(call.world, caller.tenant, JobId(job_id), body.title))


OPERATIONS = (create_job, list_jobs, get_job, update_job)
