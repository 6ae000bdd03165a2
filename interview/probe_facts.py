"""What a model says should be asked next, as facts for the interview's log."""

from typing import Literal

from interview.ids import TurnId
from interview.kit import Frozen

Refusal = Literal[
    "late",
    "unavailable",
    "form",
    "budget",
    "too_long",
    "not_one_question",
    "characters",
    "language",
    "protected",
    "promise",
    "verdict",
    "rubric",
    "said_before",
    "not_said",
]
"""Why what a model said is not spoken. `unavailable`: there was no answer; `form`: it was not of
the form asked for; `characters`: letters that do not belong to the language; `not_said`: it tells
of something that the candidate said, and the words are not theirs."""


class ProbeOffered(Frozen):
    """A model's answer that may be followed after the answer `turn_id`: `text` is a probe, None
    says that nothing is to be asked. What is done with it is the director's."""

    kind: Literal["probe_offered"] = "probe_offered"
    turn_id: TurnId
    question: str
    text: str | None
    model: str


class ProbeRefused(Frozen):
    """A model's answer that may not be followed; `text` is for people and was not spoken.

    `turn_id` is None when no word of the answer was final yet. `matter` names what is protected.
    """

    kind: Literal["probe_refused"] = "probe_refused"
    turn_id: TurnId | None
    question: str
    reason: Refusal
    matter: str | None = None
    text: str | None = None
    model: str | None = None


FactOfProbing = ProbeOffered | ProbeRefused
KINDS_OF_PROBING = frozenset({"probe_offered", "probe_refused"})
