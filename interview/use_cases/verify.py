"""Whether logs and trails are what was written, and turns and scorecards follow from them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ValidationError

from interview import audit, chain
from interview.accounts import Interview
from interview.by_room import FloorChanged
from interview.chain import card_digest
from interview.errors import ChainBroken, Sealed
from interview.events import Event, ScorecardStored
from interview.floor import at_rest
from interview.ids import InterviewId, TenantId, TurnId
from interview.ports import Store, Transaction
from interview.turns import Turn, touched, turn_after

PAGE = 100


@dataclass(frozen=True, slots=True)
class Verified:
    """What held. `opened` is False when the key was destroyed: then the chain alone was checked."""

    tenant: TenantId
    interview: InterviewId
    events: int
    turns: int
    opened: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """What did not hold, and where."""

    tenant: TenantId
    interview: InterviewId | None
    detail: str


@dataclass
class Findings:
    """What `verify_all` found. `audited` counts the entries of sound trails; a broken trail has no
    interview."""

    verified: list[Verified] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)
    audited: int = 0


async def verify_interview(store: Store, tenant: TenantId, interview: InterviewId) -> Verified:
    """Recompute the chain, the turns, the scorecards' digests and the floor of one interview.

    Raises `ChainBroken` naming the first wrong event, turn or scorecard, `NotFound`.
    """
    async with store.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        links = await tx.events.links(interview)
        count = chain.verify(links, head=held.head, count=held.last_seq)
        try:
            events = await tx.events.read(interview)
        except Sealed:  # what the chain covers is as it was written: it is the key that is gone
            return Verified(tenant, interview, count, turns=0, opened=False)
        turns = await _verify_turns(tx, interview, events)
        await _verify_scorecards(tx, interview, events)
        _verify_floor(held, events)
    return Verified(tenant, interview, count, turns, opened=True)


async def verify_all(store: Store) -> Findings:
    """Every interview and trail of every tenant, one by one; nothing is held in between."""
    findings = Findings()
    for tenant in await store.tenants():
        after: str | None = None
        while True:
            async with store.transaction(tenant) as tx:
                page = await tx.interviews.page(PAGE, after)
            for interview in page.items:
                await _verify_into(findings, store, tenant, interview.interview_id)
            if (after := page.next) is None:
                break
        await _verify_audit_into(findings, store, tenant)
    return findings


async def verify_audit(store: Store, tenant: TenantId) -> int:
    """Recompute a tenant's audit trail; the number of entries. Raises `ChainBroken`."""
    async with store.transaction(tenant) as tx:
        end = await tx.audit.end()
        return audit.verify(await tx.audit.read(), end)


async def _verify_audit_into(findings: Findings, store: Store, tenant: TenantId) -> None:
    try:
        findings.audited += await verify_audit(store, tenant)
    except ChainBroken as error:
        findings.broken.append(Broken(tenant, None, error.detail))


async def _verify_into(
    findings: Findings, store: Store, tenant: TenantId, interview: InterviewId
) -> None:
    try:
        findings.verified.append(await verify_interview(store, tenant, interview))
    except ChainBroken as error:
        findings.broken.append(Broken(tenant, interview, error.detail))


async def _verify_turns(tx: Transaction, interview: InterviewId, events: Iterable[Event]) -> int:
    expected = turns_from(events)
    try:
        stored = await tx.turns.of(interview)
    except Sealed as error:
        raise ChainBroken("a turn was changed: it cannot be opened") from error
    if expected != stored:
        wrong = next(t for t in (*stored, *expected) if t not in expected or t not in stored)
        raise ChainBroken(f"turn {wrong.turn_id} (event {wrong.seq}) does not follow from the log")
    return len(stored)


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


def turns_from(events: Iterable[Event]) -> tuple[Turn, ...]:
    """The turns by a fold over the whole log, in order of `seq`."""
    turns: dict[TurnId, Turn] = {}
    for event in events:
        if (name := touched(event.fact)) is not None:
            turns[name] = turn_after(turns.get(name), event)
    return tuple(sorted(turns.values(), key=lambda turn: turn.seq))
