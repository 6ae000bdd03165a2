"""The AI at a person's side: asked to put a question, told who is there and what was covered."""

from dataclasses import replace

from interview.asking import Step, goodbye, say
from interview.by_room import FloorAsked, InterviewerArrived, InterviewerLeft
from interview.copilot_facts import AiAsked, CoverageJudged, QuestionTicked
from interview.events import Fact, Lead
from interview.plan import Plan
from interview.talk import Phase, Say, Session


def noted(plan: Plan, state: Session, fact: Fact) -> Session:
    """What counts whoever leads: who is in the room, what a person has asked, and who takes the
    floor within the goodbye that they wanted."""
    match fact:
        case InterviewerArrived(role="interviewer", identity=name) if name not in state.here:
            return replace(state, here=(*state.here, name))
        case InterviewerLeft(identity=name):
            return replace(state, here=tuple(one for one in state.here if one != name))
        case FloorAsked(floor=floor) if floor != "ai":
            return called_back(state)
        case CoverageJudged(question=key) if key not in state.judged:
            return replace(state, judged=(*state.judged, key))
        case QuestionTicked(question=key, covered=True):
            denied = tuple(one for one in state.denied if one != key)
            is_new = key not in state.covered and _may_be_covered(plan, key)
            covered = (*state.covered, key) if is_new else state.covered
            return replace(state, covered=covered, denied=denied)
        case QuestionTicked(question=key):
            covered = tuple(one for one in state.covered if one != key)
            return replace(state, covered=covered, denied=(*state.denied, key))
        case _:
            return state


def _may_be_covered(plan: Plan, key: str) -> bool:
    """Unless the kit wants it asked in its own words, whoever else has asked it."""
    return any(q.key == key and q.covered_if_asked_by_human for q in plan.questions)


def asked_for(state: Session, fact: AiAsked) -> Step:
    """A person who leads has the AI put a question or say goodbye, in the kit's words. The place of
    the talk is kept. Whoever hears the AI for the first time is told what it is."""
    if state.floor == "ai" or state.speaking is not None:
        return state, ()
    if fact.question is None:
        left = state.undismissed or state.phase
        then = replace(state, phase=Phase.CLOSING, dismissed=True, undismissed=left)
        return say(then, goodbye(state, None))
    state = called_back(state)
    if state.phase in (Phase.WAITING, Phase.GREETING):
        state = replace(state, phase=Phase.ASKING, index=0)
    lead: Lead | None = "introduced" if state.started_at is None else None
    asked = replace(state, lent=fact.question, answering=None, dismissed=False)
    return say(asked, Say("question", fact.question, lead=lead))


def called_back(state: Session) -> Session:
    """Whoever had us say goodbye leads on: the talk is where it was."""
    if state.undismissed is None:
        return state
    return replace(state, phase=state.undismissed, undismissed=None, dismissed=False)


def missed(state: Session) -> Step:
    """Nobody leads who should: that is said once, and nothing is asked instead."""
    if state.floor == "ai" or state.missed or not state.present or state.paused:
        return state, ()
    return say(replace(state, missed=True), Say("nobody_came"))


def unled(state: Session) -> Step:
    """People are here, and none of them leads: that is said, and nothing is asked instead."""
    if state.floor != "paused" or state.speaking or not state.present or state.paused:
        return state, ()
    return say(state, Say("nobody_leads"))
