"""What the handlers work with: the use cases' world, the rooms, the objects and a few settings."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import structlog
from interview.addresses import Reach
from interview.errors import InterviewError
from interview.languages import SPOKEN
from interview.ports import IdentityProviders, Objects, Passwords, Rooms
from interview.prices import Prices
from interview.use_cases.world import World

from api.abacus import Abacus
from api.joining import Joining
from api.limits import Limits

log = structlog.get_logger()


class Errands:
    """Work that an answer does not wait for; it is awaited at shutdown."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._newest: dict[str, asyncio.Task[None]] = {}

    def send(self, name: str, errand: Coroutine[None, None, None], line: str = "") -> None:
        """Run `errand` beside the request; a refusal is logged, a fault too.

        Those in the same `line` run one after the other: the last to be sent has the last word.
        """
        before = self._newest.get(line) if line else None
        task = asyncio.create_task(_run(name, errand, before), name=name)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if line:
            self._newest[line] = task
            task.add_done_callback(lambda done: self._over(line, done))

    def _over(self, line: str, done: asyncio.Task[None]) -> None:
        if self._newest.get(line) is done:
            del self._newest[line]

    async def finish(self, within_s: float) -> None:
        """Waits for all errands; those that take longer are cancelled."""
        if not self._tasks:
            return
        _, late = await asyncio.wait(self._tasks, timeout=within_s)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)


async def _run(
    name: str, errand: Coroutine[None, None, None], before: asyncio.Task[None] | None
) -> None:
    if before is not None:
        await asyncio.wait((before,))
    try:
        await errand
    except InterviewError as error:
        log.warning("errand_failed", errand=name, code=error.code)
    except Exception:
        # The outermost loop of an errand: nobody else will ever see what went wrong in it.
        log.exception("errand_failed", errand=name)


@dataclass(frozen=True, slots=True)
class Desk:
    """`public_url` is where candidates reach us, `livekit_url` where their clients go; `reach` says
    how far customers' URLs may go; `proxies` of our own stand in front of us and say whom they
    speak for; `sign_in_reach` and `providers_reach` say how far the identity providers and the
    chains that customers name may go; `languages` are those that interviews can be held in here."""

    world: World
    rooms: Rooms
    objects: Objects
    public_url: str
    livekit_url: str
    agent_key: str = field(repr=False)
    pepper: bytes = field(repr=False)
    reach: Reach
    passwords: Passwords
    providers: IdentityProviders
    sign_in_reach: Reach
    limits: Limits
    proxies: int
    prices: Prices
    providers_reach: Reach
    languages: frozenset[str] = SPOKEN
    graphql_introspection: bool = False
    errands: Errands = field(default_factory=Errands)
    abacus: Abacus = field(default_factory=Abacus)
    joining: Joining = field(default_factory=Joining)
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def origin(self) -> str:
        """What a browser calls our pages' origin."""
        return origin_of(self.public_url)


def origin_of(url: str) -> str:
    """Scheme, host and, unless it goes without saying, port."""
    parts = urlsplit(url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"
