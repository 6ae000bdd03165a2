"""A kit tried out by voice: a mock interview, of which nothing is stored."""

from datetime import timedelta
from uuid import UUID

import structlog
from interview.errors import Code
from interview.ids import KitId
from interview.kit import Frozen
from interview.rehearsal import Rehearsal
from interview.use_cases.rehearsing import open_rehearsal, summon_for
from pydantic import AwareDatetime

from api.callers import Staff
from api.desk import Desk
from api.registry import STAFF, Call, operation

log = structlog.get_logger()
TOKEN_TTL = timedelta(minutes=5)


class RehearsalView(Frozen):
    """The way into the room of a mock interview, and how it is held."""

    livekit_url: str
    token: str
    expires_at: AwareDatetime
    language: str
    minutes: float
    questions: int


@operation(
    "POST",
    "/v1/kits/{kit_id}/rehearsals",
    STAFF,
    tag="kits",
    errors=[Code.NOT_FOUND, Code.KIT_INCOMPLETE, Code.UNAVAILABLE],
)
async def rehearse_kit(call: Call, caller: Staff, kit_id: UUID) -> RehearsalView:
    """Hold a mock interview with a kit, published or not.

    The interviewer comes into the room of the answer and asks what the kit says now. It is no
    interview: nothing that is said is recorded, stored or scored, and no list shows it. A repeat
    opens another room.
    """
    desk = call.desk
    rehearsal, kit = await open_rehearsal(
        call.world, desk.rooms, caller.tenant, KitId(kit_id), desk.languages
    )
    call.afterwards("summon", lambda: _send_for_agent(desk, rehearsal))
    ttl_s = int(TOKEN_TTL.total_seconds())
    return RehearsalView(
        livekit_url=desk.livekit_url,
        token=desk.rooms.candidate_token(rehearsal.room, rehearsal.speaker, ttl_s),
        expires_at=call.world.now() + TOKEN_TTL,
        language=kit.language,
        minutes=kit.minutes,
        questions=len(kit.questions),
    )


async def _send_for_agent(desk: Desk, rehearsal: Rehearsal) -> None:
    if not await summon_for(desk.rooms, rehearsal, desk.pepper):
        log.warning("dispatch_untaken", room=rehearsal.room)


OPERATIONS = (rehearse_kit,)
