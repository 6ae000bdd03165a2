"""A person leads: the director looks on, and knows where to go on once the floor is back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from interview.asking import (
    Step,
    begin,
    close,
    come_back,
    current,
    go_on,
    goodbye,
    say,
    state_question,
)
from interview.by_room import FloorFollowed
from interview.copilot_facts import TurnFiled
from interview.events import (
    AgentJoined,
    AnswerEnded,
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
    SpeechHeard,
)
from interview.plan import Plan
from interview.side_by_side import called_back
from interview.talk import ASKS, Command, End, Phase, Say, Session
from interview.wishes import offered

AI, NOBODY = "ai", "paused"
BRIDGE: Lead = "handed_back"
ALONE: Lead = "left_to_us"


def unbegun(plan: Plan) -> Session:
    """Before anything has happened. Where a person leads, nobody does until one has come."""
    return Session(floor=NOBODY if plan.assist == "human_leads" else AI)


def followed(plan: Plan, state: Session, fact: FloorFollowed, now: datetime) -> Step:
    """Somebody else leads now. The plan's clock stands still while it is not the AI."""
    was = state.floor
    state = called_back(_covering(plan, state, fact.covered))
    is_led = fact.floor not in (AI, NOBODY)
    state = replace(state, floor=fact.floor, dismissed=False, missed=state.missed and not is_led)
    if fact.floor != AI:
        has_begun = fact.within_answer or state.answering is not None or state.words > 0
        begun = state.begun if was != AI else has_begun
        lent = state.lent if was != AI else state_question(plan, state) if has_begun else None
        away = state.away(now)
        return replace(away, begun=begun, before=None, answered=None, lent=lent), ()
    if was == AI:
        return state, ()
    if fact.within_answer:
        state = _settled(plan, state, state.lent)
    state = _time_given_back(replace(state, answering=None, lent=None), now)
    lead = ALONE if fact.gone else BRIDGE
    then, commands = _go_on(plan, replace(state, begun=False), lead, begun=state.begun)
    # Who is away or rests hears it when they are back: it is due.
    return then, commands if state.present and not state.paused else ()


def _covering(plan: Plan, state: Session, ticked: tuple[str, ...]) -> Session:
    """A person's word goes before a model's, and the later word before the earlier."""
    denied = tuple(key for key in state.denied if key not in ticked)
    wanted = {*state.judged, *ticked} - {*denied}
    covered = (
        q.key
        for q in plan.questions
        if q.key in state.covered or (q.covered_if_asked_by_human and q.key in wanted)
    )
    return replace(state, covered=tuple(covered), denied=denied)


def _time_given_back(state: Session, now: datetime) -> Session:
    if state.away_since is None or not state.present or state.paused:
        return state
    return replace(state, away_since=None, lost=state.lost + (now - state.away_since))


def look_on(plan: Plan, state: Session, event: Event, usual: Callable[[], Step]) -> Step:
    """What happens while a person leads commands nothing, but for the end after a goodbye that a
    person has asked for; `usual` is what would follow if the AI led."""
    commands: tuple[Command, ...] = ()
    match event.fact:
        case CandidateArrived():
            then = replace(state, present=True, broken=False)
        case SpeechHeard(role="candidate", turn_id=turn):
            then = replace(state, answering=turn)
        case AnswerEnded() as fact:
            then = replace(state, answering=None) if state.answering == fact.turn_id else state
            then = _settled(plan, then, fact.question) if fact.intent == "answer" else then
            if fact.intent == "danger":
                then = replace(then, wished=replace(then.wished, in_danger=True))
        case LineEnded(cut_off=True):
            then, commands = usual()
            then = _unasked(then, state.saying)
        case TurnFiled(question=key):
            then = replace(state, lent=key)
        case Paused():
            then = replace(state, paused=True, resting=event.fact.reason == "asked")
        case Resumed():
            then = replace(state, paused=False, resting=False)
        case (
            LeaseOpened()
            | AgentJoined()
            | CandidateLeft()
            | LineStarted()
            | LineEnded()
            | InterviewEnded()
        ):
            then, commands = usual()
        case _:
            then = state
    ends = tuple(one for one in commands if isinstance(one, End) and then.dismissed)
    return (then if then.phase is Phase.ENDED else then.away(event.at)), ends


def _settled(plan: Plan, state: Session, key: str | None) -> Session:
    """There is an answer to `key`. What the AI has put in the kit's words, at whose request ever,
    is not put again then."""
    if key is None or key not in state.opened:
        return state
    if key == state_question(plan, state):
        return replace(state, begun=True)
    return replace(state, covered=tuple(dict.fromkeys((*state.covered, key))))


def _unasked(state: Session, line: Say | None) -> Session:
    """Who has hardly heard a question does not talk about it."""
    is_open = state.cut is not None and state.cut.leaves_open
    if line is None or line.line != "question" or not is_open or line.question != state.lent:
        return state
    return replace(state, lent=None)


def to_go_on_with(plan: Plan, state: Session) -> tuple[Say, ...]:
    """What may be said when the floor comes back: with the open question covered, and without; and
    when it does because its holder is gone."""
    back = replace(state, floor=AI, answering=None)
    judged = _covering(plan, back, ())
    steps = (
        _go_on(plan, back, BRIDGE, begun=state.begun),
        _go_on(plan, back, BRIDGE, begun=True),
        _go_on(plan, judged, BRIDGE, begun=state.begun),
        _go_on(plan, back, ALONE, begun=state.begun),
    )
    return tuple(dict.fromkeys(c for _, commands in steps for c in commands if isinstance(c, Say)))


def _go_on(plan: Plan, state: Session, lead: Lead, *, begun: bool) -> Step:
    """After what a person has asked, with one sentence that leads over. A question whose answer had
    begun was theirs to finish."""
    if state.started_at is None or state.phase is Phase.WAITING:
        return say(replace(state, phase=Phase.GREETING), Say("greeting"))
    if state.over_time and state.phase in (Phase.ASKING, Phase.INVITING):
        return close(state)
    if offer := offered(state, lead):
        return offer
    is_done = state.phase is Phase.INVITING
    if is_done and come_back(plan, state, len(plan.questions)):
        return go_on(plan, replace(state, phase=Phase.ASKING, index=len(plan.questions) - 1), lead)
    match state.phase:
        case Phase.GREETING:
            return begin(plan, state, lead)
        case Phase.ASKING:
            return _ask_on(plan, _returned(state), lead, begun=begun)
        case Phase.INVITING if not begun:
            return say(state, replace(_open_line(plan, state), lead=lead))
        case Phase.INVITING | Phase.CLOSING:
            return say(replace(state, phase=Phase.CLOSING), goodbye(state, lead))
        case _:
            return state, ()


def _ask_on(plan: Plan, state: Session, lead: Lead, *, begun: bool) -> Step:
    if begun or plan.questions[state.index].key in state.covered:
        return go_on(plan, state, lead)
    return say(state, replace(_open_line(plan, state), lead=lead))


def _open_line(plan: Plan, state: Session) -> Say:
    """What asks for the answer that is open."""
    due = state.due
    return due if due is not None and due.line in ASKS else current(plan, state)


def _returned(state: Session) -> Session:
    """Who had gone back to an earlier question is where they came from."""
    left = state.wished.left
    if left is None:
        return state
    return replace(
        state,
        phase=left.phase,
        index=left.index,
        probes_used=left.probes_used,
        words=left.words,
        due=None,
        wished=replace(state.wished, left=None),
    )
