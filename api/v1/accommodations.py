"""Accommodations of an interview: for its candidate and who sets it up, and no part of what is
judged."""

from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from interview.accommodations import Accommodations, Needs
from interview.errors import Code
from interview.ids import InterviewId
from interview.kit import Frozen
from interview.use_cases import accommodations
from pydantic import ConfigDict, Field

from api.callers import CandidateHere, Door, Staff
from api.registry import STAFF, Call, operation


class AccommodationsView(Accommodations):
    """What the candidate is given, and what they asked for in their own words."""

    requested: str | None

    @classmethod
    def of(cls, needs: Needs) -> "AccommodationsView":
        return cls(**dict(needs.given), requested=needs.requested)


class AccommodationsChanges(Frozen):
    """What is left out stays as it is."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"time": "1.5", "breaks": 1, "break_minutes": 10}]}
    )

    time: Literal["1", "1.25", "1.5", "2"] | None = None
    breaks: Annotated[int, Field(ge=0, le=5)] | None = None
    break_minutes: Annotated[int, Field(ge=1, le=30)] | None = None
    longer_silences: bool | None = None

    def onto(self, given: Accommodations) -> Accommodations:
        """With these changes."""
        return given.model_copy(update=self.model_dump(exclude_none=True))


class RequestBody(Frozen):
    """What the candidate needs, in their own words; no reason has to be given."""

    text: Annotated[str, Field(min_length=1, max_length=2000)]


@operation(
    "GET",
    "/v1/interviews/{interview_id}/accommodations",
    STAFF,
    tag="interviews",
    errors=[Code.NOT_FOUND, Code.HAS_RATED, Code.SEALED],
)
async def get_accommodations(call: Call, caller: Staff, interview_id: UUID) -> AccommodationsView:
    """See what a candidate is given, and what they asked for.

    Whoever sets interviews up may; it stands in no event, transcript or scorecard. Who finds any
    does not rate this interview from then on, and who has rated it is refused (`has_rated`).
    """
    which = InterviewId(interview_id)
    needs = await accommodations.needs_of(call.world, caller.tenant, which, caller.told)
    return AccommodationsView.of(needs)


@operation(
    "PATCH",
    "/v1/interviews/{interview_id}/accommodations",
    STAFF,
    tag="interviews",
    errors=[Code.NOT_FOUND, Code.WRONG_STATE, Code.SEALED],
)
async def change_accommodations(
    call: Call, caller: Staff, interview_id: UUID, body: AccommodationsChanges
) -> AccommodationsView:
    """Give a candidate more time, breaks or longer silences, before the interview starts.

    Questions, their order and the number of probes stay those of everybody. It answers what the
    candidate asked for, also when nothing is changed. Whoever gives them does not rate this
    interview.
    """
    needs = await accommodations.accommodate(
        call.world, caller.tenant, InterviewId(interview_id), caller.told, body.onto
    )
    return AccommodationsView.of(needs)


@operation(
    "POST",
    "/v1/candidate/accommodations",
    Door.CANDIDATE,
    tag="candidate",
    status=204,
    errors=[Code.WRONG_STATE, Code.SEALED],
)
async def request_accommodations(
    call: Call, caller: CandidateHere, body: RequestBody
) -> web.Response:
    """Ask for accommodations before the interview; what was asked before is replaced.

    Who sets interviews up reads it; it is no part of what is judged. Webhooks hear
    `interview.requested`.
    """
    await accommodations.request(call.world, caller.who, body.text)
    return web.Response(status=204)


@operation(
    "GET",
    "/v1/candidate/accommodations",
    Door.CANDIDATE,
    tag="candidate",
    errors=[Code.SEALED],
)
async def get_own_accommodations(call: Call, caller: CandidateHere) -> AccommodationsView:
    """See what one has asked for, and what one is given."""
    return AccommodationsView.of(await accommodations.own_needs(call.world, caller.who))


OPERATIONS = (
    get_accommodations,
    change_accommodations,
    request_accommodations,
    get_own_accommodations,
)
