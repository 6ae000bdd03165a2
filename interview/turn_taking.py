"""Turn-taking: from sounds, words and clicks to the few decisions of a conversation.

A state machine over instants in monotonic seconds: no clock, no audio, no I/O. `decide` says what
to do now and `wake_at` when to ask again.
"""

from collections.abc import Sequence

from interview.answer import Answer, OwnLine
from interview.decision import Act, Decision, Intent
from interview.intents import PLAIN
from interview.interjection import judge, judge_at
from interview.meant import sign_of_life
from interview.patience import WAITS, Lexicon, Waits, is_backchannel
from interview.silence import DONE_OVER_SOUND_S, STT_GRACE_S, Silence
from interview.voice import VAD_SILENCE_S, Voice

__all__ = ["VAD_SILENCE_S", "Act", "Decision", "Intent", "TurnTaking"]

WITHDRAW_WITHIN_MS = 1600
"""Whoever speaks while less than this of our line was heard had not finished the answer."""

MIN_SLEEP_S = 0.005


class TurnTaking:
    """One candidate, one conversation."""

    def __init__(self, lexicon: Lexicon, waits: Waits = WAITS) -> None:
        self._lexicon, self.wishes = lexicon, lexicon.wishes
        self._answer: Answer | None = None
        self._line: OwnLine | None = None
        self._voice = Voice()
        self._silence = Silence(self._voice, lexicon, waits)
        self._wants_to_think = False
        self._away_since: float | None = None

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
            answer.nudges_before, answer.wrote_at = before.nudged, before.wrote_at
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
                self._silence.was_a_pause(line.pause_before)
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
        answer.wrote_at = line.wrote_at or answer.wrote_at
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

    def writes(self, now: float) -> None:
        """A key, for an answer that is not sent yet: whoever writes is there, and not done."""
        if self._answer is not None and self._answer.thinking:
            self._answer.nudges = self._answer.nudges_before = 0  # the time to think runs on
        else:
            self.shows_life(now)
        for each in (self._answer, self._line):
            if each is not None:
                each.wrote_at = now

    def typed(self, text: str) -> None:
        """Words that were sent in writing: no sound is taken for them, nor keeps them out."""
        answer = self._answer
        if answer is not None:
            answer.finals.append(text)
            answer.interim, answer.deaf, answer.invited, answer.wrote_at = "", False, False, None

    def microphone(self, now: float, *, is_gone: bool) -> None:
        """It has gone: until another one is there no silence ends the answer. Or one is there,
        and a silence begins now, if nothing is said."""
        if is_gone:
            self._voice.goes(now)
        else:
            self._voice.returns(now)

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
            self._silence.was_a_pause(pause)
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
        """Words end the time to think, and to write; those of a sound before were only late."""
        if answer.thinking and self._voice.began_at > answer.quiet_since:
            answer.thinking = False
        if answer.wrote_at is not None and self._voice.began_at > answer.wrote_at:
            answer.wrote_at = None

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
        is_coming = answer.first_sound is not None and now < self._silence.done_due(answer)
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
        return self._silence.patience_due(answer)

    def hold_until(self, at: float) -> None:
        """No answer is over by itself before `at`, within limits; who is done is not kept."""
        self._silence.hold_until(at)

    def decide(self, now: float, heard_ms: int = 0) -> Decision | None:
        """What to do at `now`; `heard_ms` of our line have been heard."""
        if self._line is not None:
            return self._over_our_line(self._line, now, heard_ms)
        answer = self._answer
        if answer is None or answer.over_at is not None:
            return None
        decision = self._silence.judge(answer, now)
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
        due = self._silence.judge_at(answer)
        return None if due is None else max(due, now + MIN_SLEEP_S)

    def _line_wake(self, line: OwnLine, now: float) -> float | None:
        due = judge_at(line, self._voice)
        return None if due is None else max(due, now + MIN_SLEEP_S)

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

    def sign_of_life(self, text: str) -> Intent | None:
        """What words within a pause ask for; None for thanks and small sounds."""
        return sign_of_life(text, self._lexicon)
