"""What the nouns of one memory transaction share."""
# ruff: noqa: ARG002 (nobody asks when a key was made or destroyed)

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from interview.ids import InterviewId, TenantId
from interview.ports import Page, Wanted
from interview.sealing import Subject, SubjectKind
from interview.store.cursors import Cursor, decode, page_of
from interview.store.memory.tables import Row, Table, Tables
from interview.store.vault import Vault, WrappedKey

T = TypeVar("T")


@dataclass
class Work:
    """The tables as this transaction sees them, its tenant and keys, and whom it wakes."""

    tables: Tables
    tenant: TenantId
    vault: Vault
    woken: set[InterviewId] = field(default_factory=set)

    def row(self, key: UUID) -> Row:
        """The key of a row of this tenant."""
        return self.tenant, key

    def page(
        self,
        rows: Iterable[T],
        cursor: Callable[[T], Cursor],
        limit: int,
        after: str | None,
        wanted: Wanted,
    ) -> Page[T]:
        """Of those rows, in the order of their cursors or against it."""
        descending = wanted.sort.startswith("-")
        ordered = sorted(rows, key=cursor, reverse=descending)
        if after is not None:
            last = decode(after, wanted)
            ordered = [r for r in ordered if (cursor(r) < last if descending else cursor(r) > last)]
        return page_of(ordered[: limit + 1], cursor, limit, wanted)

    def mine(self, table: Table[Row, T]) -> Iterator[T]:
        """This tenant's rows."""
        return (row for (tenant, _), row in table.items() if tenant == self.tenant)


@dataclass
class MemoryShelf:
    """Wrapped keys of one tenant."""

    tables: Tables
    tenant: TenantId

    async def load(self, kind: SubjectKind, subjects: Sequence[UUID]) -> Sequence[WrappedKey]:
        wanted: Iterable[Subject] = (
            Subject("tenant", self.tenant),
            *(Subject(kind, subject) for subject in subjects),
        )
        found = (self.tables.data_keys.get((self.tenant, subject)) for subject in wanted)
        return [key for key in found if key is not None]

    async def add(self, key: WrappedKey, at: datetime) -> None:
        self.tables.data_keys.insert((self.tenant, key.subject), key)

    async def destroy(self, subject: Subject, at: datetime) -> None:
        known = self.tables.data_keys.find((self.tenant, subject))
        self.tables.data_keys[self.tenant, subject] = WrappedKey(known.key_id, subject, None)
