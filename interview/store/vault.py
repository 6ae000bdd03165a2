"""The keys of one transaction: fetched once, unwrapped here, forgotten with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from interview.errors import NotFound, Sealed
from interview.ids import CandidateId, InterviewId, TenantId
from interview.sealing import Place, SealingKey, Subject, SubjectKind, new_key


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A row of data_keys; `wrapped` is None once the key was destroyed."""

    key_id: UUID
    subject: Subject
    wrapped: bytes | None


class KeyShelf(Protocol):
    """Where a transaction keeps wrapped keys."""

    async def load(self, kind: SubjectKind, subjects: Sequence[UUID]) -> Sequence[WrappedKey]:
        """Those of the subjects, and the tenant's own in any case."""
        ...

    async def add(self, key: WrappedKey, at: datetime) -> None: ...
    async def destroy(self, subject: Subject, at: datetime) -> None: ...


class Vault:
    """Makes, finds and destroys the keys of one tenant."""

    def __init__(self, tenant: TenantId, installation: SealingKey, shelf: KeyShelf) -> None:
        self.tenant = tenant
        self._installation = installation
        self._shelf = shelf
        self._known: dict[Subject, SealingKey | None] = {}

    async def make(self, subject: Subject, at: datetime) -> SealingKey:
        """A new key, kept under the tenant's; the tenant's own under the installation's."""
        key, wrapping = new_key(), await self._wrapping(subject)
        wrapped = wrapping.wrap(key, self.tenant, subject)
        await self._shelf.add(WrappedKey(key.key_id, subject, wrapped), at)
        self._known[subject] = key
        return key

    async def key(self, kind: SubjectKind, of: UUID) -> SealingKey:
        """Raises `NotFound` when there is no such subject, `Sealed` when its key was destroyed."""
        subject = Subject(kind, of)
        if subject not in self._known:
            await self.load(kind, [of])
        if subject not in self._known:
            raise NotFound
        if (key := self._known[subject]) is None:
            raise Sealed
        return key

    async def key_about(self, candidate: CandidateId | None) -> SealingKey:
        """The candidate's key, or the tenant's for what is about nobody."""
        if candidate is None:
            return await self.key("tenant", self.tenant)
        return await self.key("candidate", candidate)

    async def load(self, kind: SubjectKind, subjects: Sequence[UUID]) -> dict[UUID, SealingKey]:
        """The keys that are still there; those that are not known yet are fetched together."""
        unknown = [of for of in subjects if Subject(kind, of) not in self._known]
        rows = await self._shelf.load(kind, unknown) if unknown else ()
        for row in sorted(rows, key=_tenant_first):
            if row.subject not in self._known:
                self._known[row.subject] = await self._unwrap(row)
        found = {of: self._known.get(Subject(kind, of)) for of in subjects}
        return {of: key for of, key in found.items() if key is not None}

    def mark(self, clear: bytes, place: Place) -> bytes:
        """The installation's own mark of a value: no key that the database holds makes it."""
        return self._installation.mark(clear, place)

    async def destroy(self, subject: Subject, at: datetime) -> None:
        """For ever: what was sealed with it cannot be opened any more."""
        await self._shelf.destroy(subject, at)
        self._known[subject] = None

    async def _unwrap(self, row: WrappedKey) -> SealingKey | None:
        if row.wrapped is None:
            return None
        wrapping = await self._wrapping(row.subject)
        return wrapping.unwrap(row.key_id, row.wrapped, self.tenant, row.subject)

    async def _wrapping(self, subject: Subject) -> SealingKey:
        if subject.kind == "tenant":
            return self._installation
        return await self.key("tenant", self.tenant)


def _tenant_first(row: WrappedKey) -> bool:
    return row.subject.kind != "tenant"


class VaultKeys:
    """Port `Keys`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    async def seal(self, interview: InterviewId, label: str, clear: bytes) -> bytes:
        key = await self._vault.key("interview", interview)
        return key.seal(clear, self._place(interview, label))

    async def open(self, interview: InterviewId, label: str, sealed: bytes) -> bytes:
        key = await self._vault.key("interview", interview)
        return key.open(sealed, self._place(interview, label))

    async def destroy_interview(self, interview: InterviewId, at: datetime) -> None:
        await self._vault.destroy(Subject("interview", interview), at)

    async def destroy_candidate(self, candidate: CandidateId, at: datetime) -> None:
        await self._vault.destroy(Subject("candidate", candidate), at)

    def _place(self, interview: InterviewId, label: str) -> Place:
        return Place(self._vault.tenant, "objects", str(interview), label)
