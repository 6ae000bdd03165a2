"""What a dead agent left on its disk: brought to the log by another process of the same host."""

from collections.abc import Iterable, Iterator

from interview.door import EventsStored
from interview.errors import LeaseLost
from interview.events import Event, LineEnded, LineStarted, Report, SpeechHeard
from interview.ids import InterviewId, room_name
from interview.use_cases.agent_door import Recorded, check_kinds, follow, room_metadata, tenant_of
from interview.use_cases.world import World


async def deliver(
    world: World, interview: InterviewId, epoch: int, reports: tuple[Report, ...]
) -> Recorded:
    """Appends the spool of `epoch`, marked with that epoch, at the end of the log.

    Before a later epoch was claimed the spool is simply what happened last, and all of it counts.
    Afterwards the interview has gone on without it: then only words are kept, what the candidate
    said and how much of a line was heard. Raises `LeaseLost` for an epoch that never was.
    """
    check_kinds(reports)
    async with world.transaction(await tenant_of(world, interview)) as tx:
        held = await tx.interviews.get(interview, lock=True)
        lease = await tx.leases.of(interview, lock=True)
        if lease is None or not 0 < epoch <= lease.epoch:
            raise LeaseLost
        so_far = await tx.events.read(interview)
        overtaken = was_overtaken(so_far, epoch)
        kept = tuple(only_words(reports, so_far)) if overtaken else reports
        new = await tx.events.append(interview, epoch, kept) if kept else ()
        then = held.state if overtaken else await follow(world, tx, held, lease, new)
    log = (*so_far, *new)
    changed = None if then is held.state else room_metadata(then, lease)
    return Recorded(_stored(log, reports), room_name(interview), changed)


def was_overtaken(log: Iterable[Event], epoch: int) -> bool:
    """True when an agent of a later epoch has already built on the log as it was."""
    return any(event.kind == "lease_claimed" and event.epoch > epoch for event in log)


def only_words(reports: Iterable[Report], log: Iterable[Event]) -> Iterator[Report]:
    """Speech, and the ends of lines that the log knows as begun and not as ended."""
    lines = [event.fact for event in log if isinstance(event.fact, LineStarted | LineEnded)]
    ended = {fact.turn_id for fact in lines if isinstance(fact, LineEnded)}
    open_lines = {fact.turn_id for fact in lines} - ended
    for report in reports:
        match report.fact:
            case SpeechHeard():
                yield report
            case LineEnded(turn_id=turn_id) if turn_id in open_lines:
                yield report
            case _:
                pass


def _stored(log: tuple[Event, ...], reports: tuple[Report, ...]) -> EventsStored:
    known = {event.event_id for event in log}
    return EventsStored(
        last_seq=log[-1].seq, stored=tuple(r.event_id for r in reports if r.event_id in known)
    )
