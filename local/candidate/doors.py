"""The candidate's door of the public API, as a client outside knows it."""

from types import TracebackType
from typing import Any, Self
from urllib.parse import urlsplit

import aiohttp
from pydantic import BaseModel, ConfigDict


class DoorRefused(Exception):
    """The API refused; `code` is the stable code of its problem document."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Redeemed(_Answer):
    access_token: str


class Notice(_Answer):
    version: str
    text: str


class OwnInterview(_Answer):
    """What a candidate may know of their interview."""

    state: str
    notice: Notice


class Consented(_Answer):
    state: str


class Seat(_Answer):
    """The way into the room."""

    livekit_url: str
    token: str
    expires_at: str


def invitation_token(invitation: str) -> str:
    """The one-time token in an invitation's link (after `#`), or the token itself."""
    return urlsplit(invitation).fragment or invitation


class CandidateDoor:
    """Redeem, read, consent, join: an async context manager over one HTTP session.

    Every refusal is a `DoorRefused`; a lost connection is aiohttp's `ClientError`.
    """

    def __init__(self, api_url: str) -> None:
        self._api_url = api_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None
        self.access_token: str | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=30))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def redeem(self, invitation: str) -> str:
        """Trades the invitation (link or token), once, for an access token and keeps it."""
        body = {"token": invitation_token(invitation)}
        answer = Redeemed.model_validate(await self._call("POST", "/v1/invitations/redeem", body))
        self.access_token = answer.access_token
        return answer.access_token

    async def interview(self) -> OwnInterview:
        """State and notice."""
        return OwnInterview.model_validate(await self._call("GET", "/v1/candidate/interview"))

    async def consent(self, accepted: bool, notice_version: str) -> str:
        """Answers the notice; returns the interview's state."""
        body = {"accepted": accepted, "notice_version": notice_version}
        answer = await self._call("POST", "/v1/candidate/consent", body)
        return Consented.model_validate(answer).state

    async def join(self) -> Seat:
        """A seat in the room; may be asked for again after a loss."""
        return Seat.model_validate(await self._call("POST", "/v1/candidate/join", {}))

    async def enter(self, invitation: str) -> Seat:
        """The whole way in: redeem, read the notice, accept it if that is still open, join."""
        await self.redeem(invitation)
        interview = await self.interview()
        if interview.state == "invited":
            await self.consent(accepted=True, notice_version=interview.notice.version)
        return await self.join()

    async def _call(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        assert self._session is not None, "use the door as a context manager"
        headers = {"Authorization": f"Bearer {self.access_token}"} if self.access_token else {}
        async with self._session.request(
            method, self._api_url + path, json=body, headers=headers
        ) as response:
            if response.ok:
                return await response.json()
            problem = await _problem(response)
            raise DoorRefused(
                response.status, str(problem.get("code", "")), str(problem.get("detail", ""))
            )


async def _problem(response: aiohttp.ClientResponse) -> dict[str, Any]:
    try:
        problem = await response.json(content_type=None)
    except ValueError:
        problem = None
    return problem if isinstance(problem, dict) else {"detail": await response.text()}
