"""The interview's course: what happens is written, and what the director commands of it is done.

That the candidate comes, goes and rests, what the clocks say, and when it is over belong to it.
"""

import asyncio
from collections.abc import Iterable
from typing import assert_never

from interview.events import (
    AnswerSignal,
    CandidateArrived,
    Fact,
    InterviewEnded,
    Paused,
    Resumed,
)
from interview.session import Command, End, HandOver, Pause, Say, Session, upcoming
from interview.turn_taking import Decision, TurnTaking

from agent.chronicle import Chronicle
from agent.clock import RecordingClock
from agent.counsel import Counsel
from agent.filing import Filing
from agent.floor import FloorHeld
from agent.giving_way import GivingWay
from agent.messages import Came, FloorLeft, Went
from agent.speech import FIRM, FOR_THE_SILENT, Speech
from agent.timekeeper import Timekeeper

ABSENT_S = 120.0
"""So long the agent waits in the room for a candidate who has left."""


class Course:
    """Tells facts one after the other; `left` is set when there is nothing left to lead.

    `filing`, `giving_way`, `floor` and `time` find out what is to be told, and it is told here.
    """

    def __init__(
        self,
        chronicle: Chronicle,
        speech: Speech,
        turns: TurnTaking,
        counsel: Counsel,
        clock: RecordingClock,
    ) -> None:
        self._chronicle = chronicle
        self._speech = speech
        self._turns = turns
        self._counsel = counsel
        self._clock = clock
        self.filing = Filing(chronicle, turns.wishes)
        self.time = Timekeeper(chronicle, clock)
        self.giving_way = GivingWay(speech, turns, self.filing, self.time, self.tell_all)
        self.floor = FloorHeld(
            chronicle, speech, turns, self.filing, self.giving_way, self.tell_all
        )
        self.left = asyncio.Event()
        self._ended_by: AnswerSignal = "patience"
        self._away_since: float | None = None

    @property
    def state(self) -> Session:
        """Where the talk stands."""
        return self._chronicle.state

    def begin(self) -> None:
        """From now on the candidate is waited for."""
        self._away_since = self._clock.instant()
        self._prepare()

    async def tell(self, fact: Fact, since: float | None = None) -> None:
        """Writes the fact, lets the director advance, and does what it commands."""
        self._counsel.notes(fact)
        for command in await self._chronicle.write(fact, since):
            await self._do(command)
        self._prepare()

    async def tell_all(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            await self.tell(fact)

    async def _do(self, command: Command) -> None:
        match command:
            case Say():
                self._say(command)
            case Pause():
                await self.tell(Paused(reason=command.reason))
            case End():
                await self.tell(InterviewEnded(reason=command.reason))
                self.left.set()
            case HandOver():
                await self.floor.take(FloorLeft(command.section), self._clock.instant())
            case _:
                assert_never(command)

    def _say(self, say: Say) -> None:
        """Speaks when the candidate is quiet; a line for the silent is dropped when not."""
        if not self.state.present or self.left.is_set() or self.floor.is_hushed:
            return  # the director takes it up when the candidate, or the floor, is back
        now, firm = self._clock.instant(), say.lead in FIRM and self._ended_by == "time"
        if self._speech.is_busy or (self._turns.is_talking(now) and not firm):
            self._speech.waiting = None if say.line in FOR_THE_SILENT else say
            return
        can_go_on = self.state.before is not None and self.filing.answer == self.state.answered
        self._turns.line_began(
            now,
            interruptible=say.line != "greeting" and not firm,
            follows_patience=can_go_on and self._ended_by == "patience",
        )
        self._speech.begin(say)

    def say_waiting(self) -> None:
        """The line that waits for quiet tries again."""
        say = self._speech.waiting
        if say is not None and not self._speech.is_busy:
            self._speech.waiting = None
            self._say(say)

    def _prepare(self) -> None:
        self._speech.prepare(upcoming(self._chronicle.plan, self.state))

    async def came(self, message: Came) -> None:
        """The candidate can hear us."""
        now, self._away_since = self._clock.instant(), None
        self._turns.came(now)
        if not self.state.present:
            await self.tell(CandidateArrived(identity=message.identity))
        if self.state.paused:
            self._turns.shows_life(now)
        await self.wake()

    async def wake(self) -> None:
        """A sign of life ends a pause."""
        if self.state.paused and not self.left.is_set():
            await self.tell(Resumed())

    async def went(self, message: Went, now: float) -> None:
        """The candidate is away: what follows is told as of when that began."""
        if not self.state.present:
            return
        since = self._away_since = now if message.since is None else message.since
        left = self.giving_way.left(self.state, message.reason, self._clock.at(since), since)
        for fact in left:
            await self.tell(fact, message.since)

    async def answer_over(self, decision: Decision) -> None:
        """Turn-taking takes the answer for whole, or its time for spent."""
        answer, self._ended_by = self._turns.answer, decision.signal
        decision = self.floor.meant(decision)
        text = answer.text if answer else ""
        at_ms = self._clock.ms(answer.first_sound if answer else None)
        first, ended = self.filing.ends(decision, text, at_ms)
        await self.tell_all((*first, *self._counsel.ends(ended)))
        if not self._speech.is_busy and self._speech.waiting is None:
            # Nothing is to be said to a mere sound: the candidate's turn goes on.
            self.filing.answer = None
            self._turns.listen(self._clock.instant(), *self.time.expects(None))

    async def check_time(self) -> None:
        """Tells what is due by the clock; who was away for too long is waited for no more."""
        await self.tell_all((*self._chronicle.held(), *self.time.due()))
        away_since = self._away_since
        if away_since is not None and self._clock.instant() - away_since >= ABSENT_S:
            self._away_since = None
            await self.tell(Paused(reason="absent"))
            self.left.set()
