"""The conductor: one actor that hears messages, and does what turn-taking makes of them.

Everything about the talk happens here in one order, message by message, so nothing races.
"""

import asyncio
from typing import assert_never

import structlog
from interview.door import Claim
from interview.events import AgentJoined, SignalReceived, SilenceNoticed
from interview.ids import TurnId
from interview.session import Session
from interview.turn_taking import Act, TurnTaking
from interview.wishes import OFFERS

from agent.buttons import done
from agent.chronicle import Chronicle
from agent.clock import RecordingClock
from agent.counsel import Counsel
from agent.course import Course
from agent.ear import Heard
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
    MicrophoneChanged,
    Pressed,
    QuestionWanted,
    SoundBegan,
    SoundEnded,
    Suggested,
    Typed,
    Went,
    Witnessed,
    Writes,
    next_message,
    settle,
)
from agent.pulse import Pulse
from agent.speech import Shows, Speech
from agent.typed import Taken

log = structlog.get_logger()


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
        self._speech = speech
        self._captions = captions
        self._turns = turns
        self._counsel = counsel
        self._clock = clock
        self._candidate = candidate
        self._inbox = inbox
        self._course = course = Course(chronicle, speech, turns, counsel, clock)
        self._filing, self._giving_way = course.filing, course.giving_way
        self._floor, self._time = course.floor, course.time
        self._left = course.left
        self._taken = Taken(chronicle.plan, turns, speech)
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
        await self._course.tell(AgentJoined(identity=claim.agent_identity, versions=versions))
        if orphan is not None:
            await self._course.tell(orphan)
        if so_far := heard_so_far(claim, self._filing.answer):
            now = self._clock.instant()
            self._turns.listen(now, *self._time.expects(None), so_far)
            self._turns.went(now)

    async def run(self) -> None:
        """Returns when there is nothing left to lead."""
        self._course.begin()
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

    async def _take(self, message: Message) -> None:  # noqa: C901 - one arm a message
        now = self._clock.instant()
        match message:
            case Came():
                await self._course.came(message)
            case Went():
                await self._course.went(message, now)
            case SoundBegan():
                self._turns.sound_began(message.at)
            case SoundEnded():
                self._turns.sound_ended(message.last_sound)
                self._course.say_waiting()
            case MicrophoneChanged():
                self._turns.microphone(now, is_gone=message.is_gone)
            case Writes():
                await self._writes(now)
            case Typed():
                await self._typed(message, now)
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
            case LineBegan() | LineOver() | LineFailed():
                await self._spoken(message, now)
            case Failed():
                if message.provider == "stt":
                    self._turns.not_recognised(now)
                await self._course.tell_all(self._chronicle.outage(message.provider, message.error))
            case Connected():
                self._chronicle.connected("stt")
            case Suggested():
                await self._course.tell_all(self._counsel.news())
            case Witnessed():
                await self._course.tell_all(message.facts)
            case FloorPassed() | FloorWanted() | FloorDenied() | FloorLeft() | QuestionWanted():
                await self._floor.take(message, now)
            case _:
                assert_never(message)

    async def _heard(self, message: Final, now: float) -> None:
        heard, line = message.heard, self._speech.line
        await self._course.tell_all(self._chronicle.works("stt"))
        if self._filing.is_late(heard):
            self._turns.recognised()
            await self._course.tell_all(self._filing.late(heard))
            return
        over = line is not None and not line.stopped and heard.ended_ms > line.began_ms
        self._turns.heard_final(heard.text, now, over_line=over)
        if line is not None and over:
            # Words may stop our line; whose turn they belong to follows from that.
            await self._decide()
            over = not line.stopped
        speech = self._filing.heard(heard, over=over)
        await self._course.tell(speech)
        self._captions.show(str(speech.turn_id), self._candidate, heard.text, final=True)
        if self.state.paused:
            await self._heard_in_pause(speech.turn_id, heard.text)

    async def _typed(self, message: Typed, now: float) -> None:
        """All of it or nothing, at one moment: what is refused can be sent again."""
        if message.answer.done():
            return  # who sent it was told that it did not arrive
        outcome: str | None = "ok" if self._taken.has(message.name) else None
        outcome = outcome or self._taken.refusal(self.state, message.asked)
        if outcome is not None:
            message.answer.set_result(outcome)
            self._turns.shows_life(now)
            if not self.state.resting:
                await self._course.wake()
            return
        self._taken.add(message.name)
        self._turns.typed(message.words)
        at_ms = self._clock.ms()
        heard = Heard(message.words, (), at_ms, at_ms, typed=True)
        speech = self._filing.heard(heard, over=False)
        await self._course.tell(speech)
        self._captions.show(str(speech.turn_id), self._candidate, message.words, final=True)
        await self._pressed(Pressed("done", message.answer), now)

    async def _writes(self, now: float) -> None:
        """Whoever writes is there. It ends no break that was granted, and past the end of the time
        it holds nothing open."""
        state = self.state
        if not state.present or state.over_time:
            return
        self._turns.writes(now)
        if not state.resting:
            await self._course.wake()

    async def _heard_in_pause(self, turn: TurnId, text: str) -> None:
        """Words end a pause; who wants a person, or is in danger, is not just asked on."""
        intent = self._turns.sign_of_life(text)
        if intent is not None and intent in OFFERS:
            words = len(text.split())
            await self._course.tell(self._chronicle.answer_ended(turn, intent, words=words))
        if self._time.is_settled or intent is not None:
            await self._course.wake()

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
        await self._course.wake()
        if outcome == "ok":
            await self._course.tell(SignalReceived(signal=message.signal))

    async def _spoken(self, message: LineBegan | LineOver | LineFailed, now: float) -> None:
        match message:
            case LineBegan():
                await self._course.tell_all(self._chronicle.works("tts"))
                if started := self._speech.began(message):
                    await self._course.tell(started)
            case LineOver():
                await self._line_over(message, now)
            case LineFailed():
                self._speech.failed(message)
                await self._course.tell_all(self._chronicle.outage("tts", message.error))

    async def _line_over(self, message: LineOver, now: float) -> None:
        line = self._speech.line
        if line is None or line.turn != message.turn:
            return
        await self._course.tell_all(self._speech.over(message, self._filing.answer))
        if not line.stopped:
            await self._course.tell_all(self._filing.close_over("nothing"))
        self._course.say_waiting()
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
        self._course.say_waiting()
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
                await self._course.tell_all(self._filing.close_over("backchannel"))
            case Act.OVER:
                await self._course.answer_over(decision)
            case Act.NUDGE if self._floor.is_ours and not self.state.paused:
                silent_s = now - (self._turns.answer.quiet_since if self._turns.answer else now)
                noticed = SilenceNoticed(times=decision.times, silent_s=round(silent_s, 1))
                await self._course.tell(noticed)
            case _:
                pass

    async def _check_time(self) -> None:
        if self._speech.is_mute:
            log.error("nobody_hears_us")
            self.leave()
            return
        await self._course.check_time()
