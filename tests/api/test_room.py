"""Members come into a room by their right, and leave it with their right."""

from uuid import UUID

import pytest

from interview.accounts import Role, Scope
from interview.floor import COMES_WITHIN
from interview.ids import InterviewId, MemberId, interviewer_identity, room_name
from interview.ports import Present
from tests.api.house import House, Json

pytestmark = pytest.mark.api


def room_of(interview: Json) -> str:
    return room_name(InterviewId(UUID(interview["id"])))


async def come(house: House, interview: Json, member: MemberId, body: Json = None) -> Json:
    """The way into the room, as the member's browser gets it."""
    path = f"/v1/interviews/{interview['id']}/join"
    return await house.post(path, body, status=200, key="", headers=await house.signed_in(member))


async def refused(
    house: House, interview: Json, member: MemberId, body: Json = None
) -> tuple[int, str]:
    path = f"/v1/interviews/{interview['id']}/join"
    headers = await house.signed_in(member)
    return await house.refusal("POST", path, json=body, key="", headers=headers)


def stand(house: House, interview: Json, *members: MemberId) -> None:
    """They are in the room, with the AI."""
    theirs = [Present(interviewer_identity(member), "interviewer") for member in members]
    house.rooms.people[room_of(interview)] = [Present("ai-1", "agent"), *theirs]


def standing(house: House, interview: Json) -> list[str]:
    return [one.identity for one in house.rooms.people[room_of(interview)]]


@pytest.mark.parametrize("role", [Role.OWNER, Role.ADMIN, Role.RECRUITER, Role.INTERVIEWER])
async def test_who_interviews_comes_in_under_one_identity(house: House, role: Role) -> None:
    interview, _, _ = await house.led()
    member = await house.new_member(role, "grace@example.com")

    joined = await come(house, interview, member)

    identity = interviewer_identity(member)
    assert f"{room_of(interview)}/{identity}/grace/interviewer/600" == joined["token"]
    assert joined["livekit_url"]
    assert "seat_taken" == (await house.kinds(interview))[-1]


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR])
async def test_who_reviews_does_not_come_in(house: House, role: Role) -> None:
    interview, _, _ = await house.led()

    assert (403, "forbidden") == await refused(house, interview, await house.new_member(role))


async def test_a_key_comes_in_for_the_person_whose_it_is_and_for_nobody_else(house: House) -> None:
    interview, _, _ = await house.led()
    path = f"/v1/interviews/{interview['id']}/join"

    nobodys = await house.new_key(Scope.INTERVIEWS_WRITE)

    assert await house.post(path, {"name": "Grace"}, status=200)
    assert (403, "forbidden") == await house.refusal("POST", path, key=nobodys)


async def test_an_interviewer_may_come_before_the_candidate(house: House) -> None:
    interview = await house.invited()
    await house.consented(interview)

    await come(house, interview, await house.new_member(Role.INTERVIEWER))

    assert '"phase":"waiting"' in house.rooms.metadata[room_of(interview)]


async def test_nobody_comes_into_an_interview_without_consent(house: House) -> None:
    interview = await house.invited()
    member = await house.new_member(Role.INTERVIEWER)

    assert (409, "interview_not_open") == await refused(house, interview, member)


async def test_a_sixth_interviewer_is_refused_and_an_observer_is_not(house: House) -> None:
    interview, _, _ = await house.led()
    five = [await house.new_member(Role.INTERVIEWER) for _ in range(5)]
    stand(house, interview, *five)
    sixth = await house.new_member(Role.INTERVIEWER)

    assert (409, "limit_reached") == await refused(house, interview, sixth)
    assert await come(house, interview, five[0])
    assert await come(house, interview, sixth, {"role": "observer"})


async def test_who_is_on_the_way_has_a_place_until_they_must_have_come(house: House) -> None:
    interview, _, _ = await house.led()
    for _ in range(4):
        await come(house, interview, await house.new_member(Role.INTERVIEWER))
    olga, fifth, sixth = [await house.new_member(Role.INTERVIEWER) for _ in range(3)]
    await come(house, interview, olga, {"role": "observer"})
    await come(house, interview, fifth)

    assert (409, "limit_reached") == await refused(house, interview, sixth)
    assert await come(house, interview, fifth)
    house.clock.advance(COMES_WITHIN.total_seconds())
    assert await come(house, interview, sixth)


async def test_an_observer_hides_only_where_the_settings_say_so(house: House) -> None:
    interview, _, _ = await house.led()
    member = await house.new_member(Role.INTERVIEWER)
    wish = {"role": "observer", "hidden": True, "name": "Grace"}

    assert (403, "forbidden") == await refused(house, interview, member, wish)
    changed = await house.call(
        "PATCH", "/v1/settings", json={"observers_may_hide": True}, headers={"If-Match": "*"}
    )
    assert 200 == changed.status
    assert (403, "forbidden") == await refused(house, interview, member, wish)  # was not told
    interview, _, _ = await house.led()
    assert "/observer/hidden/" in (await come(house, interview, member, wish))["token"]
    as_interviewer = wish | {"role": "interviewer"}
    assert (422, "invalid") == await refused(house, interview, member, as_interviewer)


async def test_the_agent_alone_is_told_who_looks_on_unseen_and_since_when(house: House) -> None:
    await house.call(
        "PATCH", "/v1/settings", json={"observers_may_hide": True}, headers={"If-Match": "*"}
    )
    interview, _, claim = await house.led()
    unseen, seen = [await house.new_member(Role.INTERVIEWER) for _ in range(2)]
    wish = {"role": "observer", "hidden": True}
    await come(house, interview, unseen, wish)
    await come(house, interview, seen, {"role": "observer"})
    first = await onlookers(house, claim)
    house.clock.advance(60)
    await come(house, interview, unseen, wish)
    again = await onlookers(house, claim)
    await come(house, interview, unseen, {"role": "observer"})

    assert [interviewer_identity(unseen)] == [one["identity"] for one in first]
    assert [interviewer_identity(unseen)] == [one["identity"] for one in again]
    assert first[0]["seated_at"] < again[0]["seated_at"]
    assert [] == await onlookers(house, claim)
    assert unseen.hex not in house.rooms.metadata[room_of(interview)]


async def onlookers(house: House, claim: Json) -> list[Json]:
    """As the next heartbeat is told."""
    found: list[Json] = (await (await house.beat(claim)).json())["desired"]["onlookers"]
    return found


async def test_who_is_removed_leaves_the_room_at_once_and_the_floor_with_it(house: House) -> None:
    interview, _, claim = await house.led()
    gone, stays = [await house.new_member(Role.INTERVIEWER) for _ in range(2)]
    for member in (gone, stays):
        await come(house, interview, member)
    stand(house, interview, gone, stays)
    await take(house, interview, gone)

    answer = await house.call("DELETE", f"/v1/members/{gone}")
    await house.errands_done()

    assert 204 == answer.status
    assert ["ai-1", interviewer_identity(stays)] == standing(house, interview)
    assert "ai" == (await (await house.beat(claim)).json())["desired"]["floor"]
    assert '"floor":"ai"' in house.rooms.metadata[room_of(interview)]


async def test_who_only_reviews_from_now_on_leaves_the_room(house: House) -> None:
    interview, _, _ = await house.led()
    member = await house.new_member(Role.INTERVIEWER)
    await come(house, interview, member)
    stand(house, interview, member)

    for role, left in (
        ("recruiter", ["ai-1", interviewer_identity(member)]),
        ("auditor", ["ai-1"]),
    ):
        answer = await house.call("PATCH", f"/v1/members/{member}", json={"role": role})
        await house.errands_done()
        assert 200 == answer.status
        assert left == standing(house, interview)


# ---- the floor ----


async def take(
    house: House, interview: Json, member: MemberId, holder: str = "me", **more: Json
) -> Json:
    path = f"/v1/interviews/{interview['id']}/floor"
    headers = await house.signed_in(member)
    return await house.post(path, {"holder": holder, **more}, status=200, key="", headers=headers)
