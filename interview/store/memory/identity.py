"""A tenant's identity provider in memory."""
# ruff: noqa: ARG002 (nobody asks when it was changed)

from dataclasses import dataclass, replace
from datetime import datetime

from interview.oidc import Provider
from interview.store.memory.work import Work
from interview.store.sealed import open_provider_secret, seal_provider_secret


@dataclass
class MemoryIdentityProvider:
    work: Work

    async def get(self) -> Provider:
        outline, sealed = self.work.tables.identity_providers.find(self.work.tenant)
        key = await self.work.vault.key_about(None)
        return replace(outline, client_secret=open_provider_secret(key, self.work.tenant, sealed))

    async def put(self, provider: Provider, at: datetime) -> None:
        key = await self.work.vault.key_about(None)
        sealed = seal_provider_secret(key, self.work.tenant, provider)
        outline = replace(provider, client_secret="")
        self.work.tables.identity_providers[self.work.tenant] = outline, sealed

    async def remove(self) -> None:
        self.work.tables.identity_providers.pop(self.work.tenant, None)
