"""Positions that people are interviewed for."""

from dataclasses import replace

from interview.accounts import Job
from interview.ids import JobId, TenantId
from interview.ports import JobsWanted, Page
from interview.use_cases.world import World


async def create_job(world: World, tenant: TenantId, title: str) -> Job:
    """A position."""
    job = Job(JobId(world.ids.new()), title, world.now())
    async with world.transaction(tenant) as tx:
        await tx.jobs.add(job)
    return job


async def get_job(world: World, tenant: TenantId, job: JobId) -> Job:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.jobs.get(job)


async def change_job(world: World, tenant: TenantId, job: JobId, title: str) -> Job:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.jobs.change(replace(await tx.jobs.get(job), title=title))


async def list_jobs(
    world: World, tenant: TenantId, limit: int, after: str | None, wanted: JobsWanted
) -> Page[Job]:
    """One page of those that are wanted."""
    async with world.transaction(tenant) as tx:
        return await tx.jobs.page(limit, after, wanted)
