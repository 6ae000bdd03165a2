"""API keys in PostgreSQL: listed, revoked, seen in use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from interview.accounts import ApiKey, Scope
from interview.errors import NotFound
from interview.ids import MemberId
from interview.ports import Page
from interview.ports.lists import KeysWanted
from interview.store.cursors import EPOCH, Cursor, decode, kid_cursor, kid_of, page_of
from interview.store.postgres.work import Work

ADD_API_KEY = """
    INSERT INTO api_keys (
        kid, tenant, digest, scopes, created_at, expires_at, revoked_at, name, member_id,
        last_used_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
"""

API_KEY = """
    SELECT kid, tenant, digest, scopes, created_at, expires_at, revoked_at, name, member_id,
        last_used_at
    FROM api_keys WHERE tenant = $1 AND kid = $2
"""

API_KEYS = """
    SELECT kid, tenant, digest, scopes, created_at, expires_at, revoked_at, name, member_id,
        last_used_at
    FROM api_keys WHERE tenant = $1 AND (created_at, kid COLLATE "C") > ($2, $3)
    ORDER BY created_at, kid COLLATE "C" LIMIT $4
"""

REVOKE_KEY = """
    UPDATE api_keys SET revoked_at = coalesce(revoked_at, $3) WHERE tenant = $1 AND kid = $2
    RETURNING kid
"""

REVOKE_KEYS_BEYOND = """
    UPDATE api_keys SET revoked_at = $4
    WHERE tenant = $1 AND member_id = $2 AND NOT scopes <@ $3::text[] AND revoked_at IS NULL
    RETURNING kid
"""

TOUCH_KEY = """
    UPDATE api_keys SET last_used_at = $3
    WHERE tenant = $1 AND kid = (
        SELECT kid FROM api_keys WHERE tenant = $1 AND kid = $2 FOR NO KEY UPDATE SKIP LOCKED
    )
"""


@dataclass(frozen=True)
class PostgresApiKeys:
    work: Work

    async def add(self, key: ApiKey) -> None:
        if key.tenant != self.work.tenant:
            raise NotFound
        await self.work.session.execute(
            ADD_API_KEY,
            key.kid,
            key.tenant,
            key.digest,
            sorted(key.scopes),
            key.created_at,
            key.expires_at,
            key.revoked_at,
            key.name,
            key.member,
            key.last_used_at,
        )

    async def get(self, kid: str) -> ApiKey:
        shown = self.work.shown_as("kid", kid)
        return _api_key(shown or await self.work.session.row(API_KEY, self.work.tenant, kid))

    async def page(self, limit: int, after: str | None) -> Page[ApiKey]:
        wanted = KeysWanted()
        start = decode(after, wanted) if after is not None else Cursor(EPOCH, UUID(int=0))
        rows = await self.work.session.rows(
            API_KEYS, self.work.tenant, start.at, kid_of(start), limit + 1
        )
        return page_of([_api_key(row) for row in rows], kid_cursor, limit, wanted)

    async def revoke(self, kid: str, at: datetime) -> None:
        await self.work.session.row(REVOKE_KEY, self.work.tenant, kid, at)

    async def revoke_beyond(
        self, member: MemberId, scopes: Iterable[Scope], at: datetime
    ) -> tuple[str, ...]:
        rows = await self.work.session.rows(
            REVOKE_KEYS_BEYOND, self.work.tenant, member, sorted(scopes), at
        )
        return tuple(sorted(row["kid"] for row in rows))

    async def touch(self, kid: str, at: datetime) -> None:
        await self.work.session.execute(TOUCH_KEY, self.work.tenant, kid, at)


def _api_key(row: asyncpg.Record) -> ApiKey:
    return ApiKey(
        kid=row["kid"],
        tenant=row["tenant"],
        digest=row["digest"],
        scopes=frozenset(map(Scope, row["scopes"])),
        created_at=row["created_at"],
        expires_at=row["expires_at"],
        revoked_at=row["revoked_at"],
        name=row["name"],
        member=row["member_id"],
        last_used_at=row["last_used_at"],
    )
