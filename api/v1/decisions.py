"""Decisions: a person says what becomes of a candidate."""

from typing import Annotated
from uuid import UUID

from interview.acting import judged_by
from interview.by_people import By, DecisionMade, DecisionReason, Opened, Outcome
from interview.errors import Code
from interview.events import Event
from interview.ids import InterviewId
from interview.kit import Frozen
from interview.lifecycle import State
from interview.use_cases import decisions
from pydantic import AwareDatetime, ConfigDict, Field

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.colleagues import ColleagueView
from api.v1.shapes import PersonName, Writing


class DecisionBody(Frozen):
    """What becomes of the candidate, why, and the evidence that the person looked at.

    The reason `other` needs a note. `person` is for whom a key speaks; a member speaks in their own
    name.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "outcome": "advance",
                    "reason_code": "meets_requirements",
                    "evidence": [{"kind": "transcript"}],
                    "person": "Grace",
                }
            ]
        }
    )

    outcome: Outcome
    reason_code: DecisionReason
    note: Writing | None = None
    evidence: Annotated[tuple[Opened, ...], Field(max_length=100)]
    person: PersonName = None


class DecidedView(Frozen):
    """That it was decided."""

    interview_id: UUID
    state: State
    outcome: Outcome
    reason_code: DecisionReason
    decided_at: AwareDatetime


class DecisionView(Frozen):
    """Who decided what, why, and after having looked at what."""

    outcome: Outcome
    reason_code: DecisionReason
    note: str | None
    evidence: tuple[Opened, ...]
    by: By
    decided_at: AwareDatetime

    @classmethod
    def of(cls, event: Event) -> "DecisionView":
        fact = event.fact
        assert isinstance(fact, DecisionMade), "asked for by its kind"
        return cls(
            outcome=fact.outcome,
            reason_code=fact.reason_code,
            note=fact.note,
            evidence=fact.opened,
            by=fact.by,
            decided_at=event.at,
        )


class StandingView(Frozen):
    """The decision on an interview; null as long as nobody has decided. `colleagues` has the member
    who did."""

    interview_id: UUID
    decision: DecisionView | None
    colleagues: tuple[ColleagueView, ...]


@operation(
    "POST",
    "/v1/interviews/{interview_id}/decision",
    STAFF,
    tag="review",
    status=201,
    creates=True,
    errors=[Code.NOT_FOUND, Code.WRONG_STATE, Code.SEALED],
)
async def make_decision(
    call: Call, caller: Staff, interview_id: UUID, body: DecisionBody
) -> DecidedView:
    """Decide on a candidate.

    A member decides in their own name. A key decides nothing: it passes on what `person` has
    decided. There is one decision, and nothing follows it.
    """
    by, which = judged_by(caller.actor, body.person), InterviewId(interview_id)
    event = await decisions.decide(
        call.world,
        caller.tenant,
        by,
        which,
        body.outcome,
        body.reason_code,
        body.note,
        body.evidence,
    )
    call.told.update(outcome=body.outcome, reason_code=body.reason_code)
    return DecidedView(
        interview_id=which,
        state=State.DECIDED,
        outcome=body.outcome,
        reason_code=body.reason_code,
        decided_at=event.at,
    )


@operation(
    "GET",
    "/v1/interviews/{interview_id}/decision",
    STAFF,
    tag="review",
    errors=[Code.NOT_FOUND, Code.RATE_FIRST, Code.SEALED],
)
async def get_decision(call: Call, caller: Staff, interview_id: UUID) -> StandingView:
    """Read the decision.

    A member of a role that rates blind sees it once they have rated.
    """
    which = InterviewId(interview_id)
    found = await decisions.decision_of(call.world, caller.tenant, which, caller.reader)
    if found is None:
        return StandingView(interview_id=which, decision=None, colleagues=())
    event, called = found
    return StandingView(
        interview_id=which,
        decision=DecisionView.of(event),
        colleagues=ColleagueView.all_of(called),
    )


OPERATIONS = (make_decision, get_decision)
