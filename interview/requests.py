"""What a candidate asks for in their own right: their data, other words, a person's look; and what
was answered.

Kept apart from everything that is judged: no event, turn or scorecard names a request.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from interview.accounts import Interview
from interview.by_people import By
from interview.errors import Conflict, Invalid, WrongState
from interview.ids import InterviewId, RequestId, TurnId
from interview.lifecycle import OVER

RequestKind = Literal["transcript", "access", "correction", "erasure", "human_review", "other"]
"""`transcript` proposes other words for a turn; `access`, `correction` and `erasure` are about
personal data (GDPR, articles 15 to 17); `human_review` contests what was judged (article 22)."""

Outcome = Literal["granted", "refused"]
RequestState = Literal["open", "granted", "refused"]

ABOUT_THE_WHOLE: RequestKind = "human_review"
"""Can be asked once there is a whole interview."""

ABOUT_WORDS: RequestKind = "transcript"
"""Can be asked once there are words, also of an interview that was left in the middle."""

MAY_TELL: frozenset[RequestKind] = frozenset({"human_review", "other"})
"""Kinds whose answers may say what was judged. What was done about somebody's data says nothing of
it, and a transcript that was changed is read by whoever rates."""

IN_WORDS = frozenset({"transcript", "other"})
"""Kinds that say nothing without words of the candidate's."""

MOST = 50
ANSWER_WITHIN = timedelta(days=30)
"""GDPR, article 12(3): within one month."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a person answered."""

    outcome: Outcome
    text: str
    by: By
    at: datetime


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; `turn` is what a transcript's words are proposed for. `text` is None once the
    words were erased, and so is that of the answer."""

    request_id: RequestId
    interview: InterviewId
    kind: RequestKind
    turn: TurnId | None
    text: str | None
    created_at: datetime
    outcome: Outcome | None = None
    settled: Settled | None = None
    settled_at: datetime | None = None

    @property
    def state(self) -> RequestState:
        """Where it stands, also when its words are gone."""
        return self.outcome or "open"

    @property
    def answer_by(self) -> datetime:
        """Until when somebody has to have answered."""
        return self.created_at + ANSWER_WITHIN

    def settle(self, answer: Settled) -> "Request":
        """Raises `Conflict` when it was answered before."""
        if self.outcome is not None:
            raise Conflict("This request was answered already.")
        return replace(self, outcome=answer.outcome, settled=answer, settled_at=answer.at)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the candidate thought of the interview, 1 to 5, and why."""

    interview: InterviewId
    rating: int
    text: str
    given_at: datetime


def check_request(kind: RequestKind, turn: TurnId | None, text: str, held: Interview) -> None:
    """Raises `Invalid` for a part that is missing or too many, `WrongState` before the end."""
    if kind in IN_WORDS and not text:
        raise Invalid("text: say it in your words", field="text")
    if (kind == ABOUT_WORDS) != (turn is not None):
        raise Invalid("turn_id: a transcript's turn, and of nothing else", field="turn_id")
    is_early = kind == ABOUT_WORDS and not held.has_words
    if is_early or (kind == ABOUT_THE_WHOLE and held.state not in OVER):
        raise WrongState("This can be asked for once the interview is over.")
