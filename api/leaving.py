"""Members leave rooms with what let them in."""

from interview.ids import MemberId, TenantId
from interview.use_cases.seats import Left, leave_rooms, show_out_member

from api.registry import Call


async def leave_at_once(call: Call, tenant: TenantId, member: MemberId | None) -> None:
    """Out of the rooms into which `member` came by what has just ended; nobody leaves for a key
    that is nobody's."""
    if member is None:
        return
    show_out_afterwards(call, await leave_rooms(call.world, tenant, member))


def show_out_afterwards(call: Call, left: tuple[Left, ...]) -> None:
    """Once the change is there."""
    rooms = call.desk.rooms
    if left:
        call.afterwards("show_out", lambda: show_out_member(rooms, left))
