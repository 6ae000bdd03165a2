"""`/graphql`: questions by POST, subscriptions on a socket."""

import asyncio
import json
from typing import Annotated

from aiohttp import web
from interview.errors import Invalid, Unavailable
from interview.kit import Frozen
from pydantic import Field, JsonValue
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from api.callers import Anybody, Caller, Shown, Staff, shown_by
from api.cross_origin import anybody_lets_read, require_known_page
from api.graph.context import Asking, Following, Reads
from api.graph.loaders import Loaders
from api.graph.refusals import NO_OPERATION
from api.graph.schema import schema
from api.graph.socket import Socket
from api.registry import STAFF, Call, operation
from api.tags import MAY_BE_READ

WITHIN_S = 10.0
MAX_QUESTION = 20_000
MAX_BYTES = 64 * 1024
GRAPHQL = "application/graphql-response+json"
JSON = "application/json"


class Question(Frozen):
    """One question: a document, which of its operations, and its variables. No batches."""

    query: Annotated[str, Field(min_length=1, max_length=MAX_QUESTION)]
    operation_name: Annotated[str | None, Field(alias="operationName", max_length=200)] = None
    variables: dict[str, JsonValue] | None = None
    extensions: dict[str, JsonValue] | None = None
    """Clients send some; none is understood."""


@operation(
    "POST", "/graphql", STAFF, tag="graphql", reads=True, max_bytes=MAX_BYTES, produces=(GRAPHQL,)
)
async def ask_graphql(call: Call, caller: Staff, body: Question) -> web.Response:
    """Ask a question."""
    reads = Reads(call.world, caller.tenant, caller.reader)
    try:
        result = await _answer(call, body, Asking(caller, reads, Loaders(reads)))
    except TimeoutError as error:
        raise Unavailable from error
    except CannotGetOperationTypeError as error:
        raise Invalid(NO_OPERATION, field="operationName") from error
    except InvalidOperationTypeError as error:
        raise Invalid("Subscriptions are for a socket.", field="query") from error
    if reads.failed is not None:
        raise reads.failed
    return _reply(call.request, result)


async def _answer(call: Call, question: Question, asking: Asking) -> ExecutionResult:
    """Raises `TimeoutError`.

    What is stopped half-way leaves coroutines that nobody has awaited. So it is not: it comes to
    its end, and soon, for nothing is read any more.
    """
    served = schema(introspection=call.desk.graphql_introspection)
    executing = served.execute(
        question.query,
        variable_values=question.variables,
        context_value=asking,
        operation_name=question.operation_name,
        allowed_operation_types=(OperationType.QUERY,),
    )
    answering = asyncio.create_task(executing)
    try:
        async with limit():
            return await asyncio.shield(answering)
    finally:
        await asking.reads.end()
        await asyncio.wait((answering,))


def limit() -> asyncio.Timeout:
    """How long an answer may take."""
    return asyncio.timeout(WITHIN_S)


def _reply(request: web.Request, result: ExecutionResult) -> web.Response:
    """The newer media type says with its status that nothing was begun (GraphQL over HTTP)."""
    was_begun = not isinstance(result, PreExecutionError)
    said: dict[str, object] = {"data": result.data} if was_begun else {}
    if result.errors:
        said["errors"] = [error.formatted for error in result.errors]
    says_status = GRAPHQL in request.headers.get("Accept", "")
    return web.Response(
        status=200 if was_begun or not says_status else 400,
        body=json.dumps(said, ensure_ascii=False).encode(),
        content_type=GRAPHQL if says_status else JSON,
    )


@operation("GET", "/graphql", STAFF, tag="graphql", streams=True, greets=True, produces=(GRAPHQL,))
async def follow_graphql(call: Call, caller: Caller) -> web.StreamResponse:
    """Open a socket for subscriptions (`graphql-transport-ws`)."""
    socket = Socket(call.desk)
    if not socket.is_websocket_request(call.request):
        raise web.HTTPMethodNotAllowed("GET", ["POST"])
    shown: Shown = caller
    if isinstance(caller, Anybody):
        call.request[MAY_BE_READ] = await anybody_lets_read(call.request)
    else:
        shown = shown_by(call.request, call.desk, follow_graphql.access)
    require_known_page(call.request)
    try:
        opened_by = caller if isinstance(caller, Staff) else None
        following = Following(call, follow_graphql, shown, opened_by)
        return await socket.run(call.request, context=following)
    finally:
        await socket.end()


OPERATIONS = (ask_graphql, follow_graphql)
