"""Moves of an interview: the one place where its state is stored, and with it who is told."""

from interview.ids import HookEventId, InterviewId, MemberId
from interview.lifecycle import State, move
from interview.ports import Transaction
from interview.use_cases.world import World
from interview.webhooks import HookEvent, HookType, told_of


async def move_to(
    world: World, tx: Transaction, interview: InterviewId, was: State, then: State
) -> State:
    """Stores the next state and puts what webhooks are told of it on its way with it.

    Raises `WrongState`.
    """
    state = move(was, then)
    await tx.interviews.set_state(interview, state, world.now())
    if (kind := told_of(was, state)) is not None:
        await tell(world, tx, interview, kind, state)
    return state


async def tell(
    world: World,
    tx: Transaction,
    interview: InterviewId,
    kind: HookType,
    state: State,
    on_call: tuple[MemberId, ...] = (),
) -> None:
    """Puts an event on its way to those that asked for its type; it leaves with the commit."""
    name = HookEventId(world.ids.new())
    await tx.deliveries.tell(HookEvent(name, kind, interview, state, world.now(), on_call))
