"""The agent's side of the agent's door: the API over HTTP, and nothing else."""

from http import HTTPStatus
from types import TracebackType
from typing import Protocol, Self, TypeVar
from uuid import UUID

import aiohttp
from interview.door import (
    Claim,
    ClaimRequest,
    EventsRequest,
    EventsStored,
    Heartbeat,
    HeartbeatRequest,
    SegmentHeader,
)
from interview.errors import InterviewError, LeaseLost, LeaseTaken
from pydantic import BaseModel

from agent.errors import DoorClosed

M = TypeVar("M", bound=BaseModel)
REFUSALS: dict[str, type[InterviewError]] = {"lease_lost": LeaseLost, "lease_taken": LeaseTaken}


class Door(Protocol):
    """What the agent asks of the API. All calls raise `DoorClosed` when it does not answer, and
    `LeaseLost` when another agent leads the interview."""

    async def claim(self, request: ClaimRequest) -> Claim: ...
    async def heartbeat(self, interview: UUID, request: HeartbeatRequest) -> Heartbeat: ...
    async def events(self, interview: UUID, request: EventsRequest) -> EventsStored: ...
    async def late_events(self, interview: UUID, request: EventsRequest) -> None: ...
    async def segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None: ...


class HttpDoor:
    """`Door` over HTTP. `claim` swaps the service key for the lease's token."""

    def __init__(self, api_url: str, agent_key: str, timeout_s: float = 5.0) -> None:
        self._base = api_url.rstrip("/") + "/internal/v1"
        self._key = agent_key
        self._token = ""
        self._timeout = aiohttp.ClientTimeout(total=timeout_s)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=self._timeout)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session:
            await self._session.close()

    async def claim(self, request: ClaimRequest) -> Claim:
        claim = await self._post("/leases", request, Claim, self._key)
        self._token = claim.token
        return claim

    async def heartbeat(self, interview: UUID, request: HeartbeatRequest) -> Heartbeat:
        return await self._post(
            f"/interviews/{interview}/heartbeat", request, Heartbeat, self._token
        )

    async def events(self, interview: UUID, request: EventsRequest) -> EventsStored:
        return await self._post(
            f"/interviews/{interview}/events", request, EventsStored, self._token
        )

    async def late_events(self, interview: UUID, request: EventsRequest) -> None:
        await self._call("POST", f"/interviews/{interview}/spool", self._key, json=request)

    async def segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None:
        path = f"/interviews/{interview}/recording/{participant}/{index}"
        await self._call("PUT", path, self._token, query=header, body=body)

    async def _post(self, path: str, request: BaseModel, answer: type[M], bearer: str) -> M:
        return answer.model_validate_json(await self._call("POST", path, bearer, json=request))

    async def _call(
        self,
        method: str,
        path: str,
        bearer: str,
        *,
        json: BaseModel | None = None,
        query: BaseModel | None = None,
        body: bytes | None = None,
    ) -> bytes:
        assert self._session is not None, "use the door as a context manager"
        data = json.model_dump_json().encode() if json is not None else body
        kind = "application/json" if json is not None else "audio/ogg"
        try:
            async with self._session.request(
                method,
                self._base + path,
                params=query.model_dump(mode="json") if query else None,
                data=data,
                headers={"Authorization": f"Bearer {bearer}", "Content-Type": kind},
            ) as response:
                answer = await response.read()
                if response.status < HTTPStatus.BAD_REQUEST:
                    return answer
                raise await _refusal(response, answer)
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DoorClosed from error


async def _refusal(response: aiohttp.ClientResponse, answer: bytes) -> InterviewError:
    if response.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return DoorClosed(f"the API answered {response.status}")
    problem = await response.json(content_type=None) if answer else {}
    kind = REFUSALS.get(str(problem.get("code")), InterviewError)
    return kind(str(problem.get("detail", response.status)))
