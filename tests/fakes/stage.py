"""A stage for the conductor: a candidate made of messages, a fake mouth, a leaping clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar
from uuid import UUID

from agent.buttons import Signal
from agent.chronicle import Chronicle
from agent.clock import RecordingClock
from agent.conductor import Conductor
from agent.counsel import Advisers, Counsel
from agent.ear import Heard
from agent.lexicon import load_lexicon
from agent.messages import (
    Came,
    Final,
    Interim,
    Message,
    Pressed,
    SoundBegan,
    SoundEnded,
    Went,
)
from agent.prober import Advice
from agent.script import Script
from agent.speech import Speech
from agent.typed import Typing
from agent.wish_reader import Reading
from interview.door import Claim, Desired
from interview.events import Event, Fact, LineEnded, LineKind, LineStarted
from interview.ids import TurnId
from interview.plan import Plan
from interview.session import fold
from interview.turn_taking import VAD_SILENCE_S, TurnTaking
from interview.turns import Turn
from tests.fakes.clock import NOON
from tests.fakes.journal import FakeJournal
from tests.fakes.mouth import FakeMouth
from tests.fakes.talk import CANDIDATE, plan

F = TypeVar("F", bound=Fact)
STT_S = 0.3
"""The final words come so long after the sound."""

ONSET_S = 0.05
S_PER_WORD = 0.3
A_WHOLE_ANSWER = "I led the team and we shipped the whole thing on time in the end."
LONG_ANSWER = " ".join([A_WHOLE_ANSWER] * 3)


@dataclass
class FakeCaptions:
    """Port `Shows`."""

    shown: list[tuple[str, str]] = field(default_factory=list)

    def show(self, segment: str, speaker: str, text: str, *, final: bool) -> None:
        self.shown.append((speaker, text))


class Stage:
    """One conductor at work. Made within a running leaping loop."""

    def __init__(
        self,
        plan: Plan,
        events: Sequence[Event] = (),
        epoch: int = 1,
        advice: Advice | None = None,
        reading: Reading | None = None,
    ) -> None:
        loop = asyncio.get_running_loop()
        self.epoch = epoch
        self.now: Callable[[], float] = loop.time
        past = events[-1].at if events else NOON
        self.clock = RecordingClock(NOON, past, loop.time(), loop.time)
        self.plan = plan
        self.inbox: asyncio.Queue[Message] = asyncio.Queue()
        self.mouth = FakeMouth(loop.time)
        self.captions = FakeCaptions()
        self.journal = FakeJournal(epoch, list(events))
        self.turns = TurnTaking(load_lexicon(plan.language))
        script, post = Script.load(plan), self.inbox.put_nowait
        self.speech = Speech(script, self.mouth, self.captions, self.clock, f"ai-{epoch}", post)
        chronicle = Chronicle(plan, fold(plan, events), self.journal, self.clock, CANDIDATE)
        self.chronicle = chronicle
        prepare, advisers = self.speech.prepare, Advisers(advice, reading)
        counsel = Counsel(chronicle, self.turns, prepare, post, advisers, events)
        self.typing = Typing(post)
        self.conductor = Conductor(
            chronicle=chronicle,
            speech=self.speech,
            captions=self.captions,
            turns=self.turns,
            counsel=counsel,
            clock=self.clock,
            candidate=CANDIDATE,
            inbox=self.inbox,
        )
        self.claim = Claim(
            interview_id=UUID(int=1),
            epoch=epoch,
            token="token",
            room="room",
            candidate_identity=CANDIDATE,
            agent_identity=f"ai-{epoch}",
            clock_zero=NOON,
            now=past,
            previous_heartbeat_at=past if events else None,
            plan=plan,
            events=tuple(events),
            desired=Desired(floor="ai", phase="live"),
        )

    async def lead(self) -> None:
        await self.conductor.take_over(self.claim, {})
        await self.conductor.run()

    # ---- the candidate ----

    def comes(self) -> None:
        self.inbox.put_nowait(Came(CANDIDATE))

    def goes(self) -> None:
        self.inbox.put_nowait(Went("client_initiated"))

    def is_missed_since(self, instant: float) -> None:
        """The line is dead, and was when nobody knew."""
        self.inbox.put_nowait(Went("unreachable", since=instant))

    async def makes_sound(self, seconds: float) -> None:
        began = self.now()
        await asyncio.sleep(ONSET_S)
        self.inbox.put_nowait(SoundBegan(began))
        await asyncio.sleep(seconds - ONSET_S)
        self._quiet(self.now())

    def _quiet(self, last_sound: float) -> None:
        asyncio.get_running_loop().call_later(
            VAD_SILENCE_S, self.inbox.put_nowait, SoundEnded(last_sound)
        )

    async def speaks(self, text: str, s_per_word: float = S_PER_WORD) -> None:
        """Voice, interim words as they are said, and the final ones a little later."""
        began, words = self.now(), text.split()
        for count in range(1, len(words) + 1):
            await asyncio.sleep(s_per_word)
            if count == 1:
                self.inbox.put_nowait(SoundBegan(began))
            self.inbox.put_nowait(Interim(" ".join(words[:count])))
        ended = self.now()
        heard = Heard(text, (), self.clock.ms(began), self.clock.ms(ended))
        self._quiet(ended)
        asyncio.get_running_loop().call_later(STT_S, self.inbox.put_nowait, Final(heard))

    def hears_final(self, text: str) -> None:
        """The recogniser tells words that ended just now."""
        at = self.clock.ms()
        self.inbox.put_nowait(Final(Heard(text, (), at, at)))

    async def presses(self, signal: Signal) -> str:
        answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.inbox.put_nowait(Pressed(signal, answer))
        return await answer

    async def types(self, text: str) -> str:
        """Sends an answer in writing."""
        return await self.typing.take(text)

    # ---- what can be seen ----

    def facts(self, kind: type[F]) -> list[F]:
        return [event.fact for event in self.journal.events if isinstance(event.fact, kind)]

    def lines(self) -> list[LineKind]:
        """The lines that were begun and not withdrawn."""
        withdrawn = {fact.turn_id for fact in self.facts(LineEnded) if fact.withdrawn}
        return [f.line for f in self.facts(LineStarted) if f.turn_id not in withdrawn]

    def asked(self) -> list[str | None]:
        withdrawn = {fact.turn_id for fact in self.facts(LineEnded) if fact.withdrawn}
        starts = [f for f in self.facts(LineStarted) if f.line == "question"]
        return [f.question for f in starts if f.turn_id not in withdrawn]

    def candidate_turns(self) -> list[Turn]:
        return [t for t in self.journal.turns.values() if t.speaker == "candidate"]

    def turn(self, turn: TurnId) -> Turn:
        return self.journal.turns[turn]

    async def to_the_end(self, answer: str = LONG_ANSWER) -> None:
        """Answers whatever is asked until the interview is over."""
        for _ in range(60):
            await self.until(lambda: self.is_listening or self.is_over, within_s=180)
            if self.is_over:
                return
            await self.answers(answer)
        raise AssertionError("the interview does not end")

    async def answers(self, text: str) -> None:
        """Speaks, and waits until the talk has gone on."""
        before = len(self.journal.events)
        await self.speaks(text)
        await self.until(partial(self._went_on, before), within_s=30)

    def _went_on(self, since: int) -> bool:
        """After `since` the talk has got somewhere: a line, a pause or the end."""
        kinds = {event.kind for event in self.journal.events[since:]}
        return bool(kinds & {"line_started", "paused", "resumed", "interview_ended"})

    @property
    def is_over(self) -> bool:
        return "interview_ended" in self.journal.kinds

    async def until(self, holds: Callable[[], object], within_s: float = 60.0) -> None:
        end = self.now() + within_s
        while not holds():
            assert self.now() < end, f"not within {within_s} s; log: {self.journal.kinds[-12:]}"
            await asyncio.sleep(0.01)

    async def hears(self, line: LineKind, within_s: float = 60.0) -> None:
        """Until one more line of this kind was said to its end or cut off."""
        ends = len(self.ended(line))
        await self.until(lambda: len(self.ended(line)) > ends, within_s)

    async def hears_begin(self, line: LineKind, within_s: float = 60.0) -> None:
        starts = len([f for f in self.facts(LineStarted) if f.line == line])
        await self.until(
            lambda: len([f for f in self.facts(LineStarted) if f.line == line]) > starts, within_s
        )

    def ended(self, line: LineKind) -> list[LineEnded]:
        ids = {fact.turn_id for fact in self.facts(LineStarted) if fact.line == line}
        return [fact for fact in self.facts(LineEnded) if fact.turn_id in ids]

    @property
    def is_listening(self) -> bool:
        """Nothing is said or about to be."""
        speech = self.speech
        if "line_started" not in [e.kind for e in self.journal.events if e.epoch == self.epoch]:
            return False
        return not speech.is_busy and speech.waiting is None and not self.mouth.is_sounding


@asynccontextmanager
async def on_stage(
    plan_: Plan | None = None,
    events: Sequence[Event] = (),
    *,
    comes: bool = True,
    advice: Advice | None = None,
    reading: Reading | None = None,
) -> AsyncIterator[Stage]:
    """A conductor that leads; what goes wrong in it ends the scene."""
    epoch = 1 + max([e.epoch for e in events], default=0)
    stage = Stage(plan_ or plan(), events, epoch, advice, reading)
    async with asyncio.TaskGroup() as group:
        leading = group.create_task(stage.lead())
        if comes:
            stage.comes()
        yield stage
        leading.cancel()


async def asked_first(stage: Stage) -> None:
    """The first question was just heard."""
    await stage.hears("question")
    assert stage.is_listening
