"""Our own lines from cue to fact: what is being said, what waits for quiet, what was withdrawn."""

import asyncio
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog
from interview.events import AnswerResumed, Fact, LineEnded, LineStarted
from interview.ids import TurnId
from interview.session import Say

from agent.clock import RecordingClock, new_id
from agent.messages import LineBegan, LineFailed, LineOver, Message
from agent.mouth import Line, OnStart, VoiceLost
from agent.script import Script

log = structlog.get_logger()

FIRM = frozenset({"moving_on", "time_is_up"})
"""Leads that a candidate who used up the time of an answer cannot talk down."""

ANSWER_GOES_ON = frozenset({"still_there", "go_on", "paused", "final_minute"})
"""Lines into an answer: what was said before them still counts."""

FOR_THE_SILENT = frozenset({"still_there", "final_minute", "when_ready"})
"""Lines that are dropped when the candidate speaks after all."""

RETRY_S = 1.0
SOUND_WITHIN_S = 8.0
"""A line that cannot be heard after this is tried again: nobody is left in silence."""

SILENT_TRIES = 3
"""A line that was made, and could not be heard so often, is heard by nobody: our way into the room
is broken, and another agent has one of its own."""

END_WITHIN_S = 3.0
"""A line that was stopped, or should be over, and does not end within this is given up."""

SLOWEST_S_PER_WORD = 0.8

NOTHING = Line("", 0, cut_off=True)


class Speaks(Protocol):
    """The mouth."""

    @property
    def heard_ms(self) -> int: ...
    def prepare(self, sentences: tuple[str, ...]) -> None: ...
    async def say(
        self, sentences: tuple[str, ...], on_start: OnStart, from_ms: int = 0
    ) -> Line: ...
    def hold(self) -> None: ...
    def go_on(self) -> None: ...
    def stop(self) -> None: ...
    @property
    def is_held(self) -> bool: ...
    @property
    def is_speaking(self) -> bool: ...


class Shows(Protocol):
    """The captions."""

    def show(self, segment: str, speaker: str, text: str, *, final: bool) -> None: ...


@dataclass(slots=True)
class Speaking:
    """The line that is being said, or about to be."""

    turn: TurnId
    say: Say
    sentences: tuple[str, ...]
    task: "asyncio.Task[None]"
    since: float
    started_ms: int | None = None
    withdrawn: bool = False
    stopped: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.sentences)

    @property
    def began_ms(self) -> float:
        """When its first sound left our mouth; never, while none has."""
        return math.inf if self.started_ms is None else self.started_ms


class Speech:
    """Says one line at a time and turns what became of it into facts. It `has_parted` once a
    goodbye was heard to its end: nothing follows but the end itself."""

    def __init__(
        self,
        script: Script,
        mouth: Speaks,
        captions: Shows,
        clock: RecordingClock,
        identity: str,
        post: Callable[[Message], None],
    ) -> None:
        self.line: Speaking | None = None
        self.waiting: Say | None = None
        self._script = script
        self._mouth = mouth
        self._captions = captions
        self._clock = clock
        self._identity = identity
        self._post = post
        self.has_parted = False
        self._silent_tries = 0
        self._broken = NOTHING

    @property
    def is_mute(self) -> bool:
        """What we say is made, and never sounds."""
        return self._silent_tries >= SILENT_TRIES

    @property
    def is_busy(self) -> bool:
        return self.line is not None

    @property
    def heard_ms(self) -> int:
        is_heard = self.line is not None and self.line.started_ms is not None
        return self._mouth.heard_ms if is_heard else 0

    def prepare(self, lines: tuple[Say, ...]) -> None:
        """Synthesises ahead what may be said next."""
        for say in lines:
            self._mouth.prepare(self._script.sentences(say))

    def begin(self, say: Say) -> None:
        """Starts a line; it takes the place of one that waits."""
        assert self.line is None, "one line at a time"
        self.waiting, self._broken = None, NOTHING
        turn, sentences = TurnId(new_id()), self._script.sentences(say)
        task = asyncio.create_task(self._say(turn, sentences))
        self.line = Speaking(turn, say, sentences, task, self._clock.instant())

    async def _say(self, turn: TurnId, sentences: tuple[str, ...]) -> None:
        began: Callable[[float], None] = lambda at: self._post(LineBegan(turn, at))  # noqa: E731
        from_ms = 0
        while True:
            try:
                line = await self._mouth.say(sentences, began, from_ms)
            except VoiceLost as lost:
                from_ms = lost.line.heard_ms
                self._broken = lost.line
                self._captions.show(str(turn), "ai", " ".join(sentences), final=True)
                self._post(LineFailed(turn, str(lost.__cause__)))
                await asyncio.sleep(RETRY_S)
            else:
                self._post(LineOver(turn, line))
                return

    def failed(self, message: LineFailed) -> None:
        """The line is tried again, and has as long for that as a new one."""
        if self.line is not None and self.line.turn == message.turn:
            self.line.since = self._clock.instant()

    def began(self, message: LineBegan) -> LineStarted | None:
        """The first sound left our mouth."""
        line = self.line
        if line is None or line.turn != message.turn or line.started_ms is not None:
            return None
        self._silent_tries = 0
        line.started_ms, line.since = self._clock.ms(message.at), self._clock.instant()
        self._captions.show(str(line.turn), "ai", line.text, final=False)
        return LineStarted(
            turn_id=line.turn,
            line=line.say.line,
            question=line.say.question,
            probe=line.say.probe,
            text=line.text,
            identity=self._identity,
            started_ms=line.started_ms,
        )

    def over(self, message: LineOver, answering: TurnId | None) -> tuple[Fact, ...]:
        """What a line's end means; `answering` is the turn that a withdrawn line gives back."""
        line = self.line
        if line is None or line.turn != message.turn:
            return ()
        self.line = None
        facts: list[Fact] = []
        if line.started_ms is not None:
            self.has_parted = line.say.is_goodbye and not message.line.cut_off
            self._captions.show(str(line.turn), "ai", message.line.spoken, final=True)
            facts.append(
                LineEnded(
                    turn_id=line.turn,
                    spoken=message.line.spoken,
                    ended_ms=line.started_ms + message.line.heard_ms,
                    cut_off=message.line.cut_off,
                    withdrawn=line.withdrawn,
                )
            )
        if line.withdrawn and answering is not None:
            facts.append(AnswerResumed(turn_id=answering))
        return tuple(facts)

    def stop(self) -> None:
        """The candidate has the floor now."""
        if self.line is not None and not self.line.stopped:
            self._end(self.line)

    def withdraw(self) -> None:
        """The candidate had not finished: the line was never said."""
        if self.line is not None and not self.line.stopped:
            self.line.withdrawn = True
            self._end(self.line)

    def _end(self, line: Speaking) -> None:
        line.stopped, line.since = True, self._clock.instant()
        if not self._mouth.is_speaking:
            # Nothing can sound: it is not made yet, or broke off and is about to be tried again.
            line.task.cancel()
            self._post(LineOver(line.turn, self._broken))
        self._mouth.stop()

    def watch(self) -> None:
        """Tries a line again that stays silent, and gives one up that does not end."""
        line = self.line
        if line is None:
            return
        late_s = self._clock.instant() - line.since
        if line.started_ms is None and not line.stopped:
            if late_s >= SOUND_WITHIN_S:
                self._silent_tries += self._mouth.is_speaking
                line.task.cancel()
                self._mouth.stop()
                self._post(LineFailed(line.turn, "nothing could be heard"))
                line.since = self._clock.instant()
                line.task = asyncio.create_task(self._say(line.turn, line.sentences))
            return
        longest_s = 0.0 if line.stopped else len(line.text.split()) * SLOWEST_S_PER_WORD
        is_held = self._mouth.is_held and not line.stopped
        if late_s >= longest_s + END_WITHIN_S and not is_held:
            line.task.cancel()
            self._mouth.stop()
            self._post(LineOver(line.turn, Line("", self.heard_ms, cut_off=True)))

    def hold(self) -> None:
        self._mouth.hold()

    def go_on(self) -> None:
        self._mouth.go_on()

    def close(self) -> None:
        """Nothing more is said."""
        self._mouth.stop()
        if self.line is not None:
            self.line.task.cancel()
