"""Turn-taking: from sounds, words and clicks to the few decisions of a conversation.

A state machine over instants in monotonic seconds: no clock, no audio, no I/O. `decide` says what
to do now and `wake_at` when to ask again.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from interview.events import AnswerSignal
from interview.patience import (
    WAITS,
    Lexicon,
    Signals,
    Waits,
    asks_to_repeat,
    is_backchannel,
    wait_s,
)

NUDGE_EVERY_S = 20.0
"""A silent candidate is asked kindly after this, again after twice this, paused after thrice."""

THINKING_NUDGE_EVERY_S = 60.0
MAX_NUDGES = 3
"""Two kind questions and one pause; after that the agent just listens."""

HOLD_AFTER_S = 0.08
"""Sound that lasts this long over our own voice makes us fall silent at once."""

REAL_AFTER_S = 0.7
"""Sound over our voice that lasts this long is meant, whatever the recogniser makes of it."""

JUDGE_AFTER_S = 0.2
"""So long after the end of a sound the recogniser has told its words."""

STT_GRACE_S = 0.8
"""Words that are still only interim may hold up an answer's end by this much."""

WITHDRAW_WITHIN_MS = 1600
"""Whoever speaks while less than this of our line was heard had not finished the answer."""

BABBLE_S = 4.0
"""A voice without a recognised word for this long is not understood."""

HARD_LIMIT_SHARE = 1.25


class Act(StrEnum):
    """What the agent should do."""

    HOLD = "hold"
    GO_ON = "go_on"
    STOP = "stop"
    WITHDRAW = "withdraw"
    OVER = "over"
    NUDGE = "nudge"


Intent = Literal["answer", "repeat", "backchannel", "nothing"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One act; `signal` and `intent` belong to `OVER`, `times` to `NUDGE`."""

    act: Act
    signal: AnswerSignal = "patience"
    intent: Intent = "answer"
    times: int = 0


@dataclass(slots=True)
class Answer:
    """What the candidate has said since it was the candidate's turn."""

    expected_words: int
    limit_s: float
    opened_at: float
    finals: list[str] = field(default_factory=list)
    interim: str = ""
    first_sound: float | None = None
    end_of_turn: float | None = None
    thinking: bool = False
    done: bool = False
    nudges: int = 0
    quiet_since: float = 0.0

    @property
    def text(self) -> str:
        return " ".join((*self.finals, self.interim)).strip()

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass(slots=True)
class OwnLine:
    """Our line while it is being said."""

    began_at: float
    interruptible: bool
    follows_patience: bool
    held: bool = False
    finals: list[str] = field(default_factory=list)
    interim: str = ""
    sound_since: float | None = None

    @property
    def over_text(self) -> str:
        """What the candidate said over our voice."""
        return " ".join((*self.finals, self.interim)).strip()


class TurnTaking:
    """One candidate, one conversation."""

    def __init__(self, lexicon: Lexicon, waits: Waits = WAITS) -> None:
        self._lexicon = lexicon
        self._waits = waits
        self._answer: Answer | None = None
        self._line: OwnLine | None = None
        self._speaking_since: float | None = None
        self._last_sound = 0.0
        self._own_pauses: list[float] = []

    # ---- what the agent tells ----

    @property
    def is_speaking(self) -> bool:
        """The candidate is making a sound."""
        return self._speaking_since is not None

    @property
    def answer(self) -> Answer | None:
        return self._answer

    def listen(self, now: float, expected_words: int, limit_s: float) -> None:
        """It is the candidate's turn, with what was just said over our voice and nothing else."""
        line, self._line = self._line, None
        self._answer = Answer(expected_words, limit_s, now, quiet_since=now)
        self._take_over(self._answer, line)

    def listen_on(self) -> None:
        """The turn is the candidate's still, or again, with everything said so far."""
        line, self._line = self._line, None
        if self._answer is not None:
            self._take_over(self._answer, line)
            self._answer.end_of_turn = None
            self._answer.done = False

    def _take_over(self, answer: Answer, line: OwnLine | None) -> None:
        if line is not None and line.sound_since is not None:
            answer.first_sound = answer.first_sound or line.sound_since
            answer.finals.extend(line.finals)
            answer.interim = line.interim

    def line_began(self, now: float, *, interruptible: bool, follows_patience: bool) -> None:
        self._line = OwnLine(now, interruptible, follows_patience)

    def sound_began(self, now: float) -> None:
        """Voice activity; the pause before it teaches this speaker's pace."""
        self._speaking_since = now
        answer = self._answer
        if self._line is not None:
            self._line.sound_since = self._line.sound_since or now
        if answer is None:
            return
        if answer.words and self._last_sound:
            self._own_pauses = [*self._own_pauses[-7:], now - self._last_sound]
        answer.first_sound = answer.first_sound or now
        answer.end_of_turn = None

    def sound_ended(self, last_sound: float) -> None:
        """Voice activity is over; `last_sound` is the instant of the last loud sample."""
        self._speaking_since = None
        self._last_sound = last_sound

    def heard_interim(self, text: str) -> None:
        if self._line is not None:
            if self._line.sound_since is not None:
                self._line.interim = text
        elif self._answer is not None:
            self._answer.interim = text
            self._answer.thinking = self._answer.thinking and not text

    def heard_final(self, text: str, now: float) -> None:
        if self._line is not None and self._line.sound_since is not None:
            self._line.finals.append(text)
            self._line.interim = ""
        elif self._answer is not None:
            self._answer.finals.append(text)
            self._answer.interim = ""
            self._answer.thinking = False
            self._answer.nudges = 0
            self._answer.quiet_since = now

    def judged(self, end_of_turn: float) -> None:
        """The model's probability that the turn ended at the latest pause."""
        if self._answer is not None and self._speaking_since is None:
            self._answer.end_of_turn = end_of_turn

    def think(self, now: float) -> None:
        if self._answer is not None:
            self._answer.thinking = True
            self._answer.done = False
            self._answer.quiet_since = now

    def done(self) -> bool:
        """False when there is no answer yet that could be done."""
        answer = self._answer
        if self._line is not None or answer is None or answer.first_sound is None:
            return False
        answer.done = True
        return True

    # ---- what the agent asks ----

    def can_withdraw(self, heard_ms: int) -> bool:
        """Our line came too early and is young enough to be taken back."""
        line = self._line
        return line is not None and line.follows_patience and heard_ms < WITHDRAW_WITHIN_MS

    def decide(self, now: float, heard_ms: int = 0) -> Decision | None:
        """What to do at `now`; `heard_ms` of our line have been heard."""
        if self._line is not None:
            return self._over_our_line(self._line, now, heard_ms)
        if self._answer is not None:
            return self._in_answer(self._answer, now)
        return None

    def wake_at(self, now: float) -> float | None:
        """When a decision may be due without anything new happening."""
        if self._line is not None:
            return self._line_wake(self._line, now)
        answer = self._answer
        if answer is None:
            return None
        due = [answer.opened_at + answer.limit_s, answer.opened_at + self._hard_limit(answer)]
        if not answer.text and answer.nudges < MAX_NUDGES:
            due.append(self._nudge_due(answer))
        elif answer.text and self._speaking_since is None:
            due.append(self._answer_due(answer))
        return min((at for at in due if at > now), default=now + 0.05)

    # ---- our line ----

    def _over_our_line(self, line: OwnLine, now: float, heard_ms: int) -> Decision | None:
        if not line.interruptible or line.sound_since is None:
            return None
        if self._is_meant(line, now):
            return Decision(Act.WITHDRAW if self.can_withdraw(heard_ms) else Act.STOP)
        if not line.held and self.is_speaking and now - line.sound_since >= HOLD_AFTER_S:
            line.held = True
            return Decision(Act.HOLD)
        if not self.is_speaking and now - self._last_sound >= JUDGE_AFTER_S + VAD_SILENCE_S:
            line.sound_since, line.interim = None, ""
            line.finals.clear()
            if line.held:
                line.held = False
                return Decision(Act.GO_ON)
        return None

    def _is_meant(self, line: OwnLine, now: float) -> bool:
        if line.over_text and not is_backchannel(line.over_text, self._lexicon):
            return True
        lasting = self._speaking_since is not None and line.sound_since is not None
        return lasting and now - (line.sound_since or now) >= REAL_AFTER_S

    def _line_wake(self, line: OwnLine, now: float) -> float | None:
        if not line.interruptible or line.sound_since is None:
            return None
        if self.is_speaking:
            due = line.sound_since + (REAL_AFTER_S if line.held else HOLD_AFTER_S)
        else:
            due = self._last_sound + JUDGE_AFTER_S + VAD_SILENCE_S
        return max(due, now + 0.005)

    # ---- the candidate's answer ----

    def _in_answer(self, answer: Answer, now: float) -> Decision | None:
        if answer.done:
            return Decision(Act.OVER, "done", self._intent(answer))
        if now - answer.opened_at >= self._hard_limit(answer) and answer.text:
            return Decision(Act.OVER, "time")
        if answer.text:
            due = not self.is_speaking and now >= self._answer_due(answer)
            return self._over(answer) if due else None
        if answer.nudges < MAX_NUDGES and now >= self._nudge_due(answer):
            answer.nudges += 1
            return Decision(Act.NUDGE, times=answer.nudges)
        return None

    def _over(self, answer: Answer) -> Decision:
        over_budget = self._last_sound - answer.opened_at >= answer.limit_s
        return Decision(Act.OVER, "time" if over_budget else "patience", self._intent(answer))

    def _answer_due(self, answer: Answer) -> float:
        signals = Signals(
            text=answer.text,
            words=answer.words,
            expected_words=answer.expected_words,
            end_of_turn=answer.end_of_turn,
            own_pauses_s=tuple(p for p in self._own_pauses if p < self._waits.longest),
            thinking=answer.thinking,
            over_budget=self._last_sound - answer.opened_at >= answer.limit_s,
        )
        quiet_since = answer.quiet_since if answer.thinking else self._last_sound
        due = quiet_since + wait_s(signals, self._lexicon, self._waits)
        return due + STT_GRACE_S if answer.interim else due

    def _nudge_due(self, answer: Answer) -> float:
        every = THINKING_NUDGE_EVERY_S if answer.thinking else NUDGE_EVERY_S
        due = answer.quiet_since + every * (answer.nudges + 1)
        # Somebody who has just begun to speak is about to be heard; babble goes on without words.
        return due if self._speaking_since is None else max(due, self._speaking_since + BABBLE_S)

    def _hard_limit(self, answer: Answer) -> float:
        return answer.limit_s * HARD_LIMIT_SHARE

    def _intent(self, answer: Answer) -> Intent:
        words = answer.text.lower().split()
        if all(word.strip(".,") in self._lexicon.fillers for word in words):
            return "nothing"
        return "repeat" if asks_to_repeat(answer.text, self._lexicon) else "answer"


VAD_SILENCE_S = 0.25
"""Voice activity ends this long after the last sound."""
