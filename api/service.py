"""How a call is served: proved, done, noted in the audit trail and answered in one transaction."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, nullcontext
from dataclasses import replace

from aiohttp import web
from interview.audit import Deed
from interview.errors import Conflict, Forbidden, NotFound, Unauthenticated
from interview.ports import Transaction
from pydantic import BaseModel

from api.callers import Anybody, Caller, Proof, Shown, Staff, prove, shown_by, way_of
from api.conditions import conditionally, made
from api.cross_origin import may_read, page_of
from api.idempotency import answer_once, key_of, require_heard
from api.limits import AskedTooOften, address_of
from api.parsing import arguments, read_body
from api.registry import Answer, Call, Operation, answer_json
from api.rights import Right
from api.tags import CALLER, DESK, MAY_BE_READ, STANDINGS

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def endpoint(operation: Operation) -> Handler:
    """The aiohttp handler of an operation.

    What a request shows is looked at first and its body is read next, so that nobody's slowness
    holds a transaction; everything else happens within one.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        call = Call.of(request)
        with limited(request, operation):
            try:
                return await serve(request, call)
            except (Unauthenticated, Forbidden):
                if operation.turned_away is not None:
                    await operation.turned_away(call)
                raise

    async def serve(request: web.Request, call: Call) -> web.StreamResponse:
        is_greeted = greets(request, operation)
        shown = Anybody() if is_greeted else shown_by(request, call.desk, operation.access)
        raw = await read_body(request, operation)
        key = key_of(request) if operation.creates else None
        require_heard(request, operation)
        try:
            answer = await _serve(call, operation, shown, raw, key)
        except Conflict:
            if key is None:
                raise
            # Somebody else has answered with this key meanwhile: that is what is said again.
            answer = await _serve(call, operation, shown, raw, key)
        for name, errand, line in call.errands:
            call.desk.errands.send(name, errand(), line)
        return answer

    return handle


@contextmanager
def limited(request: web.Request, operation: Operation) -> Iterator[None]:
    """What an address may ask; of those who fail to say who they are only a few are heard.

    Raises `AskedTooOften`.
    """
    desk, now = request.app[DESK], request.app[DESK].world.now()
    who = address_of(request, desk.proxies)
    with _noted(request):
        is_proved = isinstance(operation.access, Right) and not greets(request, operation)
        if operation.is_limited and not is_proved:
            request[STANDINGS] = desk.limits.of_address(who, now, guesses=operation.guesses)
        try:
            yield
        except Unauthenticated:
            if operation.is_limited:
                desk.limits.of_failure(who, now)
            raise


def greets(request: web.Request, operation: Operation) -> bool:
    """True for a socket of a page of another origin that has yet to say who it is."""
    said = request.headers
    is_socket = operation.greets and said.get("Upgrade", "").lower() == "websocket"
    return is_socket and "Authorization" not in said and page_of(request) is not None


@contextmanager
def _noted(request: web.Request) -> Iterator[None]:
    """The answer says how somebody stands, also when it refuses."""
    try:
        yield
    except AskedTooOften as error:
        request[STANDINGS] = error.standings
        raise


async def _serve(
    call: Call, operation: Operation, shown: Shown, raw: bytes, key: str | None
) -> web.StreamResponse:
    call.errands.clear()
    call.told.clear()
    async with proved(call, operation, shown) as (joined, caller):
        count(call, caller)
        parsed = arguments(call.request, operation, raw)
        if not operation.outlives:
            return await _answer(joined, operation, caller, parsed, key)
    async with call.desk.abacus.turn() if operation.computes else nullcontext():
        return _as_response(await operation.run(call, caller, parsed), operation)


@asynccontextmanager
async def proved(
    call: Call, operation: Operation, shown: Shown
) -> AsyncIterator[tuple[Call, Caller]]:
    """The call inside the transaction that serves it. Raises what `prove` raises.

    Agents and those of whom no proof is asked begin transactions of their own.
    """
    async with AsyncExitStack() as stack:
        if isinstance(shown, Caller):
            joined, caller = call, shown
        else:
            try:
                tx = await stack.enter_async_context(call.world.enter(way_of(shown)))
                caller = await prove_within(call, operation, shown, tx)
            except NotFound as error:
                raise Unauthenticated from error
            joined = replace(call, world=replace(call.world, within=tx))
        call.request[CALLER] = caller
        yield joined, caller


def count(call: Call, caller: Caller) -> None:
    """One call more of a member or a key, and of their tenant. Raises `AskedTooOften`."""
    if isinstance(caller, Staff):
        call.request[STANDINGS] = call.desk.limits.of_staff(
            str(caller.tenant), caller.actor.id, call.world.now()
        )


async def prove_within(call: Call, operation: Operation, shown: Proof, tx: Transaction) -> Caller:
    """Who calls; also of one who lacks the right it is known whose pages may read the answer."""
    read_by_page = await may_read(tx, call.request, shown)
    try:
        caller = await prove(tx, shown, call.desk, operation.access)
    except Forbidden:
        call.request[MAY_BE_READ] = read_by_page
        raise
    call.request[MAY_BE_READ] = read_by_page
    return caller


async def _answer(
    call: Call,
    operation: Operation,
    caller: Caller,
    parsed: dict[str, object],
    key: str | None,
) -> web.StreamResponse:
    names: dict[str, str] = {}

    async def run() -> Answer:
        return await conditionally(call, operation, parsed, change)

    async def change() -> Answer:
        answer = await operation.run(call, caller, parsed)
        if isinstance(caller, Staff) and operation.changes:
            await _note(call, operation, caller, parsed, answer)
        names.update(await made(call, operation, parsed, answer))
        return answer

    if key is None:
        response = _as_response(await run(), operation)
    else:
        response = await answer_once(call, operation, parsed, key, run)
    response.headers.update(names)
    return response


async def _note(
    call: Call, operation: Operation, caller: Staff, parsed: dict[str, object], answer: Answer
) -> None:
    """Every change that a member or a key makes is in the audit trail, with the change itself."""
    tx: Transaction | None = call.world.within
    assert tx is not None, "a change is made in the transaction that proved its caller"
    deed = Deed(caller.actor, operation.name, _subject(operation, parsed, answer), call.told)
    await tx.audit.add(call.world.ids.new(), call.world.now(), deed)


def _subject(operation: Operation, parsed: dict[str, object], answer: Answer) -> str:
    """What was changed, by its id: what the path names, or what was made."""
    if operation.params:
        return str(parsed[next(iter(operation.params.model_fields))])
    return str(getattr(answer, "id", operation.tag))


def _as_response(answer: Answer, operation: Operation) -> web.StreamResponse:
    if isinstance(answer, BaseModel):
        return answer_json(answer, operation.status)
    return answer
