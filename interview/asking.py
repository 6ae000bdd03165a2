"""What is asked now and next: the steps that the director and the candidate's wishes share."""

from dataclasses import replace

from interview.events import Lead, LineKind
from interview.plan import Plan, PlannedQuestion
from interview.talk import Command, Phase, Say, Session

Step = tuple[Session, tuple[Command, ...]]


def question_of(plan: Plan, state: Session) -> PlannedQuestion | None:
    """The core question that is open, or None outside `asking`."""
    return plan.questions[state.index] if state.phase is Phase.ASKING else None


def state_question(plan: Plan, state: Session) -> str | None:
    """The key that a turn is filed under now."""
    question = question_of(plan, state)
    return question.key if question else None


def say(state: Session, line: Say) -> Step:
    return replace(state, due=line), (line,)


def current(plan: Plan, state: Session) -> Say:
    """The open question or its latest probe, as a repeat; one that never began, as itself."""
    question = state_question(plan, state)
    if question is not None and question not in state.opened:
        return Say("question", question)
    if not state.probes_used:
        return Say("repeat", question)
    latest = state.probes_used - 1
    return Say("repeat", question, latest, text=state.text_of(latest))


def ask(plan: Plan, state: Session, index: int, lead: Lead | None) -> Step:
    fresh = replace(state, index=index, probes_used=0, words=0, cuts=0)
    key = plan.questions[index].key
    # Into a dead line it was said before: nobody heard it, and yet it counts as asked once.
    line: LineKind = "repeat" if key in state.said_in_vain else "question"
    return say(fresh, Say(line, key, lead=lead))


def begin(plan: Plan, state: Session, lead: Lead | None) -> Step:
    """The first core question."""
    return _ask_from(plan, replace(state, phase=Phase.ASKING), 0, lead)


def go_on(plan: Plan, state: Session, lead: Lead) -> Step:
    """The next core question, or what follows the last one; the closing when the time is up."""
    if state.over_time:
        return close(state)
    return _ask_from(plan, state, state.index + 1, lead)


def come_back(plan: Plan, state: Session, index: int) -> tuple[int, ...]:
    """Where before `index` questions lie that people have ticked, left out so, and unticked again:
    nobody has put them."""
    return tuple(
        at
        for at, question in enumerate(plan.questions[:index])
        if question.key in state.denied and question.key not in {*state.covered, *state.opened}
    )


def _ask_from(plan: Plan, state: Session, index: int, lead: Lead | None) -> Step:
    """What has come back first; then the question at `index` or the first behind it that no person
    has asked; or what follows."""
    index = index if state.further is None else state.further
    for at in come_back(plan, state, index):
        return ask(plan, replace(state, further=index), at, lead)
    state = replace(state, further=None)
    for at in range(index, len(plan.questions)):
        if plan.questions[at].key not in state.covered:
            return ask(plan, state, at, lead)
    inviting = replace(state, phase=Phase.INVITING, words=0, probes_used=0, cuts=0)
    return say(inviting, Say("candidate_questions", lead=lead))


def close(state: Session) -> Step:
    """Nothing more is asked."""
    lead: Lead | None = "time_is_up" if state.over_time else None
    return say(replace(state, phase=Phase.CLOSING), goodbye(state, lead))


def goodbye(state: Session, lead: Lead | None) -> Say:
    return Say("person_closing" if state.is_for_people else "closing", lead=lead)
