"""A scripted stand-in for a language model with OpenAI's chat completions: whole or streamed."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from aiohttp import web
from pydantic import BaseModel, ConfigDict, ValidationError

Trouble = Literal["refuse", "unauthorized", "too_many", "stall"]
STATUS: Mapping[Trouble, int] = {"refuse": 503, "unauthorized": 401, "too_many": 429}

DONE = b"data: [DONE]\n\n"


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Part(_Asked):
    type: str
    text: str = ""


class Message(_Asked):
    """One message of a conversation; `content` is text, or parts of which some are text."""

    role: str
    content: str | tuple[Part, ...] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, tuple):
            return "".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(_Asked):
    include_usage: bool = False


class Completion(_Asked):
    """The body of `POST /v1/chat/completions`, as far as it matters here."""

    model: str
    messages: tuple[Message, ...]
    stream: bool = False
    stream_options: StreamOptions = StreamOptions()


Reply = Callable[[Sequence[Message]], str]


@dataclass
class OpenAI:
    """An async context manager; `base_url` is what a client is pointed at, with any key.

    `reply` says the answer to a conversation. Every request is kept in `asked`.
    """

    reply: Reply
    first_token_s: float = 0.0
    trouble: Trouble | None = None
    asked: list[Completion] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._runner: web.AppRunner | None = None
        self._port = 0

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._port}/v1"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_post("/v1/chat/completions", self._complete)
        # As a provider does, it stops where a client that called off its question is gone.
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _complete(self, request: web.Request) -> web.StreamResponse:
        if not request.headers.get("Authorization", "").startswith("Bearer "):
            return _refusal(401, "invalid_api_key", "no API key was given")
        if self.trouble == "stall":
            await asyncio.sleep(3600)
        if self.trouble is not None:
            return _refusal(STATUS[self.trouble], self.trouble, self.trouble)
        try:
            asked = Completion.model_validate_json(await request.read())
        except ValidationError as error:
            return _refusal(400, "invalid_request", str(error.errors()[0]["msg"]))
        self.asked.append(asked)
        await asyncio.sleep(self.first_token_s)
        text = self.reply(asked.messages)
        if not asked.stream:
            return web.json_response(whole(asked, text))
        return await self._stream(request, asked, text)

    async def _stream(
        self, request: web.Request, asked: Completion, text: str
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        for chunk in chunks(asked, text):
            await response.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        await response.write(DONE)
        await response.write_eof()
        return response


def whole(asked: Completion, text: str) -> dict[str, object]:
    """A completion in one piece."""
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    return {**_head(asked, "chat.completion"), "choices": [choice], "usage": _usage(asked, text)}


def chunks(asked: Completion, text: str) -> Iterator[dict[str, object]]:
    """A completion word by word; the usage comes last, to whom asked for it."""
    head = _head(asked, "chat.completion.chunk")
    yield head | _choice({"role": "assistant", "content": ""})
    for number, word in enumerate(text.split()):
        yield head | _choice({"content": f" {word}" if number else word})
    yield head | _choice({}, "stop")
    if asked.stream_options.include_usage:
        yield head | {"choices": [], "usage": _usage(asked, text)}


def _head(asked: Completion, kind: str) -> dict[str, object]:
    return {
        "id": "chatcmpl-stand-in",
        "object": kind,
        "created": int(time.time()),
        "model": asked.model,
    }


def _choice(delta: dict[str, str], finish_reason: str | None = None) -> dict[str, object]:
    return {"choices": [{"index": 0, "delta": delta, "finish_reason": finish_reason}]}


def _usage(asked: Completion, text: str) -> dict[str, int]:
    """Words stand for tokens."""
    prompt = sum(len(message.text.split()) for message in asked.messages)
    answer = len(text.split())
    return {
        "prompt_tokens": prompt,
        "completion_tokens": answer,
        "total_tokens": prompt + answer,
    }


def _refusal(status: int, code: str, message: str) -> web.Response:
    error = {"message": message, "type": code, "param": None, "code": code}
    return web.json_response({"error": error}, status=status)
