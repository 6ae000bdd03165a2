"""What is known of the candidate's answer, and of our own line, while they last.

Instants are monotonic seconds.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Answer:
    """What the candidate has said since it was the candidate's turn. `since` is when we last began
    to listen, `heard_at` when the recogniser last had a new word, `over_at` when it seemed over.

    `deaf`: what is being said began over a line of ours that nobody could stop, and is no answer to
    it. `invited`: we asked to go on with the answer, and nothing was said since."""

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
    had_sound: bool = False
    pause_before: float | None = None

    @property
    def over_text(self) -> str:
        """What the candidate said over our voice."""
        return " ".join((*self.finals, self.interim)).strip()
