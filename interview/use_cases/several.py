"""Looking up many things of a tenant at once, for questions that go from one noun to the next."""

from collections.abc import Mapping, Sequence

from interview.accounts import Candidate, Interview, Invitation, Job, KitRecord
from interview.events import Event
from interview.ids import CandidateId, InterviewId, JobId, KitId, TenantId
from interview.notes import Note
from interview.ports import Slice, SpokenSlice
from interview.scoring import Scorecard
from interview.turns import Turn
from interview.use_cases.world import World


async def jobs(world: World, tenant: TenantId, named: Sequence[JobId]) -> Mapping[JobId, Job]:
    """Those that there are."""
    async with world.transaction(tenant) as tx:
        return await tx.several.jobs(named)


async def kits(world: World, tenant: TenantId, named: Sequence[KitId]) -> Mapping[KitId, KitRecord]:
    """Those that there are."""
    async with world.transaction(tenant) as tx:
        return await tx.several.kits(named)


async def candidates(
    world: World, tenant: TenantId, named: Sequence[CandidateId]
) -> Mapping[CandidateId, Candidate]:
    """Those that there are and that were not erased."""
    async with world.transaction(tenant) as tx:
        return await tx.several.candidates(named)


async def kits_of_jobs(
    world: World, tenant: TenantId, of: Sequence[JobId], wanted: Slice
) -> Mapping[JobId, tuple[KitRecord, ...]]:
    """Drafts and versions, oldest first."""
    async with world.transaction(tenant) as tx:
        return await tx.several.kits_of(of, wanted)


async def interviews_of_kits(
    world: World, tenant: TenantId, of: Sequence[KitId], wanted: Slice
) -> Mapping[KitId, tuple[Interview, ...]]:
    """Oldest first."""
    async with world.transaction(tenant) as tx:
        return await tx.several.interviews_of(of, wanted)


async def turns_of_interviews(
    world: World, tenant: TenantId, of: Sequence[InterviewId], wanted: SpokenSlice
) -> Mapping[InterviewId, tuple[Turn, ...]]:
    """Interviews whose words were erased are left out."""
    async with world.transaction(tenant) as tx:
        return await tx.several.turns_of(of, wanted)


async def scorecards_of_interviews(
    world: World, tenant: TenantId, of: Sequence[InterviewId]
) -> Mapping[InterviewId, tuple[Scorecard, ...]]:
    """Interviews whose words were erased are left out."""
    async with world.transaction(tenant) as tx:
        return await tx.several.scorecards_of(of)


async def decisions_of_interviews(
    world: World, tenant: TenantId, of: Sequence[InterviewId]
) -> Mapping[InterviewId, Event | None]:
    """Interviews whose words were erased are left out."""
    async with world.transaction(tenant) as tx:
        return await tx.several.decisions_of(of)


async def notes_of_interviews(
    world: World, tenant: TenantId, of: Sequence[InterviewId], wanted: Slice
) -> Mapping[InterviewId, tuple[Note, ...]]:
    """Oldest first; interviews whose words were erased are left out."""
    async with world.transaction(tenant) as tx:
        return await tx.several.notes_of(of, wanted)


async def invitations_of_interviews(
    world: World, tenant: TenantId, of: Sequence[InterviewId]
) -> Mapping[InterviewId, tuple[Invitation, ...]]:
    """Every link that was made, oldest first."""
    async with world.transaction(tenant) as tx:
        return await tx.several.invitations_of(of)
