"""A tenant's settings in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from interview.accounts import Role
from interview.store.postgres.work import Work
from interview.tenant_settings import TenantSettings

SETTINGS = """
    SELECT allowed_origins, sends_mail, reply_to, time_zone, blind_roles, shares_results,
        observers_may_hide, floor_returns_after_s, interviewer_awaited_s, revision
    FROM tenant_settings WHERE tenant = $1
"""

LOCK_SETTINGS = (
    "SELECT pg_advisory_xact_lock(hashtextextended('settings of ' || $1::uuid::text, 0))"
)

PUT_SETTINGS = """
    INSERT INTO tenant_settings AS held (
        tenant, allowed_origins, sends_mail, reply_to, time_zone, blind_roles, shares_results,
        observers_may_hide, floor_returns_after_s, interviewer_awaited_s, revision, changed_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 2, $11)
    ON CONFLICT (tenant) DO UPDATE SET
        allowed_origins = excluded.allowed_origins, sends_mail = excluded.sends_mail,
        reply_to = excluded.reply_to, time_zone = excluded.time_zone,
        blind_roles = excluded.blind_roles, shares_results = excluded.shares_results,
        observers_may_hide = excluded.observers_may_hide,
        floor_returns_after_s = excluded.floor_returns_after_s,
        interviewer_awaited_s = excluded.interviewer_awaited_s,
        revision = held.revision + 1, changed_at = excluded.changed_at
    RETURNING allowed_origins, sends_mail, reply_to, time_zone, blind_roles, shares_results,
        observers_may_hide, floor_returns_after_s, interviewer_awaited_s, revision
"""


@dataclass(frozen=True)
class PostgresTenantSettings:
    work: Work

    async def get(self) -> TenantSettings:
        row = await self.work.session.row_or_none(SETTINGS, self.work.tenant)
        return _settings(row) if row else TenantSettings()

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
            settings.observers_may_hide,
            settings.floor_returns_after_s,
            settings.interviewer_awaited_s,
            at,
        )
        return _settings(row)


def _settings(row: asyncpg.Record) -> TenantSettings:
    origins, sends_mail, reply_to, time_zone, blind, *rest = row
    roles = tuple(map(Role, blind))
    return TenantSettings(tuple(origins), sends_mail, reply_to, time_zone, roles, *rest)
