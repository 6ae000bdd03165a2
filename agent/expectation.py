"""What is expected of the answer to come: how long patience lasts follows from it."""

from interview.events import LineKind
from interview.plan import Plan
from interview.session import Session, question_of

FREE_WORDS, FREE_LIMIT_S = 12, 120.0
"""What is expected where no core question is open: a greeting, the candidate's own questions."""

PROBE_SHARE = 0.5
"""An answer to a probe is expected to be this much of an answer to its question."""


def expectation(plan: Plan, state: Session, after: LineKind | None) -> tuple[int, float]:
    """How many words, and at most how many seconds, the answer to come may have."""
    question = question_of(plan, state)
    if question is None:
        return FREE_WORDS, FREE_LIMIT_S
    share = PROBE_SHARE if after == "probe" else 1.0
    return round(question.expected_words * share), question.minutes * 60 * share
