"""A watch in front of an interview, and rooms that keep a journal of what it does."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from interview.door import DispatchMetadata
from interview.errors import Unavailable
from interview.ids import agent_identity, candidate_identity, room_name
from interview.lifecycle import State
from interview.ports import Present
from interview.store.memory import MemoryStore
from interview.use_cases.agent_door import claim, room_metadata
from interview.use_cases.watch import Deed, Watch
from tests.fakes.interviews import Room
from tests.fakes.rooms import FakeRooms


@dataclass
class WatchedRooms(FakeRooms):
    """Rooms with a journal. `answers` says of each dispatch whether a worker takes it, `breaks`
    that the SFU fails at the next; `meanwhile` happens while somebody looks who is there, `inside`
    while they look into that one room."""

    journal: list[str] = field(default_factory=list)
    answers: list[bool] = field(default_factory=list)
    breaks: bool = False
    meanwhile: Callable[[], Awaitable[None]] | None = None
    inside: dict[str, Callable[[], Awaitable[None]]] = field(default_factory=dict)

    async def present(self, room: str) -> tuple[Present, ...] | None:
        if self.meanwhile is not None:
            await self.meanwhile()
        if room in self.inside:
            await self.inside[room]()
        return await super().present(room)

    async def create(self, room: str, metadata: str) -> None:
        self.journal.append("create")
        await super().create(room, metadata)

    async def dispatch(self, room: str, metadata: str) -> bool:
        self.journal.append(f"dispatch {DispatchMetadata.model_validate_json(metadata).epoch}")
        if self.breaks:
            raise Unavailable
        await super().dispatch(room, metadata)
        return self.answers.pop(0) if self.answers else self.takes

    async def remove(self, room: str, identity: str) -> None:
        self.journal.append(f"remove {identity}")
        await super().remove(room, identity)

    async def close(self, room: str) -> None:
        self.journal.append("close")
        await super().close(room)


@dataclass
class Post:
    """A watch in front of one live interview whose lease was opened (and claimed) at noon."""

    room: Room
    rooms: WatchedRooms
    watch: Watch
    reachable: list[bool] = field(default_factory=lambda: [True])

    async def look(self, after_s: float = 0) -> Sequence[Deed]:
        self.room.clock.advance(after_s)
        return await self.watch.look()

    def stands(self, *identities: str) -> None:
        """Who is in the room now."""
        self.rooms.people[room_name(self.room.interview)] = [
            Present(name, "agent" if name.startswith("ai") else "candidate") for name in identities
        ]

    async def told(self) -> None:
        """The room's clients read what holds, as the API has shown it."""
        async with self.room.store.transaction(self.room.tenant) as tx:
            held = await tx.interviews.get(self.room.interview)
            lease = await tx.leases.of(self.room.interview)
        shown = room_metadata(held, lease).model_dump_json()
        self.rooms.metadata[room_name(self.room.interview)] = shown

    async def claim(self, epoch: int) -> None:
        await claim(self.room.world, self.room.interview, epoch, f"host/{epoch}")
        await self.told()

    @property
    def candidate(self) -> str:
        return candidate_identity(self.room.candidate)

    def agent(self, epoch: int) -> str:
        return agent_identity(self.room.interview, epoch)


async def post(
    *,
    claimed: bool = True,
    watching_for_s: float = 60,
    store: MemoryStore | None = None,
    state: State = State.LIVE,
) -> Post:
    """Before an interview is live nobody has opened its lease."""
    room = await Room(store or MemoryStore()).furnish()
    await room.become(state)
    rooms = WatchedRooms()
    reachable = [True]

    async def answers() -> bool:
        return reachable[0]

    watch = Watch(room.world, rooms, answers)
    await watch.look()
    room.clock.advance(watching_for_s)
    made = Post(room, rooms, watch, reachable)
    if state is not State.LIVE:
        return made
    await room.hold(claimed=claimed)
    made.stands(made.candidate, made.agent(1))
    await made.told()
    return made
