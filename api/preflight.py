"""Preflights: what a browser asks before a page of another origin calls (Fetch, section 4.8)."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from api.cross_origin import HEARD, ORIGIN, anybody_lets_read, is_open
from api.limits import AskedTooOften, address_of
from api.tags import DESK, MAY_BE_READ, STANDINGS

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
WANTED = "Access-Control-Request-Method"
KEPT_S = 600


@web.middleware
async def preflights(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers them for every path there is, out of the methods that it has."""
    try:
        return await handler(request)
    except web.HTTPMethodNotAllowed as refusal:
        if not (_is_preflight(request) and is_open(request)):
            raise
        return await _answer(request, sorted(refusal.allowed_methods))


def _is_preflight(request: web.Request) -> bool:
    said = request.headers
    return request.method == "OPTIONS" and ORIGIN in said and WANTED in said


async def _answer(request: web.Request, methods: list[str]) -> web.Response:
    """It names nobody, so it is for the pages that any tenant allows.

    Raises `AskedTooOften` like every call that proves nothing.
    """
    _count(request)
    answer = web.Response(status=204)
    request[MAY_BE_READ] = await anybody_lets_read(request)
    if request[MAY_BE_READ]:
        answer.headers["Access-Control-Allow-Methods"] = ", ".join(methods)
        answer.headers["Access-Control-Allow-Headers"] = ", ".join(HEARD)
        answer.headers["Access-Control-Max-Age"] = str(KEPT_S)
    return answer


def _count(request: web.Request) -> None:
    desk = request.app[DESK]
    who, now = address_of(request, desk.proxies), desk.world.now()
    try:
        request[STANDINGS] = desk.limits.of_address(who, now, guesses=False)
    except AskedTooOften as error:
        request[STANDINGS] = error.standings
        raise
