"""Conditional requests (RFC 9110, section 13): the strong ETag of a thing is its revision."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from aiohttp import ETag, web
from interview.errors import Code, PreconditionFailed, PreconditionRequired
from pydantic import BaseModel

from api.registry import Answer, Call, Header, Operation, answer_json

ETAG = "ETag"
IF_MATCH = "If-Match"
IF_NONE_MATCH = "If-None-Match"
ANY = "*"
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
    """What is there afterwards is named, but in answers that are kept and said again."""
    silent = operation.revised is None or operation.creates or operation.method == "DELETE"
    return () if silent else (NAMES_FORM,)


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
    it has. Raises `PreconditionFailed` and `PreconditionRequired`, and first of all what reading
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
    if not says(operation) or not isinstance(answer, BaseModel):
        return answer
    response = answer_json(answer, operation.status)
    response.headers[ETAG] = tag if is_read else await _tag(call, operation, parsed)
    return response


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
    elif said != ANY and not any(
        _quoted(each) == tag and not each.is_weak for each in request.if_match or ()
    ):
        # Strong comparison: a weak tag equals none.
        raise PreconditionFailed


def _quoted(tag: ETag) -> str:
    return f'"{tag.value}"'
