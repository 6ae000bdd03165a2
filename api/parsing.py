"""From a request to the arguments of its handler: nothing unknown, nothing too large."""

from collections.abc import Mapping
from typing import TypeVar

from aiohttp import web
from interview.errors import TooLarge
from pydantic import BaseModel, ValidationError

from api.problems import FieldProblem, InvalidFields, invalid_fields
from api.registry import Operation

M = TypeVar("M", bound=BaseModel)
JSON = "application/json"
NUL = (b"\x00", b"\\u0000")


async def arguments(request: web.Request, operation: Operation) -> dict[str, object]:
    """What the handler asks for, parsed.

    Raises `Invalid` naming every field at fault, `TooLarge`.
    """
    found: dict[str, object] = {}
    if operation.params:
        params = _from_text(operation.params, request.match_info, "path")
        found |= {name: getattr(params, name) for name in operation.params.model_fields}
    if operation.query:
        found["query"] = _from_text(operation.query, _single(request), "query")
    elif request.query:
        raise InvalidFields([FieldProblem(field=next(iter(request.query)), detail=NO_QUERY)])
    if operation.consumes:
        found["body"] = await _read(request, operation.max_bytes)
    elif operation.body:
        found["body"] = await _json(request, operation.body, operation.max_bytes)
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


async def _json(request: web.Request, model: type[M], limit: int) -> M:
    if request.content_type != JSON:
        raise web.HTTPUnsupportedMediaType
    raw = await _read(request, limit)
    if any(nul in raw for nul in NUL):
        # PostgreSQL cannot store it in text; a person cannot mean it.
        raise InvalidFields([FieldProblem(field="body", detail="Expected text without NUL.")])
    try:
        return model.model_validate_json(raw, strict=True)
    except ValidationError as error:
        raise invalid_fields(error, "body") from error


async def _read(request: web.Request, limit: int) -> bytes:
    if (request.content_length or 0) > limit:
        raise TooLarge(f"Expected at most {limit} bytes.")
    raw = bytearray()
    async for chunk in request.content.iter_any():
        raw += chunk
        if len(raw) > limit:
            raise TooLarge(f"Expected at most {limit} bytes.")
    return bytes(raw)
