"""Turn-taking: from sounds, words and clicks to the few decisions of a conversation.

A state machine over instants in monotonic seconds: no clock, no audio, no I/O. `decide` says what
to do now and `wake_at` when to ask again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from interview.answer import Answer, OwnLine
from interview.events import AnswerSignal
from interview.patience import (
    WAITS,
    Lexicon,
    Signals,
    Waits,
    asks_to_repeat,
    is_backchannel,
    says_nothing,
    wait_s,
)

THINKING_NUDGE_EVERY_S = 60.0
"""Whoever asked for time to think is asked kindly after this."""

MAX_NUDGES = 3
"""Two kind questions and one pause; after that the agent just listens."""

HOLD_AFTER_S = 0.08
"""Sound that lasts this long over our own voice makes us fall silent at once."""

REAL_AFTER_S = 1.5
"""Sound over our voice that lasts this long is meant, whatever the recogniser makes of it. We are
silent by then, and words are recognised sooner: this is for those that nobody recognises."""

JUDGE_AFTER_S = 0.2
"""So long after the end of a sound the recogniser has told its words."""

STT_GRACE_S = 0.8
"""Words that are still only interim may hold up an answer's end by this much."""

WITHDRAW_WITHIN_MS = 1600
"""Whoever speaks while less than this of our line was heard had not finished the answer."""

BABBLE_S = 4.0
"""A voice without a recognised word for this long is not understood."""

LATE_S = 1.0
"""Words that come this long after their sound come one after another: the recogniser was away and
catches up."""

UNHEARD_S = 15.0
"""A voice that has given no new word for so long is noise: an answer before it is over."""

DONE_OVER_SOUND_S = 1.5
"""Whoever says to be done, and still makes a sound, is answered after this at the latest."""

MIN_SLEEP_S = 0.005

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


class TurnTaking:
    """One candidate, one conversation."""

    def __init__(self, lexicon: Lexicon, waits: Waits = WAITS) -> None:
        self._lexicon = lexicon
        self._waits = waits
        self._answer: Answer | None = None
        self._line: OwnLine | None = None
        self._speaking_since: float | None = None
        self._last_sound = 0.0
        self._sound_at = 0.0
        self._own_pauses: list[float] = []

    @property
    def is_speaking(self) -> bool:
        """The candidate is making a sound."""
        return self._speaking_since is not None

    def is_talking(self, now: float) -> bool:
        """The candidate is making a sound that may be words: a line should wait for its end."""
        answer = self._answer
        if self._speaking_since is None:
            return False
        if answer is not None and answer.done and answer.over_at is not None:
            return now - answer.heard_at < DONE_OVER_SOUND_S
        return now < self._noise_from(answer)

    @property
    def answer(self) -> Answer | None:
        return self._answer

    def listen(
        self, now: float, expected_words: int, limit_s: float, so_far: Sequence[str] = ()
    ) -> None:
        """It is the candidate's turn, with the words that stopped our line, and with what another
        agent has heard `so_far`."""
        line, self._line = self._line, None
        self._answer = Answer(expected_words, limit_s, now, now, now, [*so_far], quiet_since=now)
        self._answer.invited = bool(so_far)
        if self.is_speaking:
            self._answer.first_sound = now
            self._answer.deaf = line is not None and not line.interruptible
        if line is not None:
            self._take_over(self._answer, line)

    def listen_on(self, now: float, *, invited: bool = False) -> None:
        """The turn is the candidate's still, or again, with everything said so far."""
        line, self._line = self._line, None
        answer = self._answer
        if answer is None:
            return
        if line is not None:
            self._take_over(answer, line)
            if line.pause_before is not None:
                self._own_pauses = [*self._own_pauses[-7:], line.pause_before]
        answer.since, answer.invited = now, invited
        answer.end_of_turn = answer.over_at = None
        answer.done = False

    def _take_over(self, answer: Answer, line: OwnLine) -> None:
        answer.first_sound = answer.first_sound or line.sound_since
        if line.interruptible and not is_backchannel(line.over_text, self._lexicon):
            answer.finals.extend(line.finals)
            answer.interim = line.interim

    def line_began(self, now: float, *, interruptible: bool, follows_patience: bool) -> None:
        self._line = OwnLine(now, interruptible, follows_patience)

    def drop_line(self) -> None:
        """Our line was put off before anybody heard it."""
        self._line = None

    def sound_began(self, now: float) -> None:
        """Voice activity; the pause before it teaches this speaker's pace."""
        self._speaking_since = self._sound_at = now
        answer, line = self._answer, self._line
        pause = now - self._last_sound
        has_paused = answer is not None and answer.words and self._last_sound > answer.since
        if line is not None:
            if not line.had_sound and has_paused:
                line.pause_before = pause
            line.had_sound, line.sound_since = True, line.sound_since or now
        elif has_paused:
            self._own_pauses = [*self._own_pauses[-7:], pause]
        if answer is not None:
            answer.first_sound = answer.first_sound or now
            answer.end_of_turn, answer.deaf = None, False

    def sound_ended(self, last_sound: float) -> None:
        """Voice activity is over; `last_sound` is the instant of the last loud sample."""
        self._speaking_since = None
        self._last_sound = last_sound

    def heard_interim(self, text: str, now: float) -> None:
        line, answer = self._line, self._answer
        if line is not None and line.sound_since is not None:
            line.interim = text
        elif answer is not None and line is None and text != answer.interim and not answer.deaf:
            answer.interim, answer.heard_at, answer.invited = text, now, False
            self._speaks_again(answer)

    def heard_final(self, text: str, now: float, *, over_line: bool) -> None:
        """`over_line`: these words were said while our line could be heard."""
        line, answer = self._line, self._answer
        if line is not None and over_line and line.had_sound:
            if line.sound_since is not None or not is_backchannel(text, self._lexicon):
                line.finals.append(text)
            line.interim = ""
        elif answer is not None and not answer.deaf:
            answer.finals.append(text)
            answer.interim, answer.heard_at, answer.invited = "", now, False
            self._speaks_again(answer)
            answer.nudges = 0
            if not answer.thinking:
                answer.quiet_since = now

    def _speaks_again(self, answer: Answer) -> None:
        """Words end the time to think; those of a sound before the wish for it were only late."""
        if answer.thinking and self._sound_at > answer.quiet_since:
            answer.thinking = False

    def judged(self, end_of_turn: float) -> None:
        """The model's probability that the turn ended at the latest pause."""
        if self._answer is not None and self._speaking_since is None:
            self._answer.end_of_turn = end_of_turn

    def think(self, now: float) -> None:
        if self._answer is not None:
            self._answer.thinking = True
            self._answer.done = False
            self._answer.quiet_since = now

    def done(self, now: float) -> bool:
        """False when there is no answer yet that could be done."""
        answer = self._answer
        if self._line is not None or answer is None or answer.over_at is not None:
            return False
        answer.done_at = now
        is_coming = answer.first_sound is not None and now < self._done_due(answer)
        answer.done = bool(answer.text) or is_coming
        return answer.done

    def can_withdraw(self, heard_ms: int) -> bool:
        """Our line came too early and is young enough to be taken back."""
        line = self._line
        return line is not None and line.follows_patience and heard_ms < WITHDRAW_WITHIN_MS

    def decide(self, now: float, heard_ms: int = 0) -> Decision | None:
        """What to do at `now`; `heard_ms` of our line have been heard."""
        if self._line is not None:
            return self._over_our_line(self._line, now, heard_ms)
        answer = self._answer
        if answer is None or answer.over_at is not None:
            return None
        decision = self._in_answer(answer, now)
        if decision is not None and decision.act is Act.OVER:
            answer.over_at = now
        return decision

    def wake_at(self, now: float) -> float | None:
        """When a decision may be due without anything new happening."""
        if self._line is not None:
            return self._line_wake(self._line, now)
        answer = self._answer
        if answer is None or answer.over_at is not None:
            return None
        due = self._next_due(answer)
        return None if due is None else max(due, now + MIN_SLEEP_S)

    def _next_due(self, answer: Answer) -> float | None:
        if answer.done:
            return self._done_due(answer)
        if answer.text:
            return min(self._answer_due(answer), answer.opened_at + self._hard_limit(answer))
        return self._nudge_due(answer) if answer.nudges < MAX_NUDGES else None

    def _over_our_line(self, line: OwnLine, now: float, heard_ms: int) -> Decision | None:
        if not line.interruptible:
            return None
        if self._is_meant(line, now):
            return Decision(Act.WITHDRAW if self.can_withdraw(heard_ms) else Act.STOP)
        if line.sound_since is None:
            return None
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
        return now >= self._real_at(line)

    def _real_at(self, line: OwnLine) -> float:
        """When the sound that goes on has lasted too long to be an interjection."""
        if line.sound_since is None or self._speaking_since is None:
            return math.inf
        patient = 2 if line.over_text else 1
        return max(line.sound_since, self._speaking_since) + REAL_AFTER_S * patient

    def _line_wake(self, line: OwnLine, now: float) -> float | None:
        if not line.interruptible or line.sound_since is None:
            return None
        if not self.is_speaking:
            due = self._last_sound + JUDGE_AFTER_S + VAD_SILENCE_S
        else:
            due = self._real_at(line) if line.held else line.sound_since + HOLD_AFTER_S
        return max(due, now + MIN_SLEEP_S)

    def _in_answer(self, answer: Answer, now: float) -> Decision | None:
        if answer.done:
            if now < self._done_due(answer):
                return None
            if answer.text:
                return Decision(Act.OVER, "done", self._intent(answer))
            answer.done = False  # it was a sound without words
        if answer.text:
            if now >= answer.opened_at + self._hard_limit(answer):
                return Decision(Act.OVER, "time")
            return self._over(answer) if now >= self._answer_due(answer) else None
        if answer.nudges < MAX_NUDGES and now >= self._nudge_due(answer):
            answer.nudges += 1
            return Decision(Act.NUDGE, times=answer.nudges)
        return None

    def _done_due(self, answer: Answer) -> float:
        """At once; but the words of a sound that is or was just made are still on their way."""
        if self._speaking_since is not None:
            return max(answer.done_at, answer.heard_at) + DONE_OVER_SOUND_S
        return answer.done_at if answer.text else self._last_sound + STT_GRACE_S

    def _noise_from(self, answer: Answer | None) -> float:
        """Since when the present sound counts as noise."""
        heard_at = answer.heard_at if answer else 0.0
        return max(heard_at, self._speaking_since or 0.0) + UNHEARD_S

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
        due = max(quiet_since, answer.since) + wait_s(signals, self._lexicon, self._waits)
        if answer.interim:
            due += STT_GRACE_S
        if answer.invited:
            due = max(due, answer.since + self._waits.invited)
        if answer.heard_at - self._last_sound > LATE_S:
            due = max(due, answer.heard_at + LATE_S)
        return max(due, self._noise_from(answer)) if self.is_speaking else due

    def _nudge_due(self, answer: Answer) -> float:
        every = THINKING_NUDGE_EVERY_S if answer.thinking else self._waits.nudge
        due = answer.quiet_since + every * (answer.nudges + 1)
        # Somebody who has just begun to speak is about to be heard; babble goes on without words.
        return due if self._speaking_since is None else max(due, self._speaking_since + BABBLE_S)

    def _hard_limit(self, answer: Answer) -> float:
        return answer.limit_s * HARD_LIMIT_SHARE

    def _intent(self, answer: Answer) -> Intent:
        if says_nothing(answer.text, self._lexicon):
            return "nothing"
        return "repeat" if asks_to_repeat(answer.text, self._lexicon) else "answer"


VAD_SILENCE_S = 0.25
"""Voice activity ends this long after the last sound."""
