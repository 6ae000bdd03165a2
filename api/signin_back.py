"""The way back for browsers whose sign-in with a provider was refused: to the page, not to JSON."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from aiohttp import web

from api.tags import DESK, PROBLEM_CODE
from api.web import HOME

PATH = "/v1/signin/oidc"
CALLBACK = f"{PATH}/callback"
STATUS = {PATH: HTTPStatus.FOUND, CALLBACK: HTTPStatus.SEE_OTHER}
"""As each of the two leads on when all is well."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def lead_back(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Leads a browser to the sign-in page, with the problem's `code` as `refused`; whoever does not
    ask for HTML, or asks for JSON as well, is answered with the problem document."""
    answer = await handler(request)
    status = STATUS.get(request.path)
    if status is None or answer.status < HTTPStatus.BAD_REQUEST or not _navigates(request):
        return answer
    back = f"{request.app[DESK].public_url}{HOME}?refused={request[PROBLEM_CODE]}"
    return web.Response(status=status, headers={"Location": back})


def _navigates(request: web.Request) -> bool:
    accepted = request.headers.get("Accept", "")
    return "text/html" in accepted and "json" not in accepted
