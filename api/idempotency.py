"""`Idempotency-Key`: the first answer is kept with the change that it tells of, and said again."""

import hashlib
import re
from dataclasses import replace

from aiohttp import web
from interview.errors import Conflict
from interview.ids import CandidateId
from interview.ports import StoredAnswer
from pydantic import BaseModel

from api.callers import KeyHolder
from api.problems import FieldProblem, InvalidFields
from api.registry import Call, Operation
from api.v1.shapes import Person

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
FORM = re.compile(r"[\x21-\x7e]{1,255}")


def key_of(request: web.Request) -> str | None:
    """The key that was sent. Raises `Invalid` for one that is empty, long or not ASCII."""
    key = request.headers.get(HEADER)
    if key is not None and not FORM.fullmatch(key):
        detail = "Expected 1 to 255 visible ASCII characters."
        raise InvalidFields([FieldProblem(field=HEADER, detail=detail)])
    return key


async def answer_once(
    call: Call, operation: Operation, arguments: dict[str, object], key: str
) -> web.Response:
    """Runs the operation and keeps its answer in one transaction, or says the kept one again.

    Of two requests at once one commits; the other finds its key taken and looks again. Raises
    `IdempotencyMismatch`, and `Sealed` once the person whom the kept answer names was erased.
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
        if kept := await tx.answers.get(key, wanted, call.world.now()):
            return _response(kept.status, kept.body, {REPLAYED: "true"})
        joined = replace(call, world=replace(call.world, within=tx))
        result = await operation.run(joined, caller, arguments)
        assert isinstance(result, BaseModel), "what is created is said in JSON"
        body = result.model_dump_json().encode()
        about = CandidateId(result.id) if isinstance(result, Person) else None
        answer = StoredAnswer(wanted, operation.status, body, about)
        await tx.answers.put(key, answer, call.world.now())
    return _response(operation.status, body, {})


def _response(status: int, body: bytes, headers: dict[str, str]) -> web.Response:
    return web.Response(status=status, body=body, content_type="application/json", headers=headers)


def _request_hash(operation: Operation, arguments: dict[str, object]) -> bytes:
    digest = hashlib.sha256(operation.name.encode())
    for name, value in sorted(arguments.items()):
        said = value.model_dump_json() if isinstance(value, BaseModel) else str(value)
        digest.update(f"\n{name}={said}".encode())
    return digest.digest()
