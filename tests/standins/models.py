"""Scripted language models behind OpenAI's wire protocol: real HTTP, real server-sent events."""

import argparse
import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Literal, Self

from aiohttp import web

from tests.standins.answers import PERSONALITIES, LevelOf, Personality, Turn, answer

Way = Literal["schema", "tool", "object", "none"]
WAYS: frozenset[Way] = frozenset({"schema", "tool", "object"})
MODEL = "stand-in"
PIECE = 12


def always_four(_: str, __: tuple[Turn, ...]) -> int | None:
    return 4


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    model: str
    name: str
    instructions: str
    content: str
    way: Way
    form: Mapping[str, object]
    body: Mapping[str, object]
    headers: Mapping[str, str]


@dataclass
class ModelServer:
    """An async context manager; `base_url` is what a client is pointed at.

    The model `stand-in` has `personality` (and before it those of `first`, one a request); a model
    that is called like a personality always has that one. `key` is demanded when given. `ways` are
    the forms of answer it takes, `refuses` names of parameters it does not know, which it says
    after `refuses_after_s`; `calls_itself` is the model that it names in its answers, where that is
    not the one that was asked for. With `refuses_for_s` it refuses to answer, and trickles words
    for so long.
    """

    personality: Personality = "good"
    first: list[Personality] = field(default_factory=list)
    level_of: LevelOf = always_four
    latency_s: float = 0.0
    piece_s: float = 0.0
    slow_s: float = 5.0
    retry_after: str | None = "1"
    key: str | None = None
    ways: frozenset[Way] = WAYS
    refuses: frozenset[str] = frozenset()
    refuses_after_s: float = 0.0
    streams: bool = True
    calls_itself: str | None = None
    refuses_for_s: float | None = None
    status: int | None = None
    location: str | None = None
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _runner: web.AppRunner | None = None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=8 * 1024 * 1024)
        app.router.add_post("/v1/chat/completions", self._complete)
        app.router.add_get("/v1/models", self._models)
        self._runner = web.AppRunner(app, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _models(self, request: web.Request) -> web.Response:
        if (refusal := self._unknown_caller(request)) is not None:
            return refusal
        names = (MODEL, *PERSONALITIES)
        listed = [
            {"id": name, "object": "model", "created": 0, "owned_by": MODEL} for name in names
        ]
        return web.json_response({"object": "list", "data": listed})

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            return await self._answered(request)
        finally:
            self._at_once -= 1

    async def _answered(self, request: web.Request) -> web.StreamResponse:
        if (refusal := self._unknown_caller(request)) is not None:
            return refusal
        if self.status is not None:
            refusal = _refusal(self.status, None, "out of order")
            if self.location is not None:
                refusal.headers["Location"] = self.location
            return refusal
        try:
            body = json.loads(await request.read())
        except ValueError:
            return _refusal(400, None, "the body is not JSON")
        if (wrong := self._wrong(body)) is not None:
            await asyncio.sleep(self.refuses_after_s)
            return wrong
        asked = _asked(body, dict(request.headers))
        self.asked.append(asked)
        personality = self._personality(asked.model)
        if personality == "too_many":
            return _refusal(429, None, "slow down", self.retry_after)
        await asyncio.sleep(self.slow_s if personality == "slow" else self.latency_s)
        text = answer(
            personality, asked.name, asked.instructions, asked.content, asked.form, self.level_of
        )
        if self.calls_itself is not None:
            asked = replace(asked, model=self.calls_itself)
        if not (body.get("stream") and self.streams):
            return web.json_response(_whole(asked, text))
        return await self._stream(request, asked, text, stalls=personality == "stalls")

    def _unknown_caller(self, request: web.Request) -> web.Response | None:
        if self.key is None or request.headers.get("Authorization") == f"Bearer {self.key}":
            return None
        return _refusal(401, None, "Incorrect API key provided", code="invalid_api_key")

    def _personality(self, model: str) -> Personality:
        for known in PERSONALITIES:
            if known == model:
                return known
        return self.first.pop(0) if self.first else self.personality

    def _wrong(self, body: Mapping[str, object]) -> web.Response | None:
        """A refusal as OpenAI words it."""
        for name in sorted(self.refuses & body.keys()):
            instead = " Use 'max_completion_tokens' instead." if name == "max_tokens" else ""
            return _refusal(400, name, f"Unsupported parameter: '{name}'.{instead}")
        way = _way(body)
        if way not in self.ways | {"none"}:
            param = "tools" if way == "tool" else "response_format"
            return _refusal(400, param, f"'{param}' of this type is not supported")
        if way == "schema" and (wrong := _not_strict(_form(body)[1])):
            return _refusal(400, "response_format", f"Invalid schema for response_format: {wrong}")
        if way == "object" and "json" not in json.dumps(body["messages"]).lower():
            return _refusal(400, "messages", "'messages' must contain the word 'json'")
        return None

    async def _stream(
        self, request: web.Request, asked: Asked, text: str, *, stalls: bool
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream; charset=utf-8"})
        await response.prepare(request)
        if self.refuses_for_s is not None:
            await _refuse(response, asked, self.refuses_for_s)
        chunks = _chunks(asked, text)
        for chunk in chunks[: len(chunks) // 2] if stalls else chunks:
            raw = json.dumps(chunk, ensure_ascii=False).encode()
            await response.write(b"data: " + raw + b"\n\n")
            if self.piece_s:
                await asyncio.sleep(self.piece_s)
        if stalls:
            await asyncio.sleep(3600)
        await response.write(b"data: [DONE]\n\n")
        await response.write_eof()
        return response


async def _refuse(response: web.StreamResponse, asked: Asked, for_s: float) -> None:
    said = _head(asked, "chat.completion.chunk") | _choice("delta", {"refusal": "No. "})
    for _ in range(round(for_s / 0.1)):
        await response.write(b"data: " + json.dumps(said).encode() + b"\n\n")
        await asyncio.sleep(0.1)


def _way(body: Mapping[str, object]) -> Way:
    match body.get("response_format"):
        case {"type": "json_schema"}:
            return "schema"
        case {"type": "json_object"}:
            return "object"
        case _:
            return "tool" if body.get("tools") else "none"


def _form(body: Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    """The form's name and schema, wherever they stand."""
    match body:
        case {"response_format": {"json_schema": {"name": str(name), "schema": dict(form)}}}:
            return name, form
        case {"tools": [{"function": {"name": str(name), "parameters": dict(form)}}, *_]}:
            return name, form
        case _:
            said = json.dumps(body.get("messages")).replace('\\"', '"')
            known = {'"action"': "probe", '"wish"': "wish"}
            return next((name for key, name in known.items() if key in said), "rating"), {}


def _asked(body: Mapping[str, object], headers: Mapping[str, str]) -> Asked:
    said: dict[str, list[str]] = {}
    messages = body["messages"]
    for message in messages if isinstance(messages, list) else ():
        said.setdefault(str(message["role"]), []).append(str(message["content"]))
    name, form = _form(body)
    return Asked(
        model=str(body["model"]),
        name=name,
        instructions="\n".join((*said.get("system", ()), *said.get("developer", ()))),
        content="\n".join(said.get("user", ())),
        way=_way(body),
        form=form,
        body=body,
        headers=headers,
    )


def _not_strict(form: object) -> str | None:
    """What OpenAI's strict mode would find wrong: each object is closed, and all of it required."""
    if isinstance(form, list):
        return next((wrong for each in form if (wrong := _not_strict(each))), None)
    if not isinstance(form, Mapping):
        return None
    if form.get("type") == "object":
        properties = form.get("properties", {})
        if form.get("additionalProperties") is not False:
            return "'additionalProperties' is required to be supplied and to be false"
        if set(properties) != set(form.get("required", ())):
            return "'required' is required to include every key in properties"
    return next((wrong for each in form.values() if (wrong := _not_strict(each))), None)


def _pieces(text: str) -> list[str]:
    return [text[at : at + PIECE] for at in range(0, len(text), PIECE)]


def _chunks(asked: Asked, text: str) -> list[dict[str, object]]:
    """The answer as it is streamed; the usage comes last, to whom asked for it."""
    head = _head(asked, "chat.completion.chunk")
    if asked.way == "tool":
        opening = {"index": 0, "id": "call_1", "type": "function"}
        first: dict[str, object] = {
            "tool_calls": [opening | {"function": {"name": asked.name, "arguments": ""}}]
        }
        rest: list[dict[str, object]] = [
            {"tool_calls": [{"index": 0, "function": {"arguments": piece}}]}
            for piece in _pieces(text)
        ]
    else:
        first, rest = {"content": ""}, [{"content": piece} for piece in _pieces(text)]
    deltas = [{"role": "assistant"} | first, *rest]
    said = [head | _choice("delta", delta) for delta in deltas]
    said.append(head | _choice("delta", {}, "stop"))
    options = asked.body.get("stream_options")
    if isinstance(options, Mapping) and options.get("include_usage"):
        said.append(head | {"choices": [], "usage": _usage(asked, text)})
    return said


def _whole(asked: Asked, text: str) -> dict[str, object]:
    message: dict[str, object] = {"role": "assistant", "content": text, "refusal": None}
    if asked.way == "tool":
        function = {"name": asked.name, "arguments": text}
        call = {"id": "call_1", "type": "function", "function": function}
        message |= {"content": None, "tool_calls": [call]}
    head = _head(asked, "chat.completion")
    return head | _choice("message", message, "stop") | {"usage": _usage(asked, text)}


def _head(asked: Asked, kind: str) -> dict[str, object]:
    return {"id": "chatcmpl-stand-in", "object": kind, "created": 0, "model": asked.model}


def _choice(key: str, said: dict[str, object], finished: str | None = None) -> dict[str, object]:
    choice = {"index": 0, key: said, "finish_reason": finished, "logprobs": None}
    return {"choices": [choice]}


def _usage(asked: Asked, text: str) -> dict[str, int]:
    """Words stand for tokens."""
    prompt, said = len(f"{asked.instructions} {asked.content}".split()), len(text.split())
    return {"prompt_tokens": prompt, "completion_tokens": said, "total_tokens": prompt + said}


def _refusal(
    status: int,
    param: str | None,
    message: str,
    retry_after: str | None = None,
    code: str | None = None,
) -> web.Response:
    error = {"message": message, "type": "invalid_request_error", "param": param, "code": code}
    headers = {"Retry-After": retry_after} if retry_after else None
    return web.json_response({"error": error}, status=status, headers=headers)


async def _serve(port: int, personality: Personality, latency_s: float) -> None:
    async with ModelServer(personality, latency_s=latency_s, port=port) as server:
        print(server.base_url, flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--personality", choices=PERSONALITIES, default="good")
    parser.add_argument("--latency-s", type=float, default=0.0)
    given = parser.parse_args()
    asyncio.run(_serve(given.port, given.personality, given.latency_s))
