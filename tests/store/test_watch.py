"""The watch on both stores: of several watchers one acts, and they find what is to be looked at."""

import asyncio
from datetime import timedelta

import pytest

from interview.ids import InterviewId, candidate_identity, room_name
from interview.lifecycle import State
from interview.ports import Present, Store
from interview.use_cases.overdue import Closing, close_overdue
from interview.use_cases.watch import Step, Watch
from tests.fakes.clock import NOON
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


async def named(store: Store, expires_in_s: float | None = None) -> Room:
    """An invited interview of a tenant of its own."""
    expires_at = None if expires_in_s is None else NOON + timedelta(seconds=expires_in_s)
    return await Room(store, expires_at=expires_at).furnish()


async def test_running_interviews_with_a_sign_of_life_are_listed(store: Store) -> None:
    quiet, opened, alive = [await named(store) for _ in range(3)]
    for room in (quiet, opened, alive):
        await room.become(State.LIVE)
        await room.hold(claimed=True)
    lease = await opened.lease()
    await opened.save(lease.succeed(NOON + timedelta(seconds=40)))
    await alive.save((await alive.lease()).beat(1, NOON + timedelta(seconds=30)))
    await alive.become(State.PAUSED)

    async def since(seconds: float) -> set[InterviewId]:
        found = await store.running(NOON + timedelta(seconds=seconds))
        return {interview for _, interview in found}

    assert await since(0) == {quiet.interview, opened.interview, alive.interview}
    assert await since(30) == {opened.interview, alive.interview}
    assert await since(31) == {opened.interview}
    assert await since(41) == set()


async def test_what_is_overdue_is_listed_oldest_first(store: Store) -> None:
    quiet, missed, ready, alive, never, ended = [
        await named(store, expires_in_s=60 if at in (1, 2) else None) for at in range(6)
    ]
    for room, state in ((quiet, State.LIVE), (alive, State.LIVE), (ended, State.ENDED)):
        await room.become(state)
        await room.hold(claimed=True)
    await ready.become(State.READY)
    await alive.save((await alive.lease()).beat(1, NOON + timedelta(seconds=50)))

    async def overdue(at_s: float, most: int = 10) -> set[InterviewId]:
        quiet_since = NOON + timedelta(seconds=at_s - 20)
        found = await store.overdue(NOON + timedelta(seconds=at_s), quiet_since, most)
        return {interview for _, interview in found}

    assert await overdue(20) == set()
    assert await overdue(21) == {quiet.interview}
    assert await overdue(60) == {quiet.interview, missed.interview, ready.interview}
    assert len(await overdue(60, most=2)) == 2
    assert never.interview not in await overdue(3600)


async def test_of_several_workers_one_closes_what_is_overdue(store: Store) -> None:
    missed, left = await named(store, expires_in_s=1), await named(store)
    await left.become(State.PAUSED)
    await left.hold(claimed=True)
    for room in (missed, left):
        room.clock.advance(2 * 86_400)

    passes = await asyncio.gather(
        *(close_overdue(left.world, FakeRooms()) for _ in range(WATCHERS))
    )

    assert sorted(map(str, (c for closings in passes for c in closings))) == sorted(
        map(str, (Closing(missed.interview, State.EXPIRED), Closing(left.interview, State.ENDED)))
    )
    assert (await missed.kinds()).count("interview_expired") == 1
    assert (await left.kinds()).count("interview_ended") == 1
