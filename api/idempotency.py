"""`Idempotency-Key`: the first answer is kept with the change that it tells of, and said again."""

import hashlib
import re
from dataclasses import replace

from aiohttp import web
from interview.errors import Conflict, IdempotencyMismatch
from interview.ports import StoredAnswer
from pydantic import BaseModel

from api.callers import KeyHolder
from api.problems import FieldProblem, InvalidFields
from api.registry import Call, Header, Operation

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
FORM = re.compile(r"[\x21-\x7e]{1,255}")
KEY = Header(HEADER, {"type": "string", "minLength": 1, "maxLength": 255})
REPLAY = Header(REPLAYED, {"type": "string", "const": "true"})


def key_of(request: web.Request, shortest: int = 1) -> str | None:
    """The key that was sent. Raises `Invalid` for one that is short, long or not ASCII."""
    key = request.headers.get(HEADER)
    if key is not None and not (FORM.fullmatch(key) and len(key) >= shortest):
        detail = f"Expected {shortest} to 255 visible ASCII characters."
        raise InvalidFields([FieldProblem(field=HEADER, detail=detail)])
    return key


async def answer_once(
    call: Call, operation: Operation, arguments: dict[str, object], key: str
) -> web.Response:
    """Runs the operation and keeps its answer in one transaction, or says the kept one again.

    Of two requests at once one commits; the other finds its key taken and looks again. Raises
    `IdempotencyMismatch`.
    """
    try:
        return await _answer(call, operation, arguments, key)
    except Conflict:
        return await _answer(call, operation, arguments, key)


async def _answer(
    call: Call, operation: Operation, arguments: dict[str, object], key: str
) -> web.Response:
    caller = call.caller
    assert isinstance(caller, KeyHolder), "only a tenant's own calls are idempotent"
    wanted = _request_hash(operation, arguments)
    async with call.world.transaction(caller.tenant) as tx:
        if kept := await tx.answers.get(key):
            if kept.request_hash != wanted:
                raise IdempotencyMismatch
            return _response(kept.status, kept.body, {REPLAYED: "true"})
        joined = replace(call, world=replace(call.world, within=tx))
        result = await operation.run(joined, caller, arguments)
        assert isinstance(result, BaseModel), "what is created is said in JSON"
        body = result.model_dump_json().encode()
        await tx.answers.put(key, StoredAnswer(wanted, operation.status, body), call.world.now())
    return _response(operation.status, body, {})


def _response(status: int, body: bytes, headers: dict[str, str]) -> web.Response:
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _request_hash(operation: Operation, arguments: dict[str, object]) -> bytes:
    digest = hashlib.sha256(operation.name.encode())
    for name, value in sorted(arguments.items()):
        said = value.model_dump_json() if isinstance(value, BaseModel) else str(value)
        digest.update(f"\n{name}={said}".encode())
    return digest.digest()
