"""Members come into a room by their right, and leave it with their right."""

import asyncio
from uuid import UUID

import pytest

from interview.accounts import Role, Scope
from interview.errors import ChainBroken
from interview.floor import of_member
from interview.ids import InterviewId, MemberId, interviewer_identity, room_name
from interview.ports import Present
from interview.use_cases.verify import verify_interview
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


async def not_taken(
    house: House, interview: Json, member: MemberId, holder: str = "me", **more: Json
) -> tuple[int, str]:
    path = f"/v1/interviews/{interview['id']}/floor"
    headers = await house.signed_in(member)
    body = {"holder": holder, **more}
    return await house.refusal("POST", path, json=body, key="", headers=headers)


async def seated(house: House, interview: Json) -> MemberId:
    member = await house.new_member(Role.INTERVIEWER)
    await come(house, interview, member)
    return member


async def desired(house: House, claim: Json) -> Json:
    return (await (await house.beat(claim)).json())["desired"]


async def test_the_floor_is_told_to_the_log_the_room_the_agent_and_the_trail(house: House) -> None:
    interview, _, claim = await house.led()
    member = await seated(house, interview)
    floor = f"human:{member.hex}"

    taken = await take(house, interview, member)
    await house.errands_done()

    assert {"floor": floor, "member_id": str(member), "covered": []} == taken
    assert "floor_changed" == (await house.kinds(interview))[-1]
    assert f'"floor":"{floor}"' in house.rooms.metadata[room_of(interview)]
    wanted = {"floor": floor, "covered": [], "phase": "live", "onlookers": []}
    assert wanted == await desired(house, claim)
    entry = (await house.get("/v1/audit"))["items"][-1]
    assert ("set_floor", {"floor": floor}) == (entry["action"], entry["facts"])


async def test_the_record_fits_together_and_a_floor_that_nobody_passed_does_not(
    house: House,
) -> None:
    interview, _, _ = await house.led()
    member = await seated(house, interview)
    await take(house, interview, member, covered_questions=["tools"])
    which, tenant = InterviewId(UUID(interview["id"])), house.tenants[house.key]

    assert (await verify_interview(house.store, tenant, which)).opened
    async with house.store.transaction(tenant) as tx:
        await tx.interviews.set_floor(which, "ai", ("tools",))
    with pytest.raises(ChainBroken):
        await verify_interview(house.store, tenant, which)


async def test_what_a_person_has_covered_is_wanted_of_the_agent(house: House) -> None:
    interview, _, claim = await house.led()
    member = await seated(house, interview)
    await take(house, interview, member, covered_questions=["tools"])

    given = await take(house, interview, member, "ai", covered_competencies=["debugging"])

    both = ["tools", "outage"]
    assert {"floor": "ai", "member_id": None, "covered": both} == given
    wanted = {"floor": "ai", "covered": both, "phase": "live", "onlookers": []}
    assert wanted == await desired(house, claim)


async def test_what_the_kit_does_not_know_covers_nothing(house: House) -> None:
    interview, _, _ = await house.led()
    member = await seated(house, interview)

    for field in ("covered_questions", "covered_competencies"):
        wrong: Json = {field: ["nothing"]}
        assert (422, "invalid") == await not_taken(house, interview, member, **wrong)


async def test_asking_again_for_what_is_so_is_no_news(house: House) -> None:
    interview, _, _ = await house.led()
    member = await seated(house, interview)
    await take(house, interview, member)
    before = await house.kinds(interview)

    await take(house, interview, member)

    assert before == await house.kinds(interview)


async def test_of_two_at_once_one_has_the_floor(house: House) -> None:
    interview, _, claim = await house.led()
    two = [await seated(house, interview) for _ in range(2)]
    stand(house, interview, *two)
    path = f"/v1/interviews/{interview['id']}/floor"
    heads = [await house.signed_in(member) for member in two]

    answers = await asyncio.gather(
        *(house.call("POST", path, json={"holder": "me"}, key="", headers=h) for h in heads)
    )

    assert [200, 409] == sorted(answer.status for answer in answers)
    holder = next(m for m, answer in zip(two, answers, strict=True) if answer.status == 200)
    assert f"human:{holder.hex}" == (await desired(house, claim))["floor"]


async def test_a_colleague_takes_over_from_who_is_gone_and_from_nobody_else(house: House) -> None:
    interview, _, _ = await house.led()
    one, two = [await seated(house, interview) for _ in range(2)]
    stand(house, interview, one, two)
    await take(house, interview, one)

    for holder in ("me", "ai", "paused"):
        assert (409, "floor_taken") == await not_taken(house, interview, two, holder)
    stand(house, interview, two)
    assert f"human:{two.hex}" == (await take(house, interview, two))["floor"]


@pytest.mark.parametrize("holder", ["me", "ai", "paused"])
async def test_who_is_not_in_the_room_as_an_interviewer_does_not_say_who_leads(
    house: House, holder: str
) -> None:
    interview, _, claim = await house.led()
    outside = await house.new_member(Role.INTERVIEWER)
    observer = await house.new_member(Role.INTERVIEWER)
    await come(house, interview, observer, {"role": "observer"})

    for member in (outside, observer):
        wish: Json = {"covered_questions": ["tools"]}
        assert (403, "forbidden") == await not_taken(house, interview, member, holder, **wish)
    wanted = {"floor": "ai", "covered": [], "phase": "live", "onlookers": []}
    assert wanted == await desired(house, claim)


async def test_nobody_leads_before_or_after_the_talk(house: House) -> None:
    interview = await house.invited()
    member = await house.new_member(Role.INTERVIEWER)

    assert (409, "wrong_state") == await not_taken(house, interview, member, "ai")


async def test_the_candidate_cannot_pass_the_floor(house: House) -> None:
    interview, session, claim = await house.led()
    path = f"/v1/interviews/{interview['id']}/floor"

    assert (401, "unauthenticated") == await house.refusal(
        "POST", path, json={"holder": "ai"}, key=session
    )
    assert "ai" == (await desired(house, claim))["floor"]


# ---- asked for in the room ----


def asks(house: House, member: MemberId, floor: str, before: str = "ai", **more: Json) -> Json:
    identity = interviewer_identity(member)
    return house.report("floor_asked", identity=identity, floor=floor, before=before, **more)


async def test_what_the_agent_was_asked_for_in_the_room_holds(house: House) -> None:
    interview, _, claim = await house.led()
    member = await seated(house, interview)

    await house.tell(claim, asks(house, member, f"human:{member.hex}"))
    await house.errands_done()

    assert f"human:{member.hex}" == (await desired(house, claim))["floor"]
    assert f'"floor":"human:{member.hex}"' in house.rooms.metadata[room_of(interview)]
    assert "floor_changed" == (await house.kinds(interview))[-1]


async def test_what_nobody_may_have_is_not_what_is_wanted(house: House) -> None:
    interview, _, claim = await house.led()
    outside = await house.new_member(Role.INTERVIEWER)
    reviewer = await seated(house, interview)
    await house.call("PATCH", f"/v1/members/{reviewer}", json={"role": "reviewer"})
    seat = await seated(house, interview)

    await house.tell(
        claim,
        asks(house, outside, f"human:{outside.hex}"),
        asks(house, reviewer, f"human:{reviewer.hex}"),
        asks(house, seat, f"human:{outside.hex}"),
        asks(house, MemberId(UUID(int=9)), f"human:{UUID(int=9).hex}"),
    )

    assert "ai" == (await desired(house, claim))["floor"]


async def test_who_was_quicker_at_the_api_keeps_the_floor(house: House) -> None:
    interview, _, claim = await house.led()
    quick, late = [await seated(house, interview) for _ in range(2)]
    await take(house, interview, quick)

    await house.tell(claim, asks(house, late, f"human:{late.hex}", before="ai"))
    assert f"human:{quick.hex}" == (await desired(house, claim))["floor"]

    before = f"human:{quick.hex}"  # the agent has seen them go
    await house.tell(claim, asks(house, late, f"human:{late.hex}", before=before))
    assert f"human:{late.hex}" == (await desired(house, claim))["floor"]


async def test_a_floor_whose_holder_is_gone_returns_to_the_ai(house: House) -> None:
    interview, _, claim = await house.led()
    gone, other = [await seated(house, interview) for _ in range(2)]
    await take(house, interview, gone)
    holds = f"human:{gone.hex}"

    await house.tell(claim, asks(house, other, "ai", before=holds, gone=True))
    assert holds == (await desired(house, claim))["floor"]

    await house.tell(claim, asks(house, gone, "ai", before=holds, gone=True))
    assert "ai" == (await desired(house, claim))["floor"]


async def test_the_transcript_names_who_sat_in_it_and_who_led_when(house: House) -> None:
    interview, _, claim = await house.led()
    member, watches = [await house.new_member(Role.INTERVIEWER) for _ in range(2)]
    await come(house, interview, member, {"name": "Anna", "role": "observer"})
    await come(house, interview, member, {"name": "Anna Berg"})
    await come(house, interview, watches, {"name": "Tom", "role": "observer"})
    floor = of_member(member)
    for ago, to in ((5, "ai"), (5, floor), (9, floor), (20, "ai")):
        house.clock.advance(ago)
        await house.tell(claim, house.report("floor_followed", floor=to))

    told = await house.get(f"/v1/interviews/{interview['id']}/transcript")

    assert [
        {"identity": interviewer_identity(member), "name": "Anna Berg", "role": "interviewer"},
        {"identity": interviewer_identity(watches), "name": "Tom", "role": "observer"},
    ] == told["people"]
    assert [{"from_ms": 10_000, "floor": floor}, {"from_ms": 39_000, "floor": "ai"}] == told["led"]
