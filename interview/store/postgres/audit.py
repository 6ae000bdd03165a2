"""The audit trail in PostgreSQL."""

import json
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from uuid import UUID

import asyncpg

from interview.audit import Actor, AuditEnd, AuditEntry, Deed, covered, entry_after
from interview.store.postgres.work import Work

OPEN_END = """
    INSERT INTO audit_ends (tenant, seq, head, mark) VALUES ($1, $2, $3, $4)
    ON CONFLICT DO NOTHING
"""

END_LOCKED = "SELECT seq, head, mark FROM audit_ends WHERE tenant = $1 FOR NO KEY UPDATE"

END = "SELECT seq, head, mark FROM audit_ends WHERE tenant = $1"

MOVE_AUDIT_END = "UPDATE audit_ends SET seq = $2, head = $3, mark = $4 WHERE tenant = $1"

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

LATEST_ENTRIES = """
    SELECT tenant, seq, entry_id, at, actor_kind, actor, action, subject, facts, prev_hash, hash
    FROM audit_entries
    WHERE tenant = $1 AND ($2::integer IS NULL OR seq < $2) AND ($4::text IS NULL OR subject = $4)
    ORDER BY seq DESC LIMIT $3
"""


@dataclass(frozen=True)
class PostgresAudit:
    work: Work

    async def open(self) -> None:
        """The end of a trail that is yet to begin, marked; so none may be without."""
        end = AuditEnd()
        await self._open(self._mark(end.seq, end.head))

    async def add(self, entry: UUID, at: datetime, deed: Deed) -> AuditEntry:
        session, tenant = self.work.session, self.work.tenant
        await self._open(b"")
        row = await session.row(END_LOCKED, tenant)
        end = self._end(row)
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
        # What was tampered with is not made good by the next change: a wrong mark stays.
        mark = self._mark(made.seq, made.hash) if end.is_marked else row["mark"]
        await session.execute(MOVE_AUDIT_END, tenant, made.seq, made.hash, mark)
        return made

    async def end(self) -> AuditEnd:
        row = await self.work.session.row_or_none(END, self.work.tenant)
        return self._end(row) if row else AuditEnd(is_marked=False)

    async def vouch(self) -> None:
        tenant = self.work.tenant
        await self._open(b"")
        end = self._end(await self.work.session.row(END_LOCKED, tenant))
        mark = self._mark(end.seq, end.head)
        await self.work.session.execute(MOVE_AUDIT_END, tenant, end.seq, end.head, mark)

    async def read(
        self, after: int = 0, limit: int | None = None, subject: str | None = None
    ) -> tuple[AuditEntry, ...]:
        rows = await self.work.session.rows(ENTRIES, self.work.tenant, after, limit, subject)
        return tuple(map(_entry, rows))

    async def latest(
        self, before: int | None = None, limit: int | None = None, subject: str | None = None
    ) -> tuple[AuditEntry, ...]:
        tenant = self.work.tenant
        rows = await self.work.session.rows(LATEST_ENTRIES, tenant, before, limit, subject)
        return tuple(map(_entry, rows))

    async def _open(self, mark: bytes) -> None:
        end = AuditEnd()
        await self.work.session.execute(OPEN_END, self.work.tenant, end.seq, end.head, mark)

    def _end(self, row: asyncpg.Record) -> AuditEnd:
        seq, head = row["seq"], row["head"]
        return AuditEnd(seq, head, compare_digest(self._mark(seq, head), row["mark"]))

    def _mark(self, seq: int, head: bytes) -> bytes:
        return self.work.vault.mark(*covered(self.work.tenant, seq, head))


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
