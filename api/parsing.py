"""From a request to the arguments of its handler: nothing unknown, nothing too large."""

from collections.abc import Mapping
from typing import TypeVar

from aiohttp import web
from interview.errors import TooLarge
from pydantic import BaseModel, ValidationError

from api import yaml_text
from api.problems import FieldProblem, InvalidFields, invalid_fields
from api.registry import Operation

M = TypeVar("M", bound=BaseModel)
JSON = "application/json"
NUL = (b"\x00", b"\\u0000")


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
    elif operation.body:
        found["body"] = _body(operation.body, _as_json(request, operation, raw))
    return found


NO_QUERY = "This call takes no query parameters."


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
    if operation.yaml and request.content_type == yaml_text.MEDIA_TYPE:
        return yaml_text.as_json(raw)
    if request.content_type != JSON:
        raise web.HTTPUnsupportedMediaType
    return raw


def _body(model: type[M], raw: bytes) -> M:
    if any(nul in raw for nul in NUL):
        # PostgreSQL cannot store it in text; a person cannot mean it.
        raise InvalidFields([FieldProblem(field="body", detail="Expected text without NUL.")])
    try:
        return model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise invalid_fields(error, "body") from error


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
