"""Operations as routes; a path that another one would also match answers for itself alone."""

import re
from collections.abc import Awaitable, Callable, Iterable, Mapping

from aiohttp import web

from api.registry import PATH_NAME, Operation

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def overshadowed(operations: Iterable[Operation]) -> Mapping[str, frozenset[str]]:
    """Each path that also fits the pattern of another one (`/v1/things/bulk` that of
    `/v1/things/{thing_id}`), with its own methods: no other method of it is anybody's."""
    methods: dict[str, set[str]] = {}
    for operation in operations:
        methods.setdefault(operation.path, set()).add(operation.method)
    patterns = {path: re.compile(PATH_NAME.sub("[^/]+", path)) for path in methods}
    return {
        path: frozenset(own)
        for path, own in methods.items()
        if any(other != path and pattern.fullmatch(path) for other, pattern in patterns.items())
        and "{" not in path
    }


def not_allowed(methods: frozenset[str]) -> Handler:
    """Refuses every other method, naming these."""

    async def refuse(request: web.Request) -> web.StreamResponse:
        raise web.HTTPMethodNotAllowed(request.method, methods)

    return refuse
