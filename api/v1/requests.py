"""What candidates ask for in their own right, for the people who answer."""

from dataclasses import replace
from typing import Literal
from uuid import UUID

from interview.acting import judged_by
from interview.by_people import By
from interview.errors import Code
from interview.ids import InterviewId, RequestId
from interview.kit import Frozen
from interview.ports import RequestsWanted, Sort
from interview.requests import Outcome, Request, RequestKind, RequestState
from interview.use_cases import requests
from pydantic import AwareDatetime, ConfigDict

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.candidate_rights import AskedFor, FeedbackView
from api.v1.shapes import Listed, PageQuery, PersonName, Writing


class RequestsQuery(PageQuery):
    """`state` keeps those that wait for an answer, or that have one."""

    sort: Sort = Sort.OLDEST
    interview_id: UUID | None = None
    kind: RequestKind | None = None
    state: Literal["open", "answered"] | None = None

    @property
    def wanted(self) -> RequestsWanted:
        """As the store is asked."""
        return RequestsWanted(
            sort=self.sort,
            interview=InterviewId(self.interview_id) if self.interview_id else None,
            kind=self.kind,
            open=None if self.state is None else self.state == "open",
        )


class RequestView(AskedFor):
    """A candidate's request. `text` and `answer` are null once the words were erased.

    Whoever has to rate the interview first reads `answered` for the `state` of what may say how it
    was judged (`human_review`, `other`), and neither `answer` nor `answered_by`, unless the answer
    is their own.
    """

    state: Literal[RequestState, "answered"]
    interview_id: UUID
    answered_by: By | None

    @classmethod
    def of(cls, request: Request, *, withheld: bool = False) -> "RequestView":
        shown = replace(request, settled=None) if withheld else request
        return cls(
            **dict(AskedFor.of(shown)),
            state="answered" if withheld else request.state,
            interview_id=request.interview,
            answered_by=shown.settled.by if shown.settled else None,
        )


class RequestPage(Listed[RequestView]):
    """One page of requests; `next` is null on the last one."""


class ProposalView(Frozen):
    """Other words that the candidate proposes for a turn; null once they were erased. `id` is the
    `request_id` with which a correction grants them."""

    id: UUID
    turn_id: UUID | None
    text: str | None
    created_at: AwareDatetime
    state: RequestState


class ProposalPage(Frozen):
    """Every proposal, oldest first; of several for one turn the last one counts."""

    items: tuple[ProposalView, ...]


class AnswerBody(Frozen):
    """What is answered, in words that the candidate reads.

    `person` is for whom a key speaks; a member speaks in their own name.
    """

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"outcome": "granted", "text": "A copy is on its way.", "person": "Grace"}]
        }
    )

    outcome: Outcome
    text: Writing
    person: PersonName = None


@operation("GET", "/v1/requests", STAFF, tag="requests")
async def list_requests(call: Call, caller: Staff, query: RequestsQuery) -> RequestPage:
    """List what candidates ask for.

    Each is to be answered until `answer_by`. How others answered what may tell of a judgement is
    shown to whoever rates blind once they have rated.
    """
    page = await requests.list_requests(
        call.world, caller.tenant, caller.reader, query.limit, query.after, query.wanted
    )
    items = tuple(RequestView.of(each.request, withheld=each.withheld) for each in page.items)
    return RequestPage(items=items, next=page.next)


@operation(
    "POST",
    "/v1/requests/{request_id}/answer",
    STAFF,
    tag="requests",
    errors=[Code.NOT_FOUND, Code.CONFLICT, Code.SEALED],
)
async def answer_request(
    call: Call, caller: Staff, request_id: UUID, body: AnswerBody
) -> RequestView:
    """Answer a candidate, once.

    Other words for a turn are granted by correcting it, with this `request_id`. Answering does not
    do what was asked for: send the copy, correct or erase the data yourself. The candidate is
    written that there is an answer, unless the tenant writes no mails.
    """
    by = judged_by(caller.actor, body.person)
    settled = await requests.settle(
        call.world, caller.tenant, by, RequestId(request_id), body.outcome, body.text
    )
    call.told["outcome"] = body.outcome
    return RequestView.of(settled)


@operation(
    "GET",
    "/v1/interviews/{interview_id}/feedback",
    STAFF,
    tag="requests",
    errors=[Code.NOT_FOUND, Code.WRONG_STATE, Code.RATE_FIRST, Code.SEALED],
)
async def get_feedback(call: Call, caller: Staff, interview_id: UUID) -> FeedbackView:
    """Read what the candidate thought of the interview, once it was decided."""
    which = InterviewId(interview_id)
    found = await requests.feedback_of(call.world, caller.tenant, which, caller.reader)
    return FeedbackView(rating=found.rating, text=found.text, given_at=found.given_at)


@operation(
    "GET",
    "/v1/interviews/{interview_id}/proposals",
    STAFF,
    tag="review",
    errors=[Code.NOT_FOUND],
)
async def list_proposals(call: Call, caller: Staff, interview_id: UUID) -> ProposalPage:
    """List the words that the candidate says were heard wrongly, for whoever reads the answers."""
    found = await requests.proposals_of(call.world, caller.tenant, InterviewId(interview_id))
    return ProposalPage(
        items=tuple(
            ProposalView(
                id=each.request_id,
                turn_id=each.turn,
                text=each.text,
                created_at=each.created_at,
                state=each.state,
            )
            for each in found
        )
    )


OPERATIONS = (list_requests, answer_request, get_feedback, list_proposals)
