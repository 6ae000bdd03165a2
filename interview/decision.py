"""What turn-taking decides."""

from dataclasses import dataclass
from enum import StrEnum

from interview.events import AnswerSignal
from interview.intents import Intent

__all__ = ["Act", "Decision", "Intent"]


class Act(StrEnum):
    """What the agent should do."""

    HOLD = "hold"
    GO_ON = "go_on"
    STOP = "stop"
    WITHDRAW = "withdraw"
    OVER = "over"
    NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class Decision:
    """One act; `signal`, `intent` and `answers_too` (more was said than the wish) belong to `OVER`,
    `times` to `NUDGE`."""

    act: Act
    signal: AnswerSignal = "patience"
    intent: Intent = "answer"
    times: int = 0
    answers_too: bool = False
