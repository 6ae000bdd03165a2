"""The agent's door: what an agent and the API say to each other under `/internal/v1`."""

from decimal import Decimal
from functools import cache
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BeforeValidator, Field

from interview.by_room import Covered, Floor
from interview.events import FACTS, Event, Report
from interview.hints import Guide
from interview.kit import Frozen
from interview.plan import Plan
from interview.providers import Budget, Provider, Providers

MAX_EVENTS_PER_REQUEST = 200
MAX_EVENTS_BYTES = 512 * 1024
"""So much of reports travels in one request; the API takes more, for what is around them."""


class Practice(Frozen):
    """A question for practice, in the check room: there is no lease, and nothing is kept."""

    language: str
    candidate_identity: str


class Written(Frozen):
    """What one of our processes writes down for another, which may be older."""

    @classmethod
    def read(cls, text: str | bytes) -> Self:
        """What a newer version says and this one does not know is passed over. Raises
        `ValidationError`."""
        return cls.model_validate_json(text, extra="ignore")


class DispatchMetadata(Written):
    """What travels with a dispatch to the agent: which interview, in which epoch; with `rehearsal`
    it is a mock interview, and this the ticket for its plan; with `practice` it is neither."""

    interview: UUID
    epoch: int
    rehearsal: str | None = None
    practice: Practice | None = None


class RoomMetadata(Written):
    """What every client of the room may read; written by the API alone."""

    floor: Floor
    phase: Literal["waiting", "live", "paused", "ended"]
    epoch: int


class ClaimRequest(Frozen):
    """`POST /internal/v1/leases` with the agent's service key."""

    interview_id: UUID
    epoch: int
    agent: Annotated[str, Field(min_length=1, max_length=200)]


class RehearsalRequest(Frozen):
    """`POST /internal/v1/rehearsals` with the agent's service key; answers a `Claim`."""

    ticket: Annotated[str, Field(min_length=1, max_length=400)]


class Onlooker(Frozen):
    """A member in the room whom nobody sees there, the agent neither; `seated_at` is when they came
    last."""

    identity: str
    seated_at: AwareDatetime


class Desired(Frozen):
    """What the API wants; level-triggered, so a lost message costs one heartbeat. `covered` is what
    people have asked and the AI does not ask again. `onlookers` read what is said."""

    floor: Floor
    covered: Covered = ()
    phase: Literal["live", "paused", "ended"]
    onlookers: tuple[Onlooker, ...] = ()


class ClaimedProvider(Frozen):
    """One endpoint with its key, for the memory of one agent and for no log."""

    name: str
    url: str
    model: str
    key: Annotated[str | None, Field(repr=False)] = None

    @property
    def provider(self) -> Provider:
        return Provider(self.name, self.url, self.model, self.key)

    @classmethod
    def of(cls, provider: Provider) -> "ClaimedProvider":
        return cls(name=provider.name, url=provider.url, model=provider.model, key=provider.key)


class ClaimedProviders(Frozen):
    """The tenant's own chains, where it has any, and what the interview may cost."""

    stt: tuple[ClaimedProvider, ...] = ()
    tts: tuple[ClaimedProvider, ...] = ()
    llm: tuple[ClaimedProvider, ...] = ()
    budget: tuple[Decimal, str] | None = None

    @classmethod
    def of(cls, held: Providers) -> "ClaimedProviders":
        return cls(
            stt=tuple(map(ClaimedProvider.of, held.stt)),
            tts=tuple(map(ClaimedProvider.of, held.tts)),
            llm=tuple(map(ClaimedProvider.of, held.llm)),
            budget=(held.budget.amount, held.budget.currency) if held.budget else None,
        )

    @property
    def providers(self) -> Providers:
        return Providers(
            stt=tuple(each.provider for each in self.stt),
            tts=tuple(each.provider for each in self.tts),
            llm=tuple(each.provider for each in self.llm),
            budget=Budget(*self.budget) if self.budget else None,
        )


@cache
def _kinds() -> frozenset[str]:
    return frozenset(FACTS.json_schema()["discriminator"]["mapping"])


def _known(events: object) -> object:
    """Without what a newer agent has written into the log: who cannot read that leads by the rest,
    for otherwise nobody would."""
    if not isinstance(events, list):
        return events
    return [each for each in events if not _is_newer(each)]


def _is_newer(event: object) -> bool:
    fact = event.get("fact") if isinstance(event, dict) else None
    kind = fact.get("kind") if isinstance(fact, dict) else None
    return isinstance(kind, str) and kind not in _kinds()


class Claim(Frozen):
    """The lease: who is in the room, the plan, all that happened, and a token for this epoch.

    `clock_zero` is the recording's zero and `now` the API's time of this answer: the agent's clock
    starts from it, whatever its host's own says. `previous_heartbeat_at` is the last sign of life
    of the epoch before, None in the first. `guide` is what the co-pilot may know of the kit's
    competencies: their names.
    """

    interview_id: UUID
    epoch: int
    token: str
    room: str
    candidate_identity: str
    agent_identity: str
    clock_zero: AwareDatetime
    now: AwareDatetime
    previous_heartbeat_at: AwareDatetime | None
    plan: Plan
    events: Annotated[tuple[Event, ...], BeforeValidator(_known)]
    desired: Desired
    providers: ClaimedProviders = ClaimedProviders()
    floor_returns_after_s: float = 30
    interviewer_awaited_s: float = 120
    guide: Guide = Guide(competencies=())


class HeartbeatRequest(Frozen):
    """`POST /internal/v1/interviews/{id}/heartbeat`; `spooled` events wait on the agent's disk."""

    epoch: int
    spooled: Annotated[int, Field(ge=0)]


class Heartbeat(Frozen):
    desired: Desired


class EventsRequest(Frozen):
    """`POST /internal/v1/interviews/{id}/events`, in order; at most `MAX_EVENTS_PER_REQUEST`."""

    epoch: int
    reports: Annotated[tuple[Report, ...], Field(min_length=1, max_length=MAX_EVENTS_PER_REQUEST)]


class EventsStored(Frozen):
    """The end of the log, and which of the sent events lie in it now (all of them)."""

    last_seq: int
    stored: tuple[UUID, ...]


class SegmentHeader(Frozen):
    """Query of `PUT /internal/v1/interviews/{id}/recording/{participant}/{index}`; the body is the
    Ogg/Opus file. Answers 201, or 200 when the part was stored before."""

    epoch: int
    started_ms: Annotated[int, Field(ge=0)]
    duration_ms: Annotated[int, Field(ge=0)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
