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
    """What an append adds; the last link holds the interview's new end. Each turn comes with its
    version and its sealed speech."""

    links: tuple[Link, ...]
    turns: tuple[tuple[Turn, int, bytes], ...]


def numbered(
    interview: Interview, epoch: int, reports: Sequence[Report], known: Collection[EventId]
) -> tuple[Event, ...]:
    """The reports that are not `known`, in order, as the next events of the log."""
    fresh: dict[EventId, Report] = {}
    for report in reports:
        fresh.setdefault(report.event_id, report)
    for event_id in known:
        fresh.pop(event_id, None)
    return tuple(
        Event(seq=seq, event_id=event_id, epoch=epoch, at=report.at, fact=report.fact)
        for seq, (event_id, report) in enumerate(fresh.items(), interview.last_seq + 1)
    )


def grow(
    interview: Interview,
    key: SealingKey,
    events: Sequence[Event],
    turns: Sequence[tuple[Turn, int]],
) -> Growth:
    """The next links of the chain, and the turns that they change, each with its version."""
    spelling = Spelling()
    links = _links(interview, key, events, spelling)
    return Growth(links, _sealed_turns(key, interview.tenant, turns, spelling))


def _links(
    interview: Interview, key: SealingKey, events: Sequence[Event], spelling: Spelling
) -> tuple[Link, ...]:
    tenant, name, head = interview.tenant, interview.interview_id, interview.head
    sealed = key.sealer(event_column(tenant), len(events))
    hashed = link_hasher(tenant, name)
    rows = texts([event.event_id for event in events])
    moments = timestamps([event.at for event in events])
    links: list[Link] = []
    for event, row, moment in zip(events, rows, moments, strict=True):
        seq, epoch, fact = event.seq, event.epoch, event.fact
        kind, payload = fact.kind, sealed(row, seq, spelling.fact(fact))
        before, head = head, hashed(head, seq, row, epoch, kind, moment, payload)
        links.append(
            Link(tenant, name, seq, event.event_id, epoch, kind, event.at, payload, before, head)
        )
    return tuple(links)


def _sealed_turns(
    key: SealingKey, tenant: TenantId, turns: Sequence[tuple[Turn, int]], spelling: Spelling
) -> tuple[tuple[Turn, int, bytes], ...]:
    """What was said in each turn, sealed as the version that it comes with."""
    sealed = key.sealer(turn_column(tenant), len(turns))
    rows = texts([turn.turn_id for turn, _ in turns])
    return tuple(
        (turn, version, sealed(row, version, spelling.speech(turn)))
        for row, (turn, version) in zip(rows, turns, strict=True)
    )
