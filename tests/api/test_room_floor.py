"""Who leads the talk: the floor is passed at the API, and room, agent and log follow."""

import asyncio
from uuid import UUID

import pytest

from interview.accounts import Role
from interview.errors import ChainBroken
from interview.floor import of_member
from interview.ids import InterviewId, MemberId, interviewer_identity
from interview.ports import Present
from interview.use_cases.verify import verify_interview
from tests.api.house import House, Json
from tests.api.test_room import come, room_of, stand, take

pytestmark = pytest.mark.api


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


async def test_who_came_back_to_look_on_keeps_the_floor_from_nobody(house: House) -> None:
    interview, _, claim = await house.led()
    one, two = [await seated(house, interview) for _ in range(2)]
    await take(house, interview, one)
    await come(house, interview, one, {"role": "observer"})
    here = [
        Present(interviewer_identity(one), "observer"),
        Present(interviewer_identity(two), "interviewer"),
    ]
    house.rooms.people[room_of(interview)] = here

    assert f"human:{two.hex}" == (await take(house, interview, two))["floor"]
    assert f"human:{two.hex}" == (await desired(house, claim))["floor"]


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
