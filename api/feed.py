"""A log as it grows, for all who follow it: read once, and handed to each who may look."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property

from aiohttp.web import AppKey
from interview.errors import InterviewError, NotFound, Unauthenticated, Unavailable
from interview.events import Event
from interview.ids import InterviewId, TenantId
from interview.ports import Transaction
from interview.use_cases.following import Look, News
from pydantic_core import to_json

from api.callers import Proof, Staff
from api.desk import Desk
from api.pulse import pause, pulse
from api.registry import Call, Operation
from api.service import prove_within

BATCH = 20
MOST_WAITING = 2
"""Batches that are kept for a reader; who is slower reads the log alone, at its own pace."""

LOOKS_AT_ONCE = 3
"""Transactions of all feeds together: however many follow, others find the door open."""

PROVED_AT_ONCE = 50
"""Readers in one transaction, so that none lasts long."""


class StartOver(Exception):
    """What a reader has of the log is not what they would have from the start."""


@dataclass(frozen=True)
class Told:
    """An event on its way to those who may see it."""

    event: Event

    @cached_property
    def frame(self) -> bytes:
        """As a server-sent event, made once for all."""
        event = self.event
        return b"id: %d\nevent: %b\ndata: %b\n\n" % (event.seq, event.kind.encode(), to_json(event))


def _nothing_more(_: Staff) -> None:
    """Who is proved may look."""


@dataclass(frozen=True)
class Asked:
    """Who wants to follow: what they have shown is proved with each look, and `check` asks the rest
    of the caller. It raises what refuses them."""

    call: Call
    operation: Operation
    shown: Proof
    check: Callable[[Staff], None] = _nothing_more

    async def prove(self, tx: Transaction) -> Staff:
        """Raises `Unauthenticated`, `Forbidden`, `Unavailable`."""
        try:
            caller = await prove_within(self.call, self.operation, self.shown, tx)
        except NotFound as error:
            raise Unauthenticated from error
        assert isinstance(caller, Staff), "a log is followed by members and keys alone"
        self.check(caller)
        return caller


@dataclass(eq=False)
class Follower:
    """One reader. Up to `after` the log was handed over, without what is withheld from who is
    blind; an `attached` one is looked after by the feed, any other looks for itself."""

    feed: "Feed"
    asked: Asked
    after: int
    is_attached: bool = False
    is_at_end: bool = False
    _is_blind: bool = False
    _waiting: deque[tuple[Told, ...]] = field(default_factory=deque)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _failure: Exception | None = None

    @property
    def is_full(self) -> bool:
        return len(self._waiting) >= MOST_WAITING

    async def batches(self) -> AsyncGenerator[tuple[Told, ...], None]:
        """What comes, in order; an empty batch is a sign of life. Ends when the service closes.

        Raises what refuses the reader, and `StartOver`.
        """
        while True:
            if self._waiting:
                yield self._waiting.popleft()
            elif self._failure is not None:
                raise self._failure
            elif self.feed.closing.is_set():
                return
            elif not self.is_attached:
                await self.feed.catch_up(self)
            else:
                self._news.clear()
                await self._news.wait()

    def take(self, news: News, told: dict[int, Told]) -> None:
        """What they may see of the next stretch. Raises `StartOver`."""
        if news.is_beyond or (self._is_blind and not news.is_blind):
            raise StartOver
        self._is_blind = news.is_blind
        self.after, self.is_at_end = news.upto, news.is_last
        if news.events:
            self.hand(tuple(told.setdefault(event.seq, Told(event)) for event in news.events))

    def hand(self, batch: tuple[Told, ...]) -> None:
        self._waiting.append(batch)
        self.wake()

    def beat(self) -> None:
        """A sign of life, unless there is something to be said anyway."""
        if not self._waiting and self._failure is None:
            self.hand(())

    def refuse(self, failure: Exception) -> None:
        """Nothing more is handed to them, nor what they have not taken yet."""
        self._failure, self.is_attached = failure, False
        self._waiting.clear()
        self.wake()

    def wake(self) -> None:
        self._news.set()

    def raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure


@dataclass(eq=False)
class Feed:
    """The log of one interview as long as anybody follows it."""

    desk: Desk
    tenant: TenantId
    interview: InterviewId
    gate: asyncio.Semaphore
    followers: set[Follower] = field(default_factory=set)
    _wakes: int = 0
    _task: asyncio.Task[None] | None = None

    @property
    def closing(self) -> asyncio.Event:
        return self.desk.closing

    def start(self) -> None:
        """Later calls do nothing as long as it runs."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="feed")

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait({self._task})

    async def catch_up(self, one: Follower) -> None:
        """A look for one alone; at the end of the log it is the feed that looks after them."""
        try:
            await self.look_for(one)
        except Unavailable:
            one.beat()
            await pause(self.closing)

    async def look_for(self, one: Follower) -> None:
        """The same. Raises `Unavailable`."""
        wakes = self._wakes
        await self._look([one])
        one.is_attached = one.is_at_end and wakes == self._wakes

    async def _run(self) -> None:
        try:
            while not self.closing.is_set():
                try:
                    await self._follow()
                except Unavailable:
                    await pause(self.closing)
        except Exception as error:  # noqa: BLE001 (the outermost loop: each reader is told)
            for one in self.followers:
                one.refuse(error)
        finally:
            for one in self.followers:
                one.wake()

    async def _follow(self) -> None:
        store = self.desk.world.store
        async with (
            store.follow(self.tenant, self.interview) as wakes,
            aclosing(pulse(wakes, self.closing)) as beats,
        ):
            async for is_news in beats:
                self._wakes += 1
                attached = [one for one in self.followers if one.is_attached]
                await self._serve(attached)
                if not is_news:
                    for one in attached:
                        one.beat()

    async def _serve(self, readers: list[Follower]) -> None:
        """Until each has been handed all there is, or reads on alone."""
        while readers and not self.closing.is_set():
            is_away = False
            for at in range(0, len(readers), PROVED_AT_ONCE):
                some = readers[at : at + PROVED_AT_ONCE]
                try:
                    await self._look(some)
                except Unavailable:
                    is_away = True
                    for one in some:
                        one.beat()
            if is_away:
                await pause(self.closing)
            readers = [one for one in readers if one.is_attached and not one.is_at_end]

    async def _look(self, readers: Sequence[Follower]) -> None:
        """Each is proved for itself, within one transaction, and handed what they may see.

        Raises `Unavailable`; whatever else refuses a reader refuses that one alone.
        """
        told: dict[int, Told] = {}
        for one in readers:
            one.is_at_end = False
        async with self.gate, self.desk.world.store.transaction(self.tenant) as tx:
            look = Look(tx, self.interview, BATCH)
            for one in readers:
                if one.is_full:
                    one.is_attached = False
                    continue
                try:
                    caller = await one.asked.prove(tx)
                    one.take(await look.after(one.after, caller.reader), told)
                except Unavailable:
                    raise
                except (InterviewError, StartOver) as error:
                    one.refuse(error)


@dataclass
class Feeds:
    """Of all interviews that are followed."""

    desk: Desk
    _feeds: dict[tuple[TenantId, InterviewId], Feed] = field(default_factory=dict)
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(LOOKS_AT_ONCE))

    @asynccontextmanager
    async def following(
        self, asked: Asked, caller: Staff, interview: InterviewId, after: int
    ) -> AsyncIterator[Follower]:
        """A reader who has been handed the first batch.

        Raises `TooManyStreams`, `NotFound`, `Sealed`, `Unavailable`, what refuses the reader, and
        `StartOver`.
        """
        key = (caller.tenant, interview)
        with self.desk.limits.stream(caller.actor.id):
            feed = self._feeds.setdefault(key, Feed(self.desk, *key, self._gate))
            one = Follower(feed, asked, after)
            feed.followers.add(one)
            try:
                await feed.look_for(one)
                one.raise_failure()
                feed.start()
                yield one
            finally:
                feed.followers.discard(one)
                if not feed.followers and self._feeds.get(key) is feed:
                    del self._feeds[key]
                    await feed.stop()


FEEDS = AppKey("feeds", Feeds)
