"""Preflights, which a browser sends before a page of another origin calls (Fetch, section 4.8);
and what such a page may read of what is not there."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from api.cross_origin import HEARD, METHODS, ORIGIN, anybody_lets_read, is_open, page_of
from api.limits import AskedTooOften, address_of
from api.tags import DESK, MAY_BE_READ, STANDINGS

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
WANTED = "Access-Control-Request-Method"
KEPT_S = 600


@web.middleware
async def preflights(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answers them for every path that pages may call at all, whether it is there or not: a browser
    that was refused would hide from its page what the call itself is answered."""
    try:
        return await handler(request)
    except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
        if not is_open(request) or MAY_BE_READ in request:
            raise
        if _is_preflight(request):
            return await _answer(request)
        if page_of(request) is not None:
            await _ask(request)
        raise


def _is_preflight(request: web.Request) -> bool:
    said = request.headers
    return request.method == "OPTIONS" and ORIGIN in said and WANTED in said


async def _answer(request: web.Request) -> web.Response:
    await _ask(request)
    answer = web.Response(status=204)
    if request[MAY_BE_READ]:
        answer.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        answer.headers["Access-Control-Allow-Headers"] = ", ".join(HEARD)
        answer.headers["Access-Control-Max-Age"] = str(KEPT_S)
    return answer


async def _ask(request: web.Request) -> None:
    """What is answered names nobody, so it is for the pages that any tenant allows.

    Raises `AskedTooOften` like every call that proves nothing; then nothing is looked up.
    """
    request[MAY_BE_READ] = False
    _count(request)
    request[MAY_BE_READ] = await anybody_lets_read(request)


def _count(request: web.Request) -> None:
    desk = request.app[DESK]
    who, now = address_of(request, desk.proxies), desk.world.now()
    try:
        request[STANDINGS] = desk.limits.of_address(who, now, guesses=False)
    except AskedTooOften as error:
        request[STANDINGS] = error.standings
        raise
