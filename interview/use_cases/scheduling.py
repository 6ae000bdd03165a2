"""Another time for an interview, or none: reschedule, extend, cancel."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from interview.accounts import Interview
from interview.acting import done_by
from interview.audit import Actor
from interview.by_people import (
    CancelReason,
    InterviewCancelled,
    InterviewExtended,
    InterviewRescheduled,
)
from interview.door import RoomMetadata
from interview.errors import Invalid, Sealed, WrongState
from interview.ids import InterviewId, TenantId, room_name
from interview.lifecycle import MOVABLE, RUNNING, State, move
from interview.ports import Rooms, Transaction
from interview.use_cases.agent_door import room_metadata
from interview.use_cases.interviews import check_times, in_utc
from interview.use_cases.invitations import VALID_FOR
from interview.use_cases.mailing import write_cancellation, write_times
from interview.use_cases.moves import move_to
from interview.use_cases.world import World


@dataclass(frozen=True, slots=True)
class Cancelled:
    """`farewell` is what the room is told before it is closed, if there is one."""

    interview: Interview
    farewell: RoomMetadata | None


async def reschedule(
    world: World,
    tenant: TenantId,
    actor: Actor,
    interview: InterviewId,
    starts_at: datetime | None,
    expires_at: datetime | None,
    mail: bool | None = None,
) -> Interview:
    """Both times anew, for an interview that waits or that was missed.

    The candidate's link goes on to work until the new end. Raises `NotFound`, `WrongState`,
    `Invalid`, `Sealed`.
    """
    check_times(world.now(), starts_at, expires_at)
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in MOVABLE:
            raise WrongState(f"an interview that is {held.state} cannot be rescheduled")
        moved = replace(held, starts_at=in_utc(starts_at), expires_at=in_utc(expires_at))
        by = done_by(actor)
        fact = InterviewRescheduled(starts_at=moved.starts_at, expires_at=moved.expires_at, by=by)
        await world.note(tx, interview, fact)
        return await _set_times(world, tx, held, moved, mail, is_longer=False)


async def extend(
    world: World,
    tenant: TenantId,
    actor: Actor,
    interview: InterviewId,
    expires_at: datetime,
    mail: bool | None = None,
) -> Interview:
    """More time, also for an interview that runs. Raises as `reschedule` does."""
    check_times(world.now(), None, expires_at)
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in MOVABLE | RUNNING:
            raise WrongState(f"an interview that is {held.state} cannot be extended")
        if held.expires_at is None or expires_at <= held.expires_at:
            raise Invalid(
                "expires_at: expected a time after the one that holds", field="expires_at"
            )
        moved = replace(held, expires_at=in_utc(expires_at))
        fact = InterviewExtended(expires_at=expires_at, by=done_by(actor))
        await world.note(tx, interview, fact)
        return await _set_times(world, tx, held, moved, mail, is_longer=True)


async def _set_times(
    world: World,
    tx: Transaction,
    held: Interview,
    moved: Interview,
    mail: bool | None,
    *,
    is_longer: bool,
) -> Interview:
    """A missed interview waits again: it is invited, and asks for consent anew.

    The same times again are told to nobody who waits for them, unless the call says so.
    """
    name, now = moved.interview_id, world.now()
    await tx.interviews.set_times(name, moved.starts_at, moved.expires_at)
    until = moved.expires_at or now + VALID_FOR
    for link in await tx.invitations.of(name):
        if link.redeemed_at is None and link.withdrawn_at is None:
            await tx.invitations.prolong(link.invitation_id, until)
    await tx.sessions.prolong(name, now, until)
    if moved.state is State.EXPIRED:
        await move_to(world, tx, name, moved.state, State.INVITED)
        moved = replace(moved, state=State.INVITED)
    is_same = (held.starts_at, held.expires_at) == (moved.starts_at, moved.expires_at)
    if mail or not is_same or held.state is State.EXPIRED:
        await write_times(world, tx, moved, mail, is_longer=is_longer)
    return moved


async def cancel(
    world: World,
    tenant: TenantId,
    actor: Actor,
    interview: InterviewId,
    reason: CancelReason,
    mail: bool | None = None,
) -> Cancelled:
    """The interview will not be, or stops at once.

    Links and sessions end with it, and nobody leads any more. An erased interview is cancelled
    without a word in its log. Raises `NotFound`, `WrongState`.
    """
    now = world.now()
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        then = move(held.state, State.CANCELLED)
        with suppress(Sealed):
            await world.note(tx, interview, InterviewCancelled(reason=reason, by=done_by(actor)))
        await move_to(world, tx, interview, held.state, State.CANCELLED)
        await tx.invitations.withdraw(interview, now)
        await tx.sessions.end(interview, now)
        if (lease := await tx.leases.of(interview, lock=True)) is not None:
            await tx.leases.save(lease.close())
        await write_cancellation(world, tx, held, mail)
        farewell = (
            room_metadata(replace(held, state=then), lease) if held.state in RUNNING else None
        )
        return Cancelled(await tx.interviews.get(interview), farewell)


async def clear_room(rooms: Rooms, interview: InterviewId, farewell: RoomMetadata) -> None:
    """Tells everybody in the room that it is over, and closes it.

    An agent leaves when it hears so; the watch closes what could not be closed now. Raises
    `Unavailable`.
    """
    room = room_name(interview)
    if await rooms.present(room) is not None:
        await rooms.set_metadata(room, farewell.model_dump_json())
        await rooms.close(room)
