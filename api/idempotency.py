"""`Idempotency-Key`: the first answer is kept with the change that it tells of, and said again."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web
from interview.ids import CandidateId, TenantId
from interview.ports import StoredAnswer
from pydantic import BaseModel

from api.callers import Caller, CandidateHere
from api.problems import MEDIA_TYPE, FieldProblem, InvalidFields
from api.registry import Answer, Call, Header, Operation
from api.tags import KEEP_FAULT
from api.v1.shapes import Person

HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"
FORM = re.compile(r"[\x21-\x7e]{1,255}")
KEY = Header(HEADER, {"type": "string", "pattern": "^[!-~]{1,255}$"})
REPLAY = Header(REPLAYED, {"type": "string", "const": "true"})


def key_of(request: web.Request, shortest: int = 1) -> str | None:
    """The key that was sent. Raises `Invalid` for one that is short, long or not ASCII."""
    key = request.headers.get(HEADER)
    if key is not None and not (FORM.fullmatch(key) and len(key) >= shortest):
        detail = f"Expected {shortest} to 255 visible ASCII characters."
        raise InvalidFields([FieldProblem(field=HEADER, detail=detail)])
    return key


def require_heard(request: web.Request, operation: Operation) -> None:
    """Raises `Invalid` for a key that would be in vain: who sends one counts on it."""
    is_heard = operation.creates or any(header.name == HEADER for header in operation.hears)
    repeats = operation.method == "POST" and operation.changes
    if HEADER in request.headers and repeats and not is_heard:
        detail = "No answer of this call is kept: look before you repeat it."
        raise InvalidFields([FieldProblem(field=HEADER, detail=detail)])


async def answer_once(
    call: Call,
    operation: Operation,
    arguments: dict[str, object],
    key: str,
    run: Callable[[], Awaitable[Answer]],
) -> web.Response:
    """Keeps the answer in the transaction of the change, or says the kept one again.

    Of two requests at once one commits; the other meets `Conflict`, and finds the answer when it
    looks again. A fault of ours is kept, too, though it undid what it was about; a refusal is not,
    for it says what to change. Raises `IdempotencyMismatch`, and `Sealed` once the person whom the
    kept answer names was erased.
    """
    key = _scoped(call.caller, key)
    tx, now = call.world.within, call.world.now()
    assert tx is not None, "only a tenant's own calls are idempotent"
    wanted = _request_hash(operation, arguments)
    if kept := await tx.answers.get(key, wanted, now):
        return _response(kept.status, kept.body, {REPLAYED: "true"})
    call.request[KEEP_FAULT] = _keeping(call, tx.tenant, key, wanted)
    result = await run()
    assert isinstance(result, BaseModel), "what is created is said in JSON"
    body = result.model_dump_json().encode()
    about = CandidateId(result.id) if isinstance(result, Person) else None
    await tx.answers.put(key, StoredAnswer(wanted, operation.status, body, about), now)
    return _response(operation.status, body, {})


def _scoped(caller: Caller, key: str) -> str:
    """A candidate's key is good for themselves alone: others may well choose the same one."""
    match caller:
        case CandidateHere(who=who):
            return f"candidate {who.interview} {key}"
        case _:
            return key


def _keeping(
    call: Call, tenant: TenantId, key: str, wanted: bytes
) -> Callable[[int, bytes], Awaitable[None]]:
    async def keep(status: int, body: bytes) -> None:
        async with call.desk.world.transaction(tenant) as tx:
            await tx.answers.put(key, StoredAnswer(wanted, status, body), call.world.now())

    return keep


def _response(status: int, body: bytes, headers: dict[str, str]) -> web.Response:
    kind = MEDIA_TYPE if status >= HTTPStatus.BAD_REQUEST else "application/json"
    return web.Response(status=status, body=body, content_type=kind, headers=headers)


def _request_hash(operation: Operation, arguments: dict[str, object]) -> bytes:
    digest = hashlib.sha256(operation.name.encode())
    for name, value in sorted(arguments.items()):
        said = value.model_dump_json() if isinstance(value, BaseModel) else str(value)
        digest.update(f"\n{name}={said}".encode())
    return digest.digest()
