"""The conductor: one actor that hears messages, writes facts, asks the director and speaks.

Everything about the talk happens here in one order, message by message, so nothing races.
"""

import asyncio
import time
from typing import Literal, Protocol, assert_never

import structlog
from interview.door import Claim
from interview.errors import OutOfOrder
from interview.events import (
    AgentJoined,
    AnswerEnded,
    CandidateArrived,
    CandidateLeft,
    Event,
    Fact,
    InterviewEnded,
    LineEnded,
    LineStarted,
    Paused,
    ProviderFailed,
    Report,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    SpeechHeard,
    TimeRanOut,
    Word,
)
from interview.ids import EventId, TurnId
from interview.plan import Plan
from interview.session import (
    Command,
    End,
    Pause,
    Say,
    Session,
    advance,
    deadline,
    question_of,
    state_question,
    upcoming,
)
from interview.turn_taking import Act, Decision, TurnTaking

from agent.clock import RecordingClock, new_id
from agent.messages import (
    Came,
    Failed,
    Final,
    Interim,
    Judged,
    LineBegan,
    LineFailed,
    LineOver,
    Message,
    Pressed,
    SoundBegan,
    SoundEnded,
    Went,
)
from agent.speech import OPENERS, Shows, Speech

log = structlog.get_logger()

ABSENT_S = 120.0
"""So long the agent waits in the room for a candidate who has left."""

FREE_WORDS, FREE_LIMIT_S = 12, 120.0
"""What is expected where no core question is open: a greeting, the candidate's own questions."""

PROBE_SHARE = 0.5
"""An answer to a probe is expected to be this much of an answer to its question."""

FIRM = frozenset({"moving_on"})
"""Leads that a candidate cannot talk down: time is up."""


SURE_WORDS_PER_MINUTE = 100
"""Our voice speaks faster than this."""


class Writes(Protocol):
    """The journal."""

    async def write(self, report: Report) -> Event: ...


class Conductor:
    """Leads one interview in one room until it ends, the candidate stays away, or `leave`."""

    def __init__(
        self,
        *,
        plan: Plan,
        state: Session,
        journal: Writes,
        speech: Speech,
        captions: Shows,
        turns: TurnTaking,
        clock: RecordingClock,
        candidate: str,
        inbox: "asyncio.Queue[Message]",
    ) -> None:
        self.state = state
        self._plan = plan
        self._journal = journal
        self._speech = speech
        self._captions = captions
        self._turns = turns
        self._clock = clock
        self._candidate = candidate
        self._inbox = inbox
        self._turn: TurnId | None = state.answering
        self._over_turn: TurnId | None = None
        self._away_since: float | None = None
        self._failing: set[str] = set()
        self._left = asyncio.Event()

    def leave(self) -> None:
        """Stops at once: the lease is lost, or the interview was ended from outside."""
        self._left.set()
        self._speech.close()
        self._inbox.put_nowait(Went("left"))

    async def take_over(self, claim: Claim, versions: dict[str, str]) -> None:
        """Enters the log; a line that a predecessor was cut off in is closed with what was surely
        heard of it: the time between its start and that agent's last sign of life."""
        orphan = self.state.speaking
        await self.tell(AgentJoined(identity=claim.agent_identity, versions=versions))
        started = _line_start(claim.events, orphan)
        if orphan is not None and started is not None:
            alive = claim.previous_heartbeat_at or claim.clock_zero
            alive_ms = round((alive - claim.clock_zero).total_seconds() * 1000)
            heard_ms = max(0, alive_ms - started.started_ms)
            words = started.text.split()
            spoken = words[: heard_ms * SURE_WORDS_PER_MINUTE // 60_000]
            await self.tell(
                LineEnded(
                    turn_id=orphan,
                    spoken=" ".join(spoken),
                    ended_ms=started.started_ms + heard_ms,
                    cut_off=True,
                )
            )

    async def run(self) -> None:
        """Returns when there is nothing left to lead."""
        self._prepare()
        while not self._left.is_set():
            message = await self._next()
            if self._left.is_set():
                break
            if message is not None:
                await self._take(message)
            if not self._left.is_set():
                await self._decide()
                await self._check_time()
        self._speech.close()

    async def _next(self) -> Message | None:
        now = time.monotonic()
        wake = self._turns.wake_at(now)
        delay = min(1.0, wake - now) if wake is not None else 1.0
        try:
            async with asyncio.timeout(max(0.0, delay)):
                return await self._inbox.get()
        except TimeoutError:
            return None

    # ---- facts ----

    async def tell(self, fact: Fact) -> None:
        """Writes the fact, lets the director advance, and does what it commands."""
        event = await self._journal.write(
            Report(event_id=EventId(new_id()), at=self._clock.now(), fact=fact)
        )
        try:
            self.state, commands = advance(self._plan, self.state, event)
        except OutOfOrder as error:
            log.exception("fact_out_of_order", kind=event.kind, reason=error.detail)
            return
        for command in commands:
            await self._do(command)
        self._prepare()

    async def _do(self, command: Command) -> None:
        match command:
            case Say():
                self._say(command)
            case Pause():
                await self.tell(Paused(reason="silence"))
            case End():
                await self.tell(InterviewEnded(reason=command.reason))
                self._left.set()
            case _:
                assert_never(command)

    def _say(self, say: Say) -> None:
        """Speaks when the candidate is quiet; a line for the silent is dropped when not."""
        firm = say.lead in FIRM
        if self._turns.is_speaking and not firm:
            self._speech.waiting = None if say.line == "still_there" else say
            return
        self._turns.line_began(
            time.monotonic(),
            interruptible=say.line != "greeting" and not firm,
            follows_patience=self.state.before is not None and self._ended_by == "patience",
        )
        self._speech.begin(say)

    _ended_by: Literal["patience", "done", "time", "left"] = "patience"

    def _prepare(self) -> None:
        self._speech.prepare(upcoming(self._plan, self.state))

    # ---- what comes in ----

    async def _take(self, message: Message) -> None:  # noqa: C901 - one arm a message
        now = time.monotonic()
        match message:
            case Came():
                self._away_since = None
                await self.tell(CandidateArrived(identity=message.identity))
            case Went():
                self._away_since = now
                self._speech.stop()
                await self.tell(CandidateLeft(reason=message.reason))
            case SoundBegan():
                self._turns.sound_began(message.at)
            case SoundEnded():
                self._turns.sound_ended(message.last_sound)
                self._say_waiting()
            case Interim():
                self._turns.heard_interim(message.text)
                segment = str(self._turn or self._candidate)
                self._captions.show(segment, self._candidate, message.text, final=False)
            case Final():
                await self._heard(message, now)
            case Judged():
                self._turns.judged(message.end_of_turn)
            case Pressed():
                await self._pressed(message, now)
            case LineBegan():
                self._failing.discard("tts")
                if started := self._speech.began(message):
                    await self.tell(started)
            case LineOver():
                await self._line_over(message, now)
            case LineFailed():
                await self._failed(Failed("tts", message.error))
            case Failed():
                await self._failed(message)
            case _:
                assert_never(message)

    async def _failed(self, message: Failed) -> None:
        """One fact an outage, however often the provider is tried again."""
        if message.provider not in self._failing:
            self._failing.add(message.provider)
            await self.tell(ProviderFailed(provider=message.provider, error=message.error))

    def _say_waiting(self) -> None:
        say = self._speech.waiting
        if say is not None and not self._speech.is_busy:
            self._speech.waiting = None
            self._say(say)

    async def _heard(self, message: Final, now: float) -> None:
        heard = message.heard
        self._failing.discard("stt")
        self._turns.heard_final(heard.text, now)
        await self._decide()
        line = self._speech.line
        over = line is not None and not line.stopped and line.started_ms is not None
        if over and line is not None and heard.ended_ms > (line.started_ms or 0):
            turn = self._over_turn = self._over_turn or TurnId(new_id())
        else:
            turn = self._turn = self._turn or TurnId(new_id())
        await self._tell_speech(turn, heard.text, heard.words, heard.started_ms, heard.ended_ms)
        self._captions.show(str(turn), self._candidate, heard.text, final=True)
        if self.state.paused:
            await self.tell(Resumed())

    async def _tell_speech(
        self, turn: TurnId, text: str, words: tuple[Word, ...], started_ms: int, ended_ms: int
    ) -> None:
        await self.tell(
            SpeechHeard(
                turn_id=turn,
                question=state_question(self._plan, self.state),
                identity=self._candidate,
                role="candidate",
                text=text,
                words=words,
                started_ms=started_ms,
                ended_ms=ended_ms,
            )
        )

    async def _pressed(self, message: Pressed, now: float) -> None:
        outcome = "ok"
        match message.signal:
            case "done":
                outcome = "ok" if self._turns.done() else "nothing_heard"
            case "think":
                if self._turns.can_withdraw(self._speech.heard_ms):
                    self._withdraw()
                self._turns.think(now)
            case "repeat":
                outcome = "ok" if self._speech.line is None else "speaking"
            case _:
                assert_never(message.signal)
        if not message.answer.done():
            message.answer.set_result(outcome)
        if outcome == "ok":
            await self.tell(SignalReceived(signal=message.signal))

    async def _line_over(self, message: LineOver, now: float) -> None:
        line = self._speech.line
        for fact in self._speech.over(message, self._turn):
            await self.tell(fact)
        if line is None:
            return
        if not line.stopped:
            await self._close_over_turn("nothing")
        self._say_waiting()
        if line.stopped or self._speech.is_busy:
            return
        if line.say.line in OPENERS or self._turns.answer is None:
            self._turn = None
            self._turns.listen(now, *self._expectation(line.say.line == "probe"))
        else:
            self._turns.listen_on()

    # ---- decisions ----

    async def _decide(self) -> None:
        now = time.monotonic()
        decision = self._turns.decide(now, self._speech.heard_ms)
        if decision is None:
            return
        log.debug("turn_decided", act=decision.act, signal=decision.signal)
        match decision.act:
            case Act.HOLD:
                line = self._speech.line
                if line is not None and line.started_ms is None:
                    self._withdraw()
                else:
                    self._speech.hold()
            case Act.GO_ON:
                self._speech.go_on()
                await self._close_over_turn("backchannel")
            case Act.STOP:
                self._speech.stop()
                self._turn, self._over_turn = self._over_turn, None
                self._turns.listen(now, *self._expectation(probe=False))
            case Act.WITHDRAW:
                self._withdraw()
            case Act.OVER:
                await self._answer_over(decision)
            case Act.NUDGE:
                silent_s = now - (self._turns.answer.quiet_since if self._turns.answer else now)
                await self.tell(SilenceNoticed(times=decision.times, silent_s=round(silent_s, 1)))
            case _:
                assert_never(decision.act)

    def _withdraw(self) -> None:
        self._turns.listen_on()
        self._over_turn = None
        self._speech.withdraw()

    async def _answer_over(self, decision: Decision) -> None:
        answer = self._turns.answer
        if self._turn is None:
            # The answer is over before its first word was final: the words will follow.
            self._turn = TurnId(new_id())
            at = self._clock.ms()
            await self._tell_speech(self._turn, "", (), at, at)
        self._ended_by = decision.signal
        await self.tell(
            AnswerEnded(
                turn_id=self._turn,
                question=state_question(self._plan, self.state),
                signal=decision.signal,
                words=answer.words if answer else 0,
                intent=decision.intent,
            )
        )
        if not self._speech.is_busy and self._speech.waiting is None:
            # Nothing is to be said to a mere sound: the candidate's turn goes on.
            self._turn = None
            self._turns.listen(time.monotonic(), *self._expectation(probe=False))

    async def _close_over_turn(self, intent: Literal["backchannel", "nothing"]) -> None:
        turn, self._over_turn = self._over_turn, None
        if turn is not None:
            await self.tell(
                AnswerEnded(
                    turn_id=turn,
                    question=state_question(self._plan, self.state),
                    signal="patience",
                    words=0,
                    intent=intent,
                )
            )

    def _expectation(self, probe: bool) -> tuple[int, float]:
        """How many words, and at most how many seconds, the answer to come may have."""
        question = question_of(self._plan, self.state)
        if question is None:
            return FREE_WORDS, FREE_LIMIT_S
        share = PROBE_SHARE if probe else 1.0
        return round(question.expected_words * share), question.minutes * 60 * share

    async def _check_time(self) -> None:
        end = deadline(self._plan, self.state)
        if end is not None and not self.state.over_time and self._clock.now() >= end:
            await self.tell(TimeRanOut(scope="interview"))
        if self._away_since is not None and time.monotonic() - self._away_since >= ABSENT_S:
            self._away_since = None
            await self.tell(Paused(reason="absent"))
            self._left.set()


def _line_start(events: tuple[Event, ...], turn: TurnId | None) -> LineStarted | None:
    facts = (event.fact for event in reversed(events))
    return next((f for f in facts if isinstance(f, LineStarted) and f.turn_id == turn), None)
