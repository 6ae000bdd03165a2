"""A tenant's chains in memory."""
# ruff: noqa: ARG002 (nobody asks when they were changed, nor for another's)

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from interview.providers import Providers
from interview.store.memory.work import Work
from interview.store.sealed_providers import open_providers, seal_providers


@dataclass
class MemoryProviders:
    work: Work

    async def get(self) -> Providers:
        if (row := self.work.tables.providers.get(self.work.tenant)) is None:
            return Providers()
        key = await self.work.vault.key_about(None)
        return open_providers(key, self.work.tenant, *row)

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        row = self.work.tables.providers.get(self.work.tenant)
        return row[1] if row else Providers().revision

    async def put(self, providers: Providers, at: datetime) -> Providers:
        tenant = self.work.tenant
        changed = replace(providers, revision=await self.revision(tenant) + 1)
        key = await self.work.vault.key_about(None)
        sealed = seal_providers(key, tenant, changed)
        self.work.tables.providers[tenant] = sealed, changed.revision
        return changed
