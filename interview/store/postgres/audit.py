"""The audit trail in PostgreSQL."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from interview.audit import Actor, AuditEnd, AuditEntry, Deed, entry_after
from interview.store.postgres.work import Work

OPEN_END = """
    INSERT INTO audit_ends (tenant, seq, head) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
"""

END_LOCKED = "SELECT seq, head FROM audit_ends WHERE tenant = $1 FOR NO KEY UPDATE"

END = "SELECT seq, head FROM audit_ends WHERE tenant = $1"

MOVE_AUDIT_END = "UPDATE audit_ends SET seq = $2, head = $3 WHERE tenant = $1"

ADD_ENTRY = """
    INSERT INTO audit_entries (
        tenant, seq, entry_id, at, actor_kind, actor, action, subject, facts, prev_hash, hash
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11)
"""

ENTRIES = """
    SELECT tenant, seq, entry_id, at, actor_kind, actor, action, subject, facts, prev_hash, hash
    FROM audit_entries
    WHERE tenant = $1 AND seq > $2 AND ($4::text IS NULL OR subject = $4)
    ORDER BY seq LIMIT $3
"""


@dataclass(frozen=True)
class PostgresAudit:
    work: Work

    async def add(self, entry: UUID, at: datetime, deed: Deed) -> AuditEntry:
        session, tenant = self.work.session, self.work.tenant
        await session.execute(OPEN_END, tenant, AuditEnd().seq, AuditEnd().head)
        end = AuditEnd(*await session.row(END_LOCKED, tenant))
        made = entry_after(end, tenant, entry, at, deed)
        await session.execute(
            ADD_ENTRY,
            tenant,
            made.seq,
            entry,
            at,
            deed.actor.kind,
            deed.actor.id,
            deed.action,
            deed.subject,
            json.dumps(dict(deed.facts)),
            made.prev_hash,
            made.hash,
        )
        await session.execute(MOVE_AUDIT_END, tenant, made.seq, made.hash)
        return made

    async def end(self) -> AuditEnd:
        row = await self.work.session.row_or_none(END, self.work.tenant)
        return AuditEnd(*row) if row else AuditEnd()

    async def read(
        self, after: int = 0, limit: int | None = None, subject: str | None = None
    ) -> tuple[AuditEntry, ...]:
        rows = await self.work.session.rows(ENTRIES, self.work.tenant, after, limit, subject)
        return tuple(map(_entry, rows))


def _entry(row: asyncpg.Record) -> AuditEntry:
    deed = Deed(
        Actor(row["actor_kind"], row["actor"]),
        row["action"],
        row["subject"],
        json.loads(row["facts"]),
    )
    return AuditEntry(
        row["tenant"], row["seq"], row["entry_id"], row["at"], deed, row["prev_hash"], row["hash"]
    )
