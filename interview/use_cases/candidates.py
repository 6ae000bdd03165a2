"""People who are interviewed."""

from dataclasses import replace

from interview.accounts import Candidate
from interview.ids import CandidateId, TenantId
from interview.ports import CandidatesWanted, Page
from interview.use_cases.world import World


async def create_candidate(
    world: World, tenant: TenantId, name: str, email: str, language: str | None
) -> Candidate:
    """A person who can be invited; name and e-mail are kept sealed."""
    candidate = Candidate(CandidateId(world.ids.new()), name, email, language, world.now())
    async with world.transaction(tenant) as tx:
        await tx.candidates.add(candidate)
    return candidate


async def get_candidate(world: World, tenant: TenantId, candidate: CandidateId) -> Candidate:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.candidates.get(candidate)


async def change_candidate(
    world: World,
    tenant: TenantId,
    candidate: CandidateId,
    name: str,
    email: str,
    language: str | None,
) -> Candidate:
    """Raises `NotFound`, `Sealed`."""
    async with world.transaction(tenant) as tx:
        known = await tx.candidates.get(candidate)
        return await tx.candidates.change(replace(known, name=name, email=email, language=language))


async def list_candidates(
    world: World, tenant: TenantId, limit: int, after: str | None, wanted: CandidatesWanted
) -> Page[Candidate]:
    """One page of those that are wanted."""
    async with world.transaction(tenant) as tx:
        return await tx.candidates.page(limit, after, wanted)
