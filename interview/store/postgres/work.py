"""What the nouns of one PostgreSQL transaction share."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import asyncpg

from interview.accounts import Interview
from interview.ids import InterviewId, TenantId
from interview.sealing import Subject, SubjectKind
from interview.store.postgres.session import Session
from interview.store.vault import Vault, WrappedKey


@dataclass(frozen=True)
class Work:
    """The session of this transaction, its tenant and keys.

    `shown` is the row that let a caller in, read by the statement that named the tenant. `locked`
    are interviews whose rows this transaction holds, as they are: who changes one drops it here, or
    puts it here as it is now.
    """

    session: Session
    tenant: TenantId
    vault: Vault
    shown: asyncpg.Record | None = None
    locked: dict[InterviewId, Interview] = field(default_factory=dict)

    def shown_as(self, column: str, value: object) -> asyncpg.Record | None:
        """The row that let the caller in, if it is the one with this value."""
        return self.shown if self.shown and self.shown.get(column) == value else None

    async def revision(self, sql: str, thing: UUID) -> int:
        """What `sql` finds of one thing. Raises `NotFound`."""
        found: int = (await self.session.row(sql, self.tenant, thing))["revision"]
        return found


LOAD_KEYS = """
    SELECT key_id, kind, subject, wrapped FROM data_keys
    WHERE tenant = $1 AND (kind = 'tenant' OR (kind = $2 AND subject = ANY ($3::uuid[])))
"""

ADD_KEY = """
    INSERT INTO data_keys (tenant, key_id, kind, subject, wrapped, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)
"""

DESTROY_KEY = """
    UPDATE data_keys SET wrapped = NULL, destroyed_at = coalesce(destroyed_at, $4)
    WHERE tenant = $1 AND kind = $2 AND subject = $3
    RETURNING key_id
"""


@dataclass(frozen=True)
class PostgresShelf:
    """Wrapped keys of one tenant."""

    session: Session
    tenant: TenantId

    async def load(self, kind: SubjectKind, subjects: Sequence[UUID]) -> Sequence[WrappedKey]:
        return [
            _key(row) for row in await self.session.rows(LOAD_KEYS, self.tenant, kind, subjects)
        ]

    async def add(self, key: WrappedKey, at: datetime) -> None:
        subject = key.subject
        await self.session.execute(
            ADD_KEY, self.tenant, key.key_id, subject.kind, subject.id, key.wrapped, at
        )

    async def destroy(self, subject: Subject, at: datetime) -> None:
        await self.session.row(DESTROY_KEY, self.tenant, subject.kind, subject.id, at)


def _key(row: asyncpg.Record) -> WrappedKey:
    return WrappedKey(row["key_id"], Subject(row["kind"], row["subject"]), row["wrapped"])
