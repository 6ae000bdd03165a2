"""The plan's clock, seen by the director: when time grows short, and when a break is due."""

from dataclasses import replace
from datetime import datetime, timedelta

from interview.asking import Step
from interview.events import Event, LineKind, LineStarted, SpeechHeard
from interview.faults import ProviderRecovered
from interview.plan import Plan
from interview.talk import ASKS, Phase, Say, Session, Wished

PROBE_SHARE = 0.5
"""An answer to a probe is expected to be this much of an answer to its question."""

FINAL_MINUTE = timedelta(minutes=1)

SHORTEST_WITH_FINAL_MINUTE = 4.0
"""Minutes of a plan: in a shorter one the last minute is no news."""

GRACE = timedelta(minutes=1)
"""So long an answer may go on after the plan's end; then it is stopped. What follows is goodbye."""


def deadline(plan: Plan, state: Session) -> datetime | None:
    """When the plan's time is used up, faults given back; None before the first word and while
    the clock stands still for a candidate who is away."""
    if state.started_at is None or state.away_since is not None:
        return None
    return state.started_at + timedelta(minutes=plan.minutes) + state.lost


def final_minute_began(plan: Plan, state: Session, now: datetime) -> bool:
    """True while the final minute is to be told, and was not."""
    end = deadline(plan, state)
    if end is None or state.wished.final_minute is not None or state.over_time:
        return False
    if state.phase not in (Phase.ASKING, Phase.INVITING):
        return False
    return plan.minutes >= SHORTEST_WITH_FINAL_MINUTE and now >= end - FINAL_MINUTE


def timed(plan: Plan, state: Session, now: datetime) -> Session:
    """The state at `now`: `wrapping` when a probe would take the time of a core question."""
    end = deadline(plan, state)
    if end is None or state.phase is not Phase.ASKING:
        return replace(state, now=now)
    after = state.index + 1 if state.further is None else state.further
    later = sum(q.minutes for q in plan.questions[after:] if q.key not in state.covered)
    needed = later + plan.questions[state.index].minutes * PROBE_SHARE
    return replace(state, now=now, wrapping=end - now < timedelta(minutes=needed))


def mended(state: Session, event: Event) -> Session:
    """What was away is back: lines and words prove it as well."""
    match event.fact:
        case ProviderRecovered(provider=provider):
            return state.works(provider, event.at)
        case LineStarted():
            return state.works("tts", event.at)
        case SpeechHeard(role="candidate", typed=False):
            return state.works("stt", event.at)
        case _:
            return state


def paced(plan: Plan, step: Step) -> Step:
    """A break in place of the question that it comes before; the final minute in the lead of what
    is asked next, so that nobody is interrupted by it."""
    state, commands = step
    match commands:
        case (Say(line="question") as line,) if _is_break_due(plan, state, line):
            rested = (*state.wished.rested, *((line.question,) if line.question else ()))
            rest = replace(state, due=Say("pausing"), wished=replace(state.wished, rested=rested))
            return rest, (Say("pausing"),)
        case (Say(line="question") as line,) if section := _section_of_person(plan, state, line):
            left = Say("hand_over", lead=line.lead)
            return replace(state, due=left, handed=(*state.handed, section)), (left,)
        case (Say(lead=None | "thanks" | "of_course" | "all_right") as line,) if (
            state.wished.final_minute == "owed" and line.line in ASKS
        ):
            said = replace(line, lead="final_minute")
            wished = replace(state.wished, final_minute="said")
            return replace(state, due=said, wished=wished), (said,)
        case _:
            return step


def _section_of_person(plan: Plan, state: Session, line: Say) -> str | None:
    """The section that a person leads through, who is there, and that begins with this question.
    What nobody is there for is asked by the AI: everybody is asked the same."""
    if plan.assist != "alternating" or state.over_time or not state.here or line.question is None:
        return None
    question = plan.question(line.question)
    is_new = question.leads == "human" and question.section not in state.handed
    return question.section if is_new else None


def _is_break_due(plan: Plan, state: Session, line: Say) -> bool:
    key = line.question
    if state.over_time or key not in plan.breaks:
        return False
    return key not in state.opened and key not in state.wished.rested


def announce(state: Session) -> Step:
    """The final minute has begun: it is said now if nobody talks, else before the next question."""
    state = replace(state, wished=replace(state.wished, final_minute="owed"))
    is_quiet = not (state.speaking or state.due or state.answering or state.paused)
    if not (is_quiet and state.present and state.wished.offer is None):
        return state, ()
    line = Say("final_minute")
    return replace(state, due=line), (line,)


def announced(wished: Wished, line: LineKind) -> Wished:
    """The final minute is announced once its line can be heard."""
    return replace(wished, final_minute="said") if line == "final_minute" else wished
