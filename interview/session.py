"""The director: what is said next. A state machine folded over the event log, without clock or I/O.

Every candidate gets the same core questions in the same order with the same probe budget.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from interview.errors import OutOfOrder
from interview.events import (
    AgentJoined,
    AnswerEnded,
    AnswerResumed,
    CandidateArrived,
    CandidateLeft,
    EndReason,
    Event,
    InterviewEnded,
    Lead,
    LineEnded,
    LineKind,
    LineStarted,
    Paused,
    Resumed,
    SignalReceived,
    SilenceNoticed,
    SpeechHeard,
    TimeRanOut,
)
from interview.ids import TurnId
from interview.plan import Plan, PlannedQuestion

NUDGES = 2
"""How often a silent candidate is asked kindly before the interview pauses."""

PROBE_BELOW = 0.5
"""A probe is asked when an answer stays under this share of the words its question expects."""


class Phase(StrEnum):
    """Where the talk stands."""

    WAITING = "waiting"
    GREETING = "greeting"
    ASKING = "asking"
    INVITING = "inviting"
    CLOSING = "closing"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Say:
    """The AI should speak. `probe` counts from 0 and names the probe or the repeated probe."""

    line: LineKind
    question: str | None = None
    probe: int | None = None
    lead: Lead | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """The talk should stop with the place kept."""


@dataclass(frozen=True, slots=True)
class End:
    """The interview is over."""

    reason: EndReason


Command = Say | Pause | End


@dataclass(frozen=True, slots=True)
class Session:
    """`due` is the line that must be heard next: planned, or in flight when `speaking` is set.

    `words` counts the answer to the current question with its follow-ups. `before` is the state
    that an `AnswerResumed` returns to. `lost` is time given back to the candidate.
    """

    phase: Phase = Phase.WAITING
    index: int = 0
    probes_used: int = 0
    opened: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    due: Say | None = None
    speaking: TurnId | None = None
    words: int = 0
    answering: TurnId | None = None
    present: bool = False
    broken: bool = False
    paused: bool = False
    over_time: bool = False
    started_at: datetime | None = None
    away_since: datetime | None = None
    lost: timedelta = timedelta(0)
    before: "Session | None" = None


def fold(plan: Plan, events: Iterable[Event]) -> Session:
    """The state after `events`: the same anywhere, at any time."""
    state = Session()
    for event in events:
        state, _ = advance(plan, state, event)
    return state


def question_of(plan: Plan, state: Session) -> PlannedQuestion | None:
    """The core question that is open, or None outside `asking`."""
    return plan.questions[state.index] if state.phase is Phase.ASKING else None


def deadline(plan: Plan, state: Session) -> datetime | None:
    """When the plan's time is used up, faults given back; None before the first word."""
    if state.started_at is None:
        return None
    return state.started_at + timedelta(minutes=plan.minutes) + state.lost


def upcoming(plan: Plan, state: Session) -> tuple[Say, ...]:
    """The lines that may be said next, likeliest first: what is worth synthesising ahead."""
    if state.phase is Phase.WAITING:
        return (Say("greeting"), Say("question", plan.questions[0].key))
    if state.phase is Phase.GREETING:
        return (Say("question", plan.questions[0].key),)
    settled = replace(state, speaking=None, due=None)
    lines = []
    for words in (A_WHOLE_ANSWER, 0):
        answered = AnswerEnded(
            turn_id=TurnId(UUID(int=0)), question=None, signal="patience", words=words
        )
        lines += [c for c in _answer_ended(plan, settled, answered)[1] if isinstance(c, Say)]
    return (*dict.fromkeys(lines), Say("still_there"))


A_WHOLE_ANSWER = 10_000


def advance(  # noqa: C901 - one arm a fact
    plan: Plan, state: Session, event: Event
) -> tuple[Session, tuple[Command, ...]]:
    """One step of the interview. Raises `OutOfOrder` when `event` cannot follow `state`."""
    fact = event.fact
    if state.phase is Phase.ENDED:
        return state, ()
    match fact:
        case AgentJoined():
            return replace(state, speaking=None, broken=state.phase is not Phase.WAITING), ()
        case CandidateArrived():
            return _arrived(plan, _back(state, event.at))
        case CandidateLeft():
            return replace(state, present=False, away_since=state.away_since or event.at), ()
        case LineStarted():
            return _line_started(state, fact, event.at), ()
        case LineEnded():
            return _line_ended(plan, state, fact)
        case SpeechHeard(role="candidate"):
            return replace(state, answering=fact.turn_id), ()
        case AnswerEnded():
            return _answer_ended(plan, state, fact)
        case AnswerResumed():
            return _resumed_answer(state), ()
        case SignalReceived(signal="repeat") if state.speaking is None:
            return _repeat(plan, state)
        case SilenceNoticed():
            return _silent(state, fact.times)
        case Paused():
            return replace(state, paused=True, away_since=state.away_since or event.at), ()
        case Resumed():
            return _take_up(plan, replace(_back(state, event.at), paused=False), "welcome_back")
        case TimeRanOut(scope="interview"):
            return replace(state, over_time=True), ()
        case InterviewEnded():
            return replace(state, phase=Phase.ENDED, due=None, speaking=None), ()
        case _:
            return state, ()


def _back(state: Session, now: datetime) -> Session:
    """The candidate is here again: the time that was lost is given back."""
    lost = now - state.away_since if state.away_since else timedelta(0)
    return replace(state, present=True, away_since=None, lost=state.lost + lost)


def _say(state: Session, line: Say) -> tuple[Session, tuple[Command, ...]]:
    return replace(state, due=line), (line,)


def _arrived(plan: Plan, state: Session) -> tuple[Session, tuple[Command, ...]]:
    if state.phase is Phase.WAITING:
        return _say(replace(state, phase=Phase.GREETING), Say("greeting"))
    if state.paused:
        return state, ()
    lead: Lead = "reconnected" if state.broken else "welcome_back"
    return _take_up(plan, replace(state, broken=False), lead)


def _take_up(plan: Plan, state: Session, lead: Lead) -> tuple[Session, tuple[Command, ...]]:
    """Go on where the talk stopped, with a bridge and never with a second greeting.

    A question that had begun is said again as a repeat: it still counts as asked once.
    """
    if state.phase is Phase.GREETING:
        return _ask(plan, replace(state, phase=Phase.ASKING), 0, lead)
    if state.phase is Phase.CLOSING:
        return _say(state, Say("closing", lead=lead))
    due = state.due
    if due is not None and due.line in (
        "question",
        "probe",
        "candidate_questions",
        "repeat",
    ):
        begun = due.line != "question" or due.question in state.opened
        again = replace(due, lead=lead, line="repeat") if begun else replace(due, lead=lead)
        return _say(state, again)
    if state.answering is not None or lead == "reconnected":
        return _say(state, Say("go_on", state_question(plan, state), lead=lead))
    return _say(state, replace(_current(plan, state), lead=lead))


def state_question(plan: Plan, state: Session) -> str | None:
    """The key that a turn is filed under now."""
    question = question_of(plan, state)
    return question.key if question else None


def _current(plan: Plan, state: Session) -> Say:
    """The open question or its latest probe, as a repeat."""
    probe = state.probes_used - 1 if state.probes_used else None
    return Say("repeat", state_question(plan, state), probe)


def _line_started(state: Session, fact: LineStarted, at: datetime) -> Session:
    if state.speaking is not None:
        raise OutOfOrder("a line began while another was being said")
    opened = state.opened
    if fact.line == "question" and fact.question and fact.question not in opened:
        opened = (*opened, fact.question)
    return replace(
        state,
        speaking=fact.turn_id,
        due=Say(fact.line, fact.question, fact.probe),
        opened=opened,
        started_at=state.started_at or at,
    )


def _line_ended(plan: Plan, state: Session, fact: LineEnded) -> tuple[Session, tuple[Command, ...]]:
    due = state.due
    if fact.turn_id != state.speaking or due is None:
        return state, ()
    state = replace(state, speaking=None, due=None)
    if fact.withdrawn:
        return state, ()
    if due.question and due.question in state.opened and due.question not in state.asked:
        state = replace(state, asked=(*state.asked, due.question))
    match due.line:
        case "greeting" if not fact.cut_off:
            return _ask(plan, replace(state, phase=Phase.ASKING), 0, None)
        case "closing" if not fact.cut_off:
            return state, (End("time" if state.over_time else "completed"),)
        case _:
            return state, ()


def _answer_ended(
    plan: Plan, state: Session, fact: AnswerEnded
) -> tuple[Session, tuple[Command, ...]]:
    if fact.intent in ("nothing", "backchannel"):
        return state, ()
    state = replace(state, before=replace(state, before=None), answering=None)
    if fact.intent == "repeat":
        return _repeat(plan, state)
    match state.phase:
        case Phase.GREETING:
            return _ask(plan, replace(state, phase=Phase.ASKING), 0, None)
        case Phase.ASKING:
            return _after_answer(plan, state, fact)
        case Phase.INVITING:
            return _say(replace(state, phase=Phase.CLOSING), Say("closing", lead="thanks"))
        case Phase.CLOSING:
            return state, (End("time" if state.over_time else "completed"),)
        case _:
            return state, ()


def _repeat(plan: Plan, state: Session) -> tuple[Session, tuple[Command, ...]]:
    if state.phase not in (Phase.ASKING, Phase.INVITING):
        return state, ()
    return _say(state, replace(_current(plan, state), lead="of_course"))


def _after_answer(
    plan: Plan, state: Session, fact: AnswerEnded
) -> tuple[Session, tuple[Command, ...]]:
    question = plan.questions[state.index]
    state = replace(state, words=state.words + fact.words)
    if fact.signal == "time":
        return _next(plan, state, "moving_on")
    short = state.words < question.expected_words * PROBE_BELOW
    if short and state.probes_used < question.max_probes and not state.over_time:
        probe = Say("probe", question.key, state.probes_used)
        return _say(replace(state, probes_used=state.probes_used + 1), probe)
    return _next(plan, state, "thanks")


def _next(plan: Plan, state: Session, lead: Lead) -> tuple[Session, tuple[Command, ...]]:
    if state.over_time:
        return _say(replace(state, phase=Phase.CLOSING), Say("closing", lead=lead))
    if state.index + 1 < len(plan.questions):
        return _ask(plan, state, state.index + 1, lead)
    inviting = replace(state, phase=Phase.INVITING, words=0, probes_used=0)
    return _say(inviting, Say("candidate_questions", lead=lead))


def _ask(
    plan: Plan, state: Session, index: int, lead: Lead | None
) -> tuple[Session, tuple[Command, ...]]:
    fresh = replace(state, index=index, probes_used=0, words=0)
    return _say(fresh, Say("question", plan.questions[index].key, lead=lead))


def _resumed_answer(state: Session) -> Session:
    """The candidate went on: everything since the answer seemed over is taken back."""
    if state.before is None:
        raise OutOfOrder("no answer has ended that could go on")
    return replace(
        state.before,
        present=state.present,
        started_at=state.started_at,
        lost=state.lost,
        over_time=state.over_time,
    )


def _silent(state: Session, times: int) -> tuple[Session, tuple[Command, ...]]:
    if times <= NUDGES:
        return _say(state, Say("still_there"))
    line = Say("paused")
    return replace(state, due=line), (line, Pause())
