"""Another time for an interview, or none; the links to it, listed and withdrawn."""

from typing import Literal
from uuid import UUID

from interview.accounts import Invitation
from interview.by_people import CancelReason
from interview.errors import Code
from interview.ids import InterviewId, InvitationId, room_name
from interview.kit import Frozen
from interview.use_cases import invitations, scheduling
from pydantic import AwareDatetime

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.interviews import InterviewView
from api.v1.shapes import Instant, Mailed

MOVED = [Code.NOT_FOUND, Code.WRONG_STATE, Code.SEALED]


class RescheduleBody(Frozen):
    """Both times anew; null for no bound."""

    starts_at: Instant
    expires_at: Instant
    mail: Mailed = None


class ExtendBody(Frozen):
    """A later end."""

    expires_at: AwareDatetime
    mail: Mailed = None


class CancelBody(Frozen):
    """Why the interview will not be."""

    reason: CancelReason
    mail: Mailed = None


class LinkView(Frozen):
    """A link to an interview, without its token. `expired` also means that a newer one replaced
    it."""

    id: UUID
    state: Literal["waiting", "redeemed", "withdrawn", "expired"]
    created_at: AwareDatetime
    expires_at: Instant
    redeemed_at: Instant
    withdrawn_at: Instant

    @classmethod
    def of(cls, link: Invitation, now: AwareDatetime) -> "LinkView":
        return cls(
            id=link.invitation_id,
            state=_state(link, now),
            created_at=link.created_at,
            expires_at=link.expires_at,
            redeemed_at=link.redeemed_at,
            withdrawn_at=link.withdrawn_at,
        )


def _state(
    link: Invitation, now: AwareDatetime
) -> Literal["waiting", "redeemed", "withdrawn", "expired"]:
    if link.withdrawn_at is not None:
        return "withdrawn"
    if link.redeemed_at is not None:
        return "redeemed"
    is_over = link.expires_at is not None and link.expires_at <= now
    return "expired" if is_over else "waiting"


class LinksView(Frozen):
    """Every link of an interview, oldest first."""

    items: tuple[LinkView, ...]


@operation(
    "POST",
    "/v1/interviews/{interview_id}/reschedule",
    STAFF,
    tag="interviews",
    creates=True,
    revised=lambda tx: tx.interviews,
    errors=MOVED,
)
async def reschedule_interview(
    call: Call, caller: Staff, interview_id: UUID, body: RescheduleBody
) -> InterviewView:
    """Agree on another time.

    For an interview that waits, or that was missed: that one is invited again, and asks for consent
    again. The link that was sent goes on to work until the new end.
    """
    which = InterviewId(interview_id)
    times = body.starts_at, body.expires_at
    moved = await scheduling.reschedule(
        call.world, caller.tenant, caller.actor, which, *times, body.mail
    )
    return InterviewView.of(moved)


@operation(
    "POST",
    "/v1/interviews/{interview_id}/extend",
    STAFF,
    tag="interviews",
    creates=True,
    revised=lambda tx: tx.interviews,
    errors=MOVED,
)
async def extend_interview(
    call: Call, caller: Staff, interview_id: UUID, body: ExtendBody
) -> InterviewView:
    """Give more time, also to an interview that was begun or missed."""
    which = InterviewId(interview_id)
    moved = await scheduling.extend(
        call.world, caller.tenant, caller.actor, which, body.expires_at, body.mail
    )
    return InterviewView.of(moved)


@operation(
    "POST",
    "/v1/interviews/{interview_id}/cancel",
    STAFF,
    tag="interviews",
    creates=True,
    revised=lambda tx: tx.interviews,
    errors=[Code.NOT_FOUND, Code.WRONG_STATE],
)
async def cancel_interview(
    call: Call, caller: Staff, interview_id: UUID, body: CancelBody
) -> InterviewView:
    """Call an interview off, or stop it at once.

    Its links and sessions end. Of one that runs the room is closed: the agent and the candidate are
    out of it within a moment.
    """
    which = InterviewId(interview_id)
    cancelled = await scheduling.cancel(
        call.world, caller.tenant, caller.actor, which, body.reason, body.mail
    )
    call.told["reason"] = body.reason
    if farewell := cancelled.farewell:
        rooms = call.desk.rooms
        call.afterwards("clear_room", lambda: scheduling.clear_room(rooms, which, farewell))
    return InterviewView.of(cancelled.interview)


@operation(
    "GET",
    "/v1/interviews/{interview_id}/invitations",
    STAFF,
    tag="interviews",
    errors=[Code.NOT_FOUND],
)
async def list_invitations(call: Call, caller: Staff, interview_id: UUID) -> LinksView:
    """List the links that were made, without their tokens."""
    which = InterviewId(interview_id)
    links = await invitations.list_invitations(call.world, caller.tenant, which)
    now = call.world.now()
    return LinksView(items=tuple(LinkView.of(link, now) for link in links))


@operation(
    "POST",
    "/v1/interviews/{interview_id}/invitations/{invitation_id}/withdraw",
    STAFF,
    tag="interviews",
    creates=True,
    errors=[Code.NOT_FOUND, Code.WRONG_STATE, Code.SEALED],
)
async def withdraw_invitation(
    call: Call, caller: Staff, interview_id: UUID, invitation_id: UUID
) -> LinkView:
    """End a link.

    If it was used, the session that it opened ends with it, and whoever is inside has to leave the
    room. The interview itself waits on; make a new link for it.
    """
    which = InterviewId(interview_id)
    link, leaves = await invitations.withdraw_invitation(
        call.world, caller.tenant, caller.actor, which, InvitationId(invitation_id)
    )
    call.told["invitation"] = str(invitation_id)
    if leaves:
        rooms, room = call.desk.rooms, room_name(which)
        call.afterwards("show_out", lambda: rooms.remove(room, leaves))
    return LinkView.of(link, call.world.now())


OPERATIONS = (
    reschedule_interview,
    extend_interview,
    cancel_interview,
    list_invitations,
    withdraw_invitation,
)
