"""What the use cases need beside the store: time, ids, rooms, objects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID

from interview.by_room import SeatRole
from interview.oidc import Asked, Provider


class Clock(Protocol):
    """Aware datetimes in UTC."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """Fresh UUIDv7 values."""

    def new(self) -> UUID: ...


@dataclass(frozen=True, slots=True)
class Present:
    """A participant in a room. `mark` says by which proof they came (see `ids.seat_mark`)."""

    identity: str
    kind: Literal["agent", "candidate", "interviewer", "observer", "other"]
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Guest:
    """A member on the way into a room; `name` is what the others see, `mark` is of the proof."""

    identity: str
    name: str
    role: SeatRole
    hidden: bool = False
    mark: str = ""


class Rooms(Protocol):
    """The SFU. Every call is a small HTTP request; `Unavailable` when it does not answer."""

    async def create(self, room: str, metadata: str) -> None:
        """Idempotent."""
        ...

    async def create_check(self, room: str) -> None:
        """A room for one, gone soon after it was left. Idempotent."""
        ...

    async def set_metadata(self, room: str, metadata: str) -> None: ...
    async def dispatch(self, room: str, metadata: str) -> bool:
        """Sends for an agent; True once a worker has taken the job (checked for 1.5 s)."""
        ...

    async def present(self, room: str) -> tuple[Present, ...] | None:
        """Who is there; None when the room does not exist."""
        ...

    async def shown(self) -> Mapping[str, str]:
        """Every room there is, with the metadata that its clients read."""
        ...

    async def remove(self, room: str, identity: str) -> None: ...
    async def close(self, room: str) -> None: ...
    def candidate_token(self, room: str, identity: str, ttl_s: int, mark: str = "") -> str: ...
    def interviewer_token(self, room: str, guest: Guest, ttl_s: int) -> str: ...


class Passwords(Protocol):
    """Slow on purpose; beside the event loop."""

    async def hash(self, password: str) -> str:
        """What is kept of a password."""
        ...

    async def verify(self, known: str | None, password: str) -> bool:
        """True for the password of `known`. For None it takes as long, and is False."""
        ...

    def is_outdated(self, known: str) -> bool:
        """True when it would be kept in another form today."""
        ...


class IdentityProviders(Protocol):
    """OpenID Connect providers. Every call may raise `Unavailable` and `SignInFailed`."""

    async def authorization_url(self, provider: Provider, asked: Asked) -> str:
        """Where to send the browser."""
        ...

    async def identify(self, provider: Provider, asked: Asked, code: str, now: datetime) -> str:
        """The e-mail address that the provider vouches for."""
        ...


class Objects(Protocol):
    """Sealed blobs by key."""

    async def put(self, key: str, sealed: bytes) -> None: ...
    async def get(self, key: str) -> bytes: ...
