"""The audit trail: who changed what in this tenant."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from interview.audit import ActorKind, AuditEntry
from interview.kit import Frozen
from interview.use_cases import audit
from pydantic import AwareDatetime, Field

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.shapes import MAX_PAGE, Listed


class AuditSort(StrEnum):
    """By the place in the trail."""

    OLDEST = "seq"
    NEWEST = "-seq"


class AuditQuery(Frozen):
    """`after` is the `seq` of the last entry that is known; `subject` an id that was changed.

    `sort` is `seq` for the oldest first, as the chain goes, and `-seq` for the newest first: then
    those before `after` follow.
    """

    limit: Annotated[int, Field(ge=1, le=MAX_PAGE)] = 100
    after: Annotated[int, Field(ge=0, le=2**31 - 1)] = 0
    subject: Annotated[str, Field(min_length=1, max_length=100)] | None = None
    sort: AuditSort = AuditSort.OLDEST


class AuditView(Frozen):
    """One change: who (`actor`), what (`action`, an operation's name) and to what (`subject`).

    `hash` is SHA-256 over the entry and the `hash` of the one before it.
    """

    seq: int
    id: UUID
    at: AwareDatetime
    actor_kind: ActorKind
    actor: str
    action: str
    subject: str
    facts: dict[str, str]
    hash: str

    @classmethod
    def of(cls, entry: AuditEntry) -> "AuditView":
        return cls(
            seq=entry.seq,
            id=entry.entry_id,
            at=entry.at,
            actor_kind=entry.deed.actor.kind,
            actor=entry.deed.actor.id,
            action=entry.deed.action,
            subject=entry.deed.subject,
            facts=dict(entry.deed.facts),
            hash=entry.hash.hex(),
        )


class AuditPage(Listed[AuditView]):
    """One page of the trail as it was asked for; `next` is null when there is no more for now."""


@operation("GET", "/v1/audit", STAFF, tag="audit")
async def list_audit(call: Call, caller: Staff, query: AuditQuery) -> AuditPage:
    """Read the audit trail."""
    known, most = query.after, query.limit + 1
    if query.sort is AuditSort.OLDEST:
        found = await audit.read_audit(call.world, caller.tenant, known, most, query.subject)
    else:
        before = known or None
        found = await audit.read_latest(call.world, caller.tenant, before, most, query.subject)
    items = found[: query.limit]
    following = str(items[-1].seq) if len(found) > query.limit else None
    return AuditPage(items=tuple(map(AuditView.of, items)), next=following)


OPERATIONS = (list_audit,)
