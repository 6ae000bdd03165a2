"""Interviews that are over though nobody has said so: abandoned ones end, missed ones expire.

An agent leaves a room that its candidate has left for two minutes, and a link simply grows old. The
one who should have told us is gone in both cases, so somebody looks.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from interview.accounts import Interview
from interview.errors import InterviewError, Sealed
from interview.events import InterviewEnded, InterviewExpired
from interview.ids import InterviewId, TenantId, room_name
from interview.lease import Lease
from interview.lifecycle import AWAITED, RUNNING, State, move
from interview.ports import Rooms, Transaction
from interview.use_cases.invitations import RESUME_FOR, has_expired
from interview.use_cases.moves import move_to
from interview.use_cases.world import World

MOST = 200
"""Interviews in one pass."""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a pass did about an interview; `failure` is the code of what went wrong."""

    interview: InterviewId
    then: State | None = None
    failure: str | None = None


def fate(held: Interview, lease: Lease | None, now: datetime) -> State | None:
    """What becomes of an interview that nobody has touched, None for one that goes on.

    A begun interview can be taken up again for `RESUME_FOR` after the last sign of life of an
    agent, however long the candidate's link is good for: agents are sent for as long as a candidate
    waits, so that their signs are the candidate's too.
    """
    if held.state in AWAITED and has_expired(held, now):
        return move(held.state, State.EXPIRED)
    if held.state in RUNNING:
        last = max(held.created_at, lease.last_sign if lease else held.created_at)
        return move(held.state, State.ENDED) if now - last > RESUME_FOR else None
    return None


async def close_overdue(world: World, rooms: Rooms) -> tuple[Closing, ...]:
    """One pass. What fails in one interview is told in its closing, and tried again by the next."""
    now = world.now()
    closings = []
    for tenant, interview in await world.store.overdue(now, now - RESUME_FOR, MOST):
        try:
            if then := await _close(world, rooms, tenant, interview):
                closings.append(Closing(interview, then))
        except InterviewError as error:
            closings.append(Closing(interview, failure=error.code))
    return tuple(closings)


async def _close(
    world: World, rooms: Rooms, tenant: TenantId, interview: InterviewId
) -> State | None:
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
    if held.state in RUNNING and await _is_visited(rooms, interview):
        return None
    async with world.transaction(tenant) as tx:
        # Whoever came back meanwhile has had a lease opened, under the lock of the same row.
        held = await tx.interviews.get(interview, lock=True)
        lease = await tx.leases.of(interview, lock=True)
        then = fate(held, lease, world.now())
        if then is not None:
            await _store(world, tx, held, lease, then)
    return then


async def _is_visited(rooms: Rooms, interview: InterviewId) -> bool:
    """True while a person is in the room; an agent alone waits for nobody any more."""
    present = await rooms.present(room_name(interview)) or ()
    return any(one.kind != "agent" for one in present)


async def _store(
    world: World, tx: Transaction, held: Interview, lease: Lease | None, then: State
) -> None:
    """The words of a sealed interview are gone: it has no log to write to and nothing to score."""
    interview = held.interview_id
    await move_to(world, tx, interview, held.state, then)
    with suppress(Sealed):
        if then is State.EXPIRED:
            await world.note(tx, interview, InterviewExpired())
        else:
            await world.note(tx, interview, InterviewEnded(reason="abandoned"))
            await tx.outbox.put("score_interview", interview)
    if lease is not None:
        await tx.leases.save(lease.close())
