"""How the event log grows and what follows from it: pure steps that every store takes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from interview.accounts import Interview
from interview.chain import Link, link_hasher
from interview.events import Event, Report
from interview.ids import EventId, TenantId, TurnId
from interview.sealing import SealingKey
from interview.store.sealed import event_column, turn_column
from interview.store.spelling import Spelling
from interview.turns import Turn, touched, turn_after


@dataclass(frozen=True, slots=True)
class Growth:
    """What an append adds; the last link holds the interview's new end."""

    events: tuple[Event, ...]
    links: tuple[Link, ...]
    spelling: Spelling


def grow(
    interview: Interview,
    key: SealingKey,
    epoch: int,
    reports: Sequence[Report],
    known: Collection[EventId],
) -> Growth:
    """The reports that are not `known`, in order, as the next links of the chain."""
    events: list[Event] = []
    links: list[Link] = []
    spelling = Spelling()
    tenant, name = interview.tenant, interview.interview_id
    sealed = key.sealer(event_column(tenant), len(reports))
    hashed = link_hasher(tenant, name)
    head, seq, seen = interview.head, interview.last_seq, set(known)
    for report in reports:
        event_id, at, fact = report.event_id, report.at, report.fact
        if event_id in seen:
            continue
        seen.add(event_id)
        seq, row, kind = seq + 1, str(event_id), fact.kind
        payload = sealed(row, seq, spelling.fact(fact))
        before, head = head, hashed(head, seq, row, epoch, kind, at, payload)
        links.append(Link(tenant, name, seq, event_id, epoch, kind, at, payload, before, head))
        events.append(Event(seq=seq, event_id=event_id, epoch=epoch, at=at, fact=fact))
    return Growth(tuple(events), tuple(links), spelling)


def turns_touched(events: Iterable[Event]) -> frozenset[TurnId]:
    """The turns that `events` change."""
    return frozenset(turn for event in events if (turn := touched(event.fact)) is not None)


def seal_speeches(
    key: SealingKey, tenant: TenantId, turns: Sequence[tuple[Turn, int]], spelling: Spelling
) -> list[bytes]:
    """What was said in each turn, sealed as the version that it comes with."""
    sealed = key.sealer(turn_column(tenant), len(turns))
    return [sealed(str(turn.turn_id), version, spelling.speech(turn)) for turn, version in turns]


def project(turns: Iterable[Turn], events: Iterable[Event]) -> tuple[tuple[Turn, int], ...]:
    """The turns as they stand after `events`, each with the `seq` that changed it last.

    Only turns that `events` change are returned. Raises `OutOfOrder`.
    """
    now: dict[TurnId, Turn] = {turn.turn_id: turn for turn in turns}
    changed: dict[TurnId, int] = {}
    for event in events:
        if (turn_id := touched(event.fact)) is not None:
            now[turn_id] = turn_after(now.get(turn_id), event)
            changed[turn_id] = event.seq
    return tuple((now[turn_id], version) for turn_id, version in changed.items())
