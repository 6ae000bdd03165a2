"""The way to a person: a candidate asks for one, and the interview is over without a penalty."""

from dataclasses import dataclass, replace

from interview.door import RoomMetadata
from interview.events import PersonAsked
from interview.lifecycle import RUNNING, State, move
from interview.use_cases.agent_door import room_metadata
from interview.use_cases.candidate_door import CandidateCaller
from interview.use_cases.mailing import drop_linked
from interview.use_cases.moves import move_to
from interview.use_cases.world import World


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`farewell` is what the room is told before it is closed, if there is one."""

    state: State
    farewell: RoomMetadata | None = None


async def ask_for_person(world: World, caller: CandidateCaller) -> HandedOver:
    """A person takes over from here; asking again is fine. Raises `WrongState`, `Sealed`."""
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview, lock=True)
        if held.state is State.HUMAN_PATH:
            return HandedOver(held.state)
        then = move(held.state, State.HUMAN_PATH)
        await world.note(tx, caller.interview, PersonAsked())
        await move_to(world, tx, caller.interview, held.state, then)
        await drop_linked(world, tx, caller.interview)
        if (lease := await tx.leases.of(caller.interview, lock=True)) is not None:
            await tx.leases.save(lease.close())
        farewell = (
            room_metadata(replace(held, state=then), lease) if held.state in RUNNING else None
        )
        return HandedOver(then, farewell)
