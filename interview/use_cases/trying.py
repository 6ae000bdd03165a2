"""A room for trying the connection: a candidate's own, and gone soon. Nobody else comes there but
an agent that was asked for, to practise with."""

from interview.door import DispatchMetadata, Practice
from interview.errors import ConsentRequired, InterviewNotOpen
from interview.ids import candidate_identity, check_room_name
from interview.lifecycle import State
from interview.ports import Rooms
from interview.use_cases.candidate_door import CandidateCaller
from interview.use_cases.invitations import WAITING, has_expired
from interview.use_cases.world import World


async def practise(world: World, rooms: Rooms, caller: CandidateCaller) -> tuple[str, str, str]:
    """The room, the candidate's identity in it, and the order for an agent that asks there.

    Raises `ConsentRequired`, `InterviewNotOpen`, `Unavailable`.
    """
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview)
        kit = await tx.kits.get(held.kit_id)
    if held.state is State.INVITED:
        raise ConsentRequired
    room, identity = await open_check(world, rooms, caller)
    practice = Practice(language=kit.kit.language, candidate_identity=identity)
    order = DispatchMetadata(interview=caller.interview, epoch=0, practice=practice)
    return room, identity, order.model_dump_json()


async def send_for(rooms: Rooms, room: str, order: str) -> None:
    """Sends for an agent, unless one is there already. Raises `Unavailable`."""
    if not any(one.kind == "agent" for one in await rooms.present(room) or ()):
        await rooms.dispatch(room, order)


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
