"""A candidate's access ends at once: links, sessions, and the place in the room."""

from uuid import UUID

import pytest

from api.tags import DESK
from interview.ids import CandidateId, InterviewId, candidate_identity, room_name
from interview.ports import Present
from interview.use_cases.watch import Step, Watch
from tests.api.house import House, Json

pytestmark = pytest.mark.api
OWN = "/v1/candidate/interview"


def seat_of(house: House, interview: Json) -> tuple[str, Present]:
    """The room, with the candidate in it."""
    room = room_name(InterviewId(UUID(interview["id"])))
    who = Present(candidate_identity(CandidateId(UUID(interview["candidate_id"]))), "candidate")
    house.rooms.people[room] = [who, Present("ai-1", "agent")]
    return room, who


async def withdrawn(house: House, interview: Json) -> int:
    answer = await house.call("DELETE", f"/v1/interviews/{interview['id']}/access")
    await house.errands_done()
    return answer.status


async def test_who_is_in_the_room_leaves_it_and_nothing_opens_it_any_more(house: House) -> None:
    interview, session, _ = await house.led()
    room, _ = seat_of(house, interview)
    newer = await house.post(f"/v1/interviews/{interview['id']}/invitations")

    assert 204 == await withdrawn(house, interview)

    assert [Present("ai-1", "agent")] == house.rooms.people[room]
    for method, path in (("GET", OWN), ("POST", "/v1/candidate/join")):
        assert (401, "unauthenticated") == await house.refusal(method, path, key=session)
    body = {"token": newer["invitation_url"].partition("#")[2]}
    assert (410, "invitation_expired") == await house.refusal(
        "POST", "/v1/invitations/redeem", json=body, key=""
    )
    assert "live" == await house.state(interview)


async def test_a_new_link_opens_it_again(house: House) -> None:
    interview, _, _ = await house.led()
    await withdrawn(house, interview)

    newer = await house.post(f"/v1/interviews/{interview['id']}/invitations")
    session = await house.redeemed(newer)

    assert "live" == (await house.get(OWN, key=session))["state"]
    assert await house.post("/v1/candidate/join", status=200, key=session)


async def test_it_is_withdrawn_though_the_rooms_do_not_answer(house: House) -> None:
    """The watch does the rest (tests/unit/test_watch_access.py)."""
    interview, session, _ = await house.led()
    room, who = seat_of(house, interview)
    house.rooms.is_up = False

    assert 204 == await withdrawn(house, interview)

    assert who in house.rooms.people[room]
    assert (401, "unauthenticated") == await house.refusal("GET", OWN, key=session)


async def test_nobody_leaves_when_it_was_not_to_be(house: House) -> None:
    interview, session, _ = await house.led()
    room, who = seat_of(house, interview)
    stranger = await house.new_tenant("Second")

    path = f"/v1/interviews/{interview['id']}/access"

    assert (404, "not_found") == await house.refusal("DELETE", path, key=stranger)
    await house.errands_done()
    assert who in house.rooms.people[room]
    assert await house.get(OWN, key=session)


async def test_who_comes_back_by_a_withdrawn_link_is_shown_out_until_a_new_one_is_opened(
    house: House,
) -> None:
    """The token for the room is the SFU's, and good for minutes more."""
    interview, _, _ = await house.led()
    room, candidate = seat_of(house, interview)
    where = f"/v1/interviews/{interview['id']}/invitations"
    [link] = (await house.get(where))["items"]
    house.rooms.is_up = False
    await house.post(f"{where}/{link['id']}/withdraw", status=200)
    await house.errands_done()
    house.rooms.is_up = True
    watch = Watch(house.client.app[DESK].world, house.rooms, answers)

    for _ in range(2):
        house.rooms.people[room] = [candidate]
        assert [Step.SHOW_OUT] == [deed.step for deed in await watch.look()]
        assert [] == house.rooms.people[room]
    house.clock.advance(1)
    newer = await house.post(where)
    session = await house.redeemed(newer)
    assert await house.post("/v1/candidate/join", status=200, key=session)
    house.rooms.people[room] = [candidate]
    await watch.look()
    assert candidate in house.rooms.people[room]


async def answers() -> bool:
    return True
