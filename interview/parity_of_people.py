"""What interviewers did in one interview, counted in its log."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from interview.by_room import FloorAsked, FloorFollowed
from interview.copilot_facts import CoverageJudged, QuestionTicked, TurnFiled
from interview.events import (
    Event,
    InterviewEnded,
    LineEnded,
    LineStarted,
    SpeechHeard,
)
from interview.ids import TurnId

WITHIN_MS = 300
"""Who begins so shortly before another ends has waited for them."""


@dataclass(frozen=True, slots=True)
class People:
    """What interviewers did: `led_s`, and as a share of the talk; lines of the AI that they stopped
    by taking the floor; and how often they began to speak within the candidate's words."""

    led_s: float = 0.0
    led_share: float = 0.0
    spoke_s: float = 0.0
    stopped_ai: int = 0
    talked_over: int = 0


@dataclass
class Watched:
    """Gathers it, event by event. `asked` are core questions that a person has put."""

    asked: set[str] = field(default_factory=set)
    _of_people: set[TurnId] = field(default_factory=set)
    _lines: dict[TurnId, bool] = field(default_factory=dict)
    _answers: list[tuple[int, int]] = field(default_factory=list)
    _spoken: dict[TurnId, tuple[int, int]] = field(default_factory=dict)
    _spoke_ms: int = 0
    _stopped: int = 0
    _led: timedelta = timedelta(0)
    _since: datetime | None = None
    _began: datetime | None = None
    _last: datetime | None = None

    def sees(self, event: Event) -> None:
        """The next event of the log."""
        match event.fact:
            case FloorFollowed() as fact:
                self._passed(fact, event.at)
            case FloorAsked() if self._lines:
                self._lines = dict.fromkeys(self._lines, True)
            case LineStarted() as fact:
                self._lines[fact.turn_id] = False
                self._talks(event.at)
            case LineEnded() as fact:
                self._stopped += self._lines.pop(fact.turn_id, False) and fact.cut_off
                self._talks(event.at)
            case SpeechHeard() as fact:
                self._heard(fact)
                self._talks(event.at)
            case TurnFiled() | CoverageJudged():
                self._filed(event.fact)
            case QuestionTicked(question=key, covered=False):
                self.asked.discard(key)
            case InterviewEnded():
                self._talks(event.at)
            case _:
                pass

    def _filed(self, fact: TurnFiled | CoverageJudged) -> None:
        """A candidate's turn that words file is an answer, and asks nothing."""
        if fact.question is None:
            return
        is_by_words = isinstance(fact, TurnFiled) and fact.by == "words"
        if not is_by_words or fact.turn_id in self._of_people:
            self.asked.add(fact.question)

    def _talks(self, at: datetime) -> None:
        self._began, self._last = self._began or at, at

    def _passed(self, fact: FloorFollowed, at: datetime) -> None:
        self._lines = dict.fromkeys(self._lines, True)
        if fact.floor.startswith("human:"):
            self._since = self._since or at
            self._talks(at)
        elif self._since is not None:
            self._led += at - self._since
            self._since = None

    def _heard(self, fact: SpeechHeard) -> None:
        if fact.role == "candidate":
            self._answers.append((fact.started_ms, fact.ended_ms))
            return
        self._of_people.add(fact.turn_id)
        self._spoke_ms += max(0, fact.ended_ms - fact.started_ms)
        begins, ends = self._spoken.get(fact.turn_id, (fact.started_ms, fact.ended_ms))
        self._spoken[fact.turn_id] = (min(begins, fact.started_ms), max(ends, fact.ended_ms))

    def counted(self) -> People:
        """What it came to. Who leads at the end has led until the last word."""
        led, last = self._led, self._last
        if self._since is not None and last is not None:
            led += max(timedelta(0), last - self._since)
        whole = last - self._began if last and self._began else timedelta(0)
        begins = [began for began, _ in self._spoken.values()]
        return People(
            led_s=led.total_seconds(),
            led_share=round(min(1.0, led / whole), 3) if whole else 0.0,
            spoke_s=self._spoke_ms / 1000,
            stopped_ai=self._stopped,
            talked_over=sum(self._is_within(at) for at in begins),
        )

    def _is_within(self, at_ms: int) -> bool:
        """Somebody was in the middle of what they said."""
        return any(began < at_ms < ended - WITHIN_MS for began, ended in self._answers)
