"""The agent's door: lease, heartbeat, events, recording parts. No part of the public contract."""

from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.door import (
    Claim,
    ClaimRequest,
    EventsRequest,
    EventsStored,
    Heartbeat,
    HeartbeatRequest,
    RehearsalRequest,
    RoomMetadata,
    SegmentHeader,
)
from interview.errors import Code
from interview.ids import InterviewId
from interview.use_cases import agent_door, late_words, recording, rehearsing
from interview.use_cases.agent_door import Recorded
from interview.use_cases.recording import Part
from pydantic import Field

from api.callers import AgentService, Door, LeaseHolder
from api.registry import Call, operation

MAX_PART_BYTES = 4 * 1024 * 1024
Participant = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,128}$")]
Index = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""The agent sends the part's start in ms: twenty-four days."""


@operation(
    "POST",
    "/internal/v1/leases",
    Door.AGENT,
    tag="agent",
    status=201,
    errors=[Code.NOT_FOUND, Code.LEASE_LOST, Code.LEASE_TAKEN],
)
async def claim_lease(call: Call, body: ClaimRequest) -> Claim:
    """Claim the lease that a dispatch was made for."""
    claim = await agent_door.claim(
        call.world, InterviewId(body.interview_id), body.epoch, body.agent
    )
    metadata = RoomMetadata(floor=claim.desired.floor, phase=claim.desired.phase, epoch=claim.epoch)
    _show(call, claim.room, metadata)
    return claim


@operation(
    "POST",
    "/internal/v1/rehearsals",
    Door.AGENT,
    tag="agent",
    errors=[Code.NOT_FOUND],
)
async def claim_rehearsal(call: Call, body: RehearsalRequest) -> Claim:
    """Get the plan of a mock interview; nothing more is asked or told of it."""
    return await rehearsing.claim_rehearsal(call.world, call.desk.pepper, body.ticket)


@operation(
    "POST",
    "/internal/v1/interviews/{interview_id}/heartbeat",
    Door.LEASE,
    tag="agent",
    errors=[Code.LEASE_LOST],
)
async def beat(
    call: Call, caller: LeaseHolder, interview_id: UUID, body: HeartbeatRequest
) -> Heartbeat:
    """Give a sign of life and learn what is wanted."""
    interview = InterviewId(interview_id)
    desired = await agent_door.beat(call.world, interview, caller.token, body.epoch)
    return Heartbeat(desired=desired)


@operation(
    "POST",
    "/internal/v1/interviews/{interview_id}/events",
    Door.LEASE,
    tag="agent",
    errors=[Code.LEASE_LOST, Code.OUT_OF_ORDER],
)
async def record_events(
    call: Call, caller: LeaseHolder, interview_id: UUID, body: EventsRequest
) -> EventsStored:
    """Report what happened; a repeat is a no-op."""
    interview = InterviewId(interview_id)
    recorded = await agent_door.record(
        call.world, interview, caller.token, body.epoch, body.reports
    )
    return _told(call, recorded)


@operation(
    "POST",
    "/internal/v1/interviews/{interview_id}/spool",
    Door.AGENT,
    tag="agent",
    errors=[Code.NOT_FOUND, Code.LEASE_LOST, Code.OUT_OF_ORDER],
)
async def deliver_spool(call: Call, interview_id: UUID, body: EventsRequest) -> EventsStored:
    """Bring what a dead agent of an epoch so far left on its disk.

    Before a later epoch was claimed all of it counts; afterwards only words. `stored` names what
    lies in the log now; what is missing there was not wanted and need not be kept.
    """
    recorded = await late_words.deliver(
        call.world, InterviewId(interview_id), body.epoch, body.reports
    )
    return _told(call, recorded)


def _told(call: Call, recorded: Recorded) -> EventsStored:
    if recorded.metadata is not None:
        _show(call, recorded.room, recorded.metadata)
    return recorded.stored


def _show(call: Call, room: str, metadata: RoomMetadata) -> None:
    told = metadata.model_dump_json()
    call.afterwards("show_phase", lambda: call.desk.rooms.set_metadata(room, told), room)


@operation(
    "PUT",
    "/internal/v1/interviews/{interview_id}/recording/{participant}/{index}",
    Door.LEASE_OR_AGENT,
    tag="agent",
    status=201,
    consumes="audio/ogg",
    max_bytes=MAX_PART_BYTES,
    errors=[Code.LEASE_LOST, Code.CONFLICT, Code.UNAVAILABLE],
)
async def store_recording_part(
    call: Call,
    caller: LeaseHolder | AgentService,
    interview_id: UUID,
    participant: Participant,
    index: Index,
    query: SegmentHeader,
    body: bytes,
) -> web.Response:
    """Hand in one closed part of a participant's audio; 200 when it was stored before."""
    is_new = await recording.store_part(
        call.world,
        call.desk.objects,
        InterviewId(interview_id),
        caller.token if isinstance(caller, LeaseHolder) else None,
        Part(participant=participant, index=index, header=query, clear=body),
    )
    return web.Response(status=201 if is_new else 200)


OPERATIONS = (
    claim_lease,
    claim_rehearsal,
    beat,
    record_events,
    deliver_spool,
    store_recording_part,
)
