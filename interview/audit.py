"""The audit trail: who changed what, a hash chain per tenant that can only grow.

It holds ids, names of operations and words of closed lists: nothing that anybody said or is
called.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from uuid import UUID

import rfc8785

from interview.chain import GENESIS, timestamp
from interview.errors import ChainBroken
from interview.ids import TenantId
from interview.sealing import Place

ActorKind = Literal["member", "key", "candidate", "system"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member or a candidate's interview by its id, a key by its kid, or ourselves."""

    kind: ActorKind
    id: str


SYSTEM = Actor("system", "vivavoce")


@dataclass(frozen=True, slots=True)
class Deed:
    """One change of state. `subject` is what was changed, by id; `facts` are short words about it,
    such as a role or a state, never a person's."""

    actor: Actor
    action: str
    subject: str
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AuditEnd:
    """Where a tenant's trail ends. `is_marked`: with the installation's key, see `covered`."""

    seq: int = 0
    head: bytes = GENESIS
    is_marked: bool = True


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """A deed in the trail. `seq` counts from 1 without a gap."""

    tenant: TenantId
    seq: int
    entry_id: UUID
    at: datetime
    deed: Deed
    prev_hash: bytes
    hash: bytes


def entry_after(
    end: AuditEnd, tenant: TenantId, entry: UUID, at: datetime, deed: Deed
) -> AuditEntry:
    """The next entry of the trail."""
    made = AuditEntry(tenant, end.seq + 1, entry, at, deed, end.head, b"")
    return replace(made, hash=entry_hash(made))


def entry_hash(entry: AuditEntry) -> bytes:
    """`SHA-256(prev_hash ‖ canonical(entry))`, canonical by RFC 8785."""
    deed = entry.deed
    told: dict[str, str | int | dict[str, str]] = {
        "tenant": str(entry.tenant),
        "seq": entry.seq,
        "entry_id": str(entry.entry_id),
        "at": timestamp(entry.at),
        "actor_kind": deed.actor.kind,
        "actor": deed.actor.id,
        "action": deed.action,
        "subject": deed.subject,
        "facts": dict(deed.facts),
    }
    return hashlib.sha256(entry.prev_hash + rfc8785.dumps(told)).digest()


def covered(tenant: TenantId, seq: int, head: bytes) -> tuple[bytes, Place]:
    """What the mark of an end is made over, with the installation's key.

    Whoever can write to the database can cut entries off or hash them anew, but not make this.
    """
    return seq.to_bytes(8) + head, Place(tenant, "audit_ends", str(tenant), "mark")


def follow(end: AuditEnd, entry: AuditEntry) -> AuditEnd:
    """Where the trail ends with the next entry that was read.

    Raises `ChainBroken` naming the first entry that was edited, deleted or reordered.
    """
    seq = end.seq + 1
    if entry.seq != seq:
        raise ChainBroken(f"audit entry {seq} is missing: the trail goes on with {entry.seq}")
    if entry.prev_hash != end.head:
        raise ChainBroken(f"audit entry {seq} does not follow the one before it")
    if entry.hash != entry_hash(entry):
        raise ChainBroken(f"audit entry {seq} was changed")
    return AuditEnd(seq, entry.hash)


def close(read: AuditEnd, end: AuditEnd) -> None:
    """Raises `ChainBroken` when the trail that was read does not end as the tenant says."""
    if end.seq != read.seq:
        raise ChainBroken(f"the audit trail ends at entry {read.seq}, the tenant says {end.seq}")
    if end.head != read.head:
        raise ChainBroken(f"audit entry {read.seq} is not the head that the tenant names")
    if not end.is_marked:
        raise ChainBroken(
            f"the audit trail ends at entry {read.seq} without the mark of this installation"
        )
