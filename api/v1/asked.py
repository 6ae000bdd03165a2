"""What candidates asked, for the people who answer them."""

from uuid import UUID

from interview.errors import Code
from interview.events import CandidateAsked, Event
from interview.ids import InterviewId
from interview.kit import Frozen
from interview.use_cases import interviews
from pydantic import AwareDatetime

from api.callers import Staff
from api.registry import STAFF, Call, operation


class AskedView(Frozen):
    """A question of the candidate's, in the words that were recognised. `answered_with` is the key
    of the kit's fact that the interviewer told; null when it waits for a person."""

    turn_id: UUID
    at: AwareDatetime
    text: str
    answered_with: str | None


class AskedPage(Frozen):
    """Every question that the candidate asked, in order."""

    items: tuple[AskedView, ...]


@operation(
    "GET",
    "/v1/interviews/{interview_id}/candidate_questions",
    STAFF,
    tag="review",
    errors=[Code.NOT_FOUND, Code.SEALED],
)
async def list_candidate_questions(call: Call, caller: Staff, interview_id: UUID) -> AskedPage:
    """List what the candidate asked about the position."""
    found = await interviews.asked_by_candidate(
        call.world, caller.tenant, InterviewId(interview_id)
    )
    return AskedPage(
        items=tuple(
            _view(event, event.fact) for event in found if isinstance(event.fact, CandidateAsked)
        )
    )


def _view(event: Event, asked: CandidateAsked) -> AskedView:
    return AskedView(turn_id=asked.turn_id, at=event.at, text=asked.text, answered_with=asked.topic)


OPERATIONS = (list_candidate_questions,)
