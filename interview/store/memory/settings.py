"""A tenant's settings in memory."""
# ruff: noqa: ARG002 (nobody asks when they were changed, nor for another's)

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from interview.store.memory.work import Work
from interview.tenant_settings import TenantSettings


@dataclass
class MemoryTenantSettings:
    work: Work

    async def get(self) -> TenantSettings:
        return self.work.tables.tenant_settings.get(self.work.tenant, TenantSettings())

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        return (await self.get()).revision

    async def put(self, settings: TenantSettings, at: datetime) -> TenantSettings:
        changed = replace(settings, revision=(await self.get()).revision + 1)
        self.work.tables.tenant_settings[self.work.tenant] = changed
        return changed
