"""Interview kits: drafts, and the versions that are held."""

from dataclasses import replace

from interview.accounts import KitRecord, KitVersion
from interview.errors import KitIncomplete, named_by
from interview.ids import JobId, KitId, TenantId
from interview.kit import Kit, gaps
from interview.kit_changes import Change, changes
from interview.languages import SPOKEN
from interview.ports import KitsWanted, Page
from interview.use_cases.world import World


class KitHasGaps(KitIncomplete):
    """The kit cannot be published yet; `gaps` has every reason as (field, what is missing)."""

    def __init__(self, found: tuple[tuple[str, str], ...]) -> None:
        super().__init__(f"The kit cannot be published yet: {len(found)} thing(s) are missing.")
        self.gaps = found


async def create_kit(world: World, tenant: TenantId, job: JobId, kit: Kit) -> KitRecord:
    """A draft. Raises `NotFound` for an unknown job."""
    record = KitRecord(KitId(world.ids.new()), job, kit, version=None, created_at=world.now())
    async with world.transaction(tenant) as tx:
        with named_by("job_id"):
            await tx.jobs.get(job)
        await tx.kits.add(record)
    return record


async def get_kit(world: World, tenant: TenantId, kit: KitId) -> KitRecord:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.kits.get(kit)


async def change_kit(
    world: World, tenant: TenantId, kit: KitId, job: JobId, content: Kit
) -> KitRecord:
    """A draft in another form. Raises `NotFound` for kit or job, `KitFrozen`."""
    async with world.transaction(tenant) as tx:
        with named_by("job_id"):
            await tx.jobs.get(job)
        return await tx.kits.change(replace(await tx.kits.get(kit), job_id=job, kit=content))


async def drop_kit(world: World, tenant: TenantId, kit: KitId) -> None:
    """Deletes a draft. Raises `NotFound`, `KitFrozen`."""
    async with world.transaction(tenant) as tx:
        await tx.kits.drop(kit)


async def list_kits(
    world: World, tenant: TenantId, limit: int, after: str | None, wanted: KitsWanted
) -> Page[KitRecord]:
    """One page of those that are wanted, drafts and versions."""
    async with world.transaction(tenant) as tx:
        return await tx.kits.page(limit, after, wanted)


async def copy_kit(world: World, tenant: TenantId, source: KitId, job: JobId) -> KitRecord:
    """A draft of `job` with the content of a version or of another draft. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        with named_by("kit_id"):
            found = await tx.kits.get(source)
    return await create_kit(world, tenant, job, found.kit)


async def versions_of(
    world: World, tenant: TenantId, job: JobId, limit: int, before: int
) -> tuple[KitVersion, ...]:
    """The job's versions, newest first. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        await tx.jobs.get(job)
        return await tx.kits.versions(job, limit, before)


async def compare_kits(
    world: World, tenant: TenantId, old: KitId, new: KitId
) -> tuple[Change, ...]:
    """What was changed between two kits. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        with named_by("base"):
            base = (await tx.kits.get(old)).kit
        return changes(base, (await tx.kits.get(new)).kit)


async def publish_kit(
    world: World, tenant: TenantId, kit: KitId, spoken: frozenset[str] = SPOKEN
) -> KitRecord:
    """Freezes the draft as a version. Raises `NotFound`, `KitFrozen`, `KitHasGaps`."""
    async with world.transaction(tenant) as tx:
        record = await tx.kits.get(kit)
        if missing := tuple(gaps(record.kit, spoken)):
            raise KitHasGaps(missing)
        return await tx.kits.publish(kit, world.now())
