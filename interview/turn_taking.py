"""Turn-taking: from sounds, words and clicks to the few decisions of a conversation.

A state machine over instants in monotonic seconds: no clock, no audio, no I/O. `decide` says what
to do now and `wake_at` when to ask again.
"""

from collections.abc import Sequence

from interview.answer import Answer, OwnLine
from interview.decision import Act, Decision, Intent
from interview.intents import PLAIN
from interview.interjection import judge, judge_at
from interview.patience import (
    THINKING_S,
    WAITS,
    Lexicon,
    Signals,
    Waits,
    asks_for_time,
    is_backchannel,
    sign_of_life,
    wait_s,
)
from interview.voice import VAD_SILENCE_S, Voice

__all__ = ["VAD_SILENCE_S", "Act", "Decision", "Intent", "TurnTaking"]

THINKING_NUDGE_EVERY_S = 60.0
"""Whoever asked for time to think is asked kindly after this."""

MAX_NUDGES = 3
"""Two kind questions and one pause; after that the agent just listens."""

STT_GRACE_S = 0.8
"""Words that are still only interim may hold up an answer's end by this much."""

WITHDRAW_WITHIN_MS = 1600
"""Whoever speaks while less than this of our line was heard had not finished the answer."""

BABBLE_S = 4.0
"""A voice without a recognised word for this long is not understood."""

LATE_S = 1.0
"""Words that come this long after their sound come one after another: the recogniser was away and
catches up."""

SAID_AGAIN_AFTER_S = 1.5
"""A mere sound stopped our line: after so much silence it was nothing, and we go on."""

DONE_OVER_SOUND_S = 1.5
"""Whoever says to be done, and still makes a sound, is answered after this at the latest."""

MIN_SLEEP_S = 0.005

HARD_LIMIT_SHARE = 1.25


class TurnTaking:
    """One candidate, one conversation."""

    def __init__(self, lexicon: Lexicon, waits: Waits = WAITS) -> None:
        self._lexicon, self.wishes = lexicon, lexicon.wishes
        self._waits = waits
        self._answer: Answer | None = None
        self._line: OwnLine | None = None
        self._voice = Voice()
        self._own_pauses: list[float] = []
        self._wants_to_think = False
        self._away_since: float | None = None
        self._held_until = 0.0

    def is_talking(self, now: float) -> bool:
        """The candidate is making a sound that may be words: a line should wait for its end."""
        answer = self._answer
        if not self._voice.sounds:
            return False
        if answer is not None and answer.done and answer.over_at is not None:
            return now - answer.heard_at < DONE_OVER_SOUND_S
        return now < self._voice.noise_from(answer.heard_at if answer else 0.0)

    def owes_words(self, now: float) -> bool:
        """Words of a sound that is or was just made may still be on their way."""
        voice, answer = self._voice, self._answer
        heard_at = answer.heard_at if answer else 0.0
        return voice.sounds or heard_at < voice.last_sound > now - STT_GRACE_S

    @property
    def answer(self) -> Answer | None:
        return self._answer

    def listen(
        self,
        now: float,
        expected_words: int,
        limit_s: float,
        so_far: Sequence[str] = (),
        *,
        stopped: bool = False,
    ) -> None:
        """It is the candidate's turn, with the words that `stopped` our line, and with what another
        agent has heard `so_far`."""
        line, self._line, before = self._line, None, self._answer
        answer = Answer(expected_words, limit_s, now, now, now, [*so_far], quiet_since=now)
        answer.invited = bool(so_far)
        if self._voice.sounds:
            answer.first_sound = now
            answer.deaf = line is not None and not line.interruptible
        if line is not None:
            self._take_over(answer, line)
        if before is not None and not before.text and not answer.text:
            answer.nudges_before = before.nudged
        answer.cut = stopped and not answer.text
        self._answer = answer
        self._begin_to_think(now, line)

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
        self._begin_to_think(now, line)

    def _begin_to_think(self, now: float, line: OwnLine | None) -> None:
        """Who wished for time while we spoke has it now, but for those who speak already."""
        wishes, self._wants_to_think = self._wants_to_think, False
        if wishes and not self._voice.sounds and not (line and line.over_text):
            self.think(now)

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

    def went(self, now: float) -> None:
        """The candidate is away; no time runs from now on."""
        self._voice.ends(now)
        self._away_since = now

    def came(self, now: float) -> None:
        """The candidate is here again, and so is the time that was left."""
        since, self._away_since = self._away_since, None
        if since is not None and self._answer is not None:
            self._answer.shift(now - since)

    def shows_life(self, now: float) -> None:
        """A click: whoever clicks is there."""
        if self._answer is not None:
            self._answer.nudges = self._answer.nudges_before = 0
            self._answer.quiet_since = now

    def not_recognised(self, now: float) -> None:
        """The recogniser failed: what is said now is heard later, or never."""
        self._voice.is_not_recognised(now)

    def recognised(self) -> None:
        """The recogniser works again, though it told no words of this answer."""
        self._voice.is_recognised()

    def sound_began(self, now: float) -> None:
        """Voice activity; the pause before it teaches this speaker's pace."""
        answer, line = self._answer, self._line
        pause = now - self._voice.last_sound
        has_paused = answer is not None and answer.words and self._voice.last_sound > answer.since
        self._voice.begins(now)
        if line is not None:
            if not line.had_sound and has_paused:
                line.pause_before = pause
            line.had_sound, line.sound_since = True, line.sound_since or now
        elif has_paused:
            self._own_pauses = [*self._own_pauses[-7:], pause]
        if answer is not None:
            answer.first_sound = answer.first_sound or now
            answer.end_of_turn, answer.deaf = None, False
            answer.before = len(answer.finals)

    def sound_ended(self, last_sound: float) -> None:
        """Voice activity is over; `last_sound` is the instant of the last loud sample."""
        self._voice.ends(last_sound)

    def heard_interim(self, text: str, now: float) -> None:
        self._voice.is_recognised()
        line, answer = self._line, self._answer
        if line is not None and line.sound_since is not None:
            line.interim = text
        elif answer is not None and line is None and text != answer.interim and not answer.deaf:
            answer.interim, answer.heard_at, answer.invited = text, now, False
            self._speaks_again(answer)

    def heard_final(self, text: str, now: float, *, over_line: bool) -> None:
        """`over_line`: these words were said while our line could be heard."""
        self._voice.is_recognised()
        line, answer = self._line, self._answer
        if line is not None and over_line and line.had_sound:
            if line.sound_since is not None or not is_backchannel(text, self._lexicon):
                line.finals.append(text)
            line.interim = ""
        elif answer is not None and not answer.deaf:
            answer.finals.append(text)
            answer.interim, answer.heard_at, answer.invited = "", now, False
            self._speaks_again(answer)
            answer.nudges = answer.nudges_before = 0
            if not answer.thinking:
                answer.quiet_since = now

    def _speaks_again(self, answer: Answer) -> None:
        """Words end the time to think; those of a sound before the wish for it were only late."""
        if answer.thinking and self._voice.began_at > answer.quiet_since:
            answer.thinking = False

    def judged(self, end_of_turn: float) -> None:
        """The model's probability that the turn ended at the latest pause."""
        if self._answer is not None and not self._voice.sounds:
            self._answer.end_of_turn = end_of_turn

    def think(self, now: float) -> None:
        """The candidate wishes for time, now or after what we are saying."""
        answer = self._answer
        if self._line is not None or answer is None or answer.over_at is not None:
            self._wants_to_think = True
            return
        answer.thinking, answer.done, answer.quiet_since = True, False, now

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

    def over_due(self, intents: frozenset[Intent] = PLAIN) -> float | None:
        """When the answer is over by itself if nothing more is heard; None while that is open, and
        when the words mean none of `intents`."""
        answer = self._answer
        if self._line or self._voice.sounds or answer is None or answer.over_at is not None:
            return None
        if answer.done or answer.intent(self._lexicon) not in intents:
            return None
        return self._patience_due(answer)

    def hold_until(self, at: float) -> None:
        """No answer is over by itself before `at`, within limits; who is done is not kept."""
        self._held_until = at

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

    def _line_wake(self, line: OwnLine, now: float) -> float | None:
        due = judge_at(line, self._voice)
        return None if due is None else max(due, now + MIN_SLEEP_S)

    def _next_due(self, answer: Answer) -> float | None:
        if answer.done:
            return self._done_due(answer)
        due = [self._nudge_due(answer)] if self._may_nudge(answer) else []
        if answer.text:
            due += [self._answer_due(answer), answer.opened_at + answer.limit_s * HARD_LIMIT_SHARE]
        return min(due, default=None)

    def _over_our_line(self, line: OwnLine, now: float, heard_ms: int) -> Decision | None:
        match judge(line, self._voice, now, self._lexicon):
            case "meant":
                return Decision(Act.WITHDRAW if self.can_withdraw(heard_ms) else Act.STOP)
            case "hold":
                return Decision(Act.HOLD)
            case "none_after_all":
                return Decision(Act.GO_ON)
            case None:
                return None

    def _in_answer(self, answer: Answer, now: float) -> Decision | None:
        if answer.done:
            if now < self._done_due(answer):
                return None
            if answer.text:
                return Decision(Act.OVER, "done", answer.intent(self._lexicon))
            answer.done = False  # it was a sound without words
        if answer.text:
            if now >= answer.opened_at + answer.limit_s * HARD_LIMIT_SHARE:
                return Decision(Act.OVER, "time", answer.intent(self._lexicon))
            if now >= self._answer_due(answer):
                return self._over(answer)
        if self._may_nudge(answer) and now >= self._nudge_due(answer):
            answer.nudges += 1
            return Decision(Act.NUDGE, times=answer.nudged)
        return None

    def _done_due(self, answer: Answer) -> float:
        """At once; but the words of a sound that is or was just made are still on their way."""
        if self._voice.sounds:
            return max(answer.done_at, answer.heard_at) + DONE_OVER_SOUND_S
        return answer.done_at if answer.text else self._voice.last_sound + STT_GRACE_S

    def _over(self, answer: Answer) -> Decision:
        over_budget = self._voice.last_sound - answer.opened_at >= answer.limit_s
        return Decision(
            Act.OVER, "time" if over_budget else "patience", answer.intent(self._lexicon)
        )

    def _answer_due(self, answer: Answer) -> float:
        latest = self._voice.last_sound + self._waits.held
        return max(self._patience_due(answer), min(self._held_until, latest))

    def _patience_due(self, answer: Answer) -> float:
        signals = Signals(
            text=answer.text,
            words=answer.words,
            expected_words=answer.expected_words,
            latest=answer.latest,
            end_of_turn=answer.end_of_turn,
            own_pauses_s=tuple(p for p in self._own_pauses if p < self._waits.longest),
            thinking=answer.thinking,
            over_budget=self._voice.last_sound - answer.opened_at >= answer.limit_s,
        )
        wait = wait_s(signals, self._lexicon, self._waits)
        quiet_since = self._quiet_since(answer)
        # Time to think is counted through: a kind question does not double it.
        due = wait + (quiet_since if wait == THINKING_S else max(quiet_since, answer.since))
        if answer.interim:
            due += STT_GRACE_S
        if answer.invited:
            due = max(due, answer.since + self._waits.invited)
        if answer.heard_at - self._voice.last_sound > LATE_S:
            due = max(due, answer.heard_at + LATE_S)
        due = max(due, self._voice.owed_until())
        return max(due, self._voice.noise_from(answer.heard_at)) if self._voice.sounds else due

    def _quiet_since(self, answer: Answer) -> float:
        return answer.quiet_since if answer.thinking else self._voice.last_sound

    def _thinks(self, answer: Answer) -> bool:
        return answer.thinking or asks_for_time(answer.latest, self._lexicon)

    def _may_nudge(self, answer: Answer) -> bool:
        """Nobody is left in silence: neither who says nothing, nor who thinks within an answer,
        nor who waits for us while we wait for words."""
        waits = not answer.text or self._thinks(answer) or self._voice.missed
        return waits and answer.nudged < MAX_NUDGES

    def _nudge_due(self, answer: Answer) -> float:
        voice, number = self._voice, answer.nudges + 1
        if voice.missed:
            quiet_since = max(answer.quiet_since, voice.last_sound)
            due = quiet_since + self._waits.nudge * number
            return voice.noise_from(answer.heard_at) if voice.sounds else due
        if self._thinks(answer):
            due = self._quiet_since(answer) + THINKING_NUDGE_EVERY_S * number
        elif answer.cut and answer.nudged == 0:
            soon = max(answer.since, voice.last_sound) + SAID_AGAIN_AFTER_S
            due = min(soon, answer.quiet_since + self._waits.nudge)
        else:
            due = answer.quiet_since + self._waits.nudge * number
        # Somebody who has just begun to speak is about to be heard; babble goes on without words.
        return due if voice.since is None else max(due, voice.since + BABBLE_S)

    def sign_of_life(self, text: str) -> Intent | None:
        """What words within a pause ask for; None for thanks and small sounds."""
        return sign_of_life(text, self._lexicon)
