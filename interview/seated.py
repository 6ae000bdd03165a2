"""Who of the tenant sat in a talk, and who led it when, as its log tells."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from interview.by_room import Floor, FloorFollowed, SeatRole, SeatTaken
from interview.events import Event
from interview.kit import Frozen

KINDS = frozenset({"seat_taken", "floor_followed"})
"""What of a log is read for it."""

MS = timedelta(milliseconds=1)


class Seated(Frozen):
    """A member by the identity of their turns, with name and role of their last seat."""

    identity: str
    name: str
    role: SeatRole


class Led(Frozen):
    """Who leads from a moment of the recording on; the AI does before the first."""

    from_ms: int
    floor: Floor


def seated_in(events: Iterable[Event]) -> tuple[Seated, ...]:
    """In the order in which they first came."""
    found: dict[str, Seated] = {}
    for event in events:
        if isinstance(event.fact, SeatTaken):
            fact = event.fact
            found[fact.identity] = Seated(identity=fact.identity, name=fact.name, role=fact.role)
    return tuple(found.values())


def led_in(events: Iterable[Event], zero: datetime | None) -> tuple[Led, ...]:
    """Each change once, as it was heard in the room; `zero` is the recording's."""
    led: list[Led] = []
    for event in events:
        if isinstance(event.fact, FloorFollowed) and zero is not None:
            before = led[-1].floor if led else "ai"
            if event.fact.floor != before:
                led.append(Led(from_ms=max(0, (event.at - zero) // MS), floor=event.fact.floor))
    return tuple(led)
