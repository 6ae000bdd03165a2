"""The watch over a real SFU: the zombie goes, the heir comes, a lost room is made again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from livekit import api, rtc

from interview.adapters.livekit_rooms import AGENT_NAME, LiveKitRooms, open_rooms
from interview.door import DispatchMetadata, RoomMetadata
from interview.ids import agent_identity, candidate_identity, room_name
from interview.lifecycle import State
from interview.store.memory import MemoryStore
from interview.use_cases.watch import GOODBYE, Step, Watch
from local.sfu import EmbeddedSfu
from tests.fakes.interviews import Room
from tests.room.house import WITHIN_S
from tests.standins.agent_worker import agent_worker

pytestmark = pytest.mark.room


async def answers() -> bool:
    return True


async def live(rooms: LiveKitRooms) -> Room:
    """A live interview with its room, led by an agent since a moment."""
    room = await Room(MemoryStore()).furnish()
    await room.become(State.LIVE)
    await room.hold(claimed=True)
    await rooms.create(room_name(room.interview), "{}")
    return room


@asynccontextmanager
async def candidate(sfu: EmbeddedSfu, rooms: LiveKitRooms, room: Room) -> AsyncIterator[rtc.Room]:
    """The candidate, in the room for as long as the block lasts."""
    client = rtc.Room()
    name, identity = room_name(room.interview), candidate_identity(room.candidate)
    await client.connect(sfu.url, rooms.candidate_token(name, identity, 600))
    try:
        yield client
    finally:
        await client.disconnect()


async def zombie(sfu: EmbeddedSfu, room: Room) -> rtc.Room:
    """An agent of the first epoch that does not know that its time is over."""
    grants = api.VideoGrants(room_join=True, room=room_name(room.interview), agent=True)
    token = api.AccessToken(sfu.api_key, sfu.api_secret).with_kind("agent")
    client = rtc.Room()
    identity = agent_identity(room.interview, 1)
    await client.connect(sfu.url, token.with_identity(identity).with_grants(grants).to_jwt())
    return client


async def test_a_silent_agent_is_removed_and_another_one_is_in_the_room(sfu: EmbeddedSfu) -> None:
    async with (
        open_rooms(sfu.url, sfu.api_key, sfu.api_secret) as rooms,
        agent_worker(sfu.url, sfu.api_key, sfu.api_secret, AGENT_NAME) as taken,
    ):
        room = await live(rooms)
        removed = asyncio.Event()
        (await zombie(sfu, room)).on("disconnected", lambda _: removed.set())
        watch = Watch(room.world, rooms, answers)
        async with candidate(sfu, rooms, room) as client:
            await watch.look()
            room.clock.advance(5)

            (deed,) = await watch.look()

            assert (deed.step, deed.epoch, deed.taken) == (Step.REPLACE, 2, True)
            order = DispatchMetadata.model_validate_json(await taken.get())
            assert (order.interview, order.epoch) == (room.interview, 2)
            async with asyncio.timeout(WITHIN_S):
                await removed.wait()
            here = await rooms.present(room_name(room.interview)) or ()
            assert sorted(one.kind for one in here) == ["agent", "candidate"]
            assert RoomMetadata.model_validate_json(client.metadata).epoch == 2


async def test_a_dispatch_from_before_a_worker_registered_is_made_up_for(sfu: EmbeddedSfu) -> None:
    async with open_rooms(sfu.url, sfu.api_key, sfu.api_secret) as rooms:
        room = await live(rooms)
        watch = Watch(room.world, rooms, answers)
        async with candidate(sfu, rooms, room):
            await watch.look()
            room.clock.advance(5)
            (lost,) = await watch.look()
            async with agent_worker(sfu.url, sfu.api_key, sfu.api_secret, AGENT_NAME):
                (sent,) = await watch.look()

    assert (lost.step, lost.epoch, lost.taken) == (Step.REPLACE, 2, False)
    assert (sent.step, sent.epoch, sent.taken) == (Step.RESEND, 2, True)


async def test_a_candidate_comes_back_by_themselves_after_a_restart_of_the_sfu(
    tmp_path: Path,
) -> None:
    async with (
        EmbeddedSfu(tmp_path) as sfu,
        open_rooms(sfu.url, sfu.api_key, sfu.api_secret) as rooms,
    ):
        room = await live(rooms)
        watch = Watch(room.world, rooms, answers)
        async with candidate(sfu, rooms, room) as client:
            back = asyncio.Event()
            client.on("reconnected", back.set)
            sfu.kill()
            await sfu.start()

            (deed,) = await watch.look()

            assert deed.step is Step.RESTORE
            async with asyncio.timeout(15):
                await back.wait()
            here = await rooms.present(room_name(room.interview)) or ()
            assert [one.identity for one in here] == [candidate_identity(room.candidate)]


async def test_what_the_room_has_lost_is_read_again_by_its_clients(sfu: EmbeddedSfu) -> None:
    async with open_rooms(sfu.url, sfu.api_key, sfu.api_secret) as rooms:
        room = await live(rooms)
        watch = Watch(room.world, rooms, answers)
        async with candidate(sfu, rooms, room) as client:
            changed = asyncio.Event()
            client.on("room_metadata_changed", lambda _old, _new: changed.set())
            assert not await watch.look()

            assert [deed.step for deed in await watch.look()] == [Step.REPAIR]
            async with asyncio.timeout(WITHIN_S):
                await changed.wait()
            assert RoomMetadata.model_validate_json(client.metadata).phase == "live"


async def test_a_candidate_is_shown_out_after_the_end_and_cannot_come_back(
    sfu: EmbeddedSfu,
) -> None:
    async with open_rooms(sfu.url, sfu.api_key, sfu.api_secret) as rooms:
        room = await live(rooms)
        watch = Watch(room.world, rooms, answers)
        name, identity = room_name(room.interview), candidate_identity(room.candidate)
        async with candidate(sfu, rooms, room) as client:
            gone = asyncio.Event()
            client.on("disconnected", lambda _: gone.set())
            await room.save((await room.lease()).close())
            await room.end()
            assert not await watch.look()
            room.clock.advance(GOODBYE.total_seconds() + 1)

            assert [deed.step for deed in await watch.look()] == [Step.CLOSE]
            async with asyncio.timeout(WITHIN_S):
                await gone.wait()
        with pytest.raises(rtc.ConnectError):
            await rtc.Room().connect(sfu.url, rooms.candidate_token(name, identity, 600))
        assert await rooms.present(name) is None
