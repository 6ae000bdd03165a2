"""The candidate's way in, from the link to the room, on a real SFU."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from livekit import rtc

from interview.accounts import token_digest
from interview.adapters.livekit_rooms import AGENT_NAME, open_rooms
from interview.ids import seat_mark
from interview.store.memory import MemoryStore
from local.sfu import EmbeddedSfu
from tests.api.house import House, Json, opened, settings_with
from tests.standins.agent_worker import agent_worker

pytestmark = pytest.mark.room


@pytest.fixture
async def house(sfu: EmbeddedSfu) -> AsyncIterator[House]:
    settings = settings_with(
        LIVEKIT_URL=sfu.url, LIVEKIT_API_KEY=sfu.api_key, LIVEKIT_API_SECRET=sfu.api_secret
    )
    async with (
        open_rooms(sfu.url, sfu.api_key, sfu.api_secret) as rooms,
        opened(settings, MemoryStore(), rooms) as house,
    ):
        yield house


async def seat(house: House, session: str) -> Json:
    return await house.post("/v1/candidate/join", status=200, key=session)


async def test_joining_opens_a_room_with_its_phase_and_brings_an_agent(
    house: House, sfu: EmbeddedSfu
) -> None:
    interview = await house.invited()
    session = await house.consented(interview)
    async with agent_worker(sfu.url, sfu.api_key, sfu.api_secret, AGENT_NAME) as taken:
        granted = await seat(house, session)
        client = rtc.Room()
        await client.connect(granted["livekit_url"], granted["token"])
        metadata = await asyncio.wait_for(taken.get(), 10)

        assert {"interview": interview["id"], "epoch": 1} == json.loads(metadata)
        assert {"floor": "ai", "phase": "waiting", "epoch": 1} == json.loads(client.metadata)
        mark = seat_mark(token_digest(session))
        assert {"role": "candidate", "seat": mark} == client.local_participant.attributes
        await client.disconnect()
    await house.errands_done()


async def test_a_second_tab_takes_the_place_of_the_first(house: House, sfu: EmbeddedSfu) -> None:
    session = await house.consented(await house.invited())
    first, second = rtc.Room(), rtc.Room()
    gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    first.on("disconnected", gone.set_result)

    granted = await seat(house, session)
    await first.connect(granted["livekit_url"], granted["token"])
    again = await seat(house, session)
    await second.connect(again["livekit_url"], again["token"])

    assert rtc.DisconnectReason.DUPLICATE_IDENTITY == await asyncio.wait_for(gone, 10)
    assert second.isconnected()
    await second.disconnect()
    await house.drop_errands()


async def test_a_newer_link_shows_out_who_came_by_an_earlier_one_and_nobody_else(
    house: House, sfu: EmbeddedSfu
) -> None:
    """The place is free before the second device is in the room, and theirs once they are."""
    interview = await house.invited()
    first, second = rtc.Room(), rtc.Room()
    gone: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    first.on("disconnected", gone.set_result)
    granted = await seat(house, await house.consented(interview))
    await first.connect(granted["livekit_url"], granted["token"])

    again = await house.post(f"/v1/interviews/{interview['id']}/invitations")
    session = await house.redeemed(again)

    assert rtc.DisconnectReason.PARTICIPANT_REMOVED == await asyncio.wait_for(gone, 10)
    granted = await seat(house, session)
    await second.connect(granted["livekit_url"], granted["token"])
    assert second.isconnected()
    await second.disconnect()
    await house.drop_errands()


async def test_a_claim_shows_in_the_room(house: House, sfu: EmbeddedSfu) -> None:
    interview = await house.invited()
    session = await house.consented(interview)
    granted = await seat(house, session)
    await house.drop_errands()
    client = rtc.Room()
    seen: asyncio.Queue[str] = asyncio.Queue()
    client.on("room_metadata_changed", lambda _, new: seen.put_nowait(new))
    await client.connect(granted["livekit_url"], granted["token"])

    claim = await house.claimed(interview)
    live = json.loads(await asyncio.wait_for(seen.get(), 10))
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    ended = json.loads(await asyncio.wait_for(seen.get(), 10))

    assert ("live", "ended") == (live["phase"], ended["phase"])
    await client.disconnect()
    await house.drop_errands()


async def test_a_room_cannot_be_guessed_into_being(sfu: EmbeddedSfu) -> None:
    """A token of ours for a room that the API did not make opens nothing."""
    async with open_rooms(sfu.url, sfu.api_key, sfu.api_secret) as rooms:
        token = rooms.candidate_token("iv-guessed", "cand-guessed", 60)
        client = rtc.Room()
        with pytest.raises(rtc.ConnectError):
            await client.connect(sfu.url, token)
        assert await rooms.present("iv-guessed") is None
