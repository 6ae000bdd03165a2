"""A candidate's access ends at once: links, sessions, and the place in the room."""

from uuid import UUID, uuid4

import pytest

from api.tags import DESK
from interview.ids import CandidateId, InterviewId, candidate_identity, room_name
from interview.ports import Present
from interview.use_cases.access import show_out_others
from interview.use_cases.watch import Step, Watch
from tests.api.house import House, Json
from tests.fakes.rooms import FakeRooms

pytestmark = pytest.mark.api
OWN = "/v1/candidate/interview"
REDEEM = "/v1/invitations/redeem"


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


async def in_room(house: House, interview: Json, session: str) -> Present:
    """The candidate as they come into the room by this session: the mark is in their token."""
    joined = await house.post("/v1/candidate/join", status=200, key=session)
    room, identity, _, mark = joined["token"].split("/")
    here = Present(identity, "candidate", mark)
    house.rooms.people[room] = [here, Present("ai-1", "agent")]
    return here


async def test_who_opens_a_newer_link_has_the_place_of_who_came_by_an_earlier_one(
    house: House,
) -> None:
    """Out at once, and not only when the second device is in the room."""
    interview, session, _ = await house.led()
    before = await in_room(house, interview, session)
    newer = await house.post(f"/v1/interviews/{interview['id']}/invitations")
    room = room_name(InterviewId(UUID(interview["id"])))
    assert before in house.rooms.people[room]

    await house.redeemed(newer)
    await house.errands_done()

    assert [Present("ai-1", "agent")] == house.rooms.people[room]
    assert (401, "unauthenticated") == await house.refusal("GET", OWN, key=session)
    assert "live" == await house.state(interview)


@pytest.mark.parametrize(("mark", "stays"), [("new", True), ("old", False), (None, False)])
async def test_a_second_device_that_is_quicker_than_we_keeps_its_place(
    mark: str | None, stays: bool
) -> None:
    rooms, interview = FakeRooms(), InterviewId(uuid4())
    ada, ben = Present("cand-1", "candidate", mark), Present("cand-2", "candidate", "old")
    room = room_name(interview)
    rooms.people[room] = [ada, ben]

    await show_out_others(rooms, interview, "cand-1", "new")

    assert [*([ada] if stays else []), ben] == rooms.people[room]


async def test_a_link_is_opened_though_the_rooms_do_not_answer_and_the_watch_does_the_rest(
    house: House,
) -> None:
    interview, session, _ = await house.led()
    before = await in_room(house, interview, session)
    newer = await house.post(f"/v1/interviews/{interview['id']}/invitations")
    house.rooms.is_up = False
    fresh = await house.redeemed(newer)
    await house.errands_done()
    house.rooms.is_up = True
    room = room_name(InterviewId(UUID(interview["id"])))
    assert before in house.rooms.people[room]

    await Watch(house.client.app[DESK].world, house.rooms, answers).look()
    assert before not in house.rooms.people[room]
    now = await in_room(house, interview, fresh)
    await Watch(house.client.app[DESK].world, house.rooms, answers).look()
    assert now in house.rooms.people[room]


async def test_who_asks_for_their_session_again_takes_nobodys_place(house: House) -> None:
    interview, _, _ = await house.led()
    body = {"token": await newer_token(house, interview)}
    guard = {"Idempotency-Key": "0b7e3c2a-random-key"}
    opened = await house.post(REDEEM, body, status=200, key="", headers=guard)
    here = await in_room(house, interview, opened["access_token"])
    house.client.session.cookie_jar.clear()

    again = await house.post(REDEEM, body, status=200, key="", headers=guard)
    await house.errands_done()

    assert opened == again
    assert here in house.rooms.people[room_name(InterviewId(UUID(interview["id"])))]


async def newer_token(house: House, interview: Json) -> str:
    newer = await house.post(f"/v1/interviews/{interview['id']}/invitations")
    return str(newer["invitation_url"].partition("#")[2])


async def answers() -> bool:
    return True
