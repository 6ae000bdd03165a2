"""The floor, as the conductor acts on it: silent while a person leads, and back after it."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace

import structlog
from interview.by_room import Floor, FloorAsked, FloorFollowed, FloorOffered, FloorRefused
from interview.copilot_facts import AiAsked
from interview.events import Fact, Resumed
from interview.floor import holder_of
from interview.ids import interviewer_identity
from interview.looking_on import NOBODY
from interview.session import AI
from interview.turn_taking import Decision, TurnTaking

from agent.chronicle import Chronicle
from agent.filing import Filing
from agent.giving_way import GivingWay
from agent.messages import (
    FloorDenied,
    FloorLeft,
    FloorNews,
    FloorPassed,
    FloorWanted,
    QuestionWanted,
    Witnessed,
)
from agent.speech import Speaking, Speech

log = structlog.get_logger()

CRIES = frozenset({"danger", "distress", "person"})
"""What is heard whoever leads."""


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
        self._queued: list[FloorPassed | FloorWanted] = []
        self._coming: list[FloorPassed | FloorWanted] = []

    @property
    def is_ours(self) -> bool:
        """The AI leads."""
        return self._chronicle.state.floor == AI

    def meant(self, decision: Decision) -> Decision:
        """Words to a person are no wish to us, but for a cry for help, and use no time of ours."""
        if self.is_ours:
            return decision
        intent = decision.intent if decision.intent in CRIES else "answer"
        return replace(decision, intent=intent, signal="patience")

    @property
    def is_hushed(self) -> bool:
        """A person is about to lead: no line begins any more."""
        return bool(self._coming)

    def comes(self, message: FloorNews) -> None:
        """It stands in the queue. Silence does not wait for what is being done before it."""
        if isinstance(message, FloorDenied | Witnessed):
            return
        before = self._queued[-1].floor if self._queued else self._chronicle.state.floor
        self._queued.append(message)
        is_news = isinstance(message, FloorWanted) or message.floor != before
        if is_news and message.floor != AI:  # what a person has us say goes on meanwhile
            self._coming.append(message)
            self._hush()

    async def take(
        self,
        message: FloorPassed | FloorWanted | FloorDenied | FloorLeft | QuestionWanted,
        now: float,
    ) -> None:
        if not isinstance(message, FloorPassed | FloorWanted):
            await self._do(message, now)
            return
        if message in self._coming:
            self._coming.remove(message)
        try:
            await self._do(message, now)
        finally:  # until it is done, what comes next is compared with it
            if message in self._queued:
                self._queued.remove(message)

    async def _do(
        self,
        message: FloorPassed | FloorWanted | FloorDenied | FloorLeft | QuestionWanted,
        now: float,
    ) -> None:
        match message:
            case FloorDenied():
                await self._tell((FloorRefused(identity=message.identity, wanted=message.wanted),))
            case FloorWanted():
                await self._asked(message, now)
            case FloorPassed():
                await self._follow(message.floor, message.covered, now)
            case FloorLeft():
                await self._tell((FloorOffered(section=message.section),))
                floor = NOBODY if message.section is not None else AI
                await self._follow(floor, (), now, gone=message.gone)
            case QuestionWanted():
                outcome = await self._asks(message, now)
                if not message.answer.done():
                    message.answer.set_result(outcome)

    async def _asks(self, message: QuestionWanted, now: float) -> str:
        """Puts a question, or says goodbye, at a person's request; `ok` when it is about to. What
        the candidate was saying until then is no answer to it."""
        state = self._chronicle.state
        if self.is_ours or state.paused or not state.present or self._speech.is_busy:
            return "not_now"
        if state.speaking is not None or self._speech.waiting is not None or self.is_hushed:
            return "not_now"
        key = message.question or self._open_question()
        if key is None and not message.goodbye:
            return "nothing_left"
        asked = None if message.goodbye else key
        if self._is_answering(now):
            self._filing.begins()
        await self._close_answer(now)
        await self._tell((AiAsked(identity=message.identity, question=asked),))
        return "ok"

    def _open_question(self) -> str | None:
        """The first in the kit's order that nobody has asked."""
        state = self._chronicle.state
        done = {*state.asked, *state.covered, *state.judged, state.lent}
        return next((q.key for q in self._chronicle.plan.questions if q.key not in done), None)

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
            if self._hushed is not None:
                await self._listen(now)
            elif floor != AI and self._turns.answer is None and not self._speech.is_busy:
                self._giving_way.listen(now)  # to who has inherited it
            return
        is_taken = state.floor == AI and floor != AI
        is_given = state.floor != AI and floor == AI
        if is_given:
            await self._close_answer(now)
        within = (is_taken or (is_given and self._is_answered)) and self._is_answering(now)
        fact = FloorFollowed(floor=floor, covered=covered, within_answer=within, gone=gone)
        if is_given:
            if within:
                self._filing.begins()
            await self._tell((fact,))
        elif is_taken:
            self._hush()
            if within:
                self._filing.begins()
            await self._tell((fact, Resumed()) if state.paused else (fact,))
            await self._listen(now)
        else:
            await self._tell((fact,))
            if self._hushed is not None:
                await self._listen(now)

    def _is_answering(self, now: float) -> bool:
        """The candidate is at it, and no line of ours was between."""
        answer = self._turns.answer
        if self._speech.line is not None or answer is None or answer.over_at is not None:
            return False
        return bool(answer.text) or self._turns.is_talking(now)

    @property
    def _is_answered(self) -> bool:
        """There are words to what was asked last, not only a sound."""
        answer, is_open = self._turns.answer, self._filing.is_to_the_point
        return is_open and answer is not None and bool(answer.text)

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
        if not self._turns.owes_words(now):
            answer = self._turns.answer
            await self._tell(self._filing.closes("answer", answer.text if answer else ""))
