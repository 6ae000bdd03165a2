"""The rooms port on a real SFU."""

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import jwt
import pytest
from livekit import api, rtc

import agent.settings
from interview.adapters import livekit_rooms
from interview.adapters.livekit_rooms import AGENT_NAME, LiveKitRooms, open_rooms
from interview.by_room import SeatRole
from interview.errors import Unavailable
from interview.ports import Guest, Present
from local.ports import free_port
from local.sfu import EmbeddedSfu
from tests.room.house import WITHIN_S
from tests.standins.agent_worker import agent_worker

pytestmark = pytest.mark.room


@pytest.fixture
async def rooms(sfu: EmbeddedSfu) -> AsyncIterator[LiveKitRooms]:
    async with open_rooms(sfu.url, sfu.api_key, sfu.api_secret) as opened:
        yield opened


@pytest.fixture
def room() -> str:
    return f"iv-{uuid4().hex}"


async def test_a_room_that_nobody_made_is_none_and_an_empty_one_is_empty(
    rooms: LiveKitRooms, room: str
) -> None:
    assert await rooms.present(room) is None

    await rooms.create(room, "{}")
    await rooms.create(room, "{}")

    assert await rooms.present(room) == ()


async def test_a_candidate_with_a_token_of_ours_is_seen_and_can_be_removed(
    rooms: LiveKitRooms, room: str, sfu: EmbeddedSfu
) -> None:
    await rooms.create(room, "{}")
    client = rtc.Room()
    await client.connect(sfu.url, rooms.candidate_token(room, "cand-1", 60))

    assert await rooms.present(room) == (Present("cand-1", "candidate"),)

    await rooms.remove(room, "cand-1")
    await rooms.remove(room, "cand-1")
    assert await rooms.present(room) == ()
    await client.disconnect()


async def test_a_room_for_trying_takes_a_candidate_and_is_gone_when_they_left(
    rooms: LiveKitRooms, sfu: EmbeddedSfu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(livekit_rooms, "CHECK_AWAY_S", 1)
    room = f"check-{uuid4().hex}"
    await rooms.create_check(room)
    client = rtc.Room()
    await client.connect(sfu.url, rooms.candidate_token(room, "cand-1", 60))

    assert (Present("cand-1", "candidate"),) == await rooms.present(room)
    await client.disconnect()

    async with asyncio.timeout(WITHIN_S):
        while await rooms.present(room) is not None:
            await asyncio.sleep(0.1)


async def test_metadata_reaches_the_clients_of_the_room(
    rooms: LiveKitRooms, room: str, sfu: EmbeddedSfu
) -> None:
    await rooms.create(room, "first")
    await rooms.set_metadata(room, "second")
    client = rtc.Room()
    await client.connect(sfu.url, rooms.candidate_token(room, "cand-1", 60))

    assert client.metadata == "second"
    await client.disconnect()


async def test_every_room_is_listed_with_what_its_clients_read(
    rooms: LiveKitRooms, room: str
) -> None:
    assert room not in await rooms.shown()

    await rooms.create(room, "first")
    await rooms.set_metadata(room, "second")

    assert (await rooms.shown())[room] == "second"


async def test_a_dispatch_that_no_worker_takes_is_not_taken(rooms: LiveKitRooms, room: str) -> None:
    await rooms.create(room, "{}")

    assert not await rooms.dispatch(room, "{}")


async def test_a_dispatch_is_taken_once_a_worker_has_the_job(
    rooms: LiveKitRooms, room: str, sfu: EmbeddedSfu
) -> None:
    await rooms.create(room, "{}")
    async with agent_worker(sfu.url, sfu.api_key, sfu.api_secret, AGENT_NAME) as taken:
        assert await rooms.dispatch(room, "which interview")

        assert await taken.get() == "which interview"
        assert [one.kind for one in await rooms.present(room) or ()] == ["agent"]


async def test_a_dispatch_is_not_taken_for_the_sake_of_an_agent_that_was_there_before(
    rooms: LiveKitRooms, room: str, sfu: EmbeddedSfu
) -> None:
    await rooms.create(room, "{}")
    zombie = rtc.Room()
    token = api.AccessToken(sfu.api_key, sfu.api_secret).with_identity("zombie")
    await zombie.connect(
        sfu.url,
        token.with_kind("agent").with_grants(api.VideoGrants(room_join=True, room=room)).to_jwt(),
    )

    assert not await rooms.dispatch(room, "{}")
    await zombie.disconnect()


def test_agents_register_under_the_name_that_is_sent_for() -> None:
    assert agent.settings.AGENT_NAME == AGENT_NAME


async def test_a_closed_room_is_gone_and_may_be_closed_again(
    rooms: LiveKitRooms, room: str
) -> None:
    await rooms.create(room, "{}")
    await rooms.close(room)
    await rooms.close(room)

    assert await rooms.present(room) is None


async def test_an_sfu_that_does_not_answer_is_unavailable(room: str) -> None:
    async with open_rooms(f"ws://127.0.0.1:{free_port()}", "key", "secret" * 8) as nowhere:
        with pytest.raises(Unavailable):
            await nowhere.present(room)
        with pytest.raises(Unavailable):
            await nowhere.dispatch(room, "{}")
        with pytest.raises(Unavailable):
            await nowhere.shown()


async def test_a_wrong_secret_is_unavailable(sfu: EmbeddedSfu, room: str) -> None:
    async with open_rooms(sfu.url, sfu.api_key, "another secret of thirty two letters") as wrong:
        with pytest.raises(Unavailable):
            await wrong.present(room)


async def test_a_candidates_token_grants_a_microphone_in_one_room_and_nothing_else(
    rooms: LiveKitRooms, sfu: EmbeddedSfu
) -> None:
    token = rooms.candidate_token("iv-1", "cand-1", 600)
    claims = jwt.decode(token, sfu.api_secret, algorithms=["HS256"])

    assert claims.pop("exp") - claims.pop("nbf") == 600
    assert claims.pop("iss") == sfu.api_key
    assert claims.pop("sub") == "cand-1"
    assert {key: value for key, value in claims.items() if value} == {
        "attributes": {"role": "candidate"},
        "video": {
            "roomJoin": True,
            "room": "iv-1",
            "canPublish": True,
            "canPublishSources": ["microphone"],
            "canSubscribe": True,
            "canPublishData": True,
            "canUpdateOwnMetadata": False,
        },
    }


@pytest.mark.parametrize(
    ("role", "hidden", "speaks"),
    [
        ("interviewer", False, {"canPublish": True, "canPublishData": True}),
        ("observer", False, {"canPublish": False, "canPublishData": False}),
        ("observer", True, {"canPublish": False, "canPublishData": False, "hidden": True}),
    ],
)
async def test_a_members_token_says_who_they_are_and_lets_observers_say_nothing(
    rooms: LiveKitRooms, sfu: EmbeddedSfu, role: SeatRole, hidden: bool, speaks: dict[str, bool]
) -> None:
    guest = Guest("int-1", "Anna", role, hidden, "a-mark")
    token = rooms.interviewer_token("iv-1", guest, 600)
    claims = jwt.decode(token, sfu.api_secret, algorithms=["HS256"])

    assert ("int-1", "Anna", {"role": role, "seat": "a-mark"}) == (
        claims["sub"],
        claims["name"],
        claims["attributes"],
    )
    assert None is claims.get("roomConfig")
    sources = ["microphone", "camera"] if role == "interviewer" else None
    granted = {key: value for key, value in claims["video"].items() if value or key in speaks}
    assert sources == (granted.pop("canPublishSources", None) or None)
    always = {"roomJoin": True, "room": "iv-1", "canSubscribe": True}
    assert always | speaks == {k: v for k, v in granted.items() if k != "canUpdateOwnMetadata"}
    assert claims["video"]["canUpdateOwnMetadata"] is False


async def test_an_interviewer_and_an_observer_are_told_apart_in_the_room(
    rooms: LiveKitRooms, room: str, sfu: EmbeddedSfu
) -> None:
    await rooms.create(room, "{}")
    clients = [rtc.Room(), rtc.Room()]
    for client, identity, role in zip(
        clients, ("int-1", "int-2"), ("interviewer", "observer"), strict=True
    ):
        seat: SeatRole = "observer" if role == "observer" else "interviewer"
        guest = Guest(identity, "Anna", seat, mark=f"of {identity}")
        await client.connect(sfu.url, rooms.interviewer_token(room, guest, 60))

    present = await rooms.present(room) or ()

    assert {
        Present("int-1", "interviewer", "of int-1"),
        Present("int-2", "observer", "of int-2"),
    } == set(present)
    for client in clients:
        await client.disconnect()
