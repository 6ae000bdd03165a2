"""What is expected of the answer to come: how long patience lasts follows from it."""

from datetime import datetime

from interview.events import LineKind
from interview.pacing import GRACE, PROBE_SHARE, deadline
from interview.plan import Plan
from interview.session import Session, question_of
from interview.silence import HARD_LIMIT_SHARE

FREE_WORDS, FREE_LIMIT_S = 12, 120.0
"""What is expected where no core question is open: a greeting, the candidate's own questions."""

SHORTEST_LIMIT_S = 5.0


def expectation(
    plan: Plan, state: Session, after: LineKind | None, now: datetime
) -> tuple[int, float]:
    """How many words, and at most how many seconds, the answer to come may have.

    No answer outlasts the plan by more than `GRACE`.
    """
    words, limit_s = _of_question(plan, state, after)
    end = deadline(plan, state)
    if end is None:
        return words, limit_s
    longest_s = (end + GRACE - now).total_seconds() / HARD_LIMIT_SHARE
    return words, max(SHORTEST_LIMIT_S, min(limit_s, longest_s))


def _of_question(plan: Plan, state: Session, after: LineKind | None) -> tuple[int, float]:
    question = question_of(plan, state)
    if question is None:
        return FREE_WORDS, FREE_LIMIT_S
    share = PROBE_SHARE if after == "probe" else 1.0
    return round(question.expected_words * share), question.minutes * 60 * share
