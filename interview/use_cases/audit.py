"""The audit trail, read."""

from interview.audit import AuditEntry
from interview.ids import TenantId
from interview.use_cases.world import World


async def read_audit(
    world: World, tenant: TenantId, after: int, limit: int, subject: str | None
) -> tuple[AuditEntry, ...]:
    """Up to `limit` entries with `seq > after`, oldest first."""
    async with world.transaction(tenant) as tx:
        return await tx.audit.read(after, limit, subject)


async def read_latest(
    world: World, tenant: TenantId, before: int | None, limit: int, subject: str | None
) -> tuple[AuditEntry, ...]:
    """Up to `limit` entries with `seq < before`, or of all of them, newest first."""
    async with world.transaction(tenant) as tx:
        return await tx.audit.latest(before, limit, subject)
