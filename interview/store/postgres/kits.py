"""Kits in PostgreSQL: not personal, hence in clear."""

from dataclasses import dataclass
from datetime import datetime

import asyncpg

from interview.accounts import KitRecord
from interview.errors import KitFrozen
from interview.ids import KitId
from interview.kit import Kit
from interview.ports import Page
from interview.store.cursors import Cursor, decode, page_of
from interview.store.postgres.work import Work

ADD_KIT = """
    INSERT INTO kits (tenant, kit_id, job_id, kit, version, created_at, published_at)
    VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)
"""

KIT = """
    SELECT kit_id, job_id, kit, version, created_at, published_at FROM kits
    WHERE tenant = $1 AND kit_id = $2
"""

KITS = """
    SELECT kit_id, job_id, kit, version, created_at, published_at FROM kits
    WHERE tenant = $1 AND (created_at, kit_id) > ($2, $3)
    ORDER BY created_at, kit_id LIMIT $4
"""

LOCK_VERSIONS = "SELECT job_id FROM jobs WHERE tenant = $1 AND job_id = $2 FOR NO KEY UPDATE"

PUBLISH_KIT = """
    UPDATE kits SET published_at = $3, version = (
        SELECT coalesce(max(other.version), 0) + 1 FROM kits AS other
        WHERE other.tenant = kits.tenant AND other.job_id = kits.job_id
    )
    WHERE tenant = $1 AND kit_id = $2 AND version IS NULL
    RETURNING kit_id, job_id, kit, version, created_at, published_at
"""


@dataclass(frozen=True)
class PostgresKits:
    work: Work

    async def add(self, kit: KitRecord) -> None:
        await self.work.session.execute(
            ADD_KIT,
            self.work.tenant,
            kit.kit_id,
            kit.job_id,
            kit.kit.model_dump_json(),
            kit.version,
            kit.created_at,
            kit.published_at,
        )

    async def get(self, kit: KitId) -> KitRecord:
        return as_kit(await self.work.session.row(KIT, self.work.tenant, kit))

    async def publish(self, kit: KitId, at: datetime) -> KitRecord:
        draft = await self.get(kit)
        await self.work.session.row(LOCK_VERSIONS, self.work.tenant, draft.job_id)
        row = await self.work.session.row_or_none(PUBLISH_KIT, self.work.tenant, kit, at)
        if row is None:
            raise KitFrozen
        return as_kit(row)

    async def page(self, limit: int, after: str | None) -> Page[KitRecord]:
        start = decode(after)
        rows = await self.work.session.rows(
            KITS, self.work.tenant, start.created_at, start.id, limit + 1
        )
        return page_of([as_kit(row) for row in rows], _cursor, limit)


def as_kit(row: asyncpg.Record) -> KitRecord:
    return KitRecord(
        kit_id=row["kit_id"],
        job_id=row["job_id"],
        kit=Kit.model_validate_json(row["kit"]),
        version=row["version"],
        created_at=row["created_at"],
        published_at=row["published_at"],
    )


def _cursor(kit: KitRecord) -> Cursor:
    return Cursor(kit.created_at, kit.kit_id)
