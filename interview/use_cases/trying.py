"""A room for trying the connection: a candidate's own, with nobody else in it, and gone soon."""

from interview.errors import InterviewNotOpen
from interview.ids import candidate_identity, check_room_name
from interview.ports import Rooms
from interview.use_cases.candidate_door import CandidateCaller
from interview.use_cases.invitations import WAITING, has_expired
from interview.use_cases.world import World


async def open_check(world: World, rooms: Rooms, caller: CandidateCaller) -> tuple[str, str]:
    """The room and the candidate's identity in it; nothing is kept, and nobody is sent for.

    Raises `InterviewNotOpen` when there is nothing to prepare for any more, `Unavailable`.
    """
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview)
    if held.state not in WAITING or has_expired(held, world.now()):
        raise InterviewNotOpen
    room = check_room_name(caller.interview)
    await rooms.create_check(room)
    return room, candidate_identity(held.candidate_id)
