"""Pages of other origins: which of them may read an answer (CORS, as in the Fetch standard).

They show a key or an access token, never a cookie: no answer ever allows credentials.
"""

import re
from contextlib import suppress

from aiohttp import web
from interview.errors import Forbidden, Unavailable
from interview.ports import Transaction
from interview.tenant_settings import is_web_origin

from api.callers import KeyShown, Proof
from api.tags import DESK, MAY_BE_READ

ORIGIN = "Origin"
CLOSED = re.compile(r"/(internal|v1/(sessions|setup|signin)|i|desk|setup|assets)(/.*)?")
"""For our own agents, what lives by a member's cookie, and our own pages: for no page of anybody
else."""

METHODS = ("DELETE", "GET", "HEAD", "PATCH", "POST", "PUT")
"""With which a page may call; what has no such method says so itself."""

HEARD = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "If-Range",
    "Last-Event-ID",
    "Range",
    "X-Interview-Id",
    "X-Member-Id",
    "X-Request-Id",
)
"""Headers that a page may send."""

SAID = (
    "Accept-Ranges",
    "Allow",
    "Content-Disposition",
    "Content-Range",
    "Deprecation",
    "ETag",
    "Idempotent-Replayed",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Recording-Cuts",
    "Retry-After",
    "Sunset",
    "WWW-Authenticate",
    "X-Request-Id",
)
"""Headers that a page may read, beside those that it always may."""


def is_open(request: web.Request) -> bool:
    """True for what pages of other origins may call at all."""
    return CLOSED.fullmatch(request.path) is None


def page_of(request: web.Request) -> str | None:
    """The origin of the page that has sent it, if it is one that a tenant could allow.

    Ours needs no leave; `null` is everybody's, and who says two has said none.
    """
    said = request.headers.getall(ORIGIN, [])
    if len(said) != 1 or said[0] == request.app[DESK].origin or not is_web_origin(said[0]):
        return None
    return said[0]


def require_known_page(request: web.Request) -> None:
    """Raises `Forbidden` for a page that is neither ours nor allowed by the caller's tenant."""
    said = request.headers.getall(ORIGIN, [])
    if said and said != [request.app[DESK].origin] and not request.get(MAY_BE_READ):
        raise Forbidden("A page of another origin may not open this socket.")


async def may_read(tx: Transaction, request: web.Request, shown: Proof) -> bool:
    """Whether the tenant of this transaction lets the page read what is answered.

    Nothing is asked of the store when no page has sent it, or one with a cookie.
    """
    page = page_of(request)
    shows_cookie = "Authorization" not in request.headers and not isinstance(shown, KeyShown)
    if page is None or shows_cookie:
        return False
    return page in (await tx.settings.get()).allowed_origins


async def anybody_lets_read(request: web.Request) -> bool:
    """The same as long as nobody was proved: whether any tenant allows it.

    While all places are taken the store is not asked: the page will see that its call has failed.
    """
    page, desk = page_of(request), request.app[DESK]
    if page is None:
        return False
    with suppress(Unavailable), desk.limits.flight():
        return await desk.world.store.allows_origin(page)
    return False


async def tell_page(request: web.Request, answer: web.StreamResponse) -> None:
    """What a browser has to know before a page of another origin may read the answer."""
    if not is_open(request):
        return
    vary = answer.headers.get("Vary")
    answer.headers["Vary"] = f"{vary}, {ORIGIN}" if vary else ORIGIN
    page = page_of(request)
    if page is not None and await _is_read(request):
        answer.headers["Access-Control-Allow-Origin"] = page
        answer.headers["Access-Control-Expose-Headers"] = ", ".join(SAID)


async def _is_read(request: web.Request) -> bool:
    known = request.get(MAY_BE_READ)
    return await anybody_lets_read(request) if known is None else known
