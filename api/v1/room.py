"""An interview's room for the people of the tenant: come in, and take the floor or give it back."""

from datetime import timedelta
from typing import Annotated, Literal
from uuid import UUID

from aiohttp import web
from interview.acting import done_by
from interview.by_room import Covered, Floor, SeatRole
from interview.errors import Code
from interview.ids import InterviewId, room_name
from interview.kit import Frozen
from interview.use_cases import seats
from interview.use_cases.candidate_door import note_refusal
from interview.use_cases.seats import Wish
from pydantic import AwareDatetime, ConfigDict, Field

from api.callers import Staff, candidate_shown
from api.registry import STAFF, Call, operation
from api.v1.candidate import JoinedView

TOKEN_TTL = timedelta(minutes=10)


class SeatBody(Frozen):
    """The candidate sees `name`, and that somebody is there; hidden observers are seen by nobody,
    and only let in where the settings and the notice say so."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "Grace"}]})

    name: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    role: SeatRole = "interviewer"
    hidden: bool = False


class FloorBody(Frozen):
    """`covered_…`: what a person has asked, so that it is not asked again unless the kit says so. A
    question is also covered with every competency that it serves."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"holder": "ai", "covered_questions": ["outage"]}]}
    )

    holder: Literal["ai", "me", "paused"]
    covered_questions: Covered = ()
    covered_competencies: Covered = ()


class FloorView(Frozen):
    """Who leads, as the room's metadata say it: `ai`, `paused` or `human:` and the member."""

    floor: Floor
    member_id: UUID | None
    covered: tuple[str, ...]


class CallView(Frozen):
    """An interview in which a person is wanted."""

    interview_id: UUID
    since: AwareDatetime


class CallsView(Frozen):
    """Who waits for a person, longest first; `on_call`: whether you are to come."""

    on_call: bool
    items: tuple[CallView, ...]


@operation(
    "POST",
    "/v1/interviews/{interview_id}/join",
    STAFF,
    tag="room",
    bodiless=True,
    errors=[
        Code.NOT_FOUND,
        Code.INTERVIEW_NOT_OPEN,
        Code.LIMIT_REACHED,
        Code.SEALED,
        Code.UNAVAILABLE,
    ],
)
async def join_room(call: Call, caller: Staff, interview_id: UUID, body: SeatBody) -> JoinedView:
    """Come into the room of an interview, as an interviewer or an observer.

    Up to five interviewers fit. A member comes in person, or by a key of their own. The newest
    connection takes the place of an older one. Who loses the right to it leaves the room at once,
    as does who came by a session or a key that ends.
    """
    desk, which = call.desk, InterviewId(interview_id)
    wish = Wish(body.role, body.name, body.hidden)
    guest = await seats.take_seat(
        call.world,
        desk.rooms,
        caller.tenant,
        which,
        caller.seat_proof,
        done_by(caller.actor),
        wish,
    )
    call.told.update(role=guest.role, hidden=str(guest.hidden).lower())
    ttl_s = int(TOKEN_TTL.total_seconds())
    return JoinedView(
        livekit_url=desk.livekit_url,
        token=desk.rooms.interviewer_token(room_name(which), guest, ttl_s),
        expires_at=call.world.now() + TOKEN_TTL,
    )


async def _reached_for(call: Call) -> None:
    """Into the log with a candidate's attempt, as with one that comes to the agent."""
    named = call.request.match_info["interview_id"]
    token = candidate_shown(call.request, named)
    if token is None:
        return
    try:
        interview = InterviewId(UUID(named))
        holder = FloorBody.model_validate_json(await call.request.read()).holder
    except (ValueError, web.HTTPException):
        return  # neither of an interview nor for the floor
    wanted: Literal["take", "give"] = "take" if holder == "me" else "give"
    await note_refusal(call.world, token, interview, wanted)


@operation(
    "POST",
    "/v1/interviews/{interview_id}/floor",
    STAFF,
    tag="room",
    turned_away=_reached_for,
    errors=[
        Code.NOT_FOUND,
        Code.WRONG_STATE,
        Code.FLOOR_TAKEN,
        Code.SEALED,
        Code.UNAVAILABLE,
    ],
)
async def set_floor(call: Call, caller: Staff, interview_id: UUID, body: FloorBody) -> FloorView:
    """Take the floor, give it to the AI, or let it rest.

    While a person holds it, the AI is silent and writes down what is said. Nobody takes it from a
    colleague who is in the room. Once the AI leads again, it goes on after what was `covered`.
    """
    rooms, which = call.desk.rooms, InterviewId(interview_id)
    now = await seats.set_floor(
        call.world,
        rooms,
        caller.tenant,
        which,
        caller.seat_proof.member,
        done_by(caller.actor),
        body.holder,
        body.covered_questions,
        body.covered_competencies,
    )
    call.told["floor"] = now.floor
    room, told = room_name(which), now.metadata.model_dump_json()
    call.afterwards("show_floor", lambda: rooms.set_metadata(room, told), room)
    return FloorView(floor=now.floor, member_id=now.holder, covered=now.covered)


@operation("GET", "/v1/calls", STAFF, tag="room")
async def list_calls(call: Call, caller: Staff) -> CallsView:
    """List interviews in which the AI wants a person now, and whether you are on call.

    One is listed until a person takes its floor, or it is over. Those who are on call see it at the
    desk; the webhook `interview.relief_wanted` names them.
    """
    on_call, wanting = await seats.calls(call.world, caller.tenant, caller.authority.member)
    items = tuple(CallView(interview_id=one, since=since) for one, since in wanting)
    return CallsView(on_call=on_call, items=items)


OPERATIONS = (join_room, set_floor, list_calls)
