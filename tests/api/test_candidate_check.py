"""Trying the connection: a room of one's own, of which nothing is kept."""

from datetime import timedelta
from uuid import UUID

import pytest

from interview.ids import InterviewId, interview_of
from tests.api.house import House, Json

pytestmark = pytest.mark.api
CHECK = "/v1/candidate/check"


def room_of(interview: Json) -> str:
    return f"check-{UUID(interview['id']).hex}"


async def test_a_candidate_tries_the_connection_before_they_have_consented(house: House) -> None:
    interview = await house.invited()
    session = await house.redeemed(interview)
    before = await house.kinds(interview)

    first, second = [await house.post(CHECK, status=200, key=session) for _ in range(2)]

    identity = f"cand-{UUID(interview['candidate_id']).hex}"
    assert f"{room_of(interview)}/{identity}/300" == first["token"] == second["token"]
    assert ("ws://127.0.0.1:7880", "2026-03-02T12:05:00Z") == (
        first["livekit_url"],
        first["expires_at"],
    )
    assert [room_of(interview)] == list(house.rooms.people)
    assert [] == house.rooms.dispatched
    assert before == await house.kinds(interview)
    assert "invited" == await house.state(interview)


async def test_a_room_for_trying_is_no_interviews(house: House) -> None:
    """So the watch over live rooms leaves it alone."""
    interview = await house.invited()

    assert None is interview_of(room_of(interview))
    assert InterviewId(UUID(interview["id"])) == interview_of(f"iv-{UUID(interview['id']).hex}")


async def test_there_is_nothing_to_try_when_it_is_over_or_missed(house: House) -> None:
    _, over, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    missed = await house.redeemed(await house.invited(expires_at="2026-03-02T18:00:00Z"))
    house.clock.advance(timedelta(hours=7).total_seconds())

    for session in (over, missed):
        assert (409, "interview_not_open") == await house.refusal("POST", CHECK, key=session)


async def test_an_sfu_that_is_away_is_told(house: House) -> None:
    session = await house.redeemed(await house.invited())
    house.rooms.is_up = False

    assert (503, "unavailable") == await house.refusal("POST", CHECK, key=session)
