"""What a question is answered with: who asks, and reads that are one after the other."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from interview.blind import Reader
from interview.errors import Invalid, Unavailable
from interview.ids import TenantId
from interview.use_cases.world import World
from strawberry.types import Info

from api.callers import Shown, Staff
from api.registry import Call, Operation

if TYPE_CHECKING:
    from api.graph.loaders import Loaders

P = ParamSpec("P")
T = TypeVar("T")
Reading = Callable[Concatenate[World, TenantId, P], Awaitable[T]]
"""A use case that only looks."""


@dataclass
class Reads:
    """The reads of one question: in one transaction, hence never two at once."""

    world: World
    tenant: TenantId
    reader: Reader | None
    failed: Unavailable | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _under_way: asyncio.Future[Any] | None = None
    _is_over: bool = False

    async def read(self, reading: Reading[P, T], *asked: P.args, **named: P.kwargs) -> T:
        """Raises what `reading` raises; after `Unavailable` nothing else is tried."""
        async with self._turn:
            if self.failed is not None:
                raise self.failed
            self._require_going()
            under_way = asyncio.ensure_future(reading(self.world, self.tenant, *asked, **named))
            self._under_way = under_way
            try:
                return await under_way
            except Unavailable as error:
                self.failed = error
                raise
            except asyncio.CancelledError:
                self._require_going()
                raise

    def _require_going(self) -> None:
        """Raises `Unavailable`."""
        if self._is_over:
            raise Unavailable

    async def end(self) -> None:
        """Nothing is read after this: what is under way is given up."""
        self._is_over = True
        if self._under_way is not None:
            self._under_way.cancel()
        async with self._turn:
            pass


@dataclass(frozen=True)
class Asking:
    """A question over HTTP."""

    caller: Staff
    reads: Reads
    loaders: "Loaders"


@dataclass
class Following:
    """A socket; who is at its other end is proved anew with each look at the log, and `caller` is
    who they were when it was opened: on their account it asks.

    A page of another origin shows its key in `connection_params`, before it follows anything.
    """

    call: Call
    operation: Operation
    shown: Shown
    caller: Staff | None = None
    connection_params: dict[str, object] | None = None


def asked_by(info: Info) -> Asking:
    """Raises `Invalid` on a socket."""
    if not isinstance(info.context, Asking):
        raise Invalid("Ask questions over HTTP; a socket is for subscriptions.")
    return info.context


def followed_by(info: Info) -> Following:
    """The socket of a subscription."""
    assert isinstance(info.context, Following), "HTTP admits no subscription"
    return info.context
