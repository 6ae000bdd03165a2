"""The watch on both stores: of several watchers one acts."""

import asyncio

import pytest

from interview.ids import candidate_identity, room_name
from interview.lifecycle import State
from interview.ports import Present, Store
from interview.use_cases.watch import Step, Watch
from tests.fakes.interviews import Room
from tests.fakes.rooms import FakeRooms

pytestmark = pytest.mark.store

WATCHERS = 4


async def answers() -> bool:
    return True


async def forsaken(store: Store) -> tuple[Room, FakeRooms]:
    """A live interview whose agent will fall silent at once, its candidate in the room."""
    room, rooms = await Room(store).furnish(), FakeRooms()
    await room.become(State.LIVE)
    await room.hold(claimed=True)
    candidate = Present(candidate_identity(room.candidate), "candidate")
    rooms.people[room_name(room.interview)] = [candidate]
    return room, rooms


async def test_of_several_watchers_one_opens_the_new_epoch(store: Store) -> None:
    room, rooms = await forsaken(store)
    watches = [Watch(room.world, rooms, answers) for _ in range(WATCHERS)]
    for watch in watches:
        await watch.look()
    room.clock.advance(5)

    rounds = await asyncio.gather(*(watch.look() for watch in watches))

    assert [(deed.step, deed.epoch) for deeds in rounds for deed in deeds] == [(Step.REPLACE, 2)]
    assert (await room.lease()).epoch == 2
    assert (await room.kinds()).count("lease_opened") == 1
    assert len(rooms.dispatched) == 1


async def test_a_watcher_that_died_before_it_sent_is_followed_by_the_next(store: Store) -> None:
    room, rooms = await forsaken(store)
    rooms.takes = False
    first, second = (Watch(room.world, rooms, answers) for _ in range(2))
    await first.look()
    await second.look()
    room.clock.advance(5)
    await first.look()
    rooms.takes = True

    assert not await second.look()
    room.clock.advance(5)
    (deed,) = await second.look()

    assert (deed.step, deed.epoch, deed.taken) == (Step.REPLACE, 3, True)
