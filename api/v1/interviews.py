"""Interviews: agreed on, looked up, and new links for them."""

import json
from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from interview.accommodations import Accommodations
from interview.accounts import Interview
from interview.errors import Code
from interview.ids import CandidateId, InterviewId, JobId, KitId
from interview.kit import AssistMode, Frozen
from interview.lifecycle import State
from interview.mails import link_of
from interview.ports import InterviewSort, InterviewsWanted, Span
from interview.use_cases import accommodations, interviews, invitations
from pydantic import AwareDatetime, BeforeValidator

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.asking import ListQuery, Moment, separated
from api.v1.shapes import Instant, Listed, Mailed


class InterviewBody(Frozen):
    """Who is interviewed with which published kit, and when at the earliest and latest.

    `assist_mode` says who leads: the AI, with people who may look on and take the floor
    (`ai_leads`); a person, with the AI at their side that speaks only when it is asked to
    (`human_leads`); or each the sections of the kit that are theirs (`alternating`).
    """

    kit_id: UUID
    candidate_id: UUID
    starts_at: Instant = None
    expires_at: Instant = None
    mail: Mailed = None
    accommodations: Accommodations | None = None
    assist_mode: AssistMode = "ai_leads"


class InterviewView(Frozen):
    """An interview and where it stands.

    Without `expires_at` it waits as long as there are links to it; each is good for 14 days, and
    `list_invitations` says until when.
    """

    id: UUID
    state: State
    kit_id: UUID
    kit_version: int
    candidate_id: UUID
    created_at: AwareDatetime
    starts_at: Instant
    expires_at: Instant
    started_at: Instant
    ended_at: Instant
    assist_mode: AssistMode

    @classmethod
    def of(cls, interview: Interview) -> "InterviewView":
        return cls(
            id=interview.interview_id,
            state=interview.state,
            kit_id=interview.kit_id,
            kit_version=interview.kit_version,
            candidate_id=interview.candidate_id,
            created_at=interview.created_at,
            starts_at=interview.starts_at,
            expires_at=interview.expires_at,
            started_at=interview.clock_zero,
            ended_at=interview.ended_at,
            assist_mode=interview.assist,
        )


class LinkBody(Frozen):
    """How the new link reaches the candidate."""

    mail: Mailed = None


class InvitedInterview(InterviewView):
    """A new interview. The link works once and is shown only here."""

    invitation_url: str


class InvitationView(Frozen):
    """A link that works once and is shown only here."""

    interview_id: UUID
    invitation_url: str


class InterviewQuery(ListQuery):
    """`state` keeps interviews that are in one of several states, with commas between them.

    Those without a time to start count as the latest, and are in no span of it. `accommodations`
    keeps those that have not begun and whose candidate waits for an answer to what they asked for;
    whoever may read what that is may ask so, and rates none of them.
    """

    job_id: UUID | None = None
    kit_id: UUID | None = None
    candidate_id: UUID | None = None
    state: Annotated[tuple[State, ...], BeforeValidator(separated)] = ()
    starts_since: Moment | None = None
    starts_before: Moment | None = None
    accommodations: Literal["waiting"] | None = None
    sort: InterviewSort = InterviewSort.OLDEST

    def wanted(self) -> InterviewsWanted:
        """As the store is asked."""
        return InterviewsWanted(
            sort=self.sort,
            job=None if self.job_id is None else JobId(self.job_id),
            kit=None if self.kit_id is None else KitId(self.kit_id),
            candidate=None if self.candidate_id is None else CandidateId(self.candidate_id),
            states=tuple(sorted(set(self.state))),
            created=self.created,
            starts=Span(self.starts_since, self.starts_before),
            asking=self.accommodations is not None,
        )


class InterviewPage(Listed[InterviewView]):
    """One page of interviews; `next` is null on the last one."""


@operation(
    "POST",
    "/v1/interviews",
    STAFF,
    tag="interviews",
    status=201,
    creates=True,
    made=lambda tx: tx.interviews,
    errors=[Code.NOT_FOUND, Code.KIT_NOT_PUBLISHED, Code.SEALED],
)
async def create_interview(call: Call, caller: Staff, body: InterviewBody) -> InvitedInterview:
    """Invite a candidate to an interview."""
    interview, token = await interviews.create_interview(
        call.world,
        caller.tenant,
        KitId(body.kit_id),
        CandidateId(body.candidate_id),
        body.starts_at,
        body.expires_at,
        body.mail,
        body.accommodations,
        body.assist_mode,
        caller.told,
    )
    view = InterviewView.of(interview)
    return InvitedInterview(**dict(view), invitation_url=invitation_url(call, token))


def invitation_url(call: Call, token: str) -> str:
    """Where the candidate begins."""
    return link_of(call.desk.public_url, token)


@operation("GET", "/v1/interviews", STAFF, tag="interviews", result=InterviewPage)
async def list_interviews(call: Call, caller: Staff, query: InterviewQuery) -> web.Response:
    """List interviews."""
    asked = (query.limit, query.after, query.wanted())
    if query.accommodations is None:
        page = await interviews.list_told(call.world, caller.tenant, *asked)
    else:
        caller.require("get_accommodations")
        page = await accommodations.asking(call.world, caller.tenant, caller.told, *asked)
    body = f'{{"items":[{",".join(page.items)}],"next":{json.dumps(page.next)}}}'
    return web.Response(body=body.encode(), content_type="application/json")


@operation(
    "GET",
    "/v1/interviews/{interview_id}",
    STAFF,
    tag="interviews",
    revised=lambda tx: tx.interviews,
    errors=[Code.NOT_FOUND],
)
async def get_interview(call: Call, caller: Staff, interview_id: UUID) -> InterviewView:
    """Get an interview."""
    found = await interviews.get_interview(call.world, caller.tenant, InterviewId(interview_id))
    return InterviewView.of(found)


@operation(
    "POST",
    "/v1/interviews/{interview_id}/invitations",
    STAFF,
    tag="interviews",
    status=201,
    creates=True,
    bodiless=True,
    errors=[Code.NOT_FOUND, Code.WRONG_STATE],
)
async def invite_again(
    call: Call, caller: Staff, interview_id: UUID, body: LinkBody
) -> InvitationView:
    """Make a new link, for another device or after the first one expired.

    Links that were not used yet end. A candidate who is inside stays until the new one is used.
    After the interview the link leads to the candidate's own words; no mail is written then.
    """
    interview = InterviewId(interview_id)
    token = await invitations.invite_again(call.world, caller.tenant, interview, body.mail)
    return InvitationView(interview_id=interview, invitation_url=invitation_url(call, token))


OPERATIONS = (create_interview, list_interviews, get_interview, invite_again)
