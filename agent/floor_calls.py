"""The floor in the room: what metadata and heartbeats say, and what interviewers ask for there."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Literal, Protocol

import structlog
from interview.by_room import Covered, Floor, FloorOffered, HolderLost
from interview.copilot_facts import QuestionTicked
from interview.door import Desired, RoomMetadata
from interview.events import Fact
from interview.floor import holder_of, of_member
from interview.ids import interviewer_identity, member_of
from interview.session import AI
from livekit import rtc
from pydantic import TypeAdapter, ValidationError

from agent.messages import FloorDenied, FloorNews, FloorPassed, FloorWanted, Witnessed

log = structlog.get_logger()

ANSWER_WITHIN_S = 2.0
LOOK_EVERY_S = 0.5
TOLD_WITHIN_S = 1.0
KNOWN_WITHIN_S, KNOWN_EVERY_S = 3.0, 0.02
"""News of somebody may come a second after their call, beside other work; the page waits four."""

AGAIN_AFTER_S = (0.1, 0.2, 0.5, 1.0)
"""So long after a question that was not answered it is put again, the last one again and again."""

MOST_TOLD = 20
"""So many attempts of one client are written down; all are refused."""

FORBIDDEN, TAKEN, WRONG = (
    1000 + status for status in (HTTPStatus.FORBIDDEN, HTTPStatus.CONFLICT, HTTPStatus.BAD_REQUEST)
)
_COVERED: TypeAdapter[tuple[str, ...]] = TypeAdapter(Covered)


Handler = Callable[[rtc.RpcInvocationData], Awaitable[str]]
Heard = Callable[[str, str], None]


class Asks(Protocol):
    """The journal."""

    async def drained(self, timeout_s: float) -> bool: ...
    async def ask(self) -> Desired | None:
        """What the API wants now; None when it does not say."""
        ...

    @property
    def asked_at(self) -> float:
        """The monotonic instant of the last question that was answered."""
        ...


class Person(Protocol):
    """Somebody else in the room."""

    @property
    def attributes(self) -> dict[str, str]: ...


class Called(Protocol):
    """The agent in the room."""

    def register_rpc_method(self, name: str, handler: Handler, /) -> object: ...


class InRoom(Protocol):
    """What is needed of LiveKit's room."""

    @property
    def remote_participants(self) -> Mapping[str, Person]: ...
    @property
    def local_participant(self) -> Called: ...
    def on(self, event: Literal["room_metadata_changed"], callback: Heard, /) -> object: ...


class FloorCalls:
    """Turns them into messages. What was asked for in the room holds until the API has judged it;
    what the API says about a time before is not heard."""

    def __init__(
        self,
        room: InRoom,
        journal: Asks,
        post: Callable[[FloorNews], None],
        floor: Callable[[], Floor],
        returns_after_s: float,
        now: Callable[[], float] = time.monotonic,
        at_rest: Floor = AI,
    ) -> None:
        self._room = room
        self._journal = journal
        self._post = post
        self._floor = floor
        self._returns_after_s = returns_after_s
        self._now = now
        self._at_rest = at_rest
        self._news = asyncio.Event()
        self._is_unconfirmed = False
        self._moved_at = 0.0
        self._unanswered = 0
        self._gone_since: float | None = None
        self._refusals: Counter[str] = Counter()

    def register(self) -> None:
        """`floor.take` and `floor.give` (`{"covered": [...]}`) answer `ok` once it is so; 1403 for
        who is no interviewer, 1409 while a colleague holds it, 1400 for what is not understood."""
        me = self._room.local_participant
        me.register_rpc_method("floor.take", self._handler("take"))
        me.register_rpc_method("floor.give", self._handler("give"))
        self._room.on("room_metadata_changed", lambda _old, new: self.shown(new))

    def shown(self, metadata: str) -> None:
        """The room's metadata are new. What people covered stands elsewhere, so that is asked."""
        try:
            floor = RoomMetadata.read(metadata).floor
        except ValidationError:
            log.warning("metadata_not_understood")
            return
        if self._is_unconfirmed or floor == self._floor():
            return
        if floor == AI:
            self._news.set()
        else:
            self._moved_at = self._now()
            self._post(FloorPassed(floor))

    def wanted(self, desired: Desired) -> None:
        """A heartbeat's answer."""
        if not self._is_unconfirmed and self._journal.asked_at >= self._moved_at:
            self._post(FloorPassed(desired.floor, desired.covered))

    def told(self, fact: Fact) -> None:
        """We have moved the floor, or what counts as covered, by ourselves: so it is until the API
        has judged that."""
        if isinstance(fact, FloorOffered | QuestionTicked):
            self._is_unconfirmed = True
            self._moved_at = self._now()
            self._news.set()

    async def run(self) -> None:
        """For ever: asks the API what holds once something happened; looks after the holder."""
        while True:
            try:
                async with asyncio.timeout(LOOK_EVERY_S):
                    await self._news.wait()
            except TimeoutError:
                with suppress(TimeoutError):
                    await self._look()
                continue
            self._news.clear()
            await self._ask()

    async def _ask(self) -> None:
        """The API has the last word, and has it about everything that it was told."""
        knows = not self._is_unconfirmed or await self._journal.drained(TOLD_WITHIN_S)
        desired = await self._journal.ask() if knows else None
        if desired is None:
            await self._rest()
            return
        self._unanswered = 0
        if not self._news.is_set():
            self._is_unconfirmed = False
            self._post(FloorPassed(desired.floor, desired.covered))

    async def _rest(self) -> None:
        """Until it is worth asking again: what happens meanwhile does not wait for that."""
        delay_s = AGAIN_AFTER_S[min(self._unanswered, len(AGAIN_AFTER_S) - 1)]
        self._unanswered += 1
        with suppress(TimeoutError):
            async with asyncio.timeout(delay_s):
                await self._news.wait()
        self._news.set()

    async def _look(self) -> None:
        """A floor whose holder is gone is offered to the others; after too long it is the AI's
        again, or, where it does not lead, nobody's."""
        holder = holder_of(self._floor())
        if holder is None or is_led(self._room.remote_participants, self._floor()):
            self._gone_since = None
            return
        now = self._now()
        if self._gone_since is None:
            self._gone_since = now
            lost = HolderLost(
                identity=interviewer_identity(holder), returns_after_s=self._returns_after_s
            )
            self._post(Witnessed((lost,)))
        if now - self._gone_since >= self._returns_after_s:
            self._gone_since = None
            await self._want(interviewer_identity(holder), self._at_rest, gone=True)

    async def _want(
        self, identity: str, floor: Floor, covered: tuple[str, ...] = (), *, gone: bool = False
    ) -> str:
        """What came of it. Raises `TimeoutError`; then the API says what holds all the same."""
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._is_unconfirmed = True
        self._moved_at = self._now()
        self._post(FloorWanted(identity, floor, self._floor(), covered, gone, answer))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await answer
        finally:
            self._news.set()

    def _refused(self, identity: str, wanted: Literal["take", "give"]) -> None:
        """Into the log, as long as it says anything new: a client that asks without end would fill
        it, and keep us from the talk."""
        self._refusals[identity] += 1
        if self._refusals[identity] <= MOST_TOLD:
            self._post(FloorDenied(identity, wanted))

    def _handler(self, wanted: Literal["take", "give"]) -> Handler:
        async def handle(call: rtc.RpcInvocationData) -> str:
            identity = call.caller_identity
            member = member_of(identity)
            if member is not None:
                await known(self._room, identity)
            if member is None or role_of(self._room.remote_participants, identity) != "interviewer":
                self._refused(identity, wanted)
                raise rtc.RpcError(FORBIDDEN, "not allowed")
            holder, present = holder_of(self._floor()), self._room.remote_participants
            if holder not in (None, member) and is_led(present, self._floor()):
                raise _taken()
            floor = of_member(member) if wanted == "take" else AI
            outcome = await self._want(identity, floor, _covered(call.payload))
            if outcome == "taken":
                raise _taken()
            return outcome

        return handle


def _taken() -> rtc.RpcError:
    return rtc.RpcError(TAKEN, "somebody else holds the floor")


async def known(room: InRoom, identity: str) -> None:
    """Returns once they are in the room, or it is too late: a call may overtake the news of who
    makes it, and who has just come in is no stranger."""
    with suppress(TimeoutError):
        async with asyncio.timeout(KNOWN_WITHIN_S):
            while identity not in room.remote_participants:
                await asyncio.sleep(KNOWN_EVERY_S)


def role_of(present: Mapping[str, Person], identity: str) -> str:
    """What our API has signed; nobody changes it without a right that nobody is given."""
    participant = present.get(identity)
    return participant.attributes.get("role", "") if participant else ""


def is_led(present: Mapping[str, Person], floor: Floor) -> bool:
    """A person leads, and is here to do so: who came back to look on leads nobody."""
    holder = holder_of(floor)
    return holder is not None and role_of(present, interviewer_identity(holder)) == "interviewer"


def _covered(payload: str) -> tuple[str, ...]:
    """Raises `RpcError` for what is not understood."""
    if not payload:
        return ()
    try:
        said = json.loads(payload)
        return _COVERED.validate_python(tuple(said["covered"]))
    except (ValueError, TypeError, KeyError, ValidationError) as error:
        raise rtc.RpcError(WRONG, 'expected {"covered": [question, ...]}') from error
