"""The director: what is said next. A state machine folded over the event log, without clock or I/O.

Every candidate gets the same core questions in the same order with the same probe budget.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from interview import wishes
from interview.asking import Step, begin, close, goodbye, question_of, state_question
from interview.asking import current as _current
from interview.asking import go_on as _next
from interview.asking import say as _say
from interview.by_room import FloorFollowed
from interview.copilot_facts import AiAsked, NobodyCame, NobodyLeads
from interview.cut_short import noticed, resumed
from interview.errors import OutOfOrder
from interview.events import (
    AgentJoined,
    AnswerEnded,
    AnswerResumed,
    CandidateArrived,
    CandidateAsked,
    CandidateLeft,
    Event,
    FinalMinuteBegan,
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
from interview.faults import ProviderFailed
from interview.ids import TurnId
from interview.looking_on import AI, followed, look_on, to_go_on_with, unbegun
from interview.pacing import announce, announced, deadline, mended, paced, timed
from interview.plan import Plan
from interview.probe_facts import ProbeOffered
from interview.side_by_side import asked_for, missed, noted, unled
from interview.talk import ASKS, Command, Cut, End, HandOver, Pause, Phase, Proposal, Say, Session

__all__ = [
    "AI",
    "Command",
    "End",
    "HandOver",
    "Pause",
    "Phase",
    "Say",
    "Session",
    "advance",
    "deadline",
    "fold",
    "question_of",
    "state_question",
    "unbegun",
    "upcoming",
]

NUDGES = 2
"""How often a silent candidate is asked kindly before the interview pauses."""

PROBE_BELOW = 0.5
"""A probe is asked when an answer stays under this share of the words its question expects."""


def fold(plan: Plan, events: Iterable[Event]) -> Session:
    """The state after `events`: the same anywhere, at any time."""
    state = unbegun(plan)
    for event in events:
        state, _ = advance(plan, state, event)
    return state


def upcoming(plan: Plan, state: Session) -> tuple[Say, ...]:
    """The lines that may be said next, likeliest first: what is worth synthesising ahead."""
    if state.floor != AI:
        return to_go_on_with(plan, state)
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


def advance(plan: Plan, state: Session, event: Event) -> tuple[Session, tuple[Command, ...]]:
    """One step of the interview. Raises `OutOfOrder` when `event` cannot follow `state`.

    What an agent of an earlier epoch left behind is kept in the log and moves nothing.
    """
    if state.phase is Phase.ENDED or event.epoch < state.epoch:
        return state, ()
    state = noted(plan, mended(state, event), event.fact)
    then, commands = _step(plan, state, event)
    then = noticed(state, then, event)
    return (then.away(event.at) if then.failing else then), commands


def _step(plan: Plan, state: Session, event: Event) -> Step:
    match event.fact:
        case ProviderFailed(identity=None, provider=provider):
            return state.fails(provider, event.at), ()
        case FloorFollowed() as fact:
            return paced(plan, followed(plan, timed(plan, state, event.at), fact, event.at))
        case AiAsked() as fact:
            return asked_for(state, fact)
        case NobodyCame():
            return missed(state)
        case NobodyLeads():
            return unled(state)
        case _ if state.floor != AI:
            return look_on(plan, state, event, lambda: _advance(plan, state, event))
        case _:
            pass
    return paced(plan, _advance(plan, timed(plan, state, event.at), event))


def _advance(plan: Plan, state: Session, event: Event) -> Step:  # noqa: C901 - one arm a fact
    fact = event.fact
    match fact:
        case LeaseOpened():
            return state.away(event.at), ()
        case AgentJoined():
            return state.away(event.at).inherited(event.epoch), ()
        case CandidateArrived() if not state.present:
            return _arrived(plan, state.back(event.at), event.at)
        case CandidateLeft():
            return _left(replace(state.away(event.at), present=False))
        case LineStarted():
            return _line_started(state, fact, event.at), ()
        case LineEnded():
            return _line_ended(plan, state, fact)
        case SpeechHeard(role="candidate") if fact.turn_id != state.answered:
            return replace(state, answering=fact.turn_id, proposed=None), ()
        case CandidateAsked():
            return replace(state, wished=replace(state.wished, asked=fact.turn_id)), ()
        case ProbeOffered():
            return replace(state, proposed=Proposal(fact.turn_id, fact.question, fact.text)), ()
        case AnswerEnded() if state.paused and fact.intent in wishes.OFFERS:
            # What is offered is said when the pause is over, in place of the question.
            return _answer_ended(plan, state, fact)[0], ()
        case AnswerEnded():
            return _answer_ended(plan, state, fact)
        case AnswerResumed():
            return resumed(state, fact.turn_id), ()
        case SignalReceived(signal="repeat") if not (state.speaking or _is_due(state)):
            return _repeat(plan, state)
        case SignalReceived(signal="pause") if not (state.speaking or state.due):
            return wishes.paused(state)
        case SilenceNoticed():
            return _silent(plan, state, fact.times)
        case Paused():
            return _paused(state.away(event.at), fact)
        case Resumed() if state.paused:
            here = replace(state.back(event.at), paused=False, broken=False, answering=None)
            lead = _lead_after(plan, state)
            return _take_up(plan, replace(here, resting=False), lead)
        case FinalMinuteBegan():
            return announce(state)
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
    """Who stays away after the last question was asked and answered has completed the interview;
    not within a pause that was granted."""
    last = state.phase in (Phase.INVITING, Phase.CLOSING) and not state.resting
    state = replace(state, paused=True, resting=fact.reason == "asked" or state.resting)
    if fact.reason == "absent" and (step := wishes.stays_away(state)):
        return step
    return state, (state.end(),) if last and fact.reason == "absent" else ()


def _lead_after(plan: Plan, state: Session) -> Lead:
    """A break leaves no trace: the question comes as it would have come without."""
    is_new = state.phase is Phase.ASKING and state_question(plan, state) not in state.opened
    return "thanks" if state.resting and is_new else "welcome_back"


def _arrived(plan: Plan, state: Session, at: datetime) -> tuple[Session, tuple[Command, ...]]:
    """Who comes back within a pause still rests: the clock stands still until it is over."""
    if state.paused:
        return state.away(at), ()
    lead: Lead = "reconnected" if state.broken else "welcome_back"
    return _take_up(plan, replace(state, broken=False), lead)


def _take_up(plan: Plan, state: Session, lead: Lead) -> tuple[Session, tuple[Command, ...]]:
    """Go on where the talk stopped, with a bridge and never with a second greeting.

    A question that had begun is said again as a repeat: it still counts as asked once.
    """
    if state.started_at is None:
        return _say(replace(state, phase=Phase.GREETING), Say("greeting"))
    if state.phase is Phase.GREETING:
        return begin(plan, state, lead)
    if state.phase is Phase.CLOSING:
        return _say(state, goodbye(state, lead))
    if offered := wishes.offered(state, lead):
        return offered
    if state.over_time and state.answering is None:
        return close(state)
    due = state.due or state.saying
    if due is not None and due.line in ASKS:
        begun = due.line != "question" or due.question in state.opened
        again = replace(due, lead=lead, line="repeat") if begun else replace(due, lead=lead)
        return _say(state, again)
    if state.wished.let_ask and state.answering is None:
        return wishes.go_ahead(plan, state, lead)
    if state.answering is not None or (lead == "reconnected" and state.cut is None):
        return _say(state, Say("go_on", state_question(plan, state), lead=lead))
    return _say(state, replace(_current(plan, state), lead=lead))


def _is_due(state: Session) -> bool:
    """The question is about to be said, or said again."""
    return state.due is not None and state.due.line in ASKS


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
            text=state.text_of(fact.probe),
        ),
        saying_words=len(fact.text.split()),
        cut=None if fact.line in ASKS else state.cut,
        due=None,
        opened=opened,
        started_at=state.started_at or at,
        asked_at=at if fact.line in ASKS else state.asked_at,
        lost_then=state.lost if fact.line in ASKS else state.lost_then,
        wished=wishes.put_again(announced(state.wished, fact.line), fact.line),
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
    if fact.cut_off and line.line in ASKS:
        cut = Cut(_share_heard(plan, state, line, fact), state.cuts + 1)
        state = replace(state, cut=cut, cuts=cut.times)
    match line.line:
        case "greeting" if not fact.cut_off and state.phase is Phase.GREETING:
            return begin(plan, state, None)
        case _ if line.is_goodbye and not fact.cut_off:
            return state, (state.end(),)
        case "pausing":
            return state, (Pause("asked"),)
        case "hand_over":
            return state, (HandOver(plan.questions[state.index].section or ""),)
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
    if meant := wishes.heard(plan, state, fact):
        return meant
    state = wishes.chosen(state)
    if unheard := _unheard(plan, state):
        # Nobody answers what was not heard: the words are kept, the question is still to come.
        return _say(state, unheard)
    match state.phase:
        case Phase.GREETING:
            return begin(plan, state, None)
        case Phase.ASKING if cut and cut.leaves_open and not _out_of_time(state, fact):
            # Who breaks in after a few words adds to what was said before: the place is kept.
            return _say(state, replace(_current(plan, state), lead="once_more"))
        case Phase.ASKING:
            return _after_answer(plan, state, fact)
        case Phase.INVITING:
            return _say(replace(state, phase=Phase.CLOSING), goodbye(state, None))
        case Phase.CLOSING if state.due:
            return _say(state, state.due)
        case Phase.CLOSING:
            return state, (state.end(),)
        case _:
            return state, ()


def _out_of_time(state: Session, fact: AnswerEnded) -> bool:
    return state.over_time or fact.signal == "time"


def _unheard(plan: Plan, state: Session) -> Say | None:
    """The line that is still to be said before words can answer it."""
    asks_first = state.phase is Phase.ASKING and state_question(plan, state) not in state.opened
    return state.unheard or (_current(plan, state) if asks_first else None)


def _repeat(plan: Plan, state: Session) -> tuple[Session, tuple[Command, ...]]:
    if state.phase not in (Phase.ASKING, Phase.INVITING):
        return state, ()
    return wishes.again(plan, state, "of_course")


def _after_answer(
    plan: Plan, state: Session, fact: AnswerEnded
) -> tuple[Session, tuple[Command, ...]]:
    question = plan.questions[state.index]
    proposal = _proposal(plan, state, fact.turn_id)
    state = replace(state, words=state.words + fact.words, proposed=None)
    if fact.signal == "time":
        return _next(plan, state, "moving_on")
    if fact.intent == "done" and state.probes_used:
        return _next(plan, state, "thanks")  # who says so to a probe is not asked another
    short = state.words < question.expected_words * PROBE_BELOW
    wanted = short if proposal is None else proposal.text is not None
    if wanted and state.probes_used < question.max_probes and state.may_probe:
        text = proposal.text if proposal else None
        probe = Say("probe", question.key, state.probes_used, text=text)
        texts = (*state.probe_texts[: state.probes_used], text)
        used = state.probes_used + 1
        return _say(replace(state, probes_used=used, probe_texts=texts, cuts=0), probe)
    return _next(plan, state, "thanks")


def _proposal(plan: Plan, state: Session, turn: TurnId) -> Proposal | None:
    """What a model would ask after this very answer, where the kit wants to know."""
    proposal = state.proposed if plan.probing == "model" else None
    this = (turn, plan.questions[state.index].key)
    return proposal if proposal and (proposal.turn, proposal.question) == this else None


def _silent(plan: Plan, state: Session, times: int) -> tuple[Session, tuple[Command, ...]]:
    if state.phase is Phase.CLOSING:
        return state, (state.end(),)
    if step := wishes.unanswered(state):
        return step
    if times <= NUDGES:
        # A question that was not heard helps more than to be asked for an answer to it.
        unheard = state.unheard
        if unheard is None and state.cut is not None and state.answering is None:
            unheard = replace(_current(plan, state), lead="once_more")
        return _say(state, unheard or Say("still_there"))
    line = Say("paused")
    return replace(state, due=line), (line, Pause())
