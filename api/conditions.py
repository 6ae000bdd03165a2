"""Conditional requests (RFC 9110, section 13): the strong ETag of a thing is its revision."""

import re
from collections.abc import Awaitable, Callable
from uuid import UUID

from aiohttp import ETag, web
from interview.errors import Code, PreconditionRequired
from pydantic import BaseModel

from api.problems import FieldProblem, InvalidFields, Stale
from api.registry import Answer, Call, Header, Operation, answer_json

ETAG = "ETag"
IF_MATCH = "If-Match"
IF_NONE_MATCH = "If-None-Match"
ANY = "*"
TAG = r'(?:W/)?"[!#-~\x80-\uffff]*"'
TAGS = re.compile(rf"\s*{TAG}(?:\s*,\s*{TAG})*\s*")
NO_TAG = 'Expected * or ETags in their double quotes, such as "1".'
NAMES_FORM = Header(ETAG, {"type": "string"})
NEEDED = frozenset({"PUT", "PATCH", "DELETE"})
"""Who replaces or deletes says what they have read; other changes may say it."""


def hears(operation: Operation) -> tuple[Header, ...]:
    """The conditions that a request may or must name."""
    if operation.revised is None:
        return ()
    if operation.method == "GET":
        return (Header(IF_NONE_MATCH, {"type": "string"}),)
    return (Header(IF_MATCH, {"type": "string"}, required=operation.method in NEEDED),)


def says(operation: Operation) -> tuple[Header, ...]:
    """What is there afterwards is named, but in an answer that is said again: it may be gone."""
    names = operation.revised or operation.made
    return (NAMES_FORM,) if names and operation.method != "DELETE" else ()


def refuses(operation: Operation) -> tuple[Code, ...]:
    """The codes of conditions that do not hold."""
    if operation.revised is None or operation.method == "GET":
        return ()
    needed = (Code.PRECONDITION_REQUIRED,) if operation.method in NEEDED else ()
    return (Code.PRECONDITION_FAILED, *needed)


async def conditionally(
    call: Call,
    operation: Operation,
    parsed: dict[str, object],
    run: Callable[[], Awaitable[Answer]],
) -> Answer:
    """What `run` answers, if the conditions hold.

    Who has it already is told so, and the thing itself is not read. What is to change is held until
    it has. Raises `Stale` and `PreconditionRequired`, and first of all what reading
    raises.
    """
    if operation.revised is None:
        return await run()
    is_read = operation.method == "GET"
    tag = await _tag(call, operation, parsed, lock=not is_read)
    if is_read and _has(call.request, tag):
        return web.Response(status=304, headers={ETAG: tag})
    if not is_read:
        _check(call.request, operation, tag)
    answer = await run()
    if operation.creates or not says(operation) or not isinstance(answer, BaseModel):
        return answer
    response = answer_json(answer, operation.status)
    response.headers[ETAG] = tag if is_read else await _tag(call, operation, parsed)
    return response


async def made(
    call: Call, operation: Operation, parsed: dict[str, object], answer: Answer
) -> dict[str, str]:
    """The header that names what a call which `creates` has made or changed."""
    if not operation.creates or not says(operation):
        return {}
    if operation.made is None:
        return {ETAG: await _tag(call, operation, parsed)}
    tx, thing = call.world.within, getattr(answer, "id", None)
    assert tx is not None, "conditions hold within the transaction of the call"
    assert isinstance(thing, UUID), "what is made has an id"
    return {ETAG: f'"{await operation.made(tx).revision(thing, lock=False)}"'}


async def _tag(
    call: Call, operation: Operation, parsed: dict[str, object], *, lock: bool = False
) -> str:
    """Read before the thing is: it may be too old for what follows, never too new.

    A path that names nothing is about what the tenant has once.
    """
    tx, revised, params = call.world.within, operation.revised, operation.params
    assert tx is not None, "conditions hold within the transaction of the call"
    assert revised is not None
    thing = parsed[next(iter(params.model_fields))] if params else tx.tenant
    assert isinstance(thing, UUID)
    return f'"{await revised(tx).revision(thing, lock=lock)}"'


def _has(request: web.Request, tag: str) -> bool:
    if request.headers.get(IF_NONE_MATCH) == ANY:
        return True
    return any(_quoted(each) == tag for each in request.if_none_match or ())


def _check(request: web.Request, operation: Operation, tag: str) -> None:
    said = request.headers.get(IF_MATCH)
    if said is None:
        if operation.method in NEEDED:
            raise PreconditionRequired
    elif said != ANY and not TAGS.fullmatch(said):
        raise InvalidFields([FieldProblem(field=IF_MATCH, detail=NO_TAG)])
    elif said != ANY and not any(
        _quoted(each) == tag and not each.is_weak for each in request.if_match or ()
    ):
        # Strong comparison: a weak tag equals none.
        raise Stale(tag)


def _quoted(tag: ETag) -> str:
    return f'"{tag.value}"'
