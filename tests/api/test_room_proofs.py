"""Members leave a room with the session or the key that let them in, and with no other."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from interview.accounts import Role
from interview.floor import of_member
from interview.ids import MemberId, interviewer_identity, seat_mark
from interview.ports import Present
from tests.api.house import House, Json
from tests.api.test_room import room_of

pytestmark = pytest.mark.api


@dataclass
class Came:
    """A member in the room, what they came with, and by which name it is ended."""

    member: MemberId
    headers: dict[str, str]
    key: str
    name: str

    @property
    def present(self) -> Present:
        mark = seat_mark(self.name.encode())
        return Present(interviewer_identity(self.member), "interviewer", mark)

    async def post(self, house: House, interview: Json, what: str, body: Json = None) -> Json:
        path = f"/v1/interviews/{interview['id']}/{what}"
        return await house.post(path, body, status=200, key=self.key, headers=self.headers)


async def by_session(house: House, interview: Json, member: MemberId) -> Came:
    headers = await house.signed_in(member)
    here = await house.get("/v1/sessions/current", key="", headers=headers)
    came = Came(member, headers, "", here["session"]["id"])
    await came.post(house, interview, "join")
    return came


async def by_key(house: House, interview: Json, member: MemberId) -> Came:
    body = {"name": "mine", "scopes": ["interviews:write"]}
    headers = await house.signed_in(member)
    made = await house.post("/v1/keys", body, key="", headers=headers)
    came = Came(member, {}, made["api_key"], made["id"])
    await came.post(house, interview, "join")
    return came


async def left(house: House, interview: Json, *present: Present) -> list[bool]:
    """Of each whether they are out."""
    await house.errands_done()
    return [one not in house.rooms.people[room_of(interview)] for one in present]


def stand(house: House, interview: Json, *came: Came) -> list[Present]:
    present = [one.present for one in came]
    house.rooms.people[room_of(interview)] = list(present)
    return present


async def sign_out(house: House, came: Came) -> None:
    answer = await house.call("DELETE", "/v1/sessions/current", key="", headers=came.headers)
    assert 204 == answer.status


async def sign_out_elsewhere(house: House, came: Came) -> None:
    headers = await house.signed_in(came.member)
    answer = await house.call("DELETE", f"/v1/sessions/{came.name}", key="", headers=headers)
    assert 204 == answer.status


async def sign_out_everywhere(house: House, came: Came) -> None:
    answer = await house.call("DELETE", f"/v1/members/{came.member}/sessions")
    assert 204 == answer.status


async def set_password(house: House, came: Came) -> None:
    made = await house.post(f"/v1/members/{came.member}/setup-links")
    token = made["setup_url"].partition("#")[2]
    await house.post("/v1/setup", {"token": token, "password": "a long new password"}, key="")
    house.client.session.cookie_jar.clear()


async def revoke(house: House, came: Came) -> None:
    answer = await house.call("DELETE", f"/v1/keys/{came.name}")
    assert 204 == answer.status


async def make_interviewer(house: House, came: Came) -> None:
    """Still somebody who interviews, but their keys may do more than that, and end."""
    body = {"role": "interviewer"}
    answer = await house.call("PATCH", f"/v1/members/{came.member}", json=body)
    assert 200 == answer.status


Ends = Callable[[House, Came], Awaitable[None]]
Comes = Callable[[House, Json, MemberId], Awaitable[Came]]
WAYS: list[tuple[Comes, Ends]] = [
    (by_session, sign_out),
    (by_session, sign_out_elsewhere),
    (by_session, sign_out_everywhere),
    (by_session, set_password),
    (by_key, revoke),
    (by_key, make_interviewer),
]


@pytest.mark.parametrize(("comes", "end"), WAYS, ids=[end.__name__ for _, end in WAYS])
async def test_who_came_by_what_ends_is_out_at_once_and_the_floor_is_theirs_no_more(
    house: House, comes: Comes, end: Ends
) -> None:
    interview, _, claim = await house.led()
    member, other = [await house.new_member(Role.ADMIN) for _ in range(2)]
    came, stays = await comes(house, interview, member), await by_key(house, interview, other)
    present = stand(house, interview, came, stays)
    await came.post(house, interview, "floor", {"holder": "me"})

    await end(house, came)

    assert [True, False] == await left(house, interview, *present)
    assert "ai" == (await (await house.beat(claim)).json())["desired"]["floor"]
    assert '"floor":"ai"' in house.rooms.metadata[room_of(interview)]


@pytest.mark.parametrize(("comes", "end"), [WAYS[0], WAYS[1], WAYS[4], WAYS[5]])
async def test_who_came_by_another_session_stays_and_keeps_the_floor(
    house: House, comes: Comes, end: Ends
) -> None:
    interview, _, claim = await house.led()
    member = await house.new_member(Role.ADMIN)
    before, now = (
        await comes(house, interview, member),
        await by_session(house, interview, member),
    )
    present = stand(house, interview, now)
    await now.post(house, interview, "floor", {"holder": "me"})

    await end(house, before)

    assert [False] == await left(house, interview, *present)
    assert of_member(member) == (await (await house.beat(claim)).json())["desired"]["floor"]


async def test_nobody_takes_the_floor_after_all_by_which_they_came_has_ended(house: House) -> None:
    interview, _, _ = await house.led()
    member = await house.new_member(Role.ADMIN)
    came = await by_session(house, interview, member)
    await sign_out(house, came)
    path = f"/v1/interviews/{interview['id']}/floor"
    headers = await house.signed_in(member)
    asked: Json = {"json": {"holder": "me"}, "key": "", "headers": headers}

    assert (403, "forbidden") == await house.refusal("POST", path, **asked)
    await by_session(house, interview, member)
    assert 200 == (await house.call("POST", path, **asked)).status


async def test_it_ends_though_the_rooms_do_not_answer(house: House) -> None:
    """The watch does the rest (tests/unit/test_watch_access.py)."""
    interview, _, _ = await house.led()
    came = await by_session(house, interview, await house.new_member(Role.INTERVIEWER))
    present = stand(house, interview, came)
    house.rooms.is_up = False

    await sign_out(house, came)

    assert [False] == await left(house, interview, *present)
