"""The agent's door of a mock interview: what is told goes nowhere, and it ends by itself."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from agent.rehearsal import RehearsalDoor
from interview.door import (
    Claim,
    ClaimRequest,
    Desired,
    EventsRequest,
    HeartbeatRequest,
    RehearsalRequest,
)
from interview.errors import NotFound
from interview.events import InterviewEnded, Report
from interview.ids import EventId
from interview.plan import Plan

pytestmark = pytest.mark.unit
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHICH = UUID(int=7)
ASKED = ClaimRequest(interview_id=WHICH, epoch=1, agent="job")


@dataclass
class Plans:
    """The API: gives one plan for one ticket."""

    minutes: float
    shown: list[str] = field(default_factory=list)

    async def claim_rehearsal(self, request: RehearsalRequest) -> Claim:
        self.shown.append(request.ticket)
        if request.ticket != "good":
            raise NotFound
        return Claim(
            interview_id=WHICH,
            epoch=1,
            token="",
            room="mock-7",
            candidate_identity="cand-7",
            agent_identity="ai-7-1",
            clock_zero=NOON,
            now=NOON,
            previous_heartbeat_at=None,
            plan=Plan(language="en", intro=None, closing=None, minutes=self.minutes, questions=()),
            events=(),
            desired=Desired(floor="ai", phase="live"),
        )


async def phase(door: RehearsalDoor) -> str:
    answer = await door.heartbeat(WHICH, HeartbeatRequest(epoch=1, spooled=0))
    return answer.desired.phase


async def test_it_goes_on_while_its_minutes_last_and_not_for_ever() -> None:
    long, spent = RehearsalDoor(Plans(30), "good"), RehearsalDoor(Plans(-15), "good")

    for door in (long, spent):
        await door.claim(ASKED)

    assert ("live", "ended") == (await phase(long), await phase(spent))


async def test_what_is_told_counts_as_stored_so_that_nothing_waits_on_the_disk() -> None:
    plans = Plans(30)
    door = RehearsalDoor(plans, "good")
    report = Report(event_id=EventId(uuid4()), at=NOON, fact=InterviewEnded(reason="completed"))

    stored = await door.events(WHICH, EventsRequest(epoch=1, reports=(report,)))

    assert (report.event_id,) == stored.stored
    assert [] == plans.shown, "the API hears nothing of it"


async def test_a_ticket_that_is_not_good_is_refused() -> None:
    with pytest.raises(NotFound):
        await RehearsalDoor(Plans(30), "old").claim(ASKED)
