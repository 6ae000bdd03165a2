"""Who hears, speaks and thinks for a tenant: named by it, and read by whoever works for it."""

from collections.abc import Mapping
from dataclasses import replace

from interview.addresses import Reach
from interview.ids import TenantId
from interview.providers import Budget, Given, Providers, Purpose, chain_of
from interview.use_cases.world import World


async def get_providers(world: World, tenant: TenantId) -> Providers:
    """Empty chains as long as it has named none."""
    async with world.transaction(tenant) as tx:
        return await tx.providers.get()


async def put_providers(
    world: World,
    tenant: TenantId,
    reach: Reach,
    given: Mapping[Purpose, tuple[Given, ...]],
    budget: Budget | None,
) -> tuple[Providers, Providers]:
    """As they were, and as they are now; what changes nothing is no change.

    Raises `Invalid` for an endpoint that may not be called, and for a key that is not told.
    """
    async with world.transaction(tenant) as tx:
        await tx.providers.revision(tenant, lock=True)
        before = await tx.providers.get()
        wanted = replace(
            before,
            stt=chain_of("stt", given["stt"], before.stt, reach),
            tts=chain_of("tts", given["tts"], before.tts, reach),
            llm=chain_of("llm", given["llm"], before.llm, reach),
            budget=budget,
        )
        return before, before if wanted == before else await tx.providers.put(wanted, world.now())
