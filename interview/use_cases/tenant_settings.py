"""What a tenant sets for itself: read and changed."""

from collections.abc import Callable

from interview.ids import TenantId
from interview.tenant_settings import TenantSettings
from interview.use_cases.world import World


async def get_settings(world: World, tenant: TenantId) -> TenantSettings:
    """The defaults as long as nothing was set."""
    async with world.transaction(tenant) as tx:
        return await tx.settings.get()


async def change_settings(
    world: World, tenant: TenantId, change: Callable[[TenantSettings], TenantSettings]
) -> tuple[TenantSettings, TenantSettings]:
    """As they were, and as they are now; what changes nothing is no change."""
    async with world.transaction(tenant) as tx:
        await tx.settings.revision(tenant, lock=True)
        before = await tx.settings.get()
        wanted = change(before)
        return before, before if wanted == before else await tx.settings.put(wanted, world.now())
