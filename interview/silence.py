"""The candidate's silence within their turn: when it ends the answer, and when we ask kindly.

Instants are monotonic seconds.
"""

from interview.answer import Answer
from interview.decision import Act, Decision
from interview.patience import THINKING_S, Lexicon, Signals, Waits, asks_for_time, wait_s
from interview.voice import Voice

THINKING_NUDGE_EVERY_S = 60.0
"""Whoever asked for time to think, or has begun to write, is asked kindly after this."""

MAX_NUDGES = 3
"""Two kind questions and one pause; after that the agent just listens."""

STT_GRACE_S = 0.8
"""Words that are still only interim may hold up an answer's end by this much."""

BABBLE_S = 4.0
"""A voice without a recognised word for this long is not understood."""

LATE_S = 1.0
"""Words that come this long after their sound come one after another: the recogniser was away and
catches up."""

SAID_AGAIN_AFTER_S = 1.5
"""A mere sound stopped our line: after so much silence it was nothing, and we go on."""

DONE_OVER_SOUND_S = 1.5
"""Whoever says to be done, and still makes a sound, is answered after this at the latest."""

HARD_LIMIT_SHARE = 1.25
"""An answer is over after this share of its limit, even while it goes on."""


class Silence:
    """Judges the answer by its words, by `voice`, and by this speaker's own pace."""

    def __init__(self, voice: Voice, lexicon: Lexicon, waits: Waits) -> None:
        self._voice = voice
        self._lexicon = lexicon
        self._waits = waits
        self._own_pauses: list[float] = []
        self._held_until = 0.0

    def was_a_pause(self, pause_s: float) -> None:
        """The answer went on after so long: that is this speaker's pace."""
        self._own_pauses = [*self._own_pauses[-7:], pause_s]

    def hold_until(self, at: float) -> None:
        """No answer is over by itself before `at`, within limits; who is done is not kept."""
        self._held_until = at

    def judge(self, answer: Answer, now: float) -> Decision | None:
        """What is due at `now`: `OVER`, or `NUDGE`, which counts as asked from then on."""
        if answer.done:
            if now < self.done_due(answer):
                return None
            if answer.text:
                return answer.is_over("done", self._lexicon)
            answer.done = False  # it was a sound without words
        if answer.text:
            if now >= answer.opened_at + answer.limit_s * HARD_LIMIT_SHARE:
                return answer.is_over("time", self._lexicon)
            if now >= self._answer_due(answer):
                return self._over(answer)
        if self._may_nudge(answer) and now >= self._nudge_due(answer):
            answer.nudges += 1
            return Decision(Act.NUDGE, times=answer.nudged)
        return None

    def judge_at(self, answer: Answer) -> float | None:
        """When there may be something due without anything happening."""
        if answer.done:
            return self.done_due(answer)
        due = [self._nudge_due(answer)] if self._may_nudge(answer) else []
        if answer.text:
            due += [self._answer_due(answer), answer.opened_at + answer.limit_s * HARD_LIMIT_SHARE]
        return min(due, default=None)

    def done_due(self, answer: Answer) -> float:
        """When who is done is answered: at once, but the words of a sound that is or was just made
        are still on their way."""
        if self._voice.sounds:
            return max(answer.done_at, answer.heard_at) + DONE_OVER_SOUND_S
        return answer.done_at if answer.text else self._voice.last_sound + STT_GRACE_S

    def patience_due(self, answer: Answer) -> float:
        """When the answer is over by itself, but for who holds it open and for its limit."""
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
        if answer.wrote_at is not None:
            due = max(due, answer.wrote_at + self._waits.writing)
        due = max(due, self._voice.owed_until(), self._voice.gone_until())
        return max(due, self._voice.noise_from(answer.heard_at)) if self._voice.sounds else due

    def _over(self, answer: Answer) -> Decision:
        over_budget = self._voice.last_sound - answer.opened_at >= answer.limit_s
        return answer.is_over("time" if over_budget else "patience", self._lexicon)

    def _answer_due(self, answer: Answer) -> float:
        latest = self._voice.last_sound + self._waits.held
        return max(self.patience_due(answer), min(self._held_until, latest))

    def _quiet_since(self, answer: Answer) -> float:
        return answer.quiet_since if answer.thinking else self._voice.last_sound

    def _thinks(self, answer: Answer) -> bool:
        return answer.thinking or asks_for_time(answer.text, answer.latest, self._lexicon)

    def _may_nudge(self, answer: Answer) -> bool:
        """Nobody is left in silence: neither who says nothing, nor who thinks within an answer,
        nor who waits for us while we wait for words."""
        waits = not answer.text or self._thinks(answer) or self._voice.missed
        return waits and answer.nudged < MAX_NUDGES

    def _nudge_due(self, answer: Answer) -> float:
        due = self._due_by_ear(answer)
        if answer.wrote_at is not None:
            every_s = max(THINKING_NUDGE_EVERY_S, self._waits.nudge)
            due = max(due, answer.wrote_at + every_s * (answer.nudged + 1))
        return due

    def _due_by_ear(self, answer: Answer) -> float:
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
