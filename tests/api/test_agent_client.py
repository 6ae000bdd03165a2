"""The agent's client at the API's door: its calls are there, and no odd answer confuses it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import UUID, uuid4

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from agent.clock import RecordingClock
from agent.door import HttpDoor
from agent.errors import DoorClosed, Refused
from api.registry import MAX_BODY_BYTES
from interview.door import (
    MAX_EVENTS_BYTES,
    Claim,
    ClaimRequest,
    DispatchMetadata,
    EventsRequest,
    Heartbeat,
    HeartbeatRequest,
    Practice,
    RoomMetadata,
    SegmentHeader,
)
from interview.errors import Conflict, InterviewError, LeaseLost, LeaseTaken, OutOfOrder, Sealed
from interview.events import Event, LineEnded
from interview.ids import InterviewId, TurnId
from tests.api.house import AGENT_KEY, House, Json
from tests.fakes.reports import speech
from tests.fakes.talk import CANDIDATE

pytestmark = pytest.mark.api

FOUR_HOURS_MS = 4 * 3600 * 1000


@asynccontextmanager
async def at_door(house: House, key: str = AGENT_KEY) -> AsyncIterator[HttpDoor]:
    async with HttpDoor(str(house.client.make_url("")), key) as door:
        yield door


async def claimed(house: House, door: HttpDoor) -> Claim:
    """The lease of an interview whose candidate has just come."""
    interview = await house.invited()
    await house.joined(interview)
    return await door.claim(
        ClaimRequest(interview_id=UUID(interview["id"]), epoch=1, agent="host/1")
    )


def header(body: bytes, epoch: int, started_ms: int = 0) -> SegmentHeader:
    digest = sha256(body).hexdigest()
    return SegmentHeader(epoch=epoch, started_ms=started_ms, duration_ms=1000, sha256=digest)


async def test_the_agent_leads_reports_and_records(house: House) -> None:
    async with at_door(house) as door:
        claim = await claimed(house, door)
        said = speech("I read the logs.")

        stored = await door.events(
            claim.interview_id, EventsRequest(epoch=claim.epoch, reports=(said,))
        )
        beat = await door.heartbeat(
            claim.interview_id, HeartbeatRequest(epoch=claim.epoch, spooled=0)
        )
        await door.segment(claim.interview_id, CANDIDATE, 0, header(b"OggS", claim.epoch), b"OggS")

    assert (said.event_id,) == stored.stored
    assert "live" == beat.desired.phase
    assert 1 == len(house.objects.kept)


async def test_a_segment_of_the_fourth_hour_is_kept_as_one_of_the_first_minute(
    house: House,
) -> None:
    async with at_door(house) as door:
        claim = await claimed(house, door)
        for index in (0, FOUR_HOURS_MS):
            body = f"OggS {index}".encode()
            part = header(body, claim.epoch, started_ms=index)
            await door.segment(claim.interview_id, CANDIDATE, index, part, body)

    assert 2 == len(house.objects.kept)


async def test_the_agents_clock_is_the_apis_whatever_its_own_host_says(house: House) -> None:
    async with at_door(house) as door:
        interview = await house.invited()
        session = await house.joined(interview)
        await house.claimed(interview)
        house.clock.advance(90)
        await house.post("/v1/candidate/join", status=200, key=session)
        heir = await door.claim(
            ClaimRequest(interview_id=UUID(interview["id"]), epoch=2, agent="host/2")
        )

    clock = RecordingClock.started(heir.clock_zero, heir.now)

    assert 90_000 == pytest.approx(clock.ms(), abs=1000)
    assert house.clock.now() <= clock.now() < house.clock.now() + timedelta(seconds=1)


async def test_what_a_dead_agent_left_comes_with_the_service_key_and_its_own_epoch(
    house: House,
) -> None:
    async with at_door(house) as dead, at_door(house) as other:
        claim = await claimed(house, dead)
        late = EventsRequest(epoch=claim.epoch, reports=(speech("My last words."),))
        part = header(b"OggS", claim.epoch)
        with pytest.raises(LeaseLost):
            await other.late_events(claim.interview_id, late)
        with pytest.raises(LeaseLost):
            await other.late_segment(claim.interview_id, CANDIDATE, 0, part, b"OggS")

        house.clock.advance(60)
        await other.late_events(claim.interview_id, late)
        for _ in range(2):
            await other.late_segment(claim.interview_id, CANDIDATE, 0, part, b"OggS")
        await dead.segment(claim.interview_id, CANDIDATE, 0, part, b"OggS")

    assert 1 == len(house.objects.kept), "a repeat is recognised whoever brings it"


async def test_each_refusal_is_what_it_is(house: House) -> None:
    async with at_door(house) as door:
        claim = await claimed(house, door)
        which, part = claim.interview_id, header(b"OggS", claim.epoch)
        never_begun = LineEnded(
            turn_id=TurnId(uuid4()), spoken="Hello", ended_ms=1, cut_off=False, withdrawn=False
        )
        stray = replace(speech(""), fact=never_begun)
        await door.segment(which, CANDIDATE, 0, part, b"OggS")

        with pytest.raises(LeaseTaken):
            await door.claim(ClaimRequest(interview_id=which, epoch=1, agent="host/2"))
        with pytest.raises(LeaseLost):
            await door.heartbeat(which, HeartbeatRequest(epoch=7, spooled=0))
        with pytest.raises(OutOfOrder):
            await door.events(which, EventsRequest(epoch=1, reports=(stray,)))
        with pytest.raises(Conflict):
            await door.segment(which, CANDIDATE, 0, header(b"other", claim.epoch), b"other")
        async with house.store.transaction(house.tenants[house.key]) as tx:
            await tx.keys.destroy_interview(InterviewId(which), house.clock.now())
        with pytest.raises(Sealed):
            await door.events(which, EventsRequest(epoch=1, reports=(speech("late"),)))


async def test_a_wrong_key_is_waited_out_for_it_may_be_changed(house: House) -> None:
    async with at_door(house, "wrong") as door:
        with pytest.raises(DoorClosed):
            await door.claim(ClaimRequest(interview_id=uuid4(), epoch=1, agent="host/1"))


def test_a_full_batch_fits_into_a_request() -> None:
    assert MAX_BODY_BYTES >= 1.5 * MAX_EVENTS_BYTES


# ---- what answers is not the API, or not well ----


PROBLEM = '{"code": "a_new_one", "detail": "Something new."}'


@asynccontextmanager
async def answering(status: int, body: str) -> AsyncIterator[HttpDoor]:
    """A door behind which somebody says the same to everything."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(status=status, text=body, headers={"Location": "/elsewhere"})

    async def take_all(_: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_route("*", "/elsewhere", take_all)
    app.router.add_route("*", "/{path:.*}", answer)
    async with TestServer(app) as server, HttpDoor(str(server.make_url("")), "key") as door:
        yield door


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, "<html>Please log in to the network</html>", DoorClosed),
        (200, "", DoorClosed),
        (302, "", DoorClosed),
        (401, PROBLEM, DoorClosed),
        (403, "<html>Forbidden</html>", DoorClosed),
        (404, "404: Not Found", DoorClosed),
        (408, "", DoorClosed),
        (413, "<html>Request Entity Too Large</html>", DoorClosed),
        (429, PROBLEM, DoorClosed),
        (500, PROBLEM, DoorClosed),
        (503, "", DoorClosed),
        (422, PROBLEM, Refused),
        (422, '"a string"', DoorClosed),
    ],
)
async def test_only_a_refusal_of_the_apis_own_is_one(
    status: int, body: str, expected: type[InterviewError]
) -> None:
    async with answering(status, body) as door:
        with pytest.raises(expected):
            await door.events(uuid4(), EventsRequest(epoch=1, reports=(speech("words"),)))


@pytest.mark.parametrize("status", [204, 302, 404, 500])
async def test_a_segment_is_only_taken_for_stored_when_the_api_says_so(status: int) -> None:
    async with answering(status, "") as door:
        with pytest.raises(DoorClosed):
            await door.segment(uuid4(), CANDIDATE, 0, header(b"OggS", 1), b"OggS")


async def test_nobody_there_is_a_closed_door() -> None:
    async with answering(200, "") as door:
        pass
    async with HttpDoor(door._base.removesuffix("/internal/v1"), "key") as door:
        with pytest.raises(DoorClosed):
            await door.heartbeat(uuid4(), HeartbeatRequest(epoch=1, spooled=0))


# ---- an API that is newer than the agent ----


def grown(said: object) -> object:
    """The same as a later version says it: everything in it has a field more."""
    match said:
        case dict():
            return {**{key: grown(value) for key, value in said.items()}, "since_then": [1]}
        case list():
            return [grown(each) for each in said]
        case _:
            return said


async def test_what_a_newer_api_says_besides_is_passed_over(house: House) -> None:
    """Versions stand beside each other for a while, and a new field is no dead API."""
    interview = await house.invited()
    await house.joined(interview)
    claim = Claim.model_validate(await house.claimed(interview))
    await house.tell(claim.model_dump(mode="json"), house.speech("I read the logs."))
    told = claim.model_copy(
        update={"events": tuple(await _log(house, interview)), "interviewer_awaited_s": 7}
    )
    said = told.model_dump(mode="json")
    unknown = {**said["events"][0], "seq": 99, "fact": {"kind": "mood_noticed", "mood": "new"}}
    said["events"].append(unknown)
    desired = Heartbeat(desired=claim.desired)

    async with answering(200, json.dumps(grown(said))) as door:
        leads = await door.claim(ClaimRequest(interview_id=uuid4(), epoch=1, agent="host/1"))
    async with answering(200, json.dumps(grown(desired.model_dump(mode="json")))) as door:
        beat = await door.heartbeat(uuid4(), HeartbeatRequest(epoch=1, spooled=0))

    assert told == leads
    assert desired == beat


async def _log(house: House, interview: Json) -> tuple[Event, ...]:
    async with house.store.transaction(house.tenants[house.key]) as tx:
        return await tx.events.read(InterviewId(UUID(interview["id"])))


@pytest.mark.parametrize(
    "written",
    [
        RoomMetadata(floor="paused", phase="live", epoch=2),
        DispatchMetadata(interview=UUID(int=1), epoch=2),
        DispatchMetadata(
            interview=UUID(int=1),
            epoch=1,
            practice=Practice(language="en", candidate_identity=CANDIDATE),
        ),
    ],
    ids=["room", "dispatch", "practice"],
)
def test_what_a_newer_api_writes_besides_is_passed_over(
    written: RoomMetadata | DispatchMetadata,
) -> None:
    text = json.dumps(grown(written.model_dump(mode="json")))

    assert written == type(written).read(text)
