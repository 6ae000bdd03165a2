"""The conductor: one actor that hears messages, writes facts, asks the director and speaks.

Everything about the talk happens here in one order, message by message, so nothing races.
"""

import asyncio
from collections.abc import Iterable
from typing import assert_never

import structlog
from interview.door import Claim
from interview.events import (
    AgentJoined,
    AnswerSignal,
    CandidateArrived,
    Fact,
    InterviewEnded,
    Paused,
    Resumed,
    SignalReceived,
    SilenceNoticed,
)
from interview.ids import TurnId
from interview.session import Command, End, HandOver, Pause, Say, Session, upcoming
from interview.turn_taking import Act, Decision, TurnTaking
from interview.wishes import OFFERS

from agent.buttons import done
from agent.chronicle import Chronicle
from agent.clock import RecordingClock
from agent.counsel import Counsel
from agent.filing import Filing
from agent.floor import FloorHeld
from agent.giving_way import GivingWay
from agent.heir import heard_so_far, orphan_end
from agent.messages import (
    Came,
    Connected,
    Failed,
    Final,
    FloorDenied,
    FloorLeft,
    FloorNews,
    FloorPassed,
    FloorWanted,
    Interim,
    Judged,
    LineBegan,
    LineFailed,
    LineOver,
    Message,
    Pressed,
    QuestionWanted,
    SoundBegan,
    SoundEnded,
    Suggested,
    Went,
    Witnessed,
    next_message,
    settle,
)
from agent.pulse import Pulse
from agent.speech import FIRM, FOR_THE_SILENT, Shows, Speech
from agent.timekeeper import Timekeeper

log = structlog.get_logger()

ABSENT_S = 120.0
"""So long the agent waits in the room for a candidate who has left."""


class Conductor:
    """Leads one interview in one room until it ends, the candidate stays away, or `leave`."""

    def __init__(
        self,
        *,
        chronicle: Chronicle,
        speech: Speech,
        captions: Shows,
        turns: TurnTaking,
        counsel: Counsel,
        clock: RecordingClock,
        candidate: str,
        inbox: "asyncio.Queue[Message]",
    ) -> None:
        self._chronicle = chronicle
        self._plan = chronicle.plan
        self._speech = speech
        self._captions = captions
        self._turns = turns
        self._counsel = counsel
        self._clock = clock
        self._candidate = candidate
        self._inbox = inbox
        self._filing = Filing(chronicle, turns.wishes)
        self._time = Timekeeper(chronicle, clock)
        self._giving_way = GivingWay(speech, turns, self._filing, self._time, self._tell_all)
        self._floor = FloorHeld(
            chronicle, speech, turns, self._filing, self._giving_way, self._tell_all
        )
        self._ended_by: AnswerSignal = "patience"
        self._away_since: float | None = None
        self._left = asyncio.Event()
        self.pulse = Pulse(clock.instant)

    @property
    def state(self) -> Session:
        """Where the talk stands."""
        return self._chronicle.state

    def leave(self) -> None:
        """Stops at once: the lease is lost, or the interview was ended from outside."""
        self._left.set()
        self._speech.stop()
        self._inbox.put_nowait(Went("left"))

    def hear_of_floor(self, message: FloorNews) -> None:
        """Takes it in its order, but falls silent at once where a person is to lead."""
        self._inbox.put_nowait(message)
        self._floor.comes(message)

    async def take_over(self, claim: Claim, versions: dict[str, str]) -> None:
        """Enters the log; closes the line, keeps the answer that a predecessor was cut off in."""
        orphan = orphan_end(claim, self.state.speaking)
        await self.tell(AgentJoined(identity=claim.agent_identity, versions=versions))
        if orphan is not None:
            await self.tell(orphan)
        if so_far := heard_so_far(claim, self._filing.answer):
            now = self._clock.instant()
            self._turns.listen(now, *self._time.expects(None), so_far)
            self._turns.went(now)

    async def run(self) -> None:
        """Returns when there is nothing left to lead."""
        self._away_since = self._clock.instant()
        self._prepare()
        while not self._left.is_set():
            self.pulse.beat()
            message = await self._next()
            if message is not None and not self._left.is_set():
                await self._take(message)
            if not self._left.is_set():
                self._speech.watch()
                await self._decide()
                await self._check_time()
        await self._settle()
        self._speech.close()
        self._counsel.close()

    async def _next(self) -> Message | None:
        now = self._clock.instant()
        is_open = self.state.present and not self._waits
        wake = self._counsel.wake_at(now, self._turns.wake_at(now)) if is_open else None
        return await next_message(self._inbox, 1.0 if wake is None else min(1.0, wake - now))

    async def _settle(self) -> None:
        """What was heard of the last line, and is said until now, is told too."""
        self._speech.stop()
        await settle(self._inbox, self._owes_words, self._take)

    async def tell(self, fact: Fact, since: float | None = None) -> None:
        """Writes the fact, lets the director advance, and does what it commands."""
        self._counsel.notes(fact)
        for command in await self._chronicle.write(fact, since):
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
                await self.tell(Paused(reason=command.reason))
            case End():
                await self.tell(InterviewEnded(reason=command.reason))
                self._left.set()
            case HandOver():
                await self._floor.take(FloorLeft(command.section), self._clock.instant())
            case _:
                assert_never(command)

    def _say(self, say: Say) -> None:
        """Speaks when the candidate is quiet; a line for the silent is dropped when not."""
        if not self.state.present or self._left.is_set() or self._floor.is_hushed:
            return  # the director takes it up when the candidate, or the floor, is back
        now, firm = self._clock.instant(), say.lead in FIRM and self._ended_by == "time"
        if self._speech.is_busy or (self._turns.is_talking(now) and not firm):
            self._speech.waiting = None if say.line in FOR_THE_SILENT else say
            return
        can_go_on = self.state.before is not None and self._filing.answer == self.state.answered
        self._turns.line_began(
            now,
            interruptible=say.line != "greeting" and not firm,
            follows_patience=can_go_on and self._ended_by == "patience",
        )
        self._speech.begin(say)

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
                segment = str(self._filing.answer or self._candidate)
                self._captions.show(segment, self._candidate, message.text, final=False)
            case Final():
                await self._heard(message, now)
            case Judged():
                self._turns.judged(message.end_of_turn)
            case Pressed():
                await self._pressed(message, now)
            case LineBegan():
                await self._tell_all(self._chronicle.works("tts"))
                if started := self._speech.began(message):
                    await self.tell(started)
            case LineOver():
                await self._line_over(message, now)
            case LineFailed():
                self._speech.failed(message)
                await self._tell_all(self._chronicle.outage("tts", message.error))
            case Failed():
                if message.provider == "stt":
                    self._turns.not_recognised(now)
                await self._tell_all(self._chronicle.outage(message.provider, message.error))
            case Connected():
                self._chronicle.connected("stt")
            case Suggested():
                await self._tell_all(self._counsel.news())
            case Witnessed():
                await self._tell_all(message.facts)
            case FloorPassed() | FloorWanted() | FloorDenied() | FloorLeft() | QuestionWanted():
                await self._floor.take(message, now)
            case _:
                assert_never(message)

    async def _came(self, message: Came) -> None:
        now, self._away_since = self._clock.instant(), None
        self._turns.came(now)
        if not self.state.present:
            await self.tell(CandidateArrived(identity=message.identity))
        if self.state.paused:
            self._turns.shows_life(now)
        await self._wake()

    async def _wake(self) -> None:
        """A sign of life ends a pause."""
        if self.state.paused and not self._left.is_set():
            await self.tell(Resumed())

    async def _went(self, message: Went, now: float) -> None:
        if not self.state.present:
            return
        since = self._away_since = now if message.since is None else message.since
        left = self._giving_way.left(self.state, message.reason, self._clock.at(since), since)
        for fact in left:
            await self.tell(fact, message.since)

    def _say_waiting(self) -> None:
        say = self._speech.waiting
        if say is not None and not self._speech.is_busy:
            self._speech.waiting = None
            self._say(say)

    async def _heard(self, message: Final, now: float) -> None:
        heard, line = message.heard, self._speech.line
        await self._tell_all(self._chronicle.works("stt"))
        if self._filing.is_late(heard):
            self._turns.recognised()
            await self._tell_all(self._filing.late(heard))
            return
        over = line is not None and not line.stopped and heard.ended_ms > line.began_ms
        self._turns.heard_final(heard.text, now, over_line=over)
        if line is not None and over:
            # Words may stop our line; whose turn they belong to follows from that.
            await self._decide()
            over = not line.stopped
        speech = self._filing.heard(heard, over=over)
        await self.tell(speech)
        self._captions.show(str(speech.turn_id), self._candidate, heard.text, final=True)
        if self.state.paused:
            await self._heard_in_pause(speech.turn_id, heard.text)

    async def _heard_in_pause(self, turn: TurnId, text: str) -> None:
        """Words end a pause; who wants a person, or is in danger, is not just asked on."""
        intent = self._turns.sign_of_life(text)
        if intent is not None and intent in OFFERS:
            words = len(text.split())
            await self.tell(self._chronicle.answer_ended(turn, intent, words=words))
        if self._time.is_settled or intent is not None:
            await self._wake()

    async def _pressed(self, message: Pressed, now: float) -> None:
        outcome = "ok"
        self._turns.shows_life(now)
        match message.signal:
            case "done":
                outcome = done(self._turns, self._speech, now)
            case "think":
                if self._turns.can_withdraw(self._speech.heard_ms):
                    self._giving_way.withdraw(now)
                self._turns.think(now)
            case "repeat" | "pause":
                outcome = "ok" if self._speech.line is None else "speaking"
            case "resume":
                if answer := self._turns.answer:
                    answer.is_ready(now)
            case _:
                assert_never(message.signal)
        if not message.answer.done():
            message.answer.set_result(outcome)
        await self._wake()
        if outcome == "ok":
            await self.tell(SignalReceived(signal=message.signal))

    async def _line_over(self, message: LineOver, now: float) -> None:
        line = self._speech.line
        if line is None or line.turn != message.turn:
            return
        await self._tell_all(self._speech.over(message, self._filing.answer))
        if not line.stopped:
            await self._tell_all(self._filing.close_over("nothing"))
        self._say_waiting()
        if not line.stopped and not self._speech.is_busy:
            await self._giving_way.after(line, now)

    def _owes_words(self) -> bool:
        return self._speech.is_busy or self._turns.owes_words(self._clock.instant())

    @property
    def _waits(self) -> bool:
        """Paused, and silent: only a sign of life of the candidate's leads on."""
        return self.state.paused and self._speech.line is None

    async def _decide(self) -> None:
        line, now = self._speech.line, self._clock.instant()
        if not self.state.present or (line is not None and line.stopped):
            return  # nobody to talk to, or the end of a line is still to be told
        self._say_waiting()
        if self._waits:
            return
        self._counsel.consider(now, self._filing.answer)
        decision = self._turns.decide(now, self._speech.heard_ms)
        if decision is None:
            return
        log.debug("turn_decided", act=decision.act, signal=decision.signal)
        match decision.act:
            case Act.HOLD | Act.STOP | Act.WITHDRAW if line is not None:
                await self._giving_way.to(decision.act, line, now)
            case Act.GO_ON:
                self._speech.go_on()
                await self._tell_all(self._filing.close_over("backchannel"))
            case Act.OVER:
                await self._answer_over(decision)
            case Act.NUDGE if self._floor.is_ours and not self.state.paused:
                silent_s = now - (self._turns.answer.quiet_since if self._turns.answer else now)
                await self.tell(SilenceNoticed(times=decision.times, silent_s=round(silent_s, 1)))
            case _:
                pass

    async def _answer_over(self, decision: Decision) -> None:
        answer, self._ended_by = self._turns.answer, decision.signal
        decision = self._floor.meant(decision)
        text = answer.text if answer else ""
        at_ms = self._clock.ms(answer.first_sound if answer else None)
        first, ended = self._filing.ends(decision, text, at_ms)
        await self._tell_all((*first, *self._counsel.ends(ended)))
        if not self._speech.is_busy and self._speech.waiting is None:
            # Nothing is to be said to a mere sound: the candidate's turn goes on.
            self._filing.answer = None
            self._turns.listen(self._clock.instant(), *self._time.expects(None))

    async def _check_time(self) -> None:
        if self._speech.is_mute:
            log.error("nobody_hears_us")
            self.leave()
            return
        await self._tell_all((*self._chronicle.held(), *self._time.due()))
        away_since = self._away_since
        if away_since is not None and self._clock.instant() - away_since >= ABSENT_S:
            self._away_since = None
            await self.tell(Paused(reason="absent"))
            self._left.set()
