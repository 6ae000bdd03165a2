"""How the event log grows and what follows from it: pure steps that every store takes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from interview.accounts import Interview
from interview.canonical import texts
from interview.chain import Link, link_hasher, timestamps
from interview.events import Event, Report
from interview.ids import EventId, TenantId
from interview.sealing import SealingKey
from interview.store.sealed import event_column, turn_column
from interview.store.spelling import Spelling
from interview.turns import Turn


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
    fresh = _fresh(reports, known)
    tenant, name, head = interview.tenant, interview.interview_id, interview.head
    sealed = key.sealer(event_column(tenant), len(fresh))
    hashed, spelling = link_hasher(tenant, name, epoch), Spelling()
    rows = texts([report.event_id for report in fresh])
    moments = timestamps([report.at for report in fresh])
    events: list[Event] = []
    links: list[Link] = []
    for seq, report in enumerate(fresh, interview.last_seq + 1):
        event_id, at, fact, row = report.event_id, report.at, report.fact, rows[len(links)]
        kind, payload = fact.kind, sealed(row, seq, spelling.fact(fact))
        before, head = head, hashed(head, seq, row, kind, moments[len(links)], payload)
        links.append(Link(tenant, name, seq, event_id, epoch, kind, at, payload, before, head))
        events.append(Event(seq=seq, event_id=event_id, epoch=epoch, at=at, fact=fact))
    return Growth(tuple(events), tuple(links), spelling)


def _fresh(reports: Sequence[Report], known: Collection[EventId]) -> list[Report]:
    """The first one of each event that is not `known`."""
    fresh: dict[EventId, Report] = {}
    for report in reports:
        fresh.setdefault(report.event_id, report)
    for event_id in known:
        fresh.pop(event_id, None)
    return list(fresh.values())


def seal_speeches(
    key: SealingKey, tenant: TenantId, turns: Sequence[tuple[Turn, int]], spelling: Spelling
) -> list[bytes]:
    """What was said in each turn, sealed as the version that it comes with."""
    sealed = key.sealer(turn_column(tenant), len(turns))
    rows = texts([turn.turn_id for turn, _ in turns])
    return [
        sealed(row, version, spelling.speech(turn))
        for row, (turn, version) in zip(rows, turns, strict=True)
    ]
