"""A tenant's chains in PostgreSQL."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from interview.providers import Providers
from interview.store.postgres.work import Work
from interview.store.sealed_providers import open_providers, seal_providers

PROVIDERS = "SELECT sealed_chains, revision FROM providers WHERE tenant = $1"

LOCK_PROVIDERS = (
    "SELECT pg_advisory_xact_lock(hashtextextended('providers of ' || $1::uuid::text, 0))"
)

PUT_PROVIDERS = """
    INSERT INTO providers (tenant, sealed_chains, revision, changed_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (tenant) DO UPDATE SET
        sealed_chains = excluded.sealed_chains, revision = excluded.revision,
        changed_at = excluded.changed_at
"""


@dataclass(frozen=True)
class PostgresProviders:
    work: Work

    async def get(self) -> Providers:
        row = await self.work.session.row_or_none(PROVIDERS, self.work.tenant)
        if row is None:
            return Providers()
        key = await self.work.vault.key_about(None)
        return open_providers(key, self.work.tenant, row["sealed_chains"], row["revision"])

    async def revision(self, _: UUID, *, lock: bool = False) -> int:
        if lock:  # there may be no row yet that could be held
            await self.work.session.execute(LOCK_PROVIDERS, str(self.work.tenant))
        row = await self.work.session.row_or_none(PROVIDERS, self.work.tenant)
        return row["revision"] if row else Providers().revision

    async def put(self, providers: Providers, at: datetime) -> Providers:
        tenant = self.work.tenant
        # What is sealed is sealed for its revision, so that is known before it is stored.
        changed = replace(providers, revision=await self.revision(tenant, lock=True) + 1)
        key = await self.work.vault.key_about(None)
        sealed = seal_providers(key, tenant, changed)
        await self.work.session.execute(PUT_PROVIDERS, tenant, sealed, changed.revision, at)
        return changed
