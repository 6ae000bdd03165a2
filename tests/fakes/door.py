"""The agent's door in memory: keeps what it is told, and can be shut or hard to please."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from agent.errors import DoorClosed
from interview.door import (
    Claim,
    ClaimRequest,
    Desired,
    EventsRequest,
    EventsStored,
    Heartbeat,
    HeartbeatRequest,
    SegmentHeader,
)
from interview.errors import InterviewError
from interview.events import Report

Objection = Callable[[Report], InterviewError | None]


@dataclass
class FakeDoor:
    """Port `Door`. A repeat is a no-op, as it is at the API."""

    is_open: bool = True
    raises: InterviewError | None = None
    objects_to: Objection = lambda _: None
    requests: list[EventsRequest] = field(default_factory=list)
    reports: dict[UUID, tuple[int, Report]] = field(default_factory=dict)
    segments: dict[tuple[str, int, int], bytes] = field(default_factory=dict)
    late: int = 0
    beats: int = 0

    async def claim(self, request: ClaimRequest) -> Claim:
        raise DoorClosed

    async def heartbeat(self, interview: UUID, request: HeartbeatRequest) -> Heartbeat:
        self._knock()
        self.beats += 1
        return Heartbeat(desired=Desired(floor="ai", phase="live"))

    async def events(self, interview: UUID, request: EventsRequest) -> EventsStored:
        self._knock()
        self.requests.append(request)
        for report in request.reports:
            if (objection := self.objects_to(report)) is not None:
                raise objection
        for report in request.reports:
            self.reports.setdefault(report.event_id, (request.epoch, report))
        stored = tuple(report.event_id for report in request.reports)
        return EventsStored(last_seq=len(self.reports), stored=stored)

    async def late_events(self, interview: UUID, request: EventsRequest) -> None:
        await self.events(interview, request)
        self.late += 1

    async def segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None:
        self._knock()
        self.segments.setdefault((participant, header.epoch, index), body)

    async def late_segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None:
        await self.segment(interview, participant, index, header, body)
        self.late += 1

    def _knock(self) -> None:
        if not self.is_open:
            raise DoorClosed
        if self.raises is not None:
            raise self.raises

    @property
    def told(self) -> list[Report]:
        """In the order of their arrival."""
        return [report for _, report in self.reports.values()]
