"""The agent's door for a mock interview: its plan comes from the API, and nothing goes back."""
# ruff: noqa: ARG002 (what is told is not looked at)

from typing import Protocol
from uuid import UUID

from interview.adapters.running import loop_s
from interview.door import (
    Claim,
    ClaimRequest,
    Desired,
    EventsRequest,
    EventsStored,
    Heartbeat,
    HeartbeatRequest,
    RehearsalRequest,
    SegmentHeader,
)
from interview.rehearsal import LATE


class Plans(Protocol):
    """What is asked of the API for a mock interview."""

    async def claim_rehearsal(self, request: RehearsalRequest) -> Claim: ...


class RehearsalDoor:
    """Port `Door`. What is told is let go: no log, no recording, no lease."""

    def __init__(self, plans: Plans, ticket: str) -> None:
        self._plans = plans
        self._ticket = ticket
        self._ends_at: float | None = None

    async def claim(self, request: ClaimRequest) -> Claim:
        """Raises `DoorClosed`, `NotFound`."""
        claim = await self._plans.claim_rehearsal(RehearsalRequest(ticket=self._ticket))
        lasts_s = 60 * claim.plan.minutes + LATE.total_seconds()
        self._ends_at = loop_s() + lasts_s
        return claim

    async def heartbeat(self, interview: UUID, request: HeartbeatRequest) -> Heartbeat:
        """Nobody else would end one that is left running."""
        is_late = self._ends_at is None or loop_s() >= self._ends_at
        return Heartbeat(desired=Desired(floor="ai", phase="ended" if is_late else "live"))

    async def events(self, interview: UUID, request: EventsRequest) -> EventsStored:
        return EventsStored(last_seq=0, stored=tuple(r.event_id for r in request.reports))

    async def late_events(self, interview: UUID, request: EventsRequest) -> None: ...

    async def segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None: ...

    async def late_segment(
        self, interview: UUID, participant: str, index: int, header: SegmentHeader, body: bytes
    ) -> None: ...
