"""The floor, as the conductor acts on it: silent while a person leads, and back after it."""

from collections.abc import Awaitable, Callable, Iterable

import structlog
from interview.by_room import Floor, FloorAsked, FloorFollowed, FloorRefused
from interview.events import Fact, Resumed
from interview.floor import holder_of
from interview.ids import interviewer_identity
from interview.session import AI
from interview.turn_taking import TurnTaking

from agent.chronicle import Chronicle
from agent.filing import Filing
from agent.giving_way import GivingWay
from agent.messages import FloorDenied, FloorPassed, FloorWanted
from agent.speech import Speaking, Speech

log = structlog.get_logger()


class FloorHeld:
    """Acts on what is wanted of the floor. Falling silent goes before everything, writing too."""

    def __init__(
        self,
        chronicle: Chronicle,
        speech: Speech,
        turns: TurnTaking,
        filing: Filing,
        giving_way: GivingWay,
        tell: Callable[[Iterable[Fact]], Awaitable[None]],
    ) -> None:
        self._chronicle = chronicle
        self._speech = speech
        self._turns = turns
        self._filing = filing
        self._giving_way = giving_way
        self._tell = tell
        self._hushed: Speaking | None = None
        self._coming: list[FloorPassed | FloorWanted] = []

    @property
    def is_ours(self) -> bool:
        """The AI leads."""
        return self._chronicle.state.floor == AI

    @property
    def is_hushed(self) -> bool:
        """A person is about to lead: no line begins any more."""
        return bool(self._coming)

    def comes(self, message: FloorPassed | FloorWanted | FloorDenied) -> None:
        """It stands in the queue. Silence does not wait for what is being done before it."""
        if not isinstance(message, FloorDenied) and message.floor != AI:
            self._coming.append(message)
            self._hush()

    async def take(self, message: FloorPassed | FloorWanted | FloorDenied, now: float) -> None:
        if message in self._coming:
            self._coming.remove(message)
        match message:
            case FloorDenied():
                await self._tell((FloorRefused(identity=message.identity, wanted=message.wanted),))
            case FloorWanted():
                await self._asked(message, now)
            case FloorPassed():
                await self._follow(message.floor, message.covered, now)

    async def _asked(self, message: FloorWanted, now: float) -> None:
        """Somebody in the room asked, and is answered once it is so; the API hears of it."""
        state = self._chronicle.state
        if self._was_quicker(message):
            message.answer.set_result("taken")
            return
        if message.floor != AI:
            self._hush()
        asked = FloorAsked(
            identity=message.identity,
            floor=message.floor,
            before=state.floor,
            covered=message.covered,
            gone=message.gone,
        )
        await self._tell((asked,))
        if not message.answer.done():  # whoever asks the API from here on asks after it was told
            message.answer.set_result("ok")
        await self._follow(message.floor, message.covered, now, gone=message.gone)

    def _was_quicker(self, message: FloorWanted) -> bool:
        """A colleague has taken the floor since `message` was sent."""
        floor = self._chronicle.state.floor
        holder = holder_of(floor)
        is_own = holder is not None and interviewer_identity(holder) == message.identity
        return holder is not None and not is_own and floor != message.before

    async def _follow(
        self, floor: Floor, covered: tuple[str, ...], now: float, *, gone: bool = False
    ) -> None:
        """From now on it is so; what is so already is left."""
        state = self._chronicle.state
        if floor == state.floor and set(covered) <= set(state.covered):
            if floor != AI and self._turns.answer is None:
                self._giving_way.listen(now)  # to who has inherited it
            return
        is_taken = state.floor == AI and floor != AI
        within = is_taken and self._is_answering(now)
        fact = FloorFollowed(floor=floor, covered=covered, within_answer=within, gone=gone)
        if floor == AI and state.floor != AI:
            await self._close_answer(now)
            await self._tell((fact,))
        elif is_taken:
            self._hush()
            if within:
                self._filing.begins()
            await self._tell((fact, Resumed()) if state.paused else (fact,))
            await self._listen(now)
        else:
            await self._tell((fact,))

    def _is_answering(self, now: float) -> bool:
        """The candidate is at it, and no line of ours was between."""
        answer = self._turns.answer
        if self._speech.line is not None or answer is None or answer.over_at is not None:
            return False
        return bool(answer.text) or self._turns.is_talking(now)

    def _hush(self) -> None:
        line = self._speech.line
        if line is not None and not line.stopped:
            self._hushed = line
        self._speech.waiting = None
        self._speech.stop()

    async def _listen(self, now: float) -> None:
        """What is being said goes on into the log, and what follows it too."""
        answer, line, self._hushed = self._turns.answer, self._hushed, None
        if line is not None:
            await self._giving_way.stopped(line, now)
        elif answer is None or answer.over_at is not None:
            self._filing.answer = None
            self._giving_way.listen(now)

    async def _close_answer(self, now: float) -> None:
        """What the candidate has said to a person stands for itself."""
        turn = self._filing.answer
        if turn is not None and not self._turns.is_talking(now):
            words = len(self._turns.answer.text.split()) if self._turns.answer else 0
            self._filing.answer = None
            await self._tell((self._chronicle.answer_ended(turn, "answer", words=words),))
