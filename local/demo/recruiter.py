"""A recruiter's client of the public API: the shortest complete example of one."""

from types import TracebackType
from typing import Self
from uuid import uuid4

import aiohttp

from local.errors import LocalError

Json = dict[str, object]


class Recruiter:
    """Calls `/v1` with an API key. A refusal is a `LocalError` that says what the API said."""

    def __init__(self, api_url: str, key: str) -> None:
        self._api_url = api_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}"}
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(headers=self._headers)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

    async def post(self, path: str, body: Json | None = None) -> Json:
        """Creates something; the key makes a repeat after a lost answer harmless."""
        headers = {"Idempotency-Key": uuid4().hex}
        return await self._call("POST", path, json=body or {}, headers=headers)

    async def act(self, path: str, body: Json | None = None) -> Json:
        """Does what no answer is kept of, and what refuses such a key for that."""
        return await self._call("POST", path, json=body or {})

    async def get(self, path: str) -> Json:
        return await self._call("GET", path)

    async def prepare_interview(
        self, kit: Json, title: str, name: str, email: str, **agreed: str
    ) -> Json:
        """Job, kit, candidate, invitation (with what else was `agreed`); returns what
        `POST /v1/interviews` answered."""
        job = await self.post("/v1/jobs", {"title": title})
        draft = await self.post("/v1/kits", {**kit, "job_id": job["id"]})
        await self.post(f"/v1/kits/{draft['id']}/publish")
        candidate = await self.post("/v1/candidates", {"name": name, "email": email})
        return await self.post(
            "/v1/interviews", {"kit_id": draft["id"], "candidate_id": candidate["id"], **agreed}
        )

    async def _call(
        self,
        method: str,
        path: str,
        *,
        json: Json | None = None,
        headers: dict[str, str] | None = None,
    ) -> Json:
        assert self._session is not None, "use the client as a context manager"
        async with self._session.request(
            method, self._api_url + path, json=json, headers=headers
        ) as response:
            answer: Json = await response.json(content_type=None)
            if response.ok:
                return answer
            raise LocalError(f"{method} {path}: {answer.get('code')}: {answer.get('detail')}")
