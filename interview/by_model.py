"""What models made of an interview, as facts for its log: never a word of what was said."""

from typing import Annotated, Literal

from pydantic import Field

from interview.ids import ScorecardId
from interview.kit import Frozen
from interview.release import Panel

Refusal = Literal[
    "refused",
    "busy",
    "unreachable",
    "timeout",
    "broken",
    "over_budget",
    "not_json",
    "wrong_form",
    "not_the_candidate",
    "not_verbatim",
    "no_evidence",
    "protected",
    "recites",
]
"""Why a run does not count: there was no answer, or it is not of the form, or quotes somebody else,
or words that are not there, or has a level without a quote, or gives a reason that names a
protected matter or recites the instructions."""


class _Run(Frozen):
    """One run of a model on one competency; runs count from 0.

    `prompt_sha256` and `reply_sha256` are of what it was asked and what it answered, which lies
    sealed beside the log. `answered_by` is what the provider calls the model. `without_flagged`:
    the words that speak to whoever rates were taken out.
    """

    scorecard_id: ScorecardId
    competency: str
    run: Annotated[int, Field(ge=0)]
    without_flagged: bool
    model: str
    prompt_sha256: str


class RunJudged(_Run):
    """It counts. For what, the card says to those who may read cards."""

    kind: Literal["run_judged"] = "run_judged"
    answered_by: str
    reply_sha256: str


class RunRefused(_Run):
    """It does not count; without `reply_sha256` there was no answer. `matter` is what is protected,
    where the reason named it."""

    kind: Literal["run_refused"] = "run_refused"
    answered_by: str | None
    reply_sha256: str | None
    reason: Refusal
    matter: str | None = None


class RaterRefused(Frozen):
    """A model's configuration that did not rate, for it has not passed the gate. `panels` are what
    it consists of: one, or as many as its chain has places."""

    kind: Literal["rater_refused"] = "rater_refused"
    rater: str
    rater_version: str
    model: str
    prompt_hash: str | None
    panels: tuple[Panel, ...] = ()


FactByModel = RunJudged | RunRefused


def is_unanswered(fact: FactByModel) -> bool:
    """Whether no model answered at all, so that another try may bring what this one did not."""
    return fact.reply_sha256 is None
