"""Operations of the document as methods of a class."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from local.client.shapes import Shapes, identifier, references, target

Json = Mapping[str, Any]
JSON = "application/json"
SSE = "text/event-stream"
KEY = "Idempotency-Key"


@dataclass(frozen=True)
class Call:
    """One operation, as far as a client has to know it."""

    name: str
    method: str
    path: str
    entry: Json

    @property
    def content(self) -> Json:
        """What it answers, by media type."""
        done = next(each for status, each in self.entry["responses"].items() if status[0] == "2")
        return dict(done.get("content", {}))

    @property
    def sent(self) -> Json:
        """What it takes, by media type."""
        return dict(self.entry.get("requestBody", {}).get("content", {}))

    def parameters(self, where: str) -> list[Json]:
        """Those of the path, the query or the header."""
        return [each for each in self.entry["parameters"] if each["in"] == where]


def calls_of(document: Json) -> list[Call]:
    """All in the order of the document, but for those that only send a browser elsewhere."""
    return [
        Call(entry["operationId"], method.upper(), path, entry)
        for path, methods in document["paths"].items()
        for method, entry in methods.items()
        if any(status.startswith("2") for status in entry["responses"])
    ]


def bodies_of(document: Json) -> set[str]:
    """The classes that are sent."""
    return {name for call in calls_of(document) for name in references(dict(call.sent))}


class Methods:
    """The methods of one class, to be awaited or not."""

    def __init__(self, shapes: Shapes, *, awaited: bool) -> None:
        self._shapes = shapes
        self._def, self._await = ("async def", "await ") if awaited else ("def", "")
        self._events = "AsyncIterator[ServerEvent]" if awaited else "Iterator[ServerEvent]"

    def of(self, call: Call) -> Iterator[str]:
        """The source: one method, and one more where the call also streams."""
        plain = [media for media in call.content if media != SSE]
        if plain or not call.content:
            reader, result = self._reader(call, plain)
            yield self._method(call, self._def, call.name, result, f"{self._await}{reader}")
        if SSE in call.content:
            name = f"{call.name}_stream"
            yield self._method(call, "def", name, self._events, "self._stream({ask})")

    def _reader(self, call: Call, media: list[str]) -> tuple[str, str]:
        if JSON in media:
            model = target(call.content[JSON]["schema"]["$ref"])
            return f"self._json({{ask}}, {model})", model
        if not media:
            return "self._send({ask})", "None"
        if media[0].startswith("text/") or media[0].endswith("yaml"):
            return "self._text({ask})", "str"
        return "self._bytes({ask})", "bytes"

    def _method(self, call: Call, kind: str, name: str, result: str, reading: str) -> str:
        said = reading.format(ask=_asking(call))
        text = "\n\n        ".join(
            part.replace("\n", "\n        ")
            for part in (f"{call.entry['summary']}.", call.entry.get("description", ""))
            if part
        )
        if call.entry.get("deprecated"):
            text += "\n\n        Deprecated: see the API's documentation."
        returning = "" if result == "None" else "return "
        return (
            f"    {kind} {name}({self._signature(call)}) -> {result}:\n"
            f'        """{text}"""\n        {returning}{said}\n'
        )

    def _signature(self, call: Call) -> str:
        known = ["self"]
        known += [self._argument(each) for each in call.parameters("path")]
        if JSON in call.sent:
            hint = self._shapes.annotation(call.sent[JSON]["schema"])
            is_needed = call.entry["requestBody"]["required"]
            known.append(f"body: {hint}" if is_needed else f"body: {hint} | None = None")
        elif call.sent:
            known.append("content: bytes")
        named = call.parameters("query") + call.parameters("header")
        named.sort(key=lambda each: not each["required"])
        if named:
            known += ["*", *map(self._argument, named)]
        return ", ".join(known)

    def _argument(self, parameter: Json) -> str:
        hint = self._shapes.annotation(parameter["schema"])
        if parameter["required"]:
            return f"{identifier(parameter['name'])}: {hint}"
        optional = hint if "None" in hint.split(" | ") else f"{hint} | None"
        return f"{identifier(parameter['name'])}: {optional} = None"


def _asking(call: Call) -> str:
    parts = [json.dumps(call.method), json.dumps(_with_blanks(call.path))]
    parts += [identifier(each["name"]) for each in call.parameters("path")]
    for name, where in (("query", "query"), ("headers", "header")):
        if given := call.parameters(where):
            pairs = ", ".join(
                f"{json.dumps(each['name'])}: {_header(each) if where == 'header' else known}"
                for each in given
                for known in [identifier(each["name"])]
            )
            parts.append(f"{name}={{{pairs}}}")
    if JSON in call.sent:
        parts.append("body=body")
    elif call.sent:
        parts += ["content=content", f"media={json.dumps(next(iter(call.sent)))}"]
    if any(each["name"] == KEY for each in call.parameters("header")):
        parts.append("creates=True")
    return f"ask({', '.join(parts)})"


def _header(parameter: Json) -> str:
    """Headers are text, whatever their schema says."""
    known = identifier(parameter["name"])
    if parameter["schema"].get("type") == "string":
        return known
    return f"None if {known} is None else str({known})"


def _with_blanks(path: str) -> str:
    return re.sub(r"{\w+}", "{}", path)
