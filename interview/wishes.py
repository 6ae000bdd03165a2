"""What the director does about a wish of the candidate's: one table, and what it cannot say.

A wish costs nothing: no words of it are counted, no probe is spent, and no line judges it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from interview.asking import Step, close, current, go_on, say, state_question
from interview.events import AnswerEnded, Lead
from interview.intents import Intent
from interview.plan import Plan
from interview.talk import Offer, Phase, Place, Say, Session

AGAIN: Mapping[Intent, Lead] = {
    "repeat": "of_course",
    "rephrase": "rephrase",
    "trouble": "trouble",
    "robot": "robot",
    "progress": "progress",
}
"""What is said before the question is said again."""

MEANT_FOR_US = frozenset({"person", "distress", "pause", "trouble", "robot", "progress"})
"""Wishes that count before the first question too, and over a line that nobody heard."""

AN_ANSWER = 25
"""Who was offered to leave and says so many words has gone on with the interview instead."""

LONGEST_TROUBLE = timedelta(minutes=2)
MOST_TROUBLES = 5
"""So often time is given back for trouble that only the candidate notices: everybody has the same
time otherwise."""


def heard(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """What follows from a wish; None when the words are an answer."""
    if state.wished.offer is not None:
        chosen = _choice(plan, state, fact)
        if chosen is not None:
            return chosen
        state = _offering(state, None)
    match state.phase:
        case Phase.ASKING | Phase.INVITING:
            return _answered(plan, state, fact)
        case Phase.GREETING if fact.intent in MEANT_FOR_US:
            return _answered(plan, replace(state, phase=Phase.ASKING, index=0), fact)
        case _:
            return None


def _answered(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    match fact.intent:
        case "person":
            return say(_offering(state, "person"), Say("person_offer"))
        case "distress":
            return say(_offering(state, "distress"), Say("distress"))
        case "pause":
            return paused(state)
        case "trouble":
            return again(plan, _given_back(state), "trouble")
        case "rephrase" if not _can_rephrase(plan, state):
            return again(plan, state, "of_course")
        case "repeat" | "rephrase" | "robot" | "progress":
            return again(plan, state, AGAIN[fact.intent])
        case "skip":
            return _skip(plan, state)
        case "back":
            return _back(plan, state)
        case "job" | "asks" | "has_question" | "yes":
            return _asked(plan, state, fact)
        case _:
            return _returned(plan, state, fact)


def paused(state: Session) -> Step:
    """A pause, for as long as the candidate likes; before the first question there is none."""
    if state.phase not in (Phase.ASKING, Phase.INVITING) or state.paused:
        return state, ()
    return say(state, Say("pausing"))


def again(plan: Plan, state: Session, lead: Lead) -> Step:
    """The same question once more; nothing more is asked when the time is up."""
    if state.over_time:
        return close(state)
    if state.unheard and lead == "of_course":
        return say(state, state.unheard)
    return say(state, replace(state.unheard or current(plan, state), lead=lead))


def _can_rephrase(plan: Plan, state: Session) -> bool:
    key = state_question(plan, state)
    return key is not None and not state.probes_used and bool(plan.question(key).rephrasing)


def _given_back(state: Session) -> Session:
    """The time since the question was begun: it was not heard as it should be."""
    if state.asked_at is None or state.now is None or state.wished.troubles >= MOST_TROUBLES:
        return state
    lost = min(state.now - state.asked_at, LONGEST_TROUBLE)
    wished = replace(state.wished, troubles=state.wished.troubles + 1)
    return replace(state, lost=state.lost + lost, wished=wished)


def _skip(plan: Plan, state: Session) -> Step:
    if state.phase is Phase.INVITING:
        return close(state)
    if state.wished.left is not None:
        return _come_back(plan, state, "all_right")
    if state.unheard is not None:
        return again(plan, state, "of_course")
    skipped = (*state.wished.skipped, plan.questions[state.index].key)
    left = replace(state, wished=replace(state.wished, skipped=skipped))
    return go_on(plan, left, "all_right")


def _back(plan: Plan, state: Session) -> Step:
    """Once to each question, as a repeat; the answer is followed by what was open before."""
    index = state.index if state.phase is Phase.INVITING else state.index - 1
    key = plan.questions[index].key if index >= 0 else None
    if key is None or state.wished.left is not None or key in state.wished.went_back:
        return again(plan, state, "no_way_back")
    if state.over_time:
        return close(state)
    left = Place(state.phase, state.index, state.probes_used, state.words)
    wished = replace(state.wished, left=left, went_back=(*state.wished.went_back, key))
    there = replace(state, phase=Phase.ASKING, index=index, probes_used=0, words=0, cuts=0)
    return say(replace(there, wished=wished), Say("repeat", key, lead="of_course"))


def _returned(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """An answer to the question that the candidate went back to is not probed."""
    if state.wished.left is None or state.unheard is not None:
        return None
    is_out_of_time = state.over_time or fact.signal == "time"
    cut = state.before.cut if state.before else None
    if cut and cut.leaves_open and not is_out_of_time:
        return None  # the director says it once more
    return _come_back(plan, state, "moving_on" if fact.signal == "time" else "thanks")


def _come_back(plan: Plan, state: Session, lead: Lead) -> Step:
    left = state.wished.left
    if left is None or state.over_time:
        return close(state)
    there = replace(
        state,
        phase=left.phase,
        index=left.index,
        probes_used=left.probes_used,
        words=left.words,
        cuts=0,
        wished=replace(state.wished, left=None),
    )
    return again(plan, there, lead)


def _asked(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """A question is answered with a fact of the kit or noted. Between core questions only those
    are taken for one that are about the position for certain."""
    inviting = state.phase is Phase.INVITING
    if fact.intent == "has_question" or (fact.intent == "yes" and inviting):
        return _go_ahead(plan, state)
    if fact.topic is None and fact.intent != "job" and not (inviting and fact.intent == "asks"):
        return _returned(plan, state, fact)
    if state.over_time:
        return close(state)
    question = state.unheard or current(plan, state)
    lead: Lead = "noted" if fact.topic is None else "fact"
    return say(state, replace(question, lead=lead, fact=fact.topic))


def _go_ahead(plan: Plan, state: Session) -> Step:
    if state.over_time:
        return close(state)
    return say(state, state.unheard or Say("go_ahead", state_question(plan, state)))


# ---- offers ----


def _choice(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """What the words after an offer choose; None when they are something else."""
    if fact.intent == "go_on":
        return again(plan, _offering(state, None), "of_course")
    if state.wished.offer != "person":
        return None
    if fact.intent in ("repeat", "rephrase", "trouble"):
        return say(state, Say("person_offer"))
    if fact.intent == "pause" or fact.words >= AN_ANSWER:
        return None
    return _leave(state)


def chosen(state: Session) -> Session:
    """The offer is over: the candidate has answered the question instead."""
    return _offering(state, None) if state.wished.offer else state


def unanswered(state: Session) -> Step | None:
    """What silence means after an offer, within a pause, and when the time is up; else None."""
    if state.paused:
        return say(state, Say("when_ready")) if state.resting else None
    match state.wished.offer:
        case "person":
            return _leave(state)
        case "distress":
            return say(_offering(state, None), Say("pausing"))
        case None if state.over_time and state.phase in (Phase.ASKING, Phase.INVITING):
            return close(state)
        case None:
            return None


def offered(state: Session, lead: Lead) -> Step | None:
    """The offer that is open, said again to who was away."""
    match state.wished.offer:
        case "person":
            return say(state, Say("person_offer", lead=lead))
        case "distress":
            return say(state, Say("distress", lead=lead))
        case None:
            return None


def stays_away(state: Session) -> Step | None:
    """Who asked for a person and left has one."""
    if state.wished.offer != "person":
        return None
    leaving = replace(state, for_person=True)
    return leaving, (leaving.end(),)


def _leave(state: Session) -> Step:
    """A person goes on from here: the interview is over, and nothing is held against anybody."""
    leaving = replace(_offering(state, None), for_person=True)
    return say(replace(leaving, phase=Phase.CLOSING), Say("person_closing"))


def _offering(state: Session, offer: Offer | None) -> Session:
    return replace(state, wished=replace(state.wished, offer=offer))
