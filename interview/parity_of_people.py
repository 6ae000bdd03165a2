"""What interviewers did in one interview, all together and each of them, counted in its log."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from interview.by_people import By, TurnRefiled
from interview.by_room import Floor, FloorAsked, FloorChanged, FloorFollowed, SeatTaken
from interview.copilot_facts import CoverageJudged, QuestionTicked, TurnFiled
from interview.events import (
    Event,
    InterviewEnded,
    LineEnded,
    LineStarted,
    SpeechHeard,
)
from interview.floor import holder_of
from interview.ids import MemberId, TurnId, interviewer_identity

WITHIN_MS = 300
"""Who begins so shortly before another ends has waited for them."""


@dataclass(frozen=True, slots=True)
class Person:
    """What one interviewer did, by the identity of their turns; `name` is that of their last seat.

    `asked` are core questions that they put in the AI's place, in the kit's order. All else is as
    for `People`.
    """

    identity: str
    name: str | None
    led_s: float
    led_share: float
    spoke_s: float
    stopped_ai: int
    talked_over: int
    asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """What interviewers did: `led_s`, and as a share of the talk without pauses; lines of the AI
    that they stopped by taking the floor; and how often they began to speak within the candidate's
    words. Each of those who did any of it follows, who led longest first."""

    led_s: float = 0.0
    led_share: float = 0.0
    spoke_s: float = 0.0
    stopped_ai: int = 0
    talked_over: int = 0
    by_person: tuple[Person, ...] = ()


@dataclass
class _One:
    """What is gathered of one interviewer."""

    led: timedelta = timedelta(0)
    spoke_ms: int = 0
    stopped: int = 0
    talked_over: int = 0


@dataclass
class Watched:
    """Gathers it, event by event."""

    _asking: set[tuple[TurnId, str]] = field(default_factory=set)
    _who_asked: dict[str, str] = field(default_factory=dict)
    _of_people: dict[TurnId, str] = field(default_factory=dict)
    _led_at: dict[TurnId, str | None] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _each: defaultdict[str, _One] = field(default_factory=lambda: defaultdict(_One))
    _lines: dict[TurnId, bool] = field(default_factory=dict)
    _stopped: int = 0
    _moved_by: str | None = None
    _answers: list[tuple[int, int]] = field(default_factory=list)
    _spoken: dict[TurnId, tuple[int, int]] = field(default_factory=dict)
    _holder: str | None = None
    _since: datetime | None = None
    _began: datetime | None = None
    _last: datetime | None = None
    _rested: timedelta = timedelta(0)

    @property
    def asked(self) -> frozenset[str]:
        """Core questions that a person has put."""
        return frozenset(question for _, question in self._asking)

    def rests(self, rested: timedelta) -> None:
        """Before the next event there was a pause: no talk, unless somebody led in it."""
        if self._holder is None:
            self._rested += rested

    def sees(self, event: Event) -> None:
        """The next event of the log."""
        match event.fact:
            case SeatTaken() as fact:
                self._names[fact.identity] = fact.name
            case FloorFollowed() as fact:
                self._passed(fact, event.at)
            case FloorChanged() as fact if fact.floor != fact.before:
                self._moved_by = _identity_of(fact.by)
            case FloorAsked() as fact:
                self._moved_by = None if fact.gone else fact.identity
                self._lines = dict.fromkeys(self._lines, True)
            case LineStarted() as fact:
                self._lines[fact.turn_id] = False
                self._talks(event.at)
            case LineEnded() as fact:
                self._line_ended(fact)
                self._talks(event.at)
            case SpeechHeard() as fact:
                self._heard(fact)
                self._talks(event.at)
            case InterviewEnded():
                self._talks(event.at)
            case _:
                self._about_questions(event)

    def _about_questions(self, event: Event) -> None:
        match event.fact:
            case TurnFiled() | CoverageJudged():
                self._filed(event.fact)
            case TurnRefiled() as fact:
                self._refiled(fact)
            case QuestionTicked(question=key, covered=False):
                self._asking = {pair for pair in self._asking if pair[1] != key}
                self._who_asked.pop(key, None)
            case QuestionTicked() as fact:
                self._credit(fact.question, self._holder or fact.identity)
            case _:
                pass

    def _filed(self, fact: TurnFiled | CoverageJudged) -> None:
        """A candidate's turn that words file is an answer, and asks nothing. Whose words asked is
        known from a turn of theirs, and else from who led when the answer was given."""
        if fact.question is None:
            return
        pair = (fact.turn_id, fact.question)
        if (asking := self._of_people.get(fact.turn_id)) is not None:
            self._asking.add(pair)
            self._who_asked[fact.question] = asking
        elif not (isinstance(fact, TurnFiled) and fact.by == "words"):
            self._asking.add(pair)
            self._credit(fact.question, self._led_at.get(fact.turn_id))

    def _refiled(self, fact: TurnRefiled) -> None:
        """What a person says afterwards goes before what the room made of the turn."""
        self._asking = {pair for pair in self._asking if pair[0] != fact.turn_id}
        if fact.question is not None and fact.asked_by is not None:
            self._asking.add((fact.turn_id, fact.question))
            self._who_asked[fact.question] = fact.asked_by

    def _credit(self, question: str, identity: str | None) -> None:
        if identity is not None:
            self._who_asked.setdefault(question, identity)

    def _talks(self, at: datetime) -> None:
        self._began, self._last = self._began or at, at

    def _line_ended(self, fact: LineEnded) -> None:
        if self._lines.pop(fact.turn_id, False) and fact.cut_off:
            self._stopped += 1
            if self._moved_by is not None:
                self._each[self._moved_by].stopped += 1

    def _passed(self, fact: FloorFollowed, at: datetime) -> None:
        self._lines = dict.fromkeys(self._lines, True)
        for key in fact.covered:
            self._credit(key, self._holder)
        holder = _holder(fact.floor)
        if holder is not None:
            self._moved_by = holder
            self._talks(at)
        if holder == self._holder:
            return
        if self._holder is not None and self._since is not None:
            self._each[self._holder].led += at - self._since
        self._holder, self._since = holder, at

    def _heard(self, fact: SpeechHeard) -> None:
        self._led_at.setdefault(fact.turn_id, self._holder)
        if fact.role == "candidate":
            self._answers.append((fact.started_ms, fact.ended_ms))
            return
        self._of_people[fact.turn_id] = fact.identity
        self._each[fact.identity].spoke_ms += max(0, fact.ended_ms - fact.started_ms)
        begins, ends = self._spoken.get(fact.turn_id, (fact.started_ms, fact.ended_ms))
        self._spoken[fact.turn_id] = (min(begins, fact.started_ms), max(ends, fact.ended_ms))

    def counted(self, replaced: Sequence[str] = ()) -> People:
        """What it came to; `replaced` are the core questions that a person put in the AI's place.
        Who leads at the end has led until the last word."""
        each = self._each
        if self._holder is not None and self._since is not None and self._last is not None:
            each[self._holder].led += max(timedelta(0), self._last - self._since)
        for turn, (began, _) in self._spoken.items():
            each[self._of_people[turn]].talked_over += self._is_within(began)
        asked: defaultdict[str, list[str]] = defaultdict(list)
        for key in replaced:
            if (who := self._who_asked.get(key)) is not None:
                asked[who].append(key)
        people = [self._person(who, each[who], asked[who]) for who in {*each, *asked}]
        return People(
            led_s=sum(one.led_s for one in people),
            led_share=self._share(_sum(one.led for one in each.values())),
            spoke_s=sum(one.spoke_ms for one in each.values()) / 1000,
            stopped_ai=self._stopped,
            talked_over=sum(one.talked_over for one in people),
            by_person=tuple(sorted(people, key=lambda one: (-one.led_s, one.identity))),
        )

    def _person(self, identity: str, one: _One, asked: Sequence[str]) -> Person:
        return Person(
            identity=identity,
            name=self._names.get(identity),
            led_s=one.led.total_seconds(),
            led_share=self._share(one.led),
            spoke_s=one.spoke_ms / 1000,
            stopped_ai=one.stopped,
            talked_over=one.talked_over,
            asked=tuple(asked),
        )

    def _share(self, led: timedelta) -> float:
        whole = self._last - self._began if self._last and self._began else timedelta(0)
        whole = max(timedelta(0), whole - self._rested)
        return round(min(1.0, led / whole), 3) if whole else 0.0

    def _is_within(self, at_ms: int) -> bool:
        """Somebody was in the middle of what they said."""
        return any(began < at_ms < ended - WITHIN_MS for began, ended in self._answers)


def _sum(times: Iterable[timedelta]) -> timedelta:
    return sum(times, start=timedelta(0))


def _holder(floor: Floor) -> str | None:
    member = holder_of(floor)
    return None if member is None else interviewer_identity(member)


def _identity_of(by: By | None) -> str | None:
    """None for a key, and for what nobody asked for: it is nobody in the room."""
    if by is None or by.kind != "member":
        return None
    return interviewer_identity(MemberId(UUID(by.id)))
