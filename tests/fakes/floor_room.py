"""A room as the floor's calls see it: who is there, what they may call, what it says of itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from livekit import rtc

from interview.door import Desired

Handler = Callable[[rtc.RpcInvocationData], Awaitable[str]]


@dataclass
class FakePerson:
    """A remote participant."""

    attributes: dict[str, str]
    sid: str = "PA_1"
    name: str = "Anna Berg"


@dataclass(frozen=True)
class Sent:
    """A text stream to named people."""

    topic: str
    readers: tuple[str, ...]
    text: str


@dataclass
class FakeAgentHere:
    """The local participant."""

    methods: dict[str, Handler] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)

    async def send_text(self, text: str, *, topic: str, destination_identities: list[str]) -> None:
        self.sent.append(Sent(topic, tuple(destination_identities), text))

    def register_rpc_method(self, name: str, handler: Handler) -> object:
        self.methods[name] = handler
        return handler


@dataclass
class FakeRoom:
    """Port `InRoom`."""

    remote_participants: dict[str, FakePerson] = field(default_factory=dict)
    local_participant: FakeAgentHere = field(default_factory=FakeAgentHere)
    heard: dict[str, Callable[..., None]] = field(default_factory=dict)

    def on(self, event: str, callback: Callable[..., None]) -> object:
        self.heard[event] = callback
        return callback

    async def call(self, identity: str, name: str, payload: str = "") -> str:
        """Somebody's remote call."""
        data = rtc.RpcInvocationData("1", identity, payload, 10.0)
        return await self.local_participant.methods[name](data)


@dataclass
class FakeAsks:
    """Port `Asks`: an API that says `desired`, or nothing while it is away."""

    desired: Desired | None
    is_delivered: bool = True
    asked_at: float = 0.0
    questions: int = 0

    async def drained(self, timeout_s: float) -> bool:
        return self.is_delivered

    async def ask(self) -> Desired | None:
        self.questions += 1
        return self.desired
