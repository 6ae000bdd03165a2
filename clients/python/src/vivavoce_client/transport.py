"""Requests and answers of the API, without knowing any of its calls."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import quote
from uuid import uuid4

import httpx
from pydantic import BaseModel, ValidationError

from vivavoce_client.base import Answer
from vivavoce_client.generated.models import Problem

M = TypeVar("M", bound=Answer)
Headers = Mapping[str, str | None]
IDEMPOTENCY_KEY = "Idempotency-Key"
TIMEOUT_S = 30.0
TRIES = 3
PAUSE_S = 0.5
AWAY = frozenset({502, 503, 504})


class ApiProblem(Exception):
    """The API refused. `code` is stable; `problem` is the whole document, where there was one."""

    def __init__(self, status: int, problem: Problem | None, text: str) -> None:
        super().__init__(f"{status} {problem.code}: {problem.detail}" if problem else text)
        self.status = status
        self.problem = problem
        self.code = problem.code if problem else ""
        self.field = problem.field if problem else None
        self.request_id = problem.request_id if problem else ""


@dataclass(frozen=True)
class ServerEvent:
    """One server-sent event; `data` is its text, mostly JSON."""

    id: str
    event: str
    data: str


@dataclass(frozen=True)
class Ask:
    """One request: what to send, and whether it may be sent again when its answer is lost."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    content: bytes | None
    repeatable: bool


def ask(
    method: str,
    path: str,
    *parts: object,
    query: Mapping[str, object] | None = None,
    headers: Headers | None = None,
    body: BaseModel | None = None,
    content: bytes | None = None,
    media: str = "application/json",
    creates: bool = False,
) -> Ask:
    """Builds a request; `parts` fill the blanks of `path`. What is None is not sent."""
    said = {name: value for name, value in (headers or {}).items() if value is not None}
    if creates:
        said.setdefault(IDEMPOTENCY_KEY, uuid4().hex)
    if body is not None:
        content = body.model_dump_json(exclude_unset=True, by_alias=True).encode()
    if content is not None:
        said["Content-Type"] = media
    return Ask(
        method=method,
        path=path.format(*(quote(str(part), safe="") for part in parts)),
        query={name: _text(value) for name, value in (query or {}).items() if value is not None},
        headers=said,
        content=content,
        repeatable=method in {"GET", "HEAD", "PUT", "DELETE"} or creates,
    )


def _text(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case datetime() | date():
            return value.isoformat()
        case _:
            return str(value)


def _raised(response: httpx.Response) -> httpx.Response:
    """Raises `ApiProblem`."""
    if response.status_code < 400:
        return response
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        problem = None
    raise ApiProblem(response.status_code, problem, response.reason_phrase)


def _read(response: httpx.Response, model: type[M]) -> M:
    answer = model.model_validate_json(response.content)
    answer._headers = response.headers
    return answer


def _events(lines: Iterable[str]) -> Iterator[ServerEvent]:
    reader = _Reader()
    for line in lines:
        if event := reader.take(line):
            yield event


class _Reader:
    """Server-sent events out of lines (WHATWG HTML, section 9.2.6)."""

    def __init__(self) -> None:
        self._id, self._event, self._data = "", "message", list[str]()

    def take(self, line: str) -> ServerEvent | None:
        if not line:
            event = ServerEvent(self._id, self._event, "\n".join(self._data))
            had_data, self._event, self._data = bool(self._data), "message", []
            return event if had_data else None
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "id":
                self._id = value
            case "event":
                self._event = value
            case "data":
                self._data.append(value)
            case _:
                pass
        return None


class Transport:
    """A connection to one API. Close it, or use it in a `with`."""

    def __init__(
        self, base_url: str, token: str | None = None, *, http: httpx.Client | None = None
    ) -> None:
        self._http = http or httpx.Client(timeout=TIMEOUT_S)
        self._http.base_url = httpx.URL(base_url)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def _request(self, asked: Ask) -> httpx.Request:
        return self._http.build_request(
            asked.method,
            asked.path,
            params=asked.query,
            headers=self._headers | asked.headers,
            content=asked.content,
        )

    def _send(self, asked: Ask) -> httpx.Response:
        for again in range(TRIES):
            last = again == TRIES - 1 or not asked.repeatable
            try:
                response = self._http.send(self._request(asked))
                if last or response.status_code not in AWAY:
                    return _raised(response)
            except httpx.TransportError:
                if last:
                    raise
            time.sleep(PAUSE_S * 2**again)
        raise AssertionError("the last try returns or raises")

    def _json(self, asked: Ask, model: type[M]) -> M:
        return _read(self._send(asked), model)

    def _text(self, asked: Ask) -> str:
        return self._send(asked).text

    def _bytes(self, asked: Ask) -> bytes:
        return self._send(asked).content

    def _stream(self, asked: Ask) -> Iterator[ServerEvent]:
        asked.headers["Accept"] = "text/event-stream"
        response = self._http.send(self._request(asked), stream=True)
        try:
            if response.status_code >= 400:
                response.read()
            yield from _events(_raised(response).iter_lines())
        finally:
            response.close()


class AsyncTransport:
    """The same to be awaited."""

    def __init__(
        self, base_url: str, token: str | None = None, *, http: httpx.AsyncClient | None = None
    ) -> None:
        self._http = http or httpx.AsyncClient(timeout=TIMEOUT_S)
        self._http.base_url = httpx.URL(base_url)
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    def _request(self, asked: Ask) -> httpx.Request:
        return self._http.build_request(
            asked.method,
            asked.path,
            params=asked.query,
            headers=self._headers | asked.headers,
            content=asked.content,
        )

    async def _send(self, asked: Ask) -> httpx.Response:
        for again in range(TRIES):
            last = again == TRIES - 1 or not asked.repeatable
            try:
                response = await self._http.send(self._request(asked))
                if last or response.status_code not in AWAY:
                    return _raised(response)
            except httpx.TransportError:
                if last:
                    raise
            await asyncio.sleep(PAUSE_S * 2**again)
        raise AssertionError("the last try returns or raises")

    async def _json(self, asked: Ask, model: type[M]) -> M:
        return _read(await self._send(asked), model)

    async def _text(self, asked: Ask) -> str:
        return (await self._send(asked)).text

    async def _bytes(self, asked: Ask) -> bytes:
        return (await self._send(asked)).content

    async def _stream(self, asked: Ask) -> AsyncIterator[ServerEvent]:
        asked.headers["Accept"] = "text/event-stream"
        response = await self._http.send(self._request(asked), stream=True)
        reader = _Reader()
        try:
            if response.status_code >= 400:
                await response.aread()
            async for line in _raised(response).aiter_lines():
                if event := reader.take(line):
                    yield event
        finally:
            await response.aclose()
