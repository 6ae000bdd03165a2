"""OpenAI's chat completions on the wire: what is sent, in which dialect, and what comes back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from interview.ports import ModelFailed, Prompt, Reply, Spent
from interview.ports.models import Trouble

Way = Literal["schema", "tool", "object"]
"""How the form of an answer is asked for. The last two are for endpoints that refuse the first."""

MOST_TEXT = 200_000
LONGEST_NAME, MOST_TOKENS = 200, 10**9
"""What an endpoint says of itself goes into the interview's log, and no further than this."""

DONE = b"[DONE]"
NOTHING = Spent(0, 0)


@dataclass(frozen=True, slots=True)
class Dialect:
    """What an endpoint takes: most differ in these three alone."""

    way: Way = "schema"
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    counts: bool = True

    def other(self, said: str) -> "Dialect | None":
        """What to try after a refusal that `said` so much; None when nothing is left."""
        if self.counts and "stream_options" in said:
            return replace(self, counts=False)
        if self.limit == "max_tokens" and "max_completion_tokens" in said:
            return replace(self, limit="max_completion_tokens")
        match self.way:
            case "schema":
                return replace(self, way="tool")
            case "tool":
                return replace(self, way="object")
            case "object":
                return None


def body(prompt: Prompt, model: str, dialect: Dialect) -> bytes:
    """The request that asks `prompt`, as a stream."""
    asked: dict[str, object] = {
        "model": model,
        "messages": [
            {"role": "system", "content": _instructions(prompt, dialect)},
            {"role": "user", "content": prompt.content},
        ],
        dialect.limit: prompt.max_tokens,
        "stream": True,
        **_form(prompt, dialect),
    }
    if dialect.counts:
        asked["stream_options"] = {"include_usage": True}
    return json.dumps(asked, ensure_ascii=False).encode()


def _form(prompt: Prompt, dialect: Dialect) -> dict[str, object]:
    form = dict(prompt.form)
    match dialect.way:
        case "schema":
            schema = {"name": prompt.name, "strict": True, "schema": form}
            return {"response_format": {"type": "json_schema", "json_schema": schema}}
        case "tool":
            function = {"type": "function", "function": {"name": prompt.name, "parameters": form}}
            choice = {"type": "function", "function": {"name": prompt.name}}
            return {"tools": [function], "tool_choice": choice}
        case "object":
            return {"response_format": {"type": "json_object"}}


def _instructions(prompt: Prompt, dialect: Dialect) -> str:
    if dialect.way != "object":
        return prompt.instructions
    form = json.dumps(dict(prompt.form), ensure_ascii=False)
    return f"{prompt.instructions}\n\n{_in_json().substitute(form=form)}"


@cache
def _in_json() -> Template:
    path = Path(__file__).with_name("prompts") / "answer_in_json.md"
    return Template(path.read_text().strip())


_in_json()  # read before there is an event loop


class _Lenient(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Function(_Lenient):
    arguments: str | None = None


class _ToolCall(_Lenient):
    function: _Function | None = None


class _Words(_Lenient):
    content: str | None = None
    refusal: str | None = None
    tool_calls: tuple[_ToolCall, ...] | None = None


class _Choice(_Lenient):
    delta: _Words | None = None
    message: _Words | None = None
    finish_reason: str | None = None


class _Usage(_Lenient):
    prompt_tokens: int | None = None
    completion_tokens: int | None = None


class _Piece(_Lenient):
    """A chunk of a stream, or a whole completion."""

    model: str | None = None
    choices: tuple[_Choice, ...] | None = None
    usage: _Usage | None = None
    error: object = None


@dataclass
class Collected:
    """An answer as far as it has come. After a `trouble` nothing matters but what it costs, which
    is said last."""

    model: str
    spent: Spent = NOTHING
    is_finished: bool = False
    trouble: Trouble | None = None
    _texts: list[str] = field(default_factory=list)
    _length: int = 0

    def take(self, data: bytes) -> None:
        """One chunk, or a whole completion. Raises `ModelFailed` for what makes no sense."""
        if data == DONE:
            return
        try:
            piece = _Piece.model_validate_json(data)
        except ValidationError:
            raise self.failed("broken") from None  # which would quote what a person said
        self.model = _name(piece.model) or self.model
        if piece.usage is not None:
            spent = (piece.usage.prompt_tokens, piece.usage.completion_tokens)
            self.spent = Spent(*(min(max(0, tokens or 0), MOST_TOKENS) for tokens in spent))
        if piece.error is not None:
            raise self.failed("broken")
        for choice in (piece.choices or ())[:1]:
            self._choose(choice)

    def _choose(self, choice: _Choice) -> None:
        words = choice.delta or choice.message
        if choice.finish_reason == "content_filter" or (words and words.refusal):
            self.trouble = self.trouble or "refused"
        if choice.finish_reason == "length":
            self.trouble = self.trouble or "broken"
        if self.trouble is not None:
            return
        self.is_finished = self.is_finished or choice.finish_reason is not None
        for text in _texts(words):
            self._texts.append(text)
            self._length += len(text)
        if self._length > MOST_TEXT:
            raise self.failed("broken")

    def failed(self, trouble: Trouble) -> ModelFailed:
        """With the trouble that came first."""
        spent = None if self.spent == NOTHING else self.spent
        return ModelFailed(self.trouble or trouble, spent, self.model)

    def reply(self) -> Reply:
        """Raises `ModelFailed` for what was refused or cut off, and for all but one JSON object."""
        text = "".join(self._texts).strip()
        if self.trouble or not self.is_finished or not _is_object(text):
            raise self.failed("broken")
        return Reply(text, self.model, self.spent)


def _name(said: str | None) -> str:
    return "".join(filter(str.isprintable, said or ""))[:LONGEST_NAME]


def _texts(words: _Words | None) -> list[str]:
    if words is None:
        return []
    called = (call.function for call in (words.tool_calls or ())[:1])
    arguments = [function.arguments for function in called if function]
    return [text for text in (words.content, *arguments) if text]


def _is_object(text: str) -> bool:
    def no_number(name: str) -> object:
        raise ValueError(name)

    try:
        return isinstance(json.loads(text, parse_constant=no_number), Mapping)
    except (ValueError, RecursionError):
        return False


class EventReader:
    """Server-sent events, fed as they come (WHATWG HTML, 9.2.6); only their data matters."""

    def __init__(self) -> None:
        self._rest = b""
        self._data: list[bytes] = []
        self._length = 0

    def feed(self, piece: bytes) -> list[bytes]:
        """The data of the events that `piece` completes. Raises `ModelFailed` for endless ones."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        if len(self._rest) > MOST_TEXT:
            raise ModelFailed("broken")
        events: list[bytes] = []
        for line in (each.removesuffix(b"\r") for each in lines):
            if line.startswith(b"data:"):
                self._data.append(line[5:].removeprefix(b" "))
                self._length += len(line)  # with its name, or empty lines would be free
                if self._length > MOST_TEXT:
                    raise ModelFailed("broken")
            elif not line and self._data:
                events.append(b"\n".join(self._data))
                self._data, self._length = [], 0
        return events
