"""What is known of the candidate's answer, and of our own line, while they last.

Instants are monotonic seconds.
"""

from dataclasses import dataclass, field

from interview.decision import Act, Decision
from interview.events import AnswerSignal
from interview.intents import PLAIN, Intent
from interview.meant import answers_besides, intent_of
from interview.patience import Lexicon


@dataclass(slots=True)
class Answer:
    """What the candidate has said since it was the candidate's turn. `since` is when we last began
    to listen, `heard_at` when the recogniser last had a new word, `over_at` when it seemed over.

    `deaf`: what is being said began over a line of ours that nobody could stop, and is no answer to
    it. `invited`: we asked to go on with the answer, and nothing was said since. `cut`: our line
    was stopped by a mere sound. `finals[:before]` were said before the last pause. `nudges_before`
    are those of the silence that our last line has not ended. `wrote_at`: the last key
    that was pressed for it, None while nothing of it is in writing."""

    expected_words: int
    limit_s: float
    opened_at: float
    since: float
    heard_at: float
    finals: list[str] = field(default_factory=list)
    interim: str = ""
    first_sound: float | None = None
    end_of_turn: float | None = None
    thinking: bool = False
    done: bool = False
    done_at: float = 0.0
    over_at: float | None = None
    deaf: bool = False
    invited: bool = False
    cut: bool = False
    before: int = 0
    nudges: int = 0
    nudges_before: int = 0
    quiet_since: float = 0.0
    wrote_at: float | None = None

    @property
    def text(self) -> str:
        return " ".join((*self.finals, self.interim)).strip()

    @property
    def latest(self) -> str:
        """The words since the last pause."""
        return " ".join((*self.finals[self.before :], self.interim)).strip()

    def intent(self, lexicon: Lexicon) -> Intent:
        """What is asked for by what was said so far."""
        return intent_of(self.text, lexicon, self.latest)

    def is_over(self, signal: AnswerSignal, lexicon: Lexicon) -> Decision:
        """The end of it, with what was asked for."""
        intent = self.intent(lexicon)
        more = intent not in PLAIN and answers_besides(self.text, lexicon, self.latest)
        return Decision(Act.OVER, signal, intent, answers_too=more)

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def nudged(self) -> int:
        """How often the silent candidate was asked kindly."""
        return self.nudges_before + self.nudges

    def is_ready(self, now: float) -> None:
        """The time to think is over; what is said next, if anything, may take a moment."""
        if self.thinking:
            self.thinking, self.invited = False, bool(self.text)
            self.since = self.quiet_since = now

    def shift(self, by_s: float) -> None:
        """So long nobody could talk: it is nobody's time."""
        self.opened_at += by_s
        self.quiet_since += by_s
        if self.wrote_at is not None:
            self.wrote_at += by_s


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
    had_sound: bool = False
    pause_before: float | None = None
    wrote_at: float | None = None

    @property
    def over_text(self) -> str:
        """What the candidate said over our voice."""
        return " ".join((*self.finals, self.interim)).strip()
