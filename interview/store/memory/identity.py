"""A tenant's identity provider in memory."""
# ruff: noqa: ARG002 (nobody asks when it was changed; there is one at most)

from dataclasses import dataclass, replace
from datetime import datetime
from secrets import randbelow
from uuid import UUID

from interview.oidc import Provider
from interview.store.memory.work import Work
from interview.store.sealed import open_provider_secret, seal_provider_secret


@dataclass
class MemoryIdentityProvider:
    work: Work

    async def get(self) -> Provider:
        outline, sealed, _ = self.work.tables.identity_providers.find(self.work.tenant)
        key = await self.work.vault.key_about(None)
        return replace(outline, client_secret=open_provider_secret(key, self.work.tenant, sealed))

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        table, tenant = self.work.tables.identity_providers, self.work.tenant
        if lock and tenant not in table:
            return 0
        return table.find(tenant)[2]

    async def put(self, provider: Provider, at: datetime) -> None:
        key = await self.work.vault.key_about(None)
        sealed = seal_provider_secret(key, self.work.tenant, provider)
        outline = replace(provider, client_secret="")
        known = await self.revision(self.work.tenant, lock=True)
        revision = known + 1 if known else 1 + randbelow(1_000_000_000)
        self.work.tables.identity_providers[self.work.tenant] = outline, sealed, revision

    async def remove(self) -> None:
        self.work.tables.identity_providers.pop(self.work.tenant, None)
