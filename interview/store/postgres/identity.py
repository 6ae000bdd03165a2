"""A tenant's identity provider in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from interview.oidc import Provider
from interview.store.postgres.work import Work
from interview.store.sealed import open_provider_secret, seal_provider_secret

PROVIDER = """
    SELECT issuer, client_id, sealed_client_secret FROM identity_providers WHERE tenant = $1
"""

PUT_PROVIDER = """
    INSERT INTO identity_providers (tenant, issuer, client_id, sealed_client_secret, changed_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (tenant) DO UPDATE SET
        issuer = excluded.issuer, client_id = excluded.client_id,
        sealed_client_secret = excluded.sealed_client_secret, changed_at = excluded.changed_at
"""

PROVIDER_REVISION = "SELECT revision FROM identity_providers WHERE tenant = $1"

PROVIDER_REVISION_LOCKED = """
    SELECT revision FROM identity_providers WHERE tenant = $1 FOR NO KEY UPDATE
"""

REMOVE_PROVIDER = "DELETE FROM identity_providers WHERE tenant = $1"


@dataclass(frozen=True)
class PostgresIdentityProvider:
    work: Work

    async def get(self) -> Provider:
        tenant = self.work.tenant
        issuer, client_id, sealed = await self.work.session.row(PROVIDER, tenant)
        key = await self.work.vault.key_about(None)
        return Provider(issuer, client_id, open_provider_secret(key, tenant, sealed))

    async def revision(self, _: UUID, *, lock: bool = False) -> int:
        session, tenant = self.work.session, self.work.tenant
        if lock:
            row = await session.row_or_none(PROVIDER_REVISION_LOCKED, tenant)
            return row["revision"] if row else 0
        found: int = (await session.row(PROVIDER_REVISION, tenant))["revision"]
        return found

    async def put(self, provider: Provider, at: datetime) -> None:
        tenant, key = self.work.tenant, await self.work.vault.key_about(None)
        sealed = seal_provider_secret(key, tenant, provider)
        await self.work.session.execute(
            PUT_PROVIDER, tenant, provider.issuer, provider.client_id, sealed, at
        )

    async def remove(self) -> None:
        await self.work.session.execute(REMOVE_PROVIDER, self.work.tenant)
