"""What travels with one request and with the application, under typed keys."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from api.callers import Caller
from api.desk import Desk
from api.limits import Standing

REQUEST_ID = web.RequestKey("request_id", str)
CALLER = web.RequestKey("caller", Caller)
PROBLEM_CODE = web.RequestKey("problem_code", str)
STANDINGS: web.RequestKey[list[Standing]] = web.RequestKey("standings", list)
KEEP_FAULT: web.RequestKey[Callable[[int, bytes], Awaitable[None]]] = web.RequestKey("keep_fault")
MAY_BE_READ = web.RequestKey("may_be_read", bool)
HAS_BEGUN = web.RequestKey("has_begun", bool)
DESK = web.AppKey("desk", Desk)
