"""The director: what is said next. A state machine folded over the event log, without clock or I/O.

Every candidate gets the same core questions in the same order with the same probe budget.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from interview.errors import OutOfOrder
from interview.events import (
    AgentJoined,
    AnswerEnded,
    AnswerResumed,
    CandidateArrived,
    CandidateLeft,
    Event,
    InterviewEnded,
    Lead,
    LeaseOpened,
    LineEnded,
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
from interview.probe_facts import ProbeOffered
from interview.talk import OPENERS, Command, Cut, End, Offer, Pause, Phase, Say, Session

__all__ = [
    "Command",
    "End",
    "Pause",
    "Phase",
    "Say",
    "Session",
    "advance",
    "deadline",
    "fold",
    "question_of",
    "state_question",
    "upcoming",
]

NUDGES = 2
"""How often a silent candidate is asked kindly before the interview pauses."""

PROBE_BELOW = 0.5
"""A probe is asked when an answer stays under this share of the words its question expects."""


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
    """When the plan's time is used up, faults given back; None before the first word and while
    the clock stands still for a candidate who is away."""
    if state.started_at is None or state.away_since is not None:
        return None
    return state.started_at + timedelta(minutes=plan.minutes) + state.lost


def upcoming(plan: Plan, state: Session) -> tuple[Say, ...]:
    """The lines that may be said next, likeliest first: what is worth synthesising ahead."""
    if state.phase is Phase.WAITING:
        return (Say("greeting"), Say("question", plan.questions[0].key))
    if state.phase is Phase.GREETING:
        return (Say("question", plan.questions[0].key),)
    settled = replace(state, speaking=None, saying=None, due=None)
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
    """One step of the interview. Raises `OutOfOrder` when `event` cannot follow `state`.

    What an agent of an earlier epoch left behind is kept in the log and moves nothing.
    """
    fact = event.fact
    if state.phase is Phase.ENDED or event.epoch < state.epoch:
        return state, ()
    match fact:
        case LeaseOpened():
            return state.away(event.at), ()
        case AgentJoined():
            return state.away(event.at).inherited(event.epoch), ()
        case CandidateArrived() if not state.present:
            return _arrived(plan, state.back(event.at))
        case CandidateLeft():
            return _left(replace(state.away(event.at), present=False))
        case LineStarted():
            return _line_started(state, fact, event.at), ()
        case LineEnded():
            return _line_ended(plan, state, fact)
        case SpeechHeard(role="candidate") if fact.turn_id != state.answered:
            return replace(state, answering=fact.turn_id, offer=None), ()
        case ProbeOffered():
            return replace(state, offer=Offer(fact.turn_id, fact.question, fact.text)), ()
        case AnswerEnded():
            return _answer_ended(plan, state, fact)
        case AnswerResumed():
            return _resumed_answer(state, fact.turn_id), ()
        case SignalReceived(signal="repeat") if not (state.speaking or _is_due(state)):
            return _repeat(plan, state)
        case SilenceNoticed():
            return _silent(plan, state, fact.times)
        case Paused():
            return _paused(replace(state.away(event.at), paused=True), fact)
        case Resumed() if state.paused:
            here = replace(state.back(event.at), paused=False, broken=False, answering=None)
            return _take_up(plan, here, "welcome_back")
        case TimeRanOut(scope="interview"):
            return replace(state, over_time=True), ()
        case InterviewEnded():
            return replace(state, phase=Phase.ENDED, due=None, saying=None, speaking=None), ()
        case _:
            return state, ()


def _left(state: Session) -> tuple[Session, tuple[Command, ...]]:
    """Who hangs up within the goodbye has heard all that matters."""
    return state, (state.end(),) if state.phase is Phase.CLOSING else ()


def _paused(state: Session, fact: Paused) -> tuple[Session, tuple[Command, ...]]:
    """Who stays away after the last question was asked and answered has completed the interview."""
    over = fact.reason == "absent" and state.phase in (Phase.INVITING, Phase.CLOSING)
    return state, (state.end(),) if over else ()


def _say(state: Session, line: Say) -> tuple[Session, tuple[Command, ...]]:
    return replace(state, due=line), (line,)


def _arrived(plan: Plan, state: Session) -> tuple[Session, tuple[Command, ...]]:
    if state.paused:
        return state, ()
    lead: Lead = "reconnected" if state.broken else "welcome_back"
    return _take_up(plan, replace(state, broken=False), lead)


def _take_up(plan: Plan, state: Session, lead: Lead) -> tuple[Session, tuple[Command, ...]]:
    """Go on where the talk stopped, with a bridge and never with a second greeting.

    A question that had begun is said again as a repeat: it still counts as asked once.
    """
    if state.started_at is None:
        return _say(replace(state, phase=Phase.GREETING), Say("greeting"))
    if state.phase is Phase.GREETING:
        return _ask(plan, replace(state, phase=Phase.ASKING), 0, lead)
    if state.phase is Phase.CLOSING:
        return _say(state, Say("closing", lead=lead))
    due = state.due or state.saying
    if due is not None and due.line in (*OPENERS, "repeat"):
        begun = due.line != "question" or due.question in state.opened
        again = replace(due, lead=lead, line="repeat") if begun else replace(due, lead=lead)
        return _say(state, again)
    if state.answering is not None or (lead == "reconnected" and state.cut is None):
        return _say(state, Say("go_on", state_question(plan, state), lead=lead))
    return _say(state, replace(_current(plan, state), lead=lead))


def state_question(plan: Plan, state: Session) -> str | None:
    """The key that a turn is filed under now."""
    question = question_of(plan, state)
    return question.key if question else None


def _current(plan: Plan, state: Session) -> Say:
    """The open question or its latest probe, as a repeat."""
    question = state_question(plan, state)
    if not state.probes_used:
        return Say("repeat", question)
    return Say("repeat", question, state.probes_used - 1, text=state.probe_text)


def _is_due(state: Session) -> bool:
    """The question is about to be said, or said again."""
    return state.due is not None and state.due.line in (*OPENERS, "repeat")


def _line_started(state: Session, fact: LineStarted, at: datetime) -> Session:
    if state.speaking is not None:
        raise OutOfOrder("a line began while another was being said")
    opened = state.opened
    if fact.line == "question" and fact.question and fact.question not in opened:
        opened = (*opened, fact.question)
    return replace(
        state,
        speaking=fact.turn_id,
        saying=Say(
            fact.line,
            fact.question,
            fact.probe,
            text=None if fact.probe is None else state.probe_text,
        ),
        saying_words=len(fact.text.split()),
        cut=None if fact.line in (*OPENERS, "repeat") else state.cut,
        due=None,
        opened=opened,
        started_at=state.started_at or at,
    )


def _line_ended(plan: Plan, state: Session, fact: LineEnded) -> tuple[Session, tuple[Command, ...]]:
    line = state.saying
    if fact.turn_id != state.speaking or line is None:
        return state, ()
    state = replace(state, speaking=None, saying=None)
    if fact.withdrawn:
        return state.taken_back(line), ()
    state = replace(state, before=None)
    if line.question in state.opened and line.question not in state.asked:
        state = replace(state, asked=(*state.asked, line.question))
    if fact.cut_off and line.line in (*OPENERS, "repeat"):
        cut = Cut(_share_heard(plan, state, line, fact), state.cuts + 1)
        state = replace(state, cut=cut, cuts=cut.times)
    match line.line:
        case "greeting" if not fact.cut_off and state.phase is Phase.GREETING:
            return _ask(plan, replace(state, phase=Phase.ASKING), 0, None)
        case "closing" if not fact.cut_off:
            return state, (state.end(),)
        case _:
            return state, ()


def _share_heard(plan: Plan, state: Session, line: Say, fact: LineEnded) -> float:
    """Of the words that ask: they are a line's last, and what leads up to them asks nothing."""
    unheard = max(0, state.saying_words - len(fact.spoken.split()))
    asking = state.saying_words
    if line.question is not None:
        question = plan.question(line.question)
        texts = (question.text,) if line.probe is None else question.probes[line.probe :][:1]
        texts = (line.text,) if line.text else texts
        asking = len(" ".join(texts).split())
    return max(0.0, 1 - unheard / max(1, asking))


def _answer_ended(
    plan: Plan, state: Session, fact: AnswerEnded
) -> tuple[Session, tuple[Command, ...]]:
    if fact.intent in ("nothing", "backchannel"):
        is_open = state.answering == fact.turn_id
        return (replace(state, answering=None) if is_open else state), ()
    before = replace(state, before=None)
    cut = state.cut
    state = replace(state, before=before, answering=None, answered=fact.turn_id, cut=None)
    if unheard := state.unheard:
        # Nobody answers what was not heard: the words are kept, the question is still to come.
        return _say(state, unheard)
    match state.phase:
        case Phase.GREETING:
            return _ask(plan, replace(state, phase=Phase.ASKING), 0, None)
        case Phase.ASKING | Phase.INVITING if fact.intent == "repeat":
            return _repeat(plan, state)
        case Phase.ASKING if cut and cut.leaves_open and not _out_of_time(state, fact):
            # Who breaks in after a few words adds to what was said before: the place is kept.
            return _say(state, replace(_current(plan, state), lead="once_more"))
        case Phase.ASKING:
            return _after_answer(plan, state, fact)
        case Phase.INVITING:
            return _say(replace(state, phase=Phase.CLOSING), Say("closing"))
        case Phase.CLOSING:
            return state, (state.end(),)
        case _:
            return state, ()


def _out_of_time(state: Session, fact: AnswerEnded) -> bool:
    return state.over_time or fact.signal == "time"


def _repeat(plan: Plan, state: Session) -> tuple[Session, tuple[Command, ...]]:
    if state.phase not in (Phase.ASKING, Phase.INVITING):
        return state, ()
    if unheard := state.unheard:
        return _say(state, unheard)
    return _say(state, replace(_current(plan, state), lead="of_course"))


def _after_answer(
    plan: Plan, state: Session, fact: AnswerEnded
) -> tuple[Session, tuple[Command, ...]]:
    question = plan.questions[state.index]
    offer = _offer(plan, state, fact.turn_id)
    state = replace(state, words=state.words + fact.words, offer=None)
    if fact.signal == "time":
        return _next(plan, state, "moving_on")
    short = state.words < question.expected_words * PROBE_BELOW
    wanted = short if offer is None else offer.text is not None
    if wanted and state.probes_used < question.max_probes and not state.over_time:
        text = offer.text if offer else None
        probe = Say("probe", question.key, state.probes_used, text=text)
        used = state.probes_used + 1
        return _say(replace(state, probes_used=used, probe_text=text, cuts=0), probe)
    return _next(plan, state, "thanks")


def _offer(plan: Plan, state: Session, turn: TurnId) -> Offer | None:
    """What a model would ask after this very answer, where the kit wants to know."""
    offer = state.offer if plan.probing == "model" else None
    this = (turn, plan.questions[state.index].key)
    return offer if offer is not None and (offer.turn, offer.question) == this else None


def _next(plan: Plan, state: Session, lead: Lead) -> tuple[Session, tuple[Command, ...]]:
    if state.over_time:
        return _say(replace(state, phase=Phase.CLOSING), Say("closing", lead="time_is_up"))
    if state.index + 1 < len(plan.questions):
        return _ask(plan, state, state.index + 1, lead)
    inviting = replace(state, phase=Phase.INVITING, words=0, probes_used=0, cuts=0)
    return _say(inviting, Say("candidate_questions", lead=lead))


def _ask(
    plan: Plan, state: Session, index: int, lead: Lead | None
) -> tuple[Session, tuple[Command, ...]]:
    fresh = replace(state, index=index, probes_used=0, words=0, cuts=0)
    return _say(fresh, Say("question", plan.questions[index].key, lead=lead))


def _resumed_answer(state: Session, turn: TurnId) -> Session:
    """The candidate went on: everything since the answer seemed over is taken back."""
    if state.before is not None and state.answered == turn:
        return state.taken_back(None)
    if state.answering == turn:
        return state  # the end of the withdrawn line has said it already
    raise OutOfOrder("no answer has just ended that could go on")


def _silent(plan: Plan, state: Session, times: int) -> tuple[Session, tuple[Command, ...]]:
    if state.phase is Phase.CLOSING:
        return state, (state.end(),)
    if times <= NUDGES:
        # A question that was not heard helps more than to be asked for an answer to it.
        unheard = state.unheard
        if unheard is None and state.cut is not None and state.answering is None:
            unheard = replace(_current(plan, state), lead="once_more")
        return _say(state, unheard or Say("still_there"))
    line = Say("paused")
    return replace(state, due=line), (line, Pause())
