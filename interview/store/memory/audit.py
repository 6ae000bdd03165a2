"""The audit trail in memory."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from interview.audit import AuditEnd, AuditEntry, Deed, entry_after
from interview.store.memory.work import Work


@dataclass
class MemoryAudit:
    work: Work

    async def add(self, entry: UUID, at: datetime, deed: Deed) -> AuditEntry:
        self.work.tables.tenants.find(self.work.tenant)
        made = entry_after(await self.end(), self.work.tenant, entry, at, deed)
        self.work.tables.audit[self.work.tenant] = (*self._entries(), made)
        return made

    async def end(self) -> AuditEnd:
        entries = self._entries()
        return AuditEnd(entries[-1].seq, entries[-1].hash) if entries else AuditEnd()

    async def vouch(self) -> None:
        """Nobody can have written to this memory but we."""

    async def read(
        self, after: int = 0, limit: int | None = None, subject: str | None = None
    ) -> tuple[AuditEntry, ...]:
        found = [e for e in self._entries()[after:] if subject in (None, e.deed.subject)]
        return tuple(found[:limit])

    async def latest(
        self, before: int | None = None, limit: int | None = None, subject: str | None = None
    ) -> tuple[AuditEntry, ...]:
        known = self._entries()[: None if before is None else max(0, before - 1)]
        found = [e for e in reversed(known) if subject in (None, e.deed.subject)]
        return tuple(found[:limit])

    def _entries(self) -> tuple[AuditEntry, ...]:
        return self.work.tables.audit.get(self.work.tenant, ())
