"""The co-pilot's judgement, without a model: what the facts of a talk call for.

It sees everybody's turns and the guide, and keeps what was asked by whom. What it says itself is a
hint; what it finds out about a turn is a fact.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from interview.by_room import FloorFollowed, HolderLost, InterviewerUnheard
from interview.copilot_facts import (
    AiAsked,
    CoverageJudged,
    QuestionTicked,
    ReliefWanted,
    TurnFiled,
)
from interview.events import AnswerEnded, Fact, LineEnded, LineStarted, SpeechHeard
from interview.hints import (
    Covered,
    Guide,
    Hint,
    HintKind,
    Queue,
    Said,
    asked_in,
    closest,
    coverage,
    missing,
    next_question,
    time_left,
    to_verify,
)
from interview.ids import TurnId
from interview.plan import Plan, PlannedQuestion
from interview.talk import Session

Who = Literal["ai", "human"]
Speaker = Literal["ai", "interviewer", "candidate"]
AI = "ai"
FULL = 1.0
ABOUT_ANSWER: tuple[HintKind, ...] = ("missing", "verify", "ask")
MOST_PIECES = 12


@dataclass(frozen=True, slots=True)
class Spoken:
    """A turn as the co-pilot remembers it."""

    turn: TurnId
    who: Speaker
    text: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """What follows from a fact at once: alarms to be shown, facts to be told."""

    alarms: tuple[Hint, ...] = ()
    facts: tuple[Fact, ...] = ()


NOTHING = Noticed()


@dataclass(slots=True)
class Prompting:
    """`figures` are the language's words for amounts; `touches` names what is protected in a
    text."""

    guide: Guide
    plan: Plan
    figures: tuple[str, ...]
    touches: Callable[[str], str | None]
    said: Said = field(default_factory=Said)
    queue: Queue = field(default_factory=Queue)
    by: dict[str, Who] = field(default_factory=dict)
    suggested: set[str] = field(default_factory=set)
    turns: list[Spoken] = field(default_factory=list)
    left_s: float | None = None
    _filed: dict[TurnId, str] = field(default_factory=dict)
    _lines: dict[TurnId, str] = field(default_factory=dict)
    _unfiled: list[TurnId] = field(default_factory=list)
    _left: list[TurnId] = field(default_factory=list)
    _after: dict[TurnId, str] = field(default_factory=dict)
    _is_led: bool = False
    _by_tick: dict[str, tuple[TurnId, ...]] = field(default_factory=dict)
    _alarmed: set[tuple[TurnId, str]] = field(default_factory=set)
    _offered: set[str] = field(default_factory=set)
    _full: set[str] = field(default_factory=set)

    def notes(self, fact: Fact, state: Session) -> Noticed:  # noqa: C901 - one arm a fact
        """`state` is the director's after the fact."""
        match fact:
            case LineStarted():
                self._line(fact)
            case LineEnded(withdrawn=True):
                self._unsaid(fact.turn_id)
            case SpeechHeard(role="interviewer") if fact.text:
                return self._interviewer(fact, state)
            case SpeechHeard(role="candidate") if fact.text:
                self._candidate(fact, state)
            case AnswerEnded():
                self._ended(fact, state)
            case FloorFollowed():
                return self._floor(fact, state)
            case QuestionTicked(covered=True, question=key):
                return self._ticked((key,))
            case QuestionTicked(question=key):
                return self._unticked(key)
            case CoverageJudged(question=key):
                self._asked_by_person(key)
            case AiAsked(question=None):
                self._proposes_anew()
            case HolderLost(identity=identity):
                return Noticed(alarms=(Hint("relief", about="gone", whom=identity),))
            case InterviewerUnheard(identity=identity):
                return Noticed(alarms=(Hint("unheard", about=identity, whom=identity),))
            case ReliefWanted(reason=reason):
                return Noticed(alarms=(Hint("relief", about=reason),))
            case _:
                pass
        return NOTHING

    def tick(self, left_s: float | None) -> None:
        """The clock: so much of the plan's time is left."""
        if left_s is not None and self.left_s is not None:
            self.queue.add(time_left(self.left_s, left_s, len(self.open_questions)))
        self.left_s = left_s

    @property
    def open_questions(self) -> tuple[PlannedQuestion, ...]:
        """Core questions that nobody has asked."""
        return tuple(q for q in self.plan.questions if q.key not in self.said.asked)

    @property
    def coverage(self) -> tuple[Covered, ...]:
        return coverage(self.guide, self.plan, self.said)

    def _line(self, fact: LineStarted) -> None:
        self._remember(fact.turn_id, "ai", fact.text)
        if fact.question is None:
            return
        if fact.line == "question":
            self._lines[fact.turn_id] = fact.question
            self.said.question(fact.question)
            self.by.setdefault(fact.question, "ai")
            self.queue.forget(*ABOUT_ANSWER)
        elif fact.line == "probe":
            self.said.probe(fact.question, fact.text)

    def _unsaid(self, turn: TurnId) -> None:
        """The line was never said: its question was not asked by it."""
        key = self._lines.pop(turn, None)
        if key is not None and key not in self._lines.values() and self.by.get(key) == "ai":
            self.by.pop(key)
            self.said.asked.discard(key)
            self._proposes_anew()

    def _interviewer(self, fact: SpeechHeard, state: Session) -> Noticed:
        text = self._remember(fact.turn_id, "interviewer", fact.text)
        alarms = []
        matter = self.touches(text)
        if matter is not None and (fact.turn_id, matter) not in self._alarmed:
            self._alarmed.add((fact.turn_id, matter))
            alarms.append(Hint("protected", about=matter))
        key = asked_in(text, self.plan) if state.floor != AI else None
        if key is None or self._filed.get(fact.turn_id) == key:
            return Noticed(alarms=tuple(alarms))
        self._filed[fact.turn_id] = key
        self._asked_by_person(key)
        self.queue.forget(*ABOUT_ANSWER)
        self._leave()
        filed = TurnFiled(turn_id=fact.turn_id, question=key, by="words")
        return Noticed(tuple(alarms), (filed,))

    def _candidate(self, fact: SpeechHeard, state: Session) -> None:
        self._remember(fact.turn_id, "candidate", fact.text)
        if fact.question is not None:
            self.said.answer(fact.question, fact.text)
        elif state.floor != AI and fact.turn_id not in self._unfiled:
            self._unfiled.append(fact.turn_id)
            asked = (one.text for one in reversed(self.turns) if one.who == "interviewer")
            self._after[fact.turn_id] = next(asked, "")

    def _leave(self) -> None:
        """Something else is talked about: what was said before may still be said to be about a
        question, but not by a model that has heard on."""
        self._left += self._unfiled
        self._unfiled.clear()

    def _ended(self, fact: AnswerEnded, state: Session) -> None:
        """A candidate's answer is over, or an interviewer's turn, of which nothing follows."""
        said = next((one for one in reversed(self.turns) if one.turn == fact.turn_id), None)
        if said is None or said.who != "candidate" or fact.intent != "answer":
            return
        self.queue.add(to_verify(said.text, self.figures))
        self._note_coverage()
        if state.floor == AI or state.dismissed:
            return  # the AI asks what is missing by itself, or says goodbye
        hint = None
        if fact.question is not None and fact.question in self.said.asked:
            hint = missing(self.plan.question(fact.question), self.said)
        self.queue.add(hint)
        if hint is None:
            self._propose()

    def _propose(self) -> None:
        """The next question, each once while a person leads."""
        hint = next_question(self.guide, self.plan, self.said)
        if hint is not None and hint.question is not None and hint.question not in self._offered:
            self.queue.add(hint)

    def _proposes_anew(self) -> None:
        """What was proposed is shown no more, or is open again."""
        self._offered.clear()
        self.queue.untell("ask")

    def proposed(self, hint: Hint) -> None:
        """The hint was shown."""
        if hint.kind == "ask" and hint.question is not None:
            self._offered.add(hint.question)

    def _note_coverage(self) -> None:
        """That a competency has its words is told once, as a fact."""
        for one in self.coverage:
            if one.share >= FULL and one.name not in self._full:
                self._full.add(one.name)
                self.queue.add(Hint("coverage", about=one.name, share=one.share))

    def _floor(self, fact: FloorFollowed, state: Session) -> Noticed:
        is_led = fact.floor != AI
        if is_led and not self._is_led:
            self._unfiled.clear()
            self._left.clear()
        self._is_led = is_led
        unasked = (key for key in state.covered if key not in self.by)
        noticed = self._ticked((*unasked, *fact.covered))
        self._offered.clear()
        self.queue.forget(*ABOUT_ANSWER)
        if fact.floor == AI:
            self._proposes_anew()
            self._leave()
        elif fact.floor.startswith("human:"):
            self._propose()
        return noticed

    def _ticked(self, keys: Iterable[str]) -> Noticed:
        """A person says that they have asked these: what was said to them and belongs to no
        question yet is about the one of them, if it is one, or about the one that the question
        before it names most of. What the AI has put last may have been answered to them, too."""
        known = {question.key for question in self.plan.questions} - self.by.keys()
        if (last := next(reversed(self._lines.values()), None)) and self.by.get(last) == "ai":
            known.add(last)
        new = [key for key in dict.fromkeys(keys) if key in known]
        if not new:
            return NOTHING
        about = self._about(new)
        for waiting in (self._left, self._unfiled):
            waiting[:] = [turn for turn in waiting if turn not in about]
        for key in new:
            self._asked_by_person(key)
        for turn, key in about.items():
            self.said.answer(key, self._text_of(turn))
            self._by_tick[key] = (*self._by_tick.get(key, ()), turn)
        filed = (TurnFiled(turn_id=turn, question=key, by="tick") for turn, key in about.items())
        return Noticed(facts=tuple(filed))

    def _about(self, keys: list[str]) -> dict[TurnId, str]:
        """Which of the questions each turn is about. What follows up on the one before is known to
        once every one of the questions has been found; until then it may be about another."""
        named: dict[TurnId, str | None] = {
            turn: keys[0] if len(keys) == 1 else closest(self._after.get(turn, ""), self.plan, keys)
            for turn in (*self._left, *self._unfiled)
        }
        are_found = {*keys} == {*named.values()} - {None}
        about: dict[TurnId, str] = {}
        last: str | None = None
        for turn, key in named.items():
            last = key or (last if are_found else None)
            if last is not None:
                about[turn] = last
        return about

    def _unticked(self, key: str) -> Noticed:
        """No person has asked it after all: what was filed by that tick belongs to no question."""
        self.suggested.discard(key)
        if self.by.get(key) == "human":
            self.by.pop(key)
            self.said.asked.discard(key)
            self._proposes_anew()
        turns = self._by_tick.pop(key, ())
        for turn in turns:
            self.said.unsay(key, self._text_of(turn))
        self._unfiled += [turn for turn in turns if turn not in self._unfiled]
        return Noticed(facts=tuple(TurnFiled(turn_id=t, question=None, by="tick") for t in turns))

    def judged(self, key: str, turn: TurnId) -> tuple[TurnId, ...]:
        """A model finds that a person has asked `key`; the turns that belong to it from now on."""
        self._asked_by_person(key)
        mine = tuple(self._unfiled) if turn in self._unfiled else ()
        for one in mine:
            self.said.answer(key, self._text_of(one))
        if mine:
            self._unfiled.clear()
        return mine

    def _asked_by_person(self, key: str) -> None:
        self.said.question(key)
        self.by.setdefault(key, "human")
        if self.by[key] == "human":
            self.suggested.add(key)

    def _remember(self, turn: TurnId, who: Speaker, text: str) -> str:
        """The whole turn so far."""
        before = next((one for one in reversed(self.turns) if one.turn == turn), None)
        if before is not None:
            self.turns.remove(before)
        whole = Spoken(turn, who, f"{before.text} {text}" if before else text)
        self.turns.append(whole)
        del self.turns[: -4 * MOST_PIECES]
        return whole.text

    def _text_of(self, turn: TurnId) -> str:
        return next((one.text for one in self.turns if one.turn == turn), "")
