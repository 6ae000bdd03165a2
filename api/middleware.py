"""What happens around every request: its id, its log line, and what its answer always says."""

import re
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import structlog
from aiohttp import web

from api.callers import CandidateHere, Staff
from api.cross_origin import tell_page
from api.limits import headers
from api.preflight import preflights
from api.problems import problem_details
from api.registry import Operation
from api.signin_back import lead_back
from api.tags import CALLER, DESK, HAS_BEGUN, PROBLEM_CODE, REQUEST_ID, STANDINGS

log = structlog.get_logger()
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
HEADER = "X-Request-Id"
FORM = re.compile(r"[A-Za-z0-9_-]{8,64}")
OPERATIONS: web.AppKey[dict[Handler, Operation]] = web.AppKey("operations", dict)
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}

WATCHING = frozenset({"get_health", "get_readiness"})
"""Asked every second by whoever watches: that all is well is no news."""


@web.middleware
async def request_log(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Names the request and writes its one canonical line, without personal data."""
    sent = request.headers.get(HEADER, "")
    request_id = sent if FORM.fullmatch(sent) else str(request.app[DESK].world.ids.new())
    request[REQUEST_ID] = request_id
    began, status = time.perf_counter(), 499
    with structlog.contextvars.bound_contextvars(request_id=request_id):
        try:
            answer = await handler(request)
            status = answer.status
            return answer
        finally:
            _write_line(request, status, time.perf_counter() - began)


def _write_line(request: web.Request, status: int, duration_s: float) -> None:
    caller = request.get(CALLER)
    said: dict[str, str] = {}
    if isinstance(caller, Staff):
        said = {"tenant": str(caller.tenant), caller.actor.kind: caller.actor.id}
    elif isinstance(caller, CandidateHere):
        said = {"tenant": str(caller.who.tenant), "interview": str(caller.who.interview)}
    if code := request.get(PROBLEM_CODE):
        said["code"] = code
    operation = operation_name(request)
    write = log.debug if operation in WATCHING and status == HTTPStatus.OK else log.info
    write(
        "request_finished",
        method=request.method,
        operation=operation,
        status=status,
        duration_s=round(duration_s, 4),
        caller=type(caller).__name__,
        **said,
    )


def operation_name(request: web.Request) -> str:
    """The operation's name; a path that is none of ours is not written down."""
    found = request.app[OPERATIONS].get(request.match_info.handler)
    return found.name if found else "none"


async def set_headers(request: web.Request, answer: web.StreamResponse) -> None:
    """A signal handler: every answer names its request, may not be sniffed or cached, says when its
    operation is deprecated, and which page of another origin may read it."""
    request[HAS_BEGUN] = True
    answer.headers[HEADER] = request.get(REQUEST_ID, "")
    if standings := request.get(STANDINGS):
        answer.headers.update(headers(standings))
        if standings[-1].is_over:
            answer.headers["Retry-After"] = str(standings[-1].next_s)
    for name, value in SAFE.items():
        answer.headers.setdefault(name, value)
    operation = request.app[OPERATIONS].get(request.match_info.handler)
    if operation and operation.ages:
        answer.headers.update(operation.ages.headers)
    await tell_page(request, answer)


MIDDLEWARES = (request_log, lead_back, problem_details, preflights)
