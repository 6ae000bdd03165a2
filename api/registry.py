"""Operations: one description drives routing, parsing, authorisation and the OpenAPI document."""

import inspect
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypedDict, Unpack, get_type_hints

from aiohttp import web
from interview.errors import Code
from interview.ports import Revised, Transaction
from interview.use_cases.world import World
from pydantic import BaseModel

from api.aging import Aging
from api.callers import AGENTS, Access, Caller, Door
from api.desk import Desk
from api.problems import HttpCode
from api.rights import RIGHTS
from api.tags import CALLER, DESK

Answer = BaseModel | web.StreamResponse
Handler = Callable[..., Awaitable[Answer]]
Errand = Callable[[], Coroutine[None, None, None]]
Revisions = Callable[[Transaction], Revised]
PATH_NAME = re.compile(r"{(\w+)}")
MAX_BODY_BYTES = 1024 * 1024


STAFF: Final = "staff"
"""Members and API keys, as the table of rights says for the operation's name."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request on its way: what a handler gets beside its parsed parts.

    `world` is that of the one transaction which serves the call, where there is one. `told` are
    short words about the change, for the audit trail.
    """

    request: web.Request
    desk: Desk
    world: World
    told: dict[str, str] = field(default_factory=dict)
    errands: list[tuple[str, Errand, str]] = field(default_factory=list)

    @classmethod
    def of(cls, request: web.Request) -> "Call":
        """The call as it came in; its world begins its own transactions."""
        desk = request.app[DESK]
        return cls(request, desk, desk.world)

    @property
    def caller(self) -> Caller:
        """Who calls, as was proved."""
        return self.request[CALLER]

    def afterwards(self, name: str, errand: Errand, line: str = "") -> None:
        """Something to do beside the answer, once what was changed is committed; after what stands
        in the same `line`."""
        self.errands.append((name, errand, line))


TurnedAway = Callable[[Call], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Header:
    """A header that a call takes or gives, as in the document."""

    name: str
    schema: Mapping[str, str | int]
    required: bool = False


class Terms(TypedDict, total=False):
    """What an operation may say of itself beyond its handler.

    `status` of its success, 200 unless told; `yaml` admits the body as YAML beside JSON; a
    `bodiless` one may come without its body, which then says what its defaults say;
    `consumes` the media type of a raw body; `produces` media types of an answer that is not (only)
    `result` as JSON; `creates` admits an `Idempotency-Key`; what `streams` or `computes` outlives
    the transaction that admits its caller, and what `computes` long waits for its turn; what only
    `reads` changes nothing, though it is no GET; a `partial` one may be answered in parts;
    `revised` finds the revision of what the path names, or of what the tenant has once, for
    conditional requests, and `made` that of what the call has made; `hears` and `says` are headers
    that the handler itself reads and sets; what `ages` is deprecated; `guesses`: each call may be a
    guess at a secret, so one address may make few; `greets`: a page of another origin, which can
    send no header with a socket, says on the socket who it is; `turned_away` is done with a call
    whose caller was not let in, beside the refusal.
    """

    status: int
    yaml: bool
    bodiless: bool
    consumes: str | None
    produces: tuple[str, ...]
    creates: bool
    streams: bool
    computes: bool
    revised: Revisions | None
    made: Revisions | None
    partial: bool
    reads: bool
    hears: tuple[Header, ...]
    says: tuple[Header, ...]
    max_bytes: int
    ages: Aging
    guesses: bool
    greets: bool
    turned_away: TurnedAway


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of the contract. `params`, `query` and `body` are what the handler asks for, the
    rest stands in `Terms`."""

    name: str
    method: str
    path: str
    handler: Handler
    access: Access
    tag: str
    summary: str
    description: str
    errors: tuple[Code | HttpCode, ...]
    params: type[BaseModel] | None
    query: type[BaseModel] | None
    body: type[BaseModel] | None
    result: type[BaseModel] | None
    takes: frozenset[str]
    status: int = 200
    yaml: bool = False
    bodiless: bool = False
    consumes: str | None = None
    produces: tuple[str, ...] = ()
    creates: bool = False
    streams: bool = False
    computes: bool = False
    revised: Revisions | None = None
    made: Revisions | None = None
    partial: bool = False
    reads: bool = False
    hears: tuple[Header, ...] = ()
    says: tuple[Header, ...] = ()
    max_bytes: int = MAX_BODY_BYTES
    ages: Aging | None = None
    guesses: bool = False
    greets: bool = False
    turned_away: TurnedAway | None = None

    @property
    def is_limited(self) -> bool:
        """False for our own agents, and for who asks whether the process should be ended."""
        return self.access not in AGENTS and self.tag != "health"

    @property
    def outlives(self) -> bool:
        """Whether the transaction that admits its caller ends before it begins."""
        return self.streams or self.computes

    @property
    def changes(self) -> bool:
        """Whether the audit trail tells of it."""
        return self.method != "GET" and not self.reads

    async def run(self, call: "Call", caller: Caller, arguments: dict[str, object]) -> Answer:
        """Calls the handler with what it asks for."""
        offered = {"call": call, "caller": caller, **arguments}
        return await self.handler(**{name: offered[name] for name in self.takes})


def operation(
    method: str,
    path: str,
    access: Door | Literal["staff"],
    *,
    tag: str,
    errors: Iterable[Code | HttpCode] = (),
    result: type[BaseModel] | None = None,
    **terms: Unpack[Terms],
) -> Callable[[Handler], Operation]:
    """Makes a handler an operation; name, texts and parts are read off the handler itself.

    A handler takes what it needs of `call`, `caller`, each `{name}` of the path, `query` and
    `body`. The first line of its docstring is the summary.
    """

    def describe(handler: Handler) -> Operation:
        hints = get_type_hints(handler, include_extras=True)
        summary, _, description = inspect.cleandoc(handler.__doc__ or "").partition("\n")
        made = Operation(
            name=handler.__name__,
            method=method,
            path=path,
            handler=handler,
            access=RIGHTS[handler.__name__] if access == STAFF else Door(access),
            tag=tag,
            summary=summary.rstrip("."),
            description=description.strip(),
            errors=tuple(errors),
            params=_path_model(handler.__name__, path, hints),
            query=_model(hints.get("query")),
            body=_model(hints.get("body")),
            result=result or _model(hints.get("return")),
            takes=frozenset(hints) - {"return"},
            **terms,
        )
        assert not (made.outlives and made.changes), "a change is noted where its caller is proved"
        return made

    return describe


def _path_model(name: str, path: str, hints: dict[str, type]) -> type[BaseModel] | None:
    names = PATH_NAME.findall(path)
    if not names:
        return None
    fields = {each: hints[each] for each in names}
    return _model(type(f"{name}_path", (BaseModel,), {"__annotations__": fields}))


def _model(hint: type | None) -> type[BaseModel] | None:
    return hint if isinstance(hint, type) and issubclass(hint, BaseModel) else None


def answer_json(body: BaseModel, status: int = 200) -> web.Response:
    """A model as the answer."""
    raw = body.model_dump_json().encode()
    return web.Response(status=status, body=raw, content_type="application/json")
