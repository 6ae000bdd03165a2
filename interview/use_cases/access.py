"""A candidate's access to an interview, and its end."""

from interview.ids import InterviewId, TenantId, candidate_identity, room_name
from interview.ports import Rooms
from interview.use_cases.mailing import drop_linked
from interview.use_cases.world import World


async def withdraw_access(world: World, tenant: TenantId, interview: InterviewId) -> str:
    """Ends the links and sessions of an interview; returns who has to leave its room.

    A new link opens it again. Raises `NotFound`.
    """
    now = world.now()
    async with world.transaction(tenant) as tx:
        found = await tx.interviews.get(interview, lock=True)
        await tx.invitations.withdraw(interview, now)
        await tx.sessions.withdraw(interview, now)
        await drop_linked(world, tx, interview)
    return candidate_identity(found.candidate_id)


async def show_out_others(rooms: Rooms, interview: InterviewId, identity: str, mark: str) -> None:
    """Whoever bears this identity in the room and did not come by the session of this `mark`, as
    in `show_out`: a newer link was opened, and the place is theirs who opened it."""
    for one in await rooms.present(room_name(interview)) or ():
        if one.identity == identity and one.mark != mark:
            await show_out(rooms, interview, identity)


async def show_out(rooms: Rooms, interview: InterviewId, identity: str) -> None:
    """Out of the room. Should it fail, or should they come back while their token for the room is
    good, the watch does it again. Raises `Unavailable`."""
    await rooms.remove(room_name(interview), identity)
