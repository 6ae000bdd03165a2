"""What each candidate of one kit version was given: questions, order, probes, time. From the log.

Nothing in it says whether an interview was accommodated: time is told as a share of one's own, and
of pauses, for one may be a break that was given, neither their time nor what was said in them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from interview.by_people import TurnRefiled
from interview.copilot_facts import TurnFiled
from interview.errors import OutOfOrder
from interview.events import (
    AGENT_KINDS,
    EndReason,
    Event,
    InterviewEnded,
    LineEnded,
    LineStarted,
    SpeechHeard,
)
from interview.ids import TurnId
from interview.parity_of_people import People, Watched
from interview.parity_of_probes import Probes, Proposals
from interview.parity_of_rests import Rests
from interview.plan import Plan
from interview.session import advance, unbegun
from interview.talk import Phase, Session
from interview.turns import touched

LATE = timedelta(minutes=2)
"""An answer that goes on may end, and goodbye is said: that is no more time."""

Departure = Literal[
    "not_asked", "asked_by_person", "out_of_order", "not_in_kit", "too_many_probes", "over_time"
]
"""`asked_by_person`: a person has put the question in words of their own, and the AI did not."""

AskedBy = Literal["ai", "person"]


@dataclass(frozen=True, slots=True)
class Departed:
    """Where an interview departs from its kit; `because` is how it ended, when that is why."""

    what: Departure
    question: str | None = None
    because: EndReason | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What became of one core question. `asked` by the AI, in the kit's words; `by` is who has
    asked it at all. `probes` of at most `most_probes`, and `probing`, who proposed them; `spoke_s`
    is how long the candidate spoke on it."""

    key: str
    asked: bool
    by: AskedBy | None
    probes: int
    most_probes: int
    repeats: int
    spoke_s: float
    probing: Probes


@dataclass(frozen=True, slots=True)
class Ledger:
    """One interview. `asked` are the questions in the order in which they were heard.
    `given_back_s` is the time of faults and absences, and in which people led; that of pauses was
    given back as well and is not told. `time_used` is the share of one's own time, without either.

    `people` tells what interviewers did. Of the lines that were `interrupted`, they stopped some.
    """

    ended: EndReason | None
    asked: tuple[str, ...]
    questions: tuple[Given, ...]
    interrupted: int
    ai_spoke_s: float
    candidate_spoke_s: float
    given_back_s: float
    time_used: float | None
    departures: tuple[Departed, ...]
    people: People


@dataclass
class _Heard:
    """What was heard, beside what the director knows."""

    lines: dict[TurnId, LineStarted] = field(default_factory=dict)
    proposals: Proposals = field(default_factory=Proposals)
    repeats: defaultdict[str | None, int] = field(default_factory=lambda: defaultdict(int))
    spoke_ms: defaultdict[TurnId, int] = field(default_factory=lambda: defaultdict(int))
    about: dict[TurnId, str | None] = field(default_factory=dict)
    strange: dict[str, None] = field(default_factory=dict)
    interrupted: int = 0
    ai_ms: int = 0
    told_at: datetime | None = None
    ended: EndReason | None = None
    ended_at: datetime | None = None

    def told(self, event: Event) -> None:
        """The room has told something."""
        if event.kind in AGENT_KINDS:
            self.told_at = event.at

    def end(self, fact: InterviewEnded, at: datetime) -> None:
        """One that was abandoned ended with the last word from its room; that it had is noticed as
        much as a day later."""
        is_abandoned = fact.reason == "abandoned" and self.told_at is not None
        self.ended, self.ended_at = fact.reason, self.told_at if is_abandoned else at

    def spoke_on(self, question: str) -> float:
        """For how many seconds the candidate did."""
        mine = (ms for turn, ms in self.spoke_ms.items() if self.about.get(turn) == question)
        return sum(mine) / 1000

    def line_ended(self, fact: LineEnded, known: frozenset[str]) -> None:
        """A line that was taken back was never said."""
        line = self.lines.get(fact.turn_id)
        if line is None or fact.withdrawn:
            return
        self.ai_ms += max(0, fact.ended_ms - line.started_ms)
        self.interrupted += fact.cut_off
        self.repeats[line.question] += line.line == "repeat"
        if line.question is not None and line.question not in known:
            self.strange[line.question] = None


def ledger(
    plan: Plan, events: Iterable[Event], withheld: AbstractSet[TurnId] = frozenset()
) -> Ledger:
    """`plan` is the one that held for this interview; of the turns `withheld` (see `rests.py`)
    nothing is counted. What an earlier agent reported after another had taken over counts as little
    here as it did then."""
    state, heard, people, rests = unbegun(plan), _Heard(), Watched(), Rests()
    known = frozenset(question.key for question in plan.questions)
    for event in events:
        is_told = touched(event.fact) not in withheld
        if isinstance(event.fact, TurnRefiled):
            if is_told:
                _hear(heard, event, known)
                people.sees(event)
            continue
        if state.phase is Phase.ENDED or event.epoch < state.epoch:
            continue
        people.rests(rests.sees(event, state))
        if is_told:
            _hear(heard, event, known)
            heard.proposals.sees(event, state)
            people.sees(event)
        heard.told(event)
        try:
            state, _ = advance(plan, state, event)
        except (OutOfOrder, StopIteration):  # what the director could not follow moved nothing
            continue
    return _ledger(plan, state, heard, people, rests)


def _hear(heard: _Heard, event: Event, known: frozenset[str]) -> None:
    match event.fact:
        case LineStarted() as fact:
            heard.lines[fact.turn_id] = fact
        case LineEnded() as fact:
            heard.line_ended(fact, known)
        case SpeechHeard(role="candidate") as fact:
            heard.spoke_ms[fact.turn_id] += max(0, fact.ended_ms - fact.started_ms)
            heard.about.setdefault(fact.turn_id, fact.question)
        case TurnFiled() | TurnRefiled() as fact:
            heard.about[fact.turn_id] = fact.question
        case InterviewEnded() as fact:
            heard.end(fact, event.at)
        case _:
            pass


def _ledger(plan: Plan, state: Session, heard: _Heard, people: Watched, rests: Rests) -> Ledger:
    replaced = {*people.asked, *state.covered} - {*state.asked}
    probing = {question.key: heard.proposals.after(question.key) for question in plan.questions}
    questions = tuple(
        Given(
            key=question.key,
            asked=question.key in state.asked,
            by=_by(question.key, state.asked, replaced),
            probes=probing[question.key].by_kit + probing[question.key].by_model,
            most_probes=question.max_probes,
            repeats=heard.repeats[question.key],
            spoke_s=heard.spoke_on(question.key),
            probing=probing[question.key],
        )
        for question in plan.questions
    )
    used, back = None, state.lost
    if state.started_at is not None and heard.ended_at is not None:
        back = state.away(heard.ended_at).back(heard.ended_at).lost
        used = heard.ended_at - state.started_at - back
    rested = rests.before(heard.ended_at or state.away_since or datetime.max.replace(tzinfo=UTC))
    return Ledger(
        ended=heard.ended,
        asked=state.asked,
        questions=questions,
        interrupted=heard.interrupted,
        ai_spoke_s=heard.ai_ms / 1000,
        candidate_spoke_s=sum(heard.spoke_ms.values()) / 1000,
        given_back_s=max(0.0, (back - rested).total_seconds()),
        time_used=None if used is None else round(used / timedelta(minutes=plan.minutes), 3),
        departures=tuple(_departures(plan, state.asked, questions, heard, used)),
        people=people.counted([q.key for q in questions if q.by == "person"]),
    )


def _by(key: str, asked: Collection[str], replaced: Collection[str]) -> AskedBy | None:
    return "ai" if key in asked else "person" if key in replaced else None


def _departures(
    plan: Plan,
    asked: Sequence[str],
    questions: Sequence[Given],
    heard: _Heard,
    used: timedelta | None,
) -> Iterable[Departed]:
    order: Mapping[str, int] = {question.key: at for at, question in enumerate(plan.questions)}
    for key in heard.strange:
        yield Departed("not_in_kit", key)
    highest = -1
    for key in asked:
        if order.get(key, highest) < highest:
            yield Departed("out_of_order", key)
        highest = max(highest, order.get(key, highest))
    for question in questions:
        if question.by is None:
            yield Departed("not_asked", question.key, heard.ended)
        elif question.by == "person":
            yield Departed("asked_by_person", question.key)
        if question.probes > question.most_probes:
            yield Departed("too_many_probes", question.key)
    if used is not None and used > timedelta(minutes=plan.minutes) + LATE:
        yield Departed("over_time")


def are_equal(ledgers: Iterable[Ledger]) -> bool:
    """True when all who went on to the end were asked the same, in the same order, within the same
    budgets. How many probes they were asked within these it does not say: see `unequally_probed`
    and the counts of each."""
    whole = [each for each in ledgers if each.ended == "completed"]
    same = {(each.asked, tuple(q.most_probes for q in each.questions)) for each in whole}
    return len(same) <= 1 and not any(each.departures for each in whole)


def unequally_probed(ledgers: Iterable[Ledger]) -> tuple[str, ...]:
    """Questions after which some who went on to the end were asked more probes than others: within
    the same budget that follows from the answers, and from who proposes probes."""
    asked: dict[str, set[int]] = {}
    for each in ledgers:
        for question in each.questions if each.ended == "completed" else ():
            asked.setdefault(question.key, set()).add(question.probes)
    return tuple(key for key, counts in asked.items() if len(counts) > 1)
