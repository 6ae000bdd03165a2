"""What the director does about a wish of the candidate's: one table, and what it cannot say.

A wish costs nothing: no words of it are counted, no probe is spent, and no line judges it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from interview.asking import Step, close, current, go_on, say, state_question
from interview.events import AnswerEnded, Lead, LineKind
from interview.intents import Intent
from interview.plan import Plan
from interview.talk import ASKS, Offer, Phase, Place, Say, Session, Wished

AGAIN: Mapping[Intent, Lead] = {
    "repeat": "of_course",
    "rephrase": "rephrase",
    "robot": "robot",
    "progress": "progress",
}
"""What is said before the question is said again."""

MEANT_FOR_US = frozenset({"person", "stop", "distress", "pause", "trouble", "robot", "progress"})
"""Wishes that count before the first question too, and over a line that nobody heard."""

AN_ANSWER = 25
"""Who was offered to leave and says so many words has gone on with the interview instead."""

OFFERS: Mapping[Offer, LineKind] = {
    "person": "person_offer",
    "stop": "stop_offer",
    "distress": "distress",
    "danger": "danger",
}
"""The line that makes the offer."""

LONGEST_BACK = 12
MOST_BACK = 2
"""Who asks back in so few words has not answered yet; so often that costs no answer."""

MOST_REMARKS = 3
"""So much is noted at the invitation to ask that is no question; then it is over."""

LONGEST_TROUBLE = timedelta(minutes=2)
MOST_TROUBLES = 5
"""So often time is given back for trouble that only the candidate notices: everybody has the same
time otherwise."""


def heard(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """What follows from a wish; None when the words are an answer."""
    if fact.intent == "danger":
        return _in_danger(state)
    if state.phase is Phase.CLOSING and state.wished.parted is not None:
        return _reconsidered(plan, state, state.wished.parted, fact)
    if state.wished.offer is not None:
        chosen = _choice(plan, _let_ask(state, let=False), state.wished.offer, fact)
        if chosen is not None:
            return chosen
        state = _offering(state, None)
    match state.phase:
        case Phase.ASKING | Phase.INVITING:
            invited = is_invited(state)
            return _answered(plan, _let_ask(state, let=False), fact, invited=invited)
        case Phase.GREETING if fact.intent in MEANT_FOR_US:
            asking = replace(state, phase=Phase.ASKING, index=0)
            return _answered(plan, asking, fact, invited=False)
        case _:
            return None


def is_invited(state: Session) -> bool:
    """What is said now may be a question in any form."""
    return state.phase is Phase.INVITING or state.wished.let_ask


def _let_ask(state: Session, *, let: bool) -> Session:
    return replace(state, wished=replace(state.wished, let_ask=let))


def _answered(plan: Plan, state: Session, fact: AnswerEnded, *, invited: bool) -> Step | None:
    match fact.intent:
        case "person" | "stop" | "distress" as offer:
            return say(_offering(state, offer), Say(OFFERS[offer]))
        case "pause":
            return paused(state)
        case "trouble":
            return again(plan, _given_back(state), "trouble")
        case "rephrase" if not _can_rephrase(plan, state):
            return again(plan, state, "of_course")
        case "repeat" | "rephrase" | "robot" | "progress":
            return again(plan, state, AGAIN[fact.intent])
        case "skip" | "back" as move:
            return _skip(plan, state) if move == "skip" else _back(plan, state)
        case "answer" | "somebody" if invited:
            return _remarked(plan, state, fact)
        case "no" | "done" | "go_on" if invited:
            return _has_none(plan, state, fact)
        case "job" | "asks" | "has_question" | "yes":
            return _asked(plan, state, fact, invited=invited)
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
    """The time since the question was begun, which was not heard as it should be, but for what was
    given back since."""
    if state.asked_at is None or state.now is None or state.wished.troubles >= MOST_TROUBLES:
        return state
    given = state.lost - state.lost_then
    lost = min(max(state.now - state.asked_at - given, timedelta(0)), LONGEST_TROUBLE)
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


def _asked(plan: Plan, state: Session, fact: AnswerEnded, *, invited: bool) -> Step | None:
    """A question is answered with a fact of the kit or noted. Between core questions only those
    are taken for one that are about the position for certain, or name a fact and ask more, or were
    said to come."""
    if fact.intent == "has_question" or (fact.intent == "yes" and invited):
        if state.over_time:
            return close(state)
        return say(state, state.unheard) if state.unheard else go_ahead(plan, state)
    asks_us = _is_noted(state, fact) or (invited and fact.intent == "asks")
    if fact.topic is None and not asks_us:
        asked_back = _asked_back(plan, state, fact)
        return asked_back or _returned(plan, state, fact)
    return _told(plan, state, fact, "noted")


def _told(plan: Plan, state: Session, fact: AnswerEnded, otherwise: Lead) -> Step:
    """The fact of the kit that was asked for, before the question is said again."""
    if state.over_time:
        return close(state)
    question = state.unheard or current(plan, state)
    lead: Lead = otherwise if fact.topic is None else "fact"
    return say(state, replace(question, lead=lead, fact=fact.topic))


def _asked_back(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """Who asks what the question means, or whether something will do, has it said again."""
    key, clarified = state_question(plan, state), state.wished.clarified
    if fact.intent != "asks" or fact.words > LONGEST_BACK or fact.signal == "time":
        return None
    if key is None or clarified.count(key) >= MOST_BACK:
        return None
    wished = replace(state.wished, clarified=(*clarified, key))
    return again(plan, replace(state, wished=wished), "up_to_you")


def _remarked(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """Whatever is said where one is asked for questions may be one, unless it says no, or tells at
    length."""
    if fact.words >= AN_ANSWER or fact.signal == "time" or state.wished.remarks >= MOST_REMARKS:
        return None
    if state.phase is Phase.INVITING:
        wished = replace(state.wished, remarks=state.wished.remarks + 1)
        state = replace(state, wished=wished)
    return _told(plan, state, fact, "noted_down")


def _has_none(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """No question after all: the interview's own is open still, but for the last."""
    if state.phase is Phase.INVITING:
        return _returned(plan, state, fact)
    return again(plan, state, "of_course")


def go_ahead(plan: Plan, state: Session, lead: Lead | None = None) -> Step:
    """The candidate asks what they said they would."""
    line = Say("go_ahead", state_question(plan, state), lead=lead)
    return say(_let_ask(state, let=True), line)


def put_again(wished: Wished, line: LineKind) -> Wished:
    """With the interview's own question what the candidate was let ask is over."""
    return replace(wished, let_ask=False) if line in ASKS else wished


# ---- offers ----


def _choice(plan: Plan, state: Session, offer: Offer, fact: AnswerEnded) -> Step | None:
    """What the words after an offer choose; None when they are something else."""
    match fact.intent:
        case "go_on":
            return again(plan, _offering(state, None), "of_course")
        case _ if offer == "distress":
            return _in_distress(plan, state, fact)
        case "person" | "somebody" | "stop" | "yes":
            return _leave(state)
        case "repeat" | "rephrase" | "trouble" | "progress":
            return say(state, Say(OFFERS[offer]))
        case "robot" | "job" | "asks":
            return say(state, Say(OFFERS[offer], lead=_telling(state, fact), fact=fact.topic))
        case "has_question":
            return go_ahead(plan, state)
        case "pause" | "distress" | "skip" | "back":
            return None
        case _ if fact.words >= AN_ANSWER and offer != "danger":
            return None
        case _:
            return _unclear(plan, state, offer)


def _in_distress(plan: Plan, state: Session, fact: AnswerEnded) -> Step | None:
    """“Thank you” and “yes, please” answer no question, and choose nothing of three."""
    match fact.intent:
        case "somebody":
            return say(_offering(state, "person"), Say("person_offer"))
        case "yes" | "no" | "done" | "answer" if fact.words < AN_ANSWER:
            return _unclear(plan, state, "distress")
        case _:
            return None


def _telling(state: Session, fact: AnswerEnded) -> Lead | None:
    """What is told to a question over an offer, which is then made again."""
    if fact.topic is not None:
        return "fact"
    return "robot" if fact.intent == "robot" else "noted" if _is_noted(state, fact) else None


def _is_noted(state: Session, fact: AnswerEnded) -> bool:
    """A person answers it."""
    return fact.intent == "job" or state.wished.asked == fact.turn_id


def _unclear(plan: Plan, state: Session, offer: Offer) -> Step:
    """Nobody is sent away by a word that we did not understand: the offer is made once more, and
    then the interview goes on; who is in danger or distress is not asked, but has a pause."""
    if state.wished.unclear and offer in ("danger", "distress"):
        return say(_offering(state, None), Say("pausing"))
    if state.wished.unclear:
        return again(plan, _offering(state, None), "of_course")
    return _once_more(state, offer)


def _once_more(state: Session, offer: Offer) -> Step:
    return say(replace(state, wished=replace(state.wished, unclear=True)), Say(OFFERS[offer]))


def _in_danger(state: Session) -> Step:
    """Kind words in place of any question; a person is told of it by how the interview ends."""
    match state.phase:
        case Phase.GREETING:
            state = replace(state, phase=Phase.ASKING, index=0)
        case Phase.CLOSING:
            state = replace(state, phase=state.wished.parted or Phase.INVITING, for_person=False)
        case _:
            pass
    offering = _offering(state, "danger")
    return say(replace(offering, wished=replace(offering.wished, in_danger=True)), Say("danger"))


def _reconsidered(plan: Plan, state: Session, parted: Phase, fact: AnswerEnded) -> Step | None:
    """What was said over the goodbye of who leaves for a person; None when that is meant."""
    back = replace(_offering(state, None), phase=parted, for_person=False)
    match fact.intent:
        case "person" | "somebody" | "stop" | "yes":
            return None
        case "go_on":
            return again(plan, back, "of_course")
        case _:
            return _once_more(_offering(back, "person"), "person")


def chosen(state: Session) -> Session:
    """The offer is over: the candidate has answered the question instead of choosing, or asking."""
    state = _let_ask(state, let=False)
    return _offering(state, None) if state.wished.offer else state


def unanswered(state: Session) -> Step | None:
    """What silence means after an offer, within a pause, and when the time is up; else None."""
    if state.paused:
        return say(state, Say("when_ready")) if state.resting else None
    match state.wished.offer:
        case "person" | "stop" as offer if not state.wished.unclear:
            return _once_more(state, offer)
        case "person" | "stop" | "danger":
            return _leave(state)
        case "distress":
            return say(_offering(state, None), Say("pausing"))
        case None if state.over_time and state.phase in (Phase.ASKING, Phase.INVITING):
            return close(state)
        case None:
            return None


def offered(state: Session, lead: Lead) -> Step | None:
    """The offer that is open, said to who was away; nothing comes before help."""
    offer = state.wished.offer
    first = None if offer == "danger" else lead
    return say(state, Say(OFFERS[offer], lead=first)) if offer else None


def stays_away(state: Session) -> Step | None:
    """Who asked for a person, or needs one, and left has one."""
    if state.wished.offer not in ("person", "stop") and not state.wished.in_danger:
        return None
    leaving = replace(state, for_person=True)
    return leaving, (leaving.end(),)


def _leave(state: Session) -> Step:
    """A person goes on from here: the interview is over, and nothing is held against anybody."""
    left = replace(_offering(state, None), for_person=True, phase=Phase.CLOSING)
    return say(
        replace(left, wished=replace(left.wished, parted=state.phase)), Say("person_closing")
    )


def _offering(state: Session, offer: Offer | None) -> Session:
    wished = replace(state.wished, offer=offer, unclear=False, parted=None)
    return replace(state, wished=wished)
