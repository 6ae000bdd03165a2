"""From a request to the arguments of its handler: nothing unknown, nothing too large."""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from typing import TypeVar

from aiohttp import web
from interview.errors import TooLarge
from pydantic import BaseModel, ValidationError

from api import yaml_text
from api.callers import AGENTS
from api.problems import FieldProblem, InvalidFields, invalid_fields
from api.registry import Operation

M = TypeVar("M", bound=BaseModel)
JSON = "application/json"
BACKSLASH = b"\\"
NUL, ESCAPED_NUL = b"\x00", b"\\u0000"


MAX_DEPTH = 32
TOKENS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?|[\[\]{}]', re.DOTALL)
"""Whole strings, also one that never ends, so that none is looked at twice; and brackets."""


def arguments(request: web.Request, operation: Operation, raw: bytes) -> dict[str, object]:
    """What the handler asks for, parsed. Raises `Invalid` naming every field at fault."""
    found: dict[str, object] = {}
    if operation.params:
        params = _from_text(operation.params, request.match_info, "path")
        found |= {name: getattr(params, name) for name in operation.params.model_fields}
    if operation.query:
        found["query"] = _from_text(operation.query, _single(request), "query")
    elif request.query:
        raise InvalidFields([FieldProblem(field=next(iter(request.query)), detail=NO_QUERY)])
    if operation.consumes:
        found["body"] = raw
    elif operation.body and operation.bodiless and not raw:
        found["body"] = operation.body()
    elif operation.body:
        found["body"] = _body(operation, operation.body, _as_json(request, operation, raw))
    return found


NO_QUERY = "This call takes no query parameters."
NO_BODY = f"Expected a body of {JSON}."


def _from_text(model: type[M], values: Mapping[str, str], where: str) -> M:
    try:
        return model.model_validate(dict(values))
    except ValidationError as error:
        raise invalid_fields(error, where) from error


def _single(request: web.Request) -> Mapping[str, str]:
    for name in request.query:
        if len(request.query.getall(name)) > 1:
            raise InvalidFields([FieldProblem(field=name, detail="Expected once.")])
        if "\x00" in request.query[name]:
            raise InvalidFields([FieldProblem(field=name, detail="Expected text without NUL.")])
    return request.query


def _as_json(request: web.Request, operation: Operation, raw: bytes) -> bytes:
    if not raw:
        raise InvalidFields([FieldProblem(field="body", detail=NO_BODY)])
    if operation.yaml and request.content_type == yaml_text.MEDIA_TYPE:
        return yaml_text.as_json(raw)
    if request.content_type != JSON:
        wanted = (JSON, *((yaml_text.MEDIA_TYPE,) if operation.yaml else ()))
        raise web.HTTPUnsupportedMediaType(headers={"Accept": ", ".join(wanted)})
    return raw


def _body(operation: Operation, model: type[M], raw: bytes) -> M:
    # A backslash is rare, and one byte is found thirty times as quickly as six.
    if NUL in raw or (BACKSLASH in raw and ESCAPED_NUL in raw):
        # PostgreSQL cannot store it in text; a person cannot mean it.
        raise InvalidFields([FieldProblem(field="body", detail="Expected text without NUL.")])
    if operation.access not in AGENTS:
        # What agents send comes from our own client, fifty events at a time.
        _check_depth(raw)
        _check_names(raw)
    try:
        return model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise invalid_fields(error, "body") from error


def _check_depth(raw: bytes) -> None:
    """Raises `Invalid` for what is nested deeper than any body of ours."""
    if raw.count(b"[") + raw.count(b"{") <= MAX_DEPTH:
        return
    depth = 0
    for token in TOKENS.finditer(raw):
        depth += {b"[": 1, b"{": 1, b"]": -1, b"}": -1}.get(token[0], 0)
        if depth > MAX_DEPTH:
            detail = f"Expected at most {MAX_DEPTH} levels of nesting."
            raise InvalidFields([FieldProblem(field="body", detail=detail)])


def _check_names(raw: bytes) -> None:
    """Raises `Invalid` for a name that an object has twice: parsers differ in which one counts."""
    # What is no JSON at all is refused by the model, which says where.
    with suppress(ValueError):
        json.loads(raw, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> None:
    names: set[str] = set()
    for name, _ in pairs:
        if name in names:
            raise InvalidFields([FieldProblem(field=name[:100], detail="Expected once.")])
        names.add(name)


async def read_body(request: web.Request, operation: Operation) -> bytes:
    """What was sent, for an operation that takes something. Raises `TooLarge`."""
    if not (operation.body or operation.consumes):
        return b""
    limit = operation.max_bytes
    if (request.content_length or 0) > limit:
        raise TooLarge(f"Expected at most {limit} bytes.")
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > limit:
            raise TooLarge(f"Expected at most {limit} bytes.")
    return bytes(raw)
