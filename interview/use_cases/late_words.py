"""What a dead agent left on its disk: brought to the log by another process of the same host."""

from collections.abc import Iterable
from dataclasses import replace

from interview.accounts import Interview
from interview.events import Event, Report
from interview.ids import InterviewId, room_name
from interview.late import WORDS_WITHIN, admit_bringer, is_open, only_words
from interview.lifecycle import RUNNING
from interview.ports import ByInterview
from interview.use_cases.agent_door import (
    Recorded,
    check_kinds,
    follow,
    room_metadata,
    stored_of,
)
from interview.use_cases.floor import confirm
from interview.use_cases.world import World


async def deliver(
    world: World, interview: InterviewId, epoch: int, reports: tuple[Report, ...]
) -> Recorded:
    """Appends the spool of `epoch`, marked with that epoch, at the end of the log.

    Before a later epoch was claimed the spool is simply what happened last, and all of it counts.
    Afterwards the interview has gone on or is over without it: then only words are kept, what the
    candidate said and how much of a line was heard; of an interview that is long over, nothing.
    Raises `LeaseLost` for an epoch that never was, or whose agent still leads.
    """
    check_kinds(reports)
    async with world.enter(ByInterview(interview)) as tx:
        held = await tx.interviews.get(interview, lock=True)
        lease = admit_bringer(await tx.leases.of(interview, lock=True), epoch, world.now())
        so_far = await tx.events.read(interview)
        overtaken = was_overtaken(so_far, epoch)
        kept = _wanted(world, held, reports, so_far, overtaken=overtaken)
        new = await tx.events.append(interview, epoch, kept) if kept else ()
        now = held if overtaken else await confirm(world, tx, held, new)
        then = await follow(world, tx, held, lease, new, leads=not overtaken)
    is_same = then is held.state and now.floor == held.floor
    changed = None if is_same else room_metadata(replace(now, state=then), lease)
    return Recorded(stored_of(reports, (*so_far, *new)), room_name(interview), changed)


def was_overtaken(log: Iterable[Event], epoch: int) -> bool:
    """True when an agent of a later epoch has already built on the log as it was."""
    return any(event.kind == "lease_claimed" and event.epoch > epoch for event in log)


def _wanted(
    world: World,
    held: Interview,
    reports: tuple[Report, ...],
    log: tuple[Event, ...],
    *,
    overtaken: bool,
) -> tuple[Report, ...]:
    if not is_open(held, WORDS_WITHIN, world.now()):
        return ()
    if held.state in RUNNING and not overtaken:
        return reports
    return tuple(only_words(reports, log))
