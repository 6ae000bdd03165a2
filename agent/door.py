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
    RehearsalRequest,
    SegmentHeader,
)
from interview.errors import (
    Conflict,
    InterviewError,
    Invalid,
    LeaseLost,
    LeaseTaken,
    NotFound,
    OutOfOrder,
    Sealed,
    TooLarge,
)
from pydantic import BaseModel, ValidationError

from agent.errors import DoorClosed, Refused

M = TypeVar("M", bound=BaseModel)
REFUSALS: dict[str, type[InterviewError]] = {
    kind.code: kind
    for kind in (
        Conflict,
        Invalid,
        LeaseLost,
        LeaseTaken,
        NotFound,
        OutOfOrder,
        Sealed,
        TooLarge,
    )
}
NOT_NOW = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
"""Answers that say nothing of what was sent: a key may be changed, a crowd may pass."""


class Door(Protocol):
    """What the agent asks of the API. All calls raise `DoorClosed` when it does not answer, and
    `LeaseLost` when another agent leads the interview. `late_…` is for an epoch that leads no more:
    it takes the service key, not a lease's token."""

    async def claim(self, request: ClaimRequest) -> Claim: ...
    async def heartbeat(self, interview: UUID, request: HeartbeatRequest) -> Heartbeat: ...
    async def events(self, interview: UUID, request: EventsRequest) -> EventsStored: ...
    async def late_events(self, interview: UUID, request: EventsRequest) -> None: ...
    async def segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None: ...
    async def late_segment(
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

    async def claim_rehearsal(self, request: RehearsalRequest) -> Claim:
        return await self._post("/rehearsals", request, Claim, self._key)

    async def heartbeat(self, interview: UUID, request: HeartbeatRequest) -> Heartbeat:
        return await self._post(
            f"/interviews/{interview}/heartbeat", request, Heartbeat, self._token
        )

    async def events(self, interview: UUID, request: EventsRequest) -> EventsStored:
        return await self._post(
            f"/interviews/{interview}/events", request, EventsStored, self._token
        )

    async def late_events(self, interview: UUID, request: EventsRequest) -> None:
        await self._post(f"/interviews/{interview}/spool", request, EventsStored, self._key)

    async def segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None:
        await self._put(interview, f"{participant}/{index}", header, body, self._token)

    async def late_segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None:
        await self._put(interview, f"{participant}/{index}", header, body, self._key)

    async def _post(self, path: str, request: BaseModel, answer: type[M], bearer: str) -> M:
        """An API that is newer than this agent may say more than it knows: that is passed over."""
        body = request.model_dump_json().encode()
        said = await self._call("POST", path, bearer, "application/json", body)
        try:
            return answer.model_validate_json(said, extra="ignore")
        except ValidationError as error:
            raise DoorClosed("what answers is not the API") from error

    async def _put(
        self, interview: UUID, part: str, header: SegmentHeader, body: bytes, bearer: str
    ) -> None:
        path = f"/interviews/{interview}/recording/{part}"
        await self._call("PUT", path, bearer, "audio/ogg", body, query=header)

    async def _call(
        self,
        method: str,
        path: str,
        bearer: str,
        kind: str,
        body: bytes,
        *,
        query: BaseModel | None = None,
    ) -> bytes:
        assert self._session is not None, "use the door as a context manager"
        try:
            async with self._session.request(
                method,
                self._base + path,
                params=query.model_dump(mode="json") if query else None,
                data=body,
                headers={"Authorization": f"Bearer {bearer}", "Content-Type": kind},
                allow_redirects=False,
            ) as response:
                answer = await response.read()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise DoorClosed from error
        if response.status in {HTTPStatus.OK, HTTPStatus.CREATED}:
            return answer
        raise _refusal(response.status, answer)


class _Problem(BaseModel):
    """As much of a problem document as the agent reads."""

    code: str
    detail: str


def _refusal(status: int, answer: bytes) -> InterviewError:
    """`DoorClosed` for everything that is no refusal of the API's own."""
    is_refusal = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    if not is_refusal or status in NOT_NOW:
        return DoorClosed(f"the API answered {status}")
    try:
        problem = _Problem.model_validate_json(answer)
    except ValidationError:
        return DoorClosed(f"something answered {status}, and not as the API does")
    return REFUSALS.get(problem.code, Refused)(problem.detail)
