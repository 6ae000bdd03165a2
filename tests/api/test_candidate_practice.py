"""A question for practice: an agent comes to the room for trying, and nothing is kept of it."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from interview.ports import Present
from tests.api.house import House, Json

pytestmark = pytest.mark.api
PRACTICE = "/v1/candidate/practice"


def room_of(interview: Json) -> str:
    return f"check-{UUID(interview['id']).hex}"


async def test_an_agent_is_sent_for_without_a_lease_and_the_log_stays_as_it_is(
    house: House,
) -> None:
    interview = await house.invited()
    session = await house.consented(interview)
    before = await house.kinds(interview)

    seat = await house.post(PRACTICE, status=200, key=session)
    await house.errands_done()

    identity = f"cand-{UUID(interview['candidate_id']).hex}"
    assert f"{room_of(interview)}/{identity}/300" == seat["token"]
    ((room, told),) = house.rooms.dispatched
    assert room_of(interview) == room
    assert {
        "interview": interview["id"],
        "epoch": 0,
        "practice": {"language": "en", "candidate_identity": identity},
        "rehearsal": None,
    } == json.loads(told)
    assert before == await house.kinds(interview)
    assert "ready" == await house.state(interview)


async def test_there_is_one_agent_however_often_it_is_asked_for(house: House) -> None:
    interview = await house.invited()
    session = await house.consented(interview)
    await house.post(PRACTICE, status=200, key=session)
    await house.errands_done()
    house.rooms.people[room_of(interview)] = [Present("ai-1", "agent")]

    await house.post(PRACTICE, status=200, key=session)
    await house.errands_done()

    assert 1 == len(house.rooms.dispatched)


async def test_nobody_speaks_to_an_ai_before_they_have_consented(house: House) -> None:
    session = await house.redeemed(await house.invited())

    refusal = await house.refusal("POST", PRACTICE, key=session)
    await house.errands_done()

    assert (403, "consent_required") == refusal
    assert [] == house.rooms.dispatched


async def test_there_is_nothing_to_practise_for_when_it_is_over_or_missed(house: House) -> None:
    _, over, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    missed = await house.consented(await house.invited(expires_at="2026-03-02T18:00:00Z"))
    house.clock.advance(timedelta(hours=7).total_seconds())

    for session in (over, missed):
        assert (409, "interview_not_open") == await house.refusal("POST", PRACTICE, key=session)


async def test_an_sfu_that_is_away_is_told(house: House) -> None:
    session = await house.consented(await house.invited())
    house.rooms.is_up = False

    assert (503, "unavailable") == await house.refusal("POST", PRACTICE, key=session)
