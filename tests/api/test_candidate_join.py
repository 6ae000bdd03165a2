"""The candidate's way into the room: when it opens, who is sent for, and who is refused."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from interview.ids import InterviewId
from interview.ports import Present
from interview.store.memory import MemoryStore
from tests.api.house import House, Json

pytestmark = pytest.mark.api
OWN = "/v1/candidate/interview"
JOIN = "/v1/candidate/join"


async def test_nobody_joins_without_consent(house: House) -> None:
    session = await house.redeemed(await house.invited())

    assert (403, "consent_required") == await house.refusal("POST", JOIN, key=session)
    assert {} == house.rooms.metadata


async def test_joining_makes_the_room_goes_live_and_sends_for_an_agent(house: House) -> None:
    interview = await house.invited()
    session = await house.consented(interview)

    joined = await house.post(JOIN, status=200, key=session)
    await house.errands_done()

    room = f"iv-{interview['id'].replace('-', '')}"
    assert "ws://127.0.0.1:7880" == joined["livekit_url"]
    assert f"{room}/cand-" == joined["token"][: len(room) + 6]
    assert "/600/" in joined["token"]
    assert "live" == await house.state(interview)
    assert ["lease_opened", "join_granted"] == (await house.kinds(interview))[3:]
    [(where, metadata)] = house.rooms.dispatched
    assert (room, {"interview": interview["id"], "epoch": 1}) == (where, json.loads(metadata))
    waiting = {"floor": "ai", "phase": "waiting", "epoch": 1}
    assert waiting == json.loads(house.rooms.metadata[room])


async def test_a_second_tab_gets_the_same_place_and_no_second_agent(house: House) -> None:
    interview, session, _ = await house.led()

    again = await house.post(JOIN, status=200, key=session)
    once_more = await house.post(JOIN, status=200, key=session)
    await house.errands_done()

    assert again["token"] == once_more["token"]
    assert 1 == len(house.rooms.dispatched)
    assert 3 == (await house.kinds(interview)).count("join_granted")


async def test_a_dispatch_that_nobody_takes_is_sent_again(house: House) -> None:
    house.rooms.takes = False

    with capture_logs() as lines:
        await house.joined(await house.invited())

    assert 2 == len(house.rooms.dispatched)
    assert "dispatch_not_taken" in [line["event"] for line in lines]


async def test_when_the_rooms_do_not_answer_nothing_has_begun(house: House) -> None:
    interview = await house.invited()
    session = await house.consented(interview)
    house.rooms.is_up = False

    answer = await house.call("POST", JOIN, key=session)

    assert (503, "1") == (answer.status, answer.headers["Retry-After"])
    assert "sfu.internal" not in await answer.text()
    assert "ready" == await house.state(interview)
    house.rooms.is_up = True
    assert await house.post(JOIN, status=200, key=session)


async def test_coming_back_does_not_dethrone_an_agent_that_is_silent_but_there(
    house: House,
) -> None:
    """The API was away for a while: its agent could not be heard and is well."""
    _, session, claim = await house.led()
    house.rooms.people[claim["room"]].append(Present(claim["agent_identity"], "agent"))
    house.clock.advance(60)

    await house.post(JOIN, status=200, key=session)
    await house.errands_done()

    assert 1 == len(house.rooms.dispatched)
    assert 200 == (await house.beat(claim)).status


async def test_coming_back_when_nobody_leads_opens_the_next_epoch_without_strangers(
    house: House,
) -> None:
    interview, session, claim = await house.led()
    house.rooms.people[claim["room"]].append(Present("ai-of-another-time", "agent"))
    house.clock.advance(60)

    await house.post(JOIN, status=200, key=session)
    await house.errands_done()

    opened = [e for e in await events(house, interview) if e["kind"] == "lease_opened"]
    assert [(1, "first"), (2, "rejoined")] == [(e["epoch"], e["reason"]) for e in opened]
    assert {"interview": interview["id"], "epoch": 2} == json.loads(house.rooms.dispatched[-1][1])
    assert [] == house.rooms.people[claim["room"]]


async def events(house: House, interview: Json) -> list[Json]:
    page = await house.get(f"/v1/interviews/{interview['id']}/events")
    return [event["fact"] for event in page["items"]]


async def test_an_interview_that_ended_cannot_be_joined(house: House) -> None:
    _, session, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))

    assert (409, "interview_not_open") == await house.refusal("POST", JOIN, key=session)


async def test_an_interview_whose_time_is_over_is_closed(house: House) -> None:
    interview = await house.invited(expires_at="2026-03-02T13:00:00Z")
    session = await house.consented(interview)
    house.clock.advance(3600)

    assert (409, "interview_not_open") == await house.refusal("POST", JOIN, key=session)
    assert "expired" == (await house.get(OWN, key=session))["state"]


async def test_the_room_opens_a_quarter_of_an_hour_before_the_agreed_time(house: House) -> None:
    interview = await house.invited(starts_at="2026-03-02T13:00:00Z")
    session = await house.consented(interview)
    assert (409, "too_early") == await house.refusal("POST", JOIN, key=session)
    assert "2026-03-02T12:45:00Z" == (await house.get(OWN, key=session))["opens_at"]
    house.clock.advance(45 * 60)
    assert await house.post(JOIN, status=200, key=session)


async def test_an_interview_that_was_agreed_on_in_the_year_one_can_be_joined(
    house: House,
) -> None:
    """Such times are refused nowadays; one that was stored before must not break the door."""
    interview = await house.invited()
    session = await house.consented(interview)
    assert isinstance(house.store, MemoryStore)
    row = (house.tenants[house.key], InterviewId(UUID(interview["id"])))
    found = house.store.tables.interviews[row]
    old = replace(found, starts_at=datetime(1, 1, 1, tzinfo=UTC))
    house.store.tables.interviews[row] = old

    assert await house.post(JOIN, status=200, key=session)
