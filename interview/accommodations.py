"""Accommodations: what changes an interview's plan for one candidate, before it starts.

They stand apart from everything that is judged: no event, turn or scorecard names them, and nobody
who knows them rates the interview.
"""

from typing import Annotated, Literal

from pydantic import Field

from interview.errors import Invalid
from interview.kit import Frozen
from interview.plan import Plan

MORE_TIME: dict[str, float] = {"1": 1.0, "1.25": 1.25, "1.5": 1.5, "2": 2.0}

LONGER = 2.0
"""Longer silences are so many times as long."""


class Accommodations(Frozen):
    """What a candidate is given. `time` multiplies the minutes of every question and of the whole;
    `breaks` are offered between questions, each of `break_minutes` before anything is said again;
    `longer_silences` doubles the pauses after which an answer counts as over."""

    time: Literal["1", "1.25", "1.5", "2"] = "1"
    breaks: Annotated[int, Field(ge=0, le=5)] = 0
    break_minutes: Annotated[int, Field(ge=1, le=30)] = 5
    longer_silences: bool = False


class Needs(Frozen):
    """What was given, and what the candidate asked for in their own words; `waits` as long as
    nobody has answered it by giving something, or by leaving it as it is."""

    given: Accommodations = Accommodations()
    requested: str | None = None
    waits: bool = False

    @property
    def are_any(self) -> bool:
        """There is something to know; whoever reads that there is nothing knows nothing."""
        return self.given != Accommodations() or self.requested is not None


def accommodated(plan: Plan, given: Accommodations) -> Plan:
    """The plan that holds for this candidate. Questions, order and probes stay as they are, and so
    does how many words an answer is expected to have."""
    factor = MORE_TIME[given.time]
    questions = tuple(
        question.model_copy(update={"minutes": question.minutes * factor})
        for question in plan.questions
    )
    return plan.model_copy(
        update={
            "minutes": plan.minutes * factor,
            "more_time": factor,
            "questions": questions,
            "patience": LONGER if given.longer_silences else plan.patience,
            "breaks": _breaks(plan, given.breaks),
            "break_minutes": float(given.break_minutes),
        }
    )


def check_breaks(breaks: int, questions: int, at: str) -> None:
    """Raises `Invalid` naming `at` for more breaks than there are places between questions."""
    most = max(0, questions - 1)
    if breaks > most:
        what = f"expected at most {most}, for a break lies between two questions of {questions}"
        raise Invalid(f"{at}: {what}", field=at)


def _breaks(plan: Plan, wanted: int) -> tuple[str, ...]:
    """The questions that a break comes before, evenly among all but the first."""
    count = len(plan.questions)
    places = {round(number * count / (wanted + 1)) for number in range(1, wanted + 1)}
    return tuple(plan.questions[at].key for at in sorted(places) if 0 < at < count)
