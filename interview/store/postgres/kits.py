"""Kits in PostgreSQL: not personal, hence in clear."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import asyncpg

from interview.accounts import KitRecord, KitVersion
from interview.errors import KitFrozen
from interview.ids import JobId, KitId
from interview.kit import Kit
from interview.ports import KitsWanted, Page
from interview.ports.lists import ALL_KITS
from interview.store.cursors import Cursor
from interview.store.postgres.lists import Filter, Listing, Order, spans
from interview.store.postgres.work import Work

MOST_PARSED = 128
"""Kits that are kept parsed in a process."""

ADD_KIT = """
    INSERT INTO kits (tenant, kit_id, job_id, kit, version, created_at, published_at)
    VALUES ($1, $2, $3, $4::jsonb, $5, $6, $7)
"""

KIT = """
    SELECT kit_id, job_id, kit, version, created_at, published_at, revision FROM kits
    WHERE tenant = $1 AND kit_id = $2
"""

KITS = """
    SELECT kit_id, job_id, kit, version, created_at, published_at, revision FROM kits
"""
KITS_BY_AGE = Order("created_at", "kit_id")

LOCK_VERSIONS = "SELECT job_id FROM jobs WHERE tenant = $1 AND job_id = $2 FOR NO KEY UPDATE"

PUBLISH_KIT = """
    UPDATE kits SET published_at = $3, version = (
        SELECT coalesce(max(other.version), 0) + 1 FROM kits AS other
        WHERE other.tenant = kits.tenant AND other.job_id = kits.job_id
    )
    WHERE tenant = $1 AND kit_id = $2 AND version IS NULL
    RETURNING kit_id, job_id, kit, version, created_at, published_at, revision
"""


KIT_REVISION = "SELECT revision FROM kits WHERE tenant = $1 AND kit_id = $2"

KIT_REVISION_LOCKED = """
    SELECT revision FROM kits WHERE tenant = $1 AND kit_id = $2 FOR NO KEY UPDATE
"""

CHANGE_KIT = """
    UPDATE kits SET job_id = $3, kit = $4::jsonb WHERE tenant = $1 AND kit_id = $2
    RETURNING kit_id, job_id, kit, version, created_at, published_at, revision
"""

DROP_KIT = "DELETE FROM kits WHERE tenant = $1 AND kit_id = $2 RETURNING kit_id"


VERSIONS = """
    SELECT kit_id, version, kit ->> 'name' AS name, kit ->> 'language' AS language, created_at,
        published_at
    FROM kits WHERE tenant = $1 AND job_id = $2 AND version < $3
    ORDER BY version DESC LIMIT $4
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

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        return await self.work.revision(KIT_REVISION_LOCKED if lock else KIT_REVISION, thing)

    async def change(self, kit: KitRecord) -> KitRecord:
        content = kit.kit.model_dump_json()
        row = await self.work.session.row(
            CHANGE_KIT, self.work.tenant, kit.kit_id, kit.job_id, content
        )
        return as_kit(row)

    async def drop(self, kit: KitId) -> None:
        await self.work.session.row(DROP_KIT, self.work.tenant, kit)

    async def publish(self, kit: KitId, at: datetime) -> KitRecord:
        draft = await self.get(kit)
        await self.work.session.row(LOCK_VERSIONS, self.work.tenant, draft.job_id)
        row = await self.work.session.row_or_none(PUBLISH_KIT, self.work.tenant, kit, at)
        if row is None:
            raise KitFrozen
        return as_kit(row)

    async def versions(self, job: JobId, limit: int, before: int) -> tuple[KitVersion, ...]:
        rows = await self.work.session.rows(VERSIONS, self.work.tenant, job, before, limit)
        return tuple(KitVersion(**dict(row)) for row in rows)

    async def page(
        self, limit: int, after: str | None, wanted: KitsWanted = ALL_KITS
    ) -> Page[KitRecord]:
        filters: list[Filter] = [
            ("job_id = {}", wanted.job),
            ("(version IS NOT NULL) = {}", wanted.published),
            *spans("created_at", wanted.created),
        ]
        listing = Listing(self.work, KITS, KITS_BY_AGE)
        return await listing.page(wanted, filters, limit, after, as_kit, _cursor)


def as_kit(row: asyncpg.Record) -> KitRecord:
    read = _published if row["version"] is not None else Kit.model_validate_json
    return KitRecord(
        kit_id=row["kit_id"],
        job_id=row["job_id"],
        kit=read(row["kit"]),
        version=row["version"],
        created_at=row["created_at"],
        published_at=row["published_at"],
        revision=row["revision"],
    )


@lru_cache(maxsize=MOST_PARSED)
def _published(text: str) -> Kit:
    """A published kit never changes, and is read with each interview: it is parsed once.

    By its very text, so that nothing has to be told when something else is published.
    """
    return Kit.model_validate_json(text)


def _cursor(kit: KitRecord) -> Cursor:
    return Cursor(kit.created_at, kit.kit_id)
