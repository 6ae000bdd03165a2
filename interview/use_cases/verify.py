"""Whether logs and trails are what was written, and turns and scorecards follow from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from pydantic import ValidationError

from interview import audit, chain
from interview.accounts import Interview
from interview.audit import SYSTEM, AuditEnd, Deed
from interview.by_room import FloorChanged
from interview.chain import card_digest
from interview.errors import ChainBroken, Sealed
from interview.events import Event, ScorecardStored
from interview.floor import at_rest
from interview.ids import InterviewId, TenantId
from interview.ports import Ids, Store, Transaction
from interview.turns import Turn, turns_from

PAGE = 100


@dataclass(frozen=True, slots=True)
class Verified:
    """What held. `opened` is False when the key was destroyed: then the chain alone was checked."""

    tenant: TenantId
    interview: InterviewId
    events: int
    turns: int
    opened: bool
    head: bytes


@dataclass(frozen=True, slots=True)
class Broken:
    """What did not hold, and where."""

    tenant: TenantId
    interview: InterviewId | None
    detail: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far a sound chain went, and the hash that it ended with: who keeps it elsewhere can tell
    later whether that much is still there. Without an interview it is a tenant's audit trail."""

    tenant: TenantId
    interview: InterviewId | None
    seq: int
    head: bytes


@dataclass
class Findings:
    """What `verify_all` found. `audited` counts the entries of sound trails, `heads` are those of
    all that was sound; a broken trail has no interview."""

    verified: list[Verified] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    audited: int = 0
    heads: list[Head] = field(default_factory=list)


Kept = dict[tuple[TenantId, InterviewId | None], Head]
"""What was kept of which chain, until it is compared."""


async def verify_interview(
    store: Store, tenant: TenantId, interview: InterviewId, kept: Head | None = None
) -> Verified:
    """Recompute the chain, the turns, the scorecards' digests and the floor of one interview.

    Raises `ChainBroken` naming the first wrong event, turn or scorecard, also when the log is not
    that whose head was `kept`; `NotFound`.
    """
    async with store.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        links = await tx.events.links(interview)
        count = chain.verify(links, head=held.head, count=held.last_seq)
        _compare(kept, {link.seq: link.hash for link in links})
        try:
            events = await tx.events.read(interview)
        except Sealed:  # what the chain covers is as it was written: it is the key that is gone
            return Verified(tenant, interview, count, 0, opened=False, head=held.head)
        turns = await _verify_turns(tx, interview, events)
        await _verify_scorecards(tx, interview, events)
        _verify_floor(held, events)
    return Verified(tenant, interview, count, turns, opened=True, head=held.head)


async def verify_all(store: Store, kept: Iterable[Head] = ()) -> Findings:
    """Every interview and trail of every tenant, one by one, each also against what was `kept` of
    it; nothing but heads is held in between."""
    findings = Findings()
    known: Kept = {(each.tenant, each.interview): each for each in kept}
    for tenant in await store.tenants():
        after: str | None = None
        while True:
            async with store.transaction(tenant) as tx:
                page = await tx.interviews.page(PAGE, after)
            for interview in page.items:
                await _verify_into(findings, store, tenant, interview.interview_id, known)
            if (after := page.next) is None:
                break
        await _verify_audit_into(findings, store, tenant, known)
    for gone in known.values():
        detail = f"it is missing: {gone.seq} entries of it were there"
        findings.broken.append(Broken(gone.tenant, gone.interview, detail))
    return findings


async def verify_audit(store: Store, tenant: TenantId, kept: Head | None = None) -> AuditEnd:
    """Recompute a tenant's audit trail, a page at a time; its end.

    Raises `ChainBroken`, also when it is not the one whose head was `kept`.
    """
    async with store.transaction(tenant) as tx:
        read, end = await _trail(tx, kept)
    audit.close(read, end)
    if kept and kept.seq > read.seq:
        _compare(kept, {})
    return read


async def vouch(store: Store, tenant: TenantId, now: datetime, ids: Ids) -> int:
    """Marks the end of a trail that holds together, for somebody who answers for what is there;
    the trail tells of it. Returns the number of entries before.

    For trails of before ends were marked. Raises `ChainBroken`, `NotFound`.
    """
    async with store.transaction(tenant) as tx:
        read, end = await _trail(tx, None)
        audit.close(read, replace(end, is_marked=True))
        await tx.audit.vouch()
        await tx.audit.add(ids.new(), now, Deed(SYSTEM, "vouch", str(tenant)))
    return read.seq


async def _trail(tx: Transaction, kept: Head | None) -> tuple[AuditEnd, AuditEnd]:
    """Where the entries lead, and where the tenant says that they end."""
    read = AuditEnd()
    while True:
        end = await tx.audit.end()  # before the page: what comes meanwhile is read with the next
        page = await tx.audit.read(read.seq, PAGE)
        for entry in page:
            read = audit.follow(read, entry)
            if kept and kept.seq == read.seq:
                _compare(kept, {read.seq: read.head})
        if not page:
            return read, end


def _compare(kept: Head | None, hashes: Mapping[int, bytes]) -> None:
    """Raises `ChainBroken` unless what was kept is what is there; before the first entry all are
    alike."""
    if kept and kept.seq and hashes.get(kept.seq) != kept.head:
        what = "event" if kept.interview else "audit entry"
        raise ChainBroken(f"{what} {kept.seq} is not the one whose head was kept")


async def _verify_audit_into(
    findings: Findings, store: Store, tenant: TenantId, known: Kept
) -> None:
    try:
        end = await verify_audit(store, tenant, known.pop((tenant, None), None))
    except ChainBroken as error:
        findings.broken.append(Broken(tenant, None, error.detail))
    else:
        findings.audited += end.seq
        findings.heads.append(Head(tenant, None, end.seq, end.head))


async def _verify_into(
    findings: Findings, store: Store, tenant: TenantId, interview: InterviewId, known: Kept
) -> None:
    try:
        kept = known.pop((tenant, interview), None)
        held = await verify_interview(store, tenant, interview, kept)
    except ChainBroken as error:
        findings.broken.append(Broken(tenant, interview, error.detail))
    else:
        findings.verified.append(held)
        findings.heads.append(Head(tenant, interview, held.events, held.head))


async def _verify_turns(tx: Transaction, interview: InterviewId, events: Iterable[Event]) -> int:
    expected = turns_from(events)
    try:
        stored = await tx.turns.of(interview)
    except Sealed as error:
        raise ChainBroken("a turn was changed: it cannot be opened") from error
    if len(stored) == len(expected):
        expected = tuple(map(_as_old, expected, stored))
    if expected != stored:
        wrong = next(t for t in (*stored, *expected) if t not in expected or t not in stored)
        raise ChainBroken(f"turn {wrong.turn_id} (event {wrong.seq}) does not follow from the log")
    return len(stored)


def _as_old(expected: Turn, stored: Turn) -> Turn:
    """What was stored before turns said which of their words came in writing does not say it."""
    is_old = stored.typed and not stored.written
    return expected.model_copy(update={"written": ()}) if is_old else expected


def _verify_floor(held: Interview, events: Iterable[Event]) -> None:
    """Who leads is who the log says."""
    passed = [event.fact for event in events if isinstance(event.fact, FloorChanged)]
    told = (passed[-1].floor, passed[-1].covered) if passed else (at_rest(held.assist), ())
    if told != (held.floor, held.covered):
        raise ChainBroken("the floor does not follow from the log")


async def _verify_scorecards(
    tx: Transaction, interview: InterviewId, events: Iterable[Event]
) -> None:
    """Each is as the log says, and there is no other."""
    noted = {
        event.fact.scorecard_id: event.fact.card_sha256
        for event in events
        if isinstance(event.fact, ScorecardStored)
    }
    try:
        stored = {str(c.scorecard_id): card_digest(c) for c in await tx.scorecards.of(interview)}
    except (Sealed, ValidationError) as error:
        raise ChainBroken("a scorecard was changed: it cannot be opened") from error
    for name in sorted(noted.keys() | stored.keys()):
        if name not in stored:
            raise ChainBroken(f"scorecard {name} is missing")
        if name not in noted:
            raise ChainBroken(f"scorecard {name} is not in the log")
        if noted[name] not in {None, stored[name]}:
            raise ChainBroken(f"scorecard {name} was changed")
