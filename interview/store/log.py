"""How the event log grows and what follows from it: pure steps that every store takes."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from interview.accounts import Interview
from interview.chain import Link, link_hash
from interview.events import Event, Report
from interview.ids import EventId, TurnId
from interview.sealing import SealingKey, nonces
from interview.store.sealed import event_place
from interview.turns import Turn, touched, turn_after


@dataclass(frozen=True, slots=True)
class Growth:
    """What an append adds; the last link holds the interview's new end."""

    events: tuple[Event, ...]
    links: tuple[Link, ...]


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
    head, seen = interview.head, set(known)
    for report, nonce in zip(reports, nonces(len(reports)), strict=True):
        if report.event_id in seen:
            continue
        seen.add(report.event_id)
        seq = interview.last_seq + len(links) + 1
        link = _link(interview, key, seq, epoch, report, head, nonce)
        head = link.hash
        links.append(link)
        events.append(_event(link, report))
    return Growth(tuple(events), tuple(links))


def _link(
    interview: Interview,
    key: SealingKey,
    seq: int,
    epoch: int,
    report: Report,
    head: bytes,
    nonce: bytes,
) -> Link:
    place = event_place(interview.tenant, report.event_id, seq)
    link = Link(
        tenant=interview.tenant,
        interview=interview.interview_id,
        seq=seq,
        event_id=report.event_id,
        epoch=epoch,
        kind=report.fact.kind,
        at=report.at,
        sealed_payload=key.seal(report.fact.model_dump_json().encode(), place, nonce),
        prev_hash=head,
        hash=b"",
    )
    # A second copy of it would cost more than its hash.
    object.__setattr__(link, "hash", link_hash(link))
    return link


def _event(link: Link, report: Report) -> Event:
    return Event(
        seq=link.seq, event_id=link.event_id, epoch=link.epoch, at=link.at, fact=report.fact
    )


def turns_touched(events: Iterable[Event]) -> frozenset[TurnId]:
    """The turns that `events` change."""
    return frozenset(turn for event in events if (turn := touched(event.fact)) is not None)


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
