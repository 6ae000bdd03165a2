"""A tenant's settings in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from interview.accounts import Role
from interview.store.postgres.work import Work
from interview.tenant_settings import TenantSettings

SETTINGS = """
    SELECT allowed_origins, sends_mail, reply_to, time_zone, blind_roles, shares_results, revision
    FROM tenant_settings WHERE tenant = $1
"""

LOCK_SETTINGS = (
    "SELECT pg_advisory_xact_lock(hashtextextended('settings of ' || $1::uuid::text, 0))"
)

PUT_SETTINGS = """
    INSERT INTO tenant_settings AS held (
        tenant, allowed_origins, sends_mail, reply_to, time_zone, blind_roles, shares_results,
        revision, changed_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, 2, $8)
    ON CONFLICT (tenant) DO UPDATE SET
        allowed_origins = excluded.allowed_origins, sends_mail = excluded.sends_mail,
        reply_to = excluded.reply_to, time_zone = excluded.time_zone,
        blind_roles = excluded.blind_roles, shares_results = excluded.shares_results,
        revision = held.revision + 1, changed_at = excluded.changed_at
    RETURNING allowed_origins, sends_mail, reply_to, time_zone, blind_roles, shares_results,
        revision
"""


@dataclass(frozen=True)
class PostgresTenantSettings:
    work: Work

    async def get(self) -> TenantSettings:
        row = await self.work.session.row_or_none(SETTINGS, self.work.tenant)
        return _settings(*row) if row else TenantSettings()

    async def revision(self, _: UUID, *, lock: bool = False) -> int:
        if lock:  # there may be no row yet that could be held
            await self.work.session.execute(LOCK_SETTINGS, str(self.work.tenant))
        return (await self.get()).revision

    async def put(self, settings: TenantSettings, at: datetime) -> TenantSettings:
        row = await self.work.session.row(
            PUT_SETTINGS,
            self.work.tenant,
            list(settings.allowed_origins),
            settings.sends_mail,
            settings.reply_to,
            settings.time_zone,
            list(settings.blind_roles),
            settings.shares_results,
            at,
        )
        return _settings(*row)


def _settings(
    origins: list[str],
    sends_mail: bool,
    reply_to: str | None,
    time_zone: str,
    blind: list[str],
    shares_results: bool,
    revision: int,
) -> TenantSettings:
    return TenantSettings(
        allowed_origins=tuple(origins),
        sends_mail=sends_mail,
        reply_to=reply_to,
        time_zone=time_zone,
        blind_roles=tuple(map(Role, blind)),
        shares_results=shares_results,
        revision=revision,
    )
