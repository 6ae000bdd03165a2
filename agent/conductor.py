"""The conductor: one actor that hears messages, writes facts, asks the director and speaks.

Everything about the talk happens here in one order, message by message, so nothing races.
"""

import asyncio
from collections.abc import Iterable
from typing import Literal, assert_never

import structlog
from interview.door import Claim
from interview.events import (
    AgentJoined,
    CandidateArrived,
    CandidateLeft,
    Fact,
    InterviewEnded,
    LineKind,
    Paused,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    TimeRanOut,
)
from interview.ids import TurnId
from interview.session import Command, End, Pause, Say, Session, deadline, upcoming
from interview.turn_taking import Act, Decision, TurnTaking

from agent.chronicle import Chronicle
from agent.clock import RecordingClock, new_id
from agent.ear import Heard
from agent.expectation import expectation
from agent.heir import heard_so_far, orphan_end
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
    next_message,
)
from agent.speech import ANSWER_GOES_ON, FIRM, Shows, Speaking, Speech

log = structlog.get_logger()

ABSENT_S = 120.0
"""So long the agent waits in the room for a candidate who has left."""

SETTLE_S = 1.0
"""So long a finished talk waits for the end of its last line."""


class Conductor:
    """Leads one interview in one room until it ends, the candidate stays away, or `leave`."""

    def __init__(
        self,
        *,
        chronicle: Chronicle,
        speech: Speech,
        captions: Shows,
        turns: TurnTaking,
        clock: RecordingClock,
        candidate: str,
        inbox: "asyncio.Queue[Message]",
    ) -> None:
        self._chronicle = chronicle
        self._plan = chronicle.plan
        self._speech = speech
        self._captions = captions
        self._turns = turns
        self._clock = clock
        self._candidate = candidate
        self._inbox = inbox
        self._turn: TurnId | None = chronicle.state.answering
        self._over_turn: TurnId | None = None
        self._away_since: float | None = None
        self._left = asyncio.Event()

    @property
    def state(self) -> Session:
        """Where the talk stands."""
        return self._chronicle.state

    def leave(self) -> None:
        """Stops at once: the lease is lost, or the interview was ended from outside."""
        self._left.set()
        self._speech.stop()
        self._inbox.put_nowait(Went("left"))

    async def take_over(self, claim: Claim, versions: dict[str, str]) -> None:
        """Enters the log; closes the line, keeps the answer that a predecessor was cut off in."""
        orphan = orphan_end(claim, self.state.speaking)
        await self.tell(AgentJoined(identity=claim.agent_identity, versions=versions))
        if orphan is not None:
            await self.tell(orphan)
        if so_far := heard_so_far(claim, self._turn):
            expected = expectation(self._plan, self.state, None)
            self._turns.listen(self._clock.instant(), *expected, so_far)

    async def run(self) -> None:
        """Returns when there is nothing left to lead."""
        self._away_since = self._clock.instant()
        self._prepare()
        while not self._left.is_set():
            message = await self._next()
            if message is not None and not self._left.is_set():
                await self._take(message)
            if not self._left.is_set():
                self._speech.watch()
                await self._decide()
                await self._check_time()
        await self._settle()
        self._speech.close()

    async def _next(self) -> Message | None:
        now = self._clock.instant()
        wake = self._turns.wake_at(now) if self.state.present else None
        delay = min(1.0, wake - now) if wake is not None else 1.0
        return await next_message(self._inbox, delay)

    async def _settle(self) -> None:
        """What was heard of the last line, and said until now, is told too."""
        self._speech.stop()
        try:
            async with asyncio.timeout(SETTLE_S):
                while self._speech.is_busy or not self._inbox.empty():
                    match await self._inbox.get():
                        case LineOver() as over:
                            await self._tell_all(self._speech.over(over, None))
                        case Final() as final:
                            self._turn = self._turn or TurnId(new_id())
                            await self.tell(self._chronicle.speech(self._turn, final.heard))
                        case _:
                            pass
        except TimeoutError:
            log.warning("line_never_ended")

    async def tell(self, fact: Fact) -> None:
        """Writes the fact, lets the director advance, and does what it commands."""
        for command in await self._chronicle.write(fact):
            await self._do(command)
        self._prepare()

    async def _tell_all(self, facts: Iterable[Fact]) -> None:
        for fact in facts:
            await self.tell(fact)

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
        if not self.state.present:
            return  # the director takes it up when the candidate is back
        now, firm = self._clock.instant(), say.lead in FIRM
        if self._speech.is_busy or (self._turns.is_talking(now) and not firm):
            self._speech.waiting = None if say.line == "still_there" else say
            return
        can_go_on = self.state.before is not None and self._turn == self.state.answered
        self._turns.line_began(
            now,
            interruptible=say.line != "greeting" and not firm,
            follows_patience=can_go_on and self._ended_by == "patience",
        )
        self._speech.begin(say)

    _ended_by: Literal["patience", "done", "time", "left"] = "patience"

    def _prepare(self) -> None:
        self._speech.prepare(upcoming(self._plan, self.state))

    async def _take(self, message: Message) -> None:  # noqa: C901 - one arm a message
        now = self._clock.instant()
        match message:
            case Came():
                await self._came(message)
            case Went():
                await self._went(message, now)
            case SoundBegan():
                self._turns.sound_began(message.at)
            case SoundEnded():
                self._turns.sound_ended(message.last_sound)
                self._say_waiting()
            case Interim():
                self._turns.heard_interim(message.text, now)
                segment = str(self._turn or self._candidate)
                self._captions.show(segment, self._candidate, message.text, final=False)
            case Final():
                await self._heard(message, now)
            case Judged():
                self._turns.judged(message.end_of_turn)
            case Pressed():
                await self._pressed(message, now)
            case LineBegan():
                self._chronicle.works("tts")
                if started := self._speech.began(message):
                    await self.tell(started)
            case LineOver():
                await self._line_over(message, now)
            case LineFailed():
                await self._tell_all(self._chronicle.outage("tts", message.error))
            case Failed():
                await self._tell_all(self._chronicle.outage(message.provider, message.error))
            case _:
                assert_never(message)

    async def _came(self, message: Came) -> None:
        self._away_since = None
        if not self.state.present:
            await self.tell(CandidateArrived(identity=message.identity))
        if self.state.paused:
            await self.tell(Resumed())

    async def _went(self, message: Went, now: float) -> None:
        if not self.state.present:
            return
        self._away_since = now
        self._turns.sound_ended(now)
        self._speech.waiting = None
        self._speech.stop()
        await self.tell(CandidateLeft(reason=message.reason))

    def _say_waiting(self) -> None:
        say = self._speech.waiting
        if say is not None and not self._speech.is_busy:
            self._speech.waiting = None
            self._say(say)

    async def _heard(self, message: Final, now: float) -> None:
        heard, line = message.heard, self._speech.line
        self._chronicle.works("stt")
        over = line is not None and not line.stopped and heard.ended_ms > line.began_ms
        self._turns.heard_final(heard.text, now, over_line=over)
        if line is not None and over:
            # Words may stop our line; whose turn they belong to follows from that.
            await self._decide()
            over = not line.stopped
        if over:
            turn = self._over_turn = self._over_turn or TurnId(new_id())
        else:
            turn = self._turn = self._turn or TurnId(new_id())
        await self.tell(self._chronicle.speech(turn, heard))
        self._captions.show(str(turn), self._candidate, heard.text, final=True)
        if self.state.paused:
            await self.tell(Resumed())

    async def _pressed(self, message: Pressed, now: float) -> None:
        outcome = "ok"
        match message.signal:
            case "done":
                outcome = "ok" if self._turns.done(now) else "nothing_heard"
            case "think":
                if self._turns.can_withdraw(self._speech.heard_ms):
                    self._withdraw(now)
                self._turns.think(now)
            case "repeat":
                outcome = "ok" if self._speech.line is None else "speaking"
            case _:
                assert_never(message.signal)
        if not message.answer.done():
            message.answer.set_result(outcome)
        if self.state.paused:
            await self.tell(Resumed())
        if outcome == "ok":
            await self.tell(SignalReceived(signal=message.signal))

    async def _line_over(self, message: LineOver, now: float) -> None:
        line = self._speech.line
        if line is None or line.turn != message.turn:
            return
        await self._tell_all(self._speech.over(message, self._turn))
        if not line.stopped:
            await self._close_over_turn("nothing")
        self._say_waiting()
        if not line.stopped and not self._speech.is_busy:
            await self._listen_after(line.say.line, now)

    async def _listen_after(self, line: LineKind, now: float) -> None:
        """It is the candidate's turn after `line` was heard."""
        if line in ANSWER_GOES_ON and self._turns.answer is not None:
            self._turns.listen_on(now, invited=True)
            return
        if line not in ANSWER_GOES_ON:
            await self._close_turn()
        self._turns.listen(now, *expectation(self._plan, self.state, line))

    async def _close_turn(self) -> None:
        """What was said until now stands for itself; an answer starts from a blank sheet."""
        turn, self._turn = self._turn, None
        if turn is not None and turn != self.state.answered:
            await self.tell(self._chronicle.answer_ended(turn, "nothing"))

    async def _decide(self) -> None:
        line = self._speech.line
        if not self.state.present or (line is not None and line.stopped):
            return  # nobody to talk to, or the end of a line is still to be told
        now = self._clock.instant()
        self._say_waiting()
        decision = self._turns.decide(now, self._speech.heard_ms)
        if decision is None:
            return
        log.debug("turn_decided", act=decision.act, signal=decision.signal)
        match decision.act:
            case Act.HOLD | Act.STOP | Act.WITHDRAW if line is not None:
                await self._yield_to(decision.act, line, now)
            case Act.GO_ON:
                self._speech.go_on()
                await self._close_over_turn("backchannel")
            case Act.OVER:
                await self._answer_over(decision)
            case Act.NUDGE if not self.state.paused:
                silent_s = now - (self._turns.answer.quiet_since if self._turns.answer else now)
                await self.tell(SilenceNoticed(times=decision.times, silent_s=round(silent_s, 1)))
            case _:
                pass

    async def _yield_to(self, act: Act, line: Speaking, now: float) -> None:
        """The candidate speaks while a line of ours is on its way or heard."""
        if act is Act.WITHDRAW or (line.started_ms is None and self._turns.can_withdraw(0)):
            self._withdraw(now)
        elif line.started_ms is None:
            # It was not heard by anybody: it is said when the candidate is quiet again.
            self._turns.drop_line()
            self._speech.stop()
            self._speech.waiting = None if line.say.line == "still_there" else line.say
        elif act is Act.HOLD:
            self._speech.hold()
        else:
            self._speech.stop()
            await self._stopped(line.say.line, now)

    async def _stopped(self, line: LineKind, now: float) -> None:
        """Real words over our line: what was said over it begins the answer."""
        over, self._over_turn = self._over_turn, None
        if line in ANSWER_GOES_ON and self._turns.answer is not None:
            self._turns.listen_on(now)
            self._turn = self._turn or over
            return
        await self._close_turn()
        self._turn = over
        self._turns.listen(now, *expectation(self._plan, self.state, None))

    def _withdraw(self, now: float) -> None:
        self._turns.listen_on(now)
        self._over_turn = None
        self._speech.withdraw()

    async def _answer_over(self, decision: Decision) -> None:
        answer = self._turns.answer
        if self._turn is None:
            # The answer is over before its first word was final: the words will follow.
            self._turn = TurnId(new_id())
            at = self._clock.ms(answer.first_sound if answer else None)
            await self.tell(self._chronicle.speech(self._turn, Heard("", (), at, at)))
        self._ended_by = decision.signal
        words = answer.words if answer else 0
        ended = self._chronicle.answer_ended(self._turn, decision.intent, decision.signal, words)
        await self.tell(ended)
        if not self._speech.is_busy and self._speech.waiting is None:
            # Nothing is to be said to a mere sound: the candidate's turn goes on.
            self._turn = None
            self._turns.listen(self._clock.instant(), *expectation(self._plan, self.state, None))

    async def _close_over_turn(self, intent: Literal["backchannel", "nothing"]) -> None:
        turn, self._over_turn = self._over_turn, None
        if turn is not None:
            await self.tell(self._chronicle.answer_ended(turn, intent))

    async def _check_time(self) -> None:
        end = deadline(self._plan, self.state)
        if end is not None and not self.state.over_time and self._clock.now() >= end:
            await self.tell(TimeRanOut(scope="interview"))
        away_since = self._away_since
        if away_since is not None and self._clock.instant() - away_since >= ABSENT_S:
            self._away_since = None
            await self.tell(Paused(reason="absent"))
            self._left.set()
