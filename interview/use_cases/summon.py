"""Sending for an agent: it takes the place of whoever led the room before."""

from interview.by_room import Floor
from interview.door import DispatchMetadata, RoomMetadata
from interview.ids import InterviewId, agent_identity, room_name
from interview.ports import Rooms

TRIES = 2
"""Each is checked for 1.5 s; after that the watch goes on with a new epoch."""


async def summon(rooms: Rooms, interview: InterviewId, epoch: int, floor: Floor) -> bool:
    """True once a worker has taken the job. Raises `Unavailable`.

    Older agents are removed first: LiveKit shows a dead one for 21 s, and two would speak over
    each other. A dispatch that nobody takes is never retried by LiveKit, so this is.
    """
    room, identity = room_name(interview), agent_identity(interview, epoch)
    waiting = RoomMetadata(floor=floor, phase="waiting", epoch=epoch)
    await rooms.set_metadata(room, waiting.model_dump_json())
    for present in await rooms.present(room) or ():
        if present.kind == "agent" and present.identity != identity:
            await rooms.remove(room, present.identity)
    order = DispatchMetadata(interview=interview, epoch=epoch)
    metadata = order.model_dump_json(exclude_none=True)
    for _ in range(TRIES):
        if await rooms.dispatch(room, metadata):
            return True
    return False
