"""A person leads: the director looks on, and knows where to go on once the floor is back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from interview.asking import Step, begin, close, current, go_on, goodbye, say
from interview.by_room import FloorFollowed
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
from interview.talk import ASKS, Phase, Say, Session
from interview.wishes import offered

AI = "ai"
BRIDGE: Lead = "handed_back"
ALONE: Lead = "left_to_us"


def followed(plan: Plan, state: Session, fact: FloorFollowed, now: datetime) -> Step:
    """Somebody else leads now. The plan's clock stands still while it is not the AI."""
    was, covered = state.floor, {*state.covered, *fact.covered}
    asked = (q.key for q in plan.questions if q.covered_if_asked_by_human and q.key in covered)
    state = replace(state, floor=fact.floor, covered=tuple(asked))
    if fact.floor != AI:
        has_begun = fact.within_answer or state.answering is not None or state.words > 0
        begun = state.begun if was != AI else has_begun
        return replace(state.away(now), begun=begun, before=None, answered=None), ()
    if was == AI:
        return state, ()
    state = _time_given_back(replace(state, answering=None), now)
    lead = ALONE if fact.gone else BRIDGE
    then, commands = _go_on(plan, replace(state, begun=False), lead, begun=state.begun)
    # Who is away or rests hears it when they are back: it is due.
    return then, commands if state.present and not state.paused else ()


def _time_given_back(state: Session, now: datetime) -> Session:
    if state.away_since is None or not state.present or state.paused:
        return state
    return replace(state, away_since=None, lost=state.lost + (now - state.away_since))


def look_on(state: Session, event: Event, usual: Callable[[], Session]) -> Session:
    """What happens while a person leads commands nothing; `usual` is the state that would follow
    if the AI led."""
    match event.fact:
        case CandidateArrived():
            then = replace(state, present=True, broken=False)
        case SpeechHeard(role="candidate", turn_id=turn):
            then = replace(state, answering=turn)
        case AnswerEnded(turn_id=turn):
            then = replace(state, answering=None) if state.answering == turn else state
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
            then = usual()
        case _:
            then = state
    return then if then.phase is Phase.ENDED else then.away(event.at)


def to_go_on_with(plan: Plan, state: Session) -> tuple[Say, ...]:
    """What may be said when the floor comes back: with the open question covered, and without; and
    when it does because its holder is gone."""
    back = replace(state, floor=AI, answering=None)
    steps = (
        _go_on(plan, back, BRIDGE, begun=state.begun),
        _go_on(plan, back, BRIDGE, begun=True),
        _go_on(plan, back, ALONE, begun=state.begun),
    )
    return tuple(dict.fromkeys(c for _, commands in steps for c in commands if isinstance(c, Say)))


def _go_on(plan: Plan, state: Session, lead: Lead, *, begun: bool) -> Step:
    """After what a person has asked, with one sentence that leads over. A question whose answer had
    begun was theirs to finish."""
    if state.started_at is None:
        return say(replace(state, phase=Phase.GREETING), Say("greeting"))
    if state.over_time and state.phase in (Phase.ASKING, Phase.INVITING):
        return close(state)
    if offer := offered(state, lead):
        return offer
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
