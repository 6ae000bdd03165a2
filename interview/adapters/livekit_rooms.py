"""The rooms of an SFU: LiveKit's server API behind the port `Rooms`."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Literal

import aiohttp
from livekit import api
from livekit.protocol.agent import JobStatus
from livekit.protocol.agent_dispatch import AgentDispatch
from livekit.protocol.models import ParticipantInfo

from interview.errors import Unavailable
from interview.ports import Guest, Present

AGENT_NAME = "vivavoce-interviewer"
"""Under this name the agent's workers register; every dispatch is explicit."""

MARK = "seat"
"""The attribute of a token that says by which proof its holder came; a client cannot change it."""

WAITING_S = 900
"""An empty room outlives the token with which somebody will enter it."""

AWAY_S = 150
"""How long a room waits for a candidate who left it."""

CHECK_WAITING_S, CHECK_AWAY_S = 300, 30
CHECK_PEOPLE = 2
"""A connection that is tried anew may come before the SFU has missed the old one."""

MAX_PEOPLE = 12
"""The SFU does not count agents: a candidate with a new device beside the old, five interviewers,
observers."""

TIMEOUT_S = 3.0
TAKEN_WITHIN_S = 1.5
"""The SFU accepts a dispatch that no worker takes and forgets it, so somebody has to look."""

POLL_EVERY_S = 0.1


class LiveKitRooms:
    """Implements `Rooms`; make it with `open_rooms`."""

    def __init__(self, client: api.LiveKitAPI, api_key: str, api_secret: str) -> None:
        self._client = client
        self._key = api_key
        self._secret = api_secret

    async def create(self, room: str, metadata: str) -> None:
        request = api.CreateRoomRequest(
            name=room,
            metadata=metadata,
            empty_timeout=WAITING_S,
            departure_timeout=AWAY_S,
            max_participants=MAX_PEOPLE,
        )
        with _unavailable():
            await self._client.room.create_room(request)

    async def create_check(self, room: str) -> None:
        request = api.CreateRoomRequest(
            name=room,
            empty_timeout=CHECK_WAITING_S,
            departure_timeout=CHECK_AWAY_S,
            max_participants=CHECK_PEOPLE,
        )
        with _unavailable():
            await self._client.room.create_room(request)

    async def set_metadata(self, room: str, metadata: str) -> None:
        with _unavailable():
            await self._client.room.update_room_metadata(
                api.UpdateRoomMetadataRequest(room=room, metadata=metadata)
            )

    async def dispatch(self, room: str, metadata: str) -> bool:
        """As in `Rooms`. A job is seen in the dispatch, or by the agent that comes for it.

        One look is not enough: while the SFU asks its nodes which agents there are (for 5 s, at the
        first dispatch of a minute and after each new worker), it lists no job that it gave away.
        """
        request = api.CreateAgentDispatchRequest(
            agent_name=AGENT_NAME, room=room, metadata=metadata
        )
        with _unavailable():
            before = await self._agents(room)
            made = await self._client.agent_dispatch.create_dispatch(request)
            try:
                async with asyncio.timeout(TAKEN_WITHIN_S):
                    while not (await self._is_taken(made) or await self._agents(room) - before):
                        await asyncio.sleep(POLL_EVERY_S)
            except TimeoutError:
                return False
        return True

    async def _is_taken(self, made: AgentDispatch) -> bool:
        found = await self._client.agent_dispatch.get_dispatch(made.id, made.room)
        jobs = found.state.jobs if found else ()
        return any(job.state.status != JobStatus.JS_FAILED for job in jobs)

    async def _agents(self, room: str) -> set[str]:
        """The agents in the room by their session, which is new for each that comes."""
        listed = await self._client.room.list_participants(api.ListParticipantsRequest(room=room))
        return {person.sid for person in listed.participants if _kind(person) == "agent"}

    async def present(self, room: str) -> tuple[Present, ...] | None:
        with _unavailable():
            known = await self._client.room.list_rooms(api.ListRoomsRequest(names=[room]))
            if not known.rooms:
                return None
            listed = await self._client.room.list_participants(
                api.ListParticipantsRequest(room=room)
            )
        return tuple(
            Present(person.identity, _kind(person), person.attributes.get(MARK) or None)
            for person in listed.participants
        )

    async def shown(self) -> Mapping[str, str]:
        with _unavailable():
            known = await self._client.room.list_rooms(api.ListRoomsRequest())
        return {room.name: room.metadata for room in known.rooms}

    async def remove(self, room: str, identity: str) -> None:
        with _unavailable(), _gone_already():
            await self._client.room.remove_participant(
                api.RoomParticipantIdentity(room=room, identity=identity)
            )

    async def close(self, room: str) -> None:
        with _unavailable(), _gone_already():
            await self._client.room.delete_room(api.DeleteRoomRequest(room=room))

    def candidate_token(self, room: str, identity: str, ttl_s: int, mark: str = "") -> str:
        """Join this room, publish a microphone, send data (for RPC to the agent); no more."""
        grants = api.VideoGrants(
            room_join=True,
            room=room,
            can_publish=True,
            can_publish_sources=["microphone"],
            can_subscribe=True,
            can_publish_data=True,
            can_update_own_metadata=False,
        )
        return (
            api.AccessToken(self._key, self._secret)
            .with_identity(identity)
            .with_grants(grants)
            .with_attributes({"role": "candidate", **({MARK: mark} if mark else {})})
            .with_ttl(timedelta(seconds=ttl_s))
            .to_jwt()
        )

    def interviewer_token(self, room: str, guest: Guest, ttl_s: int) -> str:
        """Interviewers publish microphone and camera and send data (for RPC to the agent);
        observers publish nothing."""
        speaks = guest.role == "interviewer"
        grants = api.VideoGrants(
            room_join=True,
            room=room,
            can_publish=speaks,
            can_publish_sources=["microphone", "camera"] if speaks else [],
            can_subscribe=True,
            can_publish_data=speaks,
            can_update_own_metadata=False,
            hidden=guest.hidden,
        )
        return (
            api.AccessToken(self._key, self._secret)
            .with_identity(guest.identity)
            .with_name(guest.name)
            .with_grants(grants)
            .with_attributes({"role": guest.role, MARK: guest.mark})
            .with_ttl(timedelta(seconds=ttl_s))
            .to_jwt()
        )


@asynccontextmanager
async def open_rooms(url: str, api_key: str, api_secret: str) -> AsyncIterator[LiveKitRooms]:
    """The rooms of the SFU at `url` (`ws://`, `wss://`, `http://` or `https://`)."""
    timeout = aiohttp.ClientTimeout(total=TIMEOUT_S)
    client = api.LiveKitAPI(url, api_key, api_secret, timeout=timeout, failover=False)
    try:
        yield LiveKitRooms(client, api_key, api_secret)
    finally:
        await client.aclose()


def _kind(
    person: ParticipantInfo,
) -> Literal["agent", "candidate", "interviewer", "observer", "other"]:
    """The kind is the SFU's word; the role is an attribute that our API has signed."""
    if person.kind == ParticipantInfo.Kind.AGENT:
        return "agent"
    match person.attributes.get("role"):
        case "candidate":
            return "candidate"
        case "interviewer":
            return "interviewer"
        case "observer":
            return "observer"
        case _:
            return "other"


@contextmanager
def _unavailable() -> Iterator[None]:
    try:
        yield
    except (api.ServerError, aiohttp.ClientError, TimeoutError) as error:
        reason = str(error) or type(error).__name__
        raise Unavailable(f"The SFU does not answer: {reason}") from error


@contextmanager
def _gone_already() -> Iterator[None]:
    """What should vanish and is not there has vanished."""
    try:
        yield
    except api.ServerError as error:
        if error.code != "not_found":
            raise
