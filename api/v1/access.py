"""A candidate's access, and its end."""

from uuid import UUID

from aiohttp import web
from interview.errors import Code
from interview.ids import InterviewId
from interview.use_cases.access import show_out
from interview.use_cases.access import withdraw_access as withdraw

from api.callers import Staff
from api.registry import STAFF, Call, operation


@operation(
    "DELETE",
    "/v1/interviews/{interview_id}/access",
    STAFF,
    tag="interviews",
    status=204,
    errors=[Code.NOT_FOUND],
)
async def withdraw_access(call: Call, caller: Staff, interview_id: UUID) -> web.Response:
    """Withdraw the candidate's access, at once.

    Links and sessions end, and the candidate leaves the room. The interview itself goes on to
    exist: a new link opens it again.
    """
    interview, rooms = InterviewId(interview_id), call.desk.rooms
    identity = await withdraw(call.world, caller.tenant, interview)
    call.afterwards("show_out", lambda: show_out(rooms, interview, identity))
    return web.Response(status=204)


OPERATIONS = (withdraw_access,)
