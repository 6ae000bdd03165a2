"""The first message on the socket of a page of another origin: its key, for it sends no header."""

from interview.accounts import parse_api_key
from interview.errors import Unauthenticated

from api.callers import KeyShown, Staff
from api.cross_origin import require_known_page
from api.graph.context import Following
from api.service import count, limited, proved

AUTHORIZATION = "Authorization"
BEARER = "Bearer "


async def greeted(following: Following) -> None:
    """Whose key `connection_init` shows, as `{"Authorization": "Bearer viv_live_…"}`.

    Raises `Unauthenticated`, `Forbidden` when its tenant does not allow the page or it lacks the
    right, and `AskedTooOften` for one guess too many.
    """
    call, operation = following.call, following.operation
    with limited(call.request, operation):
        shown = _key_in(following.connection_params or {})
        async with proved(call, operation, shown) as (joined, caller):
            count(joined, caller)
            require_known_page(call.request)
    assert isinstance(caller, Staff), "a socket is opened by members and keys alone"
    following.shown, following.caller = shown, caller


def _key_in(said: dict[str, object]) -> KeyShown:
    bearer = said.get(AUTHORIZATION)
    if not isinstance(bearer, str) or not bearer.isascii() or not bearer.startswith(BEARER):
        raise Unauthenticated
    key = bearer.removeprefix(BEARER).strip()
    return KeyShown(parse_api_key(key), key)
