"""Rooms in memory: what was asked of the SFU, for tests to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from interview.errors import Unavailable
from interview.ports import Guest, Present


@dataclass
class FakeRooms:
    """Port `Rooms`. `takes`: a worker takes a dispatch; `is_up`: the SFU answers."""

    takes: bool = True
    is_up: bool = True
    metadata: dict[str, str] = field(default_factory=dict)
    dispatched: list[tuple[str, str]] = field(default_factory=list)
    people: dict[str, list[Present]] = field(default_factory=dict)

    async def create(self, room: str, metadata: str) -> None:
        self._ask()
        self.metadata[room] = metadata
        self.people.setdefault(room, [])

    async def create_check(self, room: str) -> None:
        await self.create(room, "")

    async def set_metadata(self, room: str, metadata: str) -> None:
        self._ask()
        self.metadata[room] = metadata

    async def dispatch(self, room: str, metadata: str) -> bool:
        self._ask()
        self.dispatched.append((room, metadata))
        return self.takes

    async def present(self, room: str) -> tuple[Present, ...] | None:
        self._ask()
        return tuple(self.people[room]) if room in self.people else None

    async def shown(self) -> Mapping[str, str]:
        self._ask()
        return {room: self.metadata.get(room, "") for room in self.people}

    async def remove(self, room: str, identity: str) -> None:
        self._ask()
        if room in self.people:
            self.people[room] = [p for p in self.people[room] if p.identity != identity]

    async def close(self, room: str) -> None:
        self._ask()
        self.people.pop(room, None)

    def candidate_token(self, room: str, identity: str, ttl_s: int, mark: str = "") -> str:
        return f"{room}/{identity}/{ttl_s}" + (f"/{mark}" if mark else "")

    def interviewer_token(self, room: str, guest: Guest, ttl_s: int) -> str:
        hidden = "/hidden" if guest.hidden else ""
        return f"{room}/{guest.identity}/{guest.name}/{guest.role}{hidden}/{ttl_s}"

    def _ask(self) -> None:
        if not self.is_up:
            raise Unavailable("cannot connect to sfu.internal:7880")
