"""A worker that speaks LiveKit's agent protocol: takes every job, joins, is silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import aiohttp
from livekit import api, rtc
from livekit.protocol.agent import (
    AvailabilityResponse,
    JobType,
    RegisterWorkerRequest,
    ServerMessage,
    WorkerMessage,
)
from livekit.protocol.models import ParticipantPermission


@asynccontextmanager
async def agent_worker(
    url: str, api_key: str, api_secret: str, agent_name: str
) -> AsyncIterator[asyncio.Queue[str]]:
    """Registered while the block lasts; the queue gets the metadata of each job it takes."""
    taken: asyncio.Queue[str] = asyncio.Queue()
    grants = api.VideoGrants(agent=True)
    token = api.AccessToken(api_key, api_secret).with_grants(grants).to_jwt()
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{url}/agent", headers=headers) as socket,
    ):
        await socket.send_bytes(_register(agent_name).SerializeToString())
        ServerMessage.FromString(await socket.receive_bytes())
        serving = asyncio.create_task(_serve(url, socket, taken))
        yield taken
        serving.cancel()
        await asyncio.wait([serving])


async def _serve(
    url: str, socket: aiohttp.ClientWebSocketResponse, taken: asyncio.Queue[str]
) -> None:
    async with AsyncExitStack() as rooms:
        async for frame in socket:
            message = ServerMessage.FromString(frame.data)
            if message.HasField("availability"):
                job = message.availability.job
                answer = AvailabilityResponse(
                    job_id=job.id, available=True, participant_identity=f"agent-{job.id}"
                )
                await socket.send_bytes(WorkerMessage(availability=answer).SerializeToString())
            if message.HasField("assignment"):
                room = rtc.Room()
                await room.connect(url, message.assignment.token)
                rooms.push_async_callback(room.disconnect)
                await taken.put(message.assignment.job.metadata)


def _register(agent_name: str) -> WorkerMessage:
    return WorkerMessage(
        register=RegisterWorkerRequest(
            type=JobType.JT_ROOM,
            agent_name=agent_name,
            version="1.0.0",
            ping_interval=30,
            allowed_permissions=ParticipantPermission(can_publish=True),
        )
    )
