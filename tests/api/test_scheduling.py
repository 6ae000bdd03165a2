"""Another time for an interview, or none, and the links to it."""

from datetime import timedelta
from uuid import UUID

import pytest

from interview.adapters.system import SystemIds
from interview.ids import InterviewId
from interview.ports import Present
from interview.use_cases.overdue import close_overdue
from interview.use_cases.verify import verify_all
from interview.use_cases.watch import Watch
from interview.use_cases.world import World
from tests.api.house import House, Json

pytestmark = pytest.mark.api

TOMORROW = "2026-03-03T12:00:00Z"
LATER = "2026-03-05T12:00:00Z"
LATEST = "2026-03-09T12:00:00Z"


def path(interview: Json, what: str = "") -> str:
    return f"/v1/interviews/{interview['id']}{what}"


async def reschedule(house: House, interview: Json, starts: Json, expires: Json) -> Json:
    body = {"starts_at": starts, "expires_at": expires}
    return await house.post(path(interview, "/reschedule"), body, status=200)


async def extend(house: House, interview: Json, until: str) -> Json:
    return await house.post(path(interview, "/extend"), {"expires_at": until}, status=200)


async def cancel(house: House, interview: Json, reason: str = "scheduling") -> Json:
    return await house.post(path(interview, "/cancel"), {"reason": reason}, status=200)


async def expire(house: House) -> None:
    """The worker's pass over what is overdue."""
    await close_overdue(World(house.store, house.clock, SystemIds()), house.rooms)


async def events(house: House, interview: Json) -> list[Json]:
    return [e["fact"] for e in (await house.get(path(interview, "/events")))["items"]]


async def test_a_rescheduled_interview_has_its_new_times_and_a_fact_that_says_who(
    house: House,
) -> None:
    interview = await house.invited(starts_at=TOMORROW, expires_at=LATER)

    moved = await reschedule(house, interview, LATER, LATEST)

    assert (LATER, LATEST, "invited") == (moved["starts_at"], moved["expires_at"], moved["state"])
    assert moved == await house.get(path(interview))
    kid = house.key.removeprefix("viv_live_").partition("_")[0]
    assert {
        "kind": "interview_rescheduled",
        "starts_at": LATER,
        "expires_at": LATEST,
        "by": {"kind": "key", "id": kid, "name": None},
    } == (await events(house, interview))[-1]


async def test_the_link_that_was_sent_works_until_the_new_end(house: House) -> None:
    interview = await house.invited(expires_at=TOMORROW)
    await reschedule(house, interview, None, LATEST)
    house.clock.advance(timedelta(days=5).total_seconds())

    assert await house.redeemed(interview)


async def test_an_earlier_end_holds_for_the_link_too(house: House) -> None:
    interview = await house.invited(expires_at=LATEST)
    await reschedule(house, interview, None, TOMORROW)
    house.clock.advance(timedelta(days=2).total_seconds())

    body = {"token": interview["invitation_url"].partition("#")[2]}
    assert (410, "invitation_expired") == await house.refusal(
        "POST", "/v1/invitations/redeem", json=body, key=""
    )


async def test_a_link_that_was_replaced_stays_useless(house: House) -> None:
    interview = await house.invited(expires_at=TOMORROW)
    house.clock.advance(1)
    again = await house.post(path(interview, "/invitations"))
    await reschedule(house, interview, None, LATEST)

    body = {"token": interview["invitation_url"].partition("#")[2]}
    assert (410, "invitation_expired") == await house.refusal(
        "POST", "/v1/invitations/redeem", json=body, key=""
    )
    assert await house.redeemed(again)


async def test_a_missed_interview_is_invited_again_and_asks_for_consent_again(
    house: House,
) -> None:
    interview = await house.invited(expires_at=TOMORROW)
    session = await house.consented(interview)
    house.clock.advance(timedelta(hours=23).total_seconds())
    await extend(house, interview, "2026-03-03T13:00:00Z")
    house.clock.advance(timedelta(hours=3).total_seconds())
    await expire(house)
    assert "expired" == await house.state(interview)

    moved = await extend(house, interview, LATEST)

    assert "invited" == moved["state"] == await house.state(interview)
    again = await house.post(path(interview, "/invitations"))
    session = await house.redeemed(again)
    assert (403, "consent_required") == await house.refusal(
        "POST", "/v1/candidate/join", key=session
    )


async def test_a_session_lives_on_with_an_extended_interview(house: House) -> None:
    interview = await house.invited(expires_at=TOMORROW)
    session = await house.consented(interview)

    await extend(house, interview, LATEST)
    house.clock.advance(timedelta(days=5).total_seconds())

    known = await house.get("/v1/candidate/interview", key=session)
    assert ("ready", LATEST) == (known["state"], known["expires_at"])


async def test_an_interview_that_runs_may_be_extended_and_not_rescheduled(house: House) -> None:
    interview = await house.invited(expires_at=TOMORROW)
    await house.joined(interview)

    assert LATER == (await extend(house, interview, LATER))["expires_at"]
    body = {"starts_at": None, "expires_at": LATER}
    assert (409, "wrong_state") == await house.refusal(
        "POST", path(interview, "/reschedule"), json=body
    )


@pytest.mark.parametrize("what", ["reschedule", "extend", "cancel"])
async def test_what_is_over_keeps_its_times_and_its_state(house: House, what: str) -> None:
    interview, _, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    body = {
        "reschedule": {"starts_at": None, "expires_at": LATER},
        "extend": {"expires_at": LATER},
        "cancel": {"reason": "other"},
    }[what]
    before = await house.kinds(interview)

    assert (409, "wrong_state") == await house.refusal(
        "POST", path(interview, f"/{what}"), json=body
    )
    assert before == await house.kinds(interview)


@pytest.mark.parametrize(
    ("what", "body", "field"),
    [
        ("extend", {"expires_at": "2026-03-03T11:00:00Z"}, "expires_at"),
        ("extend", {"expires_at": "2026-03-01T11:00:00Z"}, "expires_at"),
        ("extend", {"expires_at": "2036-03-01T11:00:00Z"}, "expires_at"),
        ("extend", {}, "expires_at"),
        ("reschedule", {"starts_at": None}, "expires_at"),
        ("reschedule", {"starts_at": LATER, "expires_at": TOMORROW}, "expires_at"),
        ("reschedule", {"starts_at": "2026-03-01T11:00:00Z", "expires_at": None}, "starts_at"),
        ("cancel", {"reason": "mood"}, "reason"),
        ("cancel", {}, "reason"),
    ],
)
async def test_a_time_or_reason_that_nobody_can_mean_names_the_field(
    house: House, what: str, body: Json, field: str
) -> None:
    interview = await house.invited(expires_at=TOMORROW)

    answer = await house.call("POST", path(interview, f"/{what}"), json=body)

    assert (422, field) == (answer.status, (await answer.json())["field"])
    assert ["interview_created"] == await house.kinds(interview)


async def test_an_interview_without_an_end_cannot_be_extended(house: House) -> None:
    interview = await house.invited()

    answer = await house.call("POST", path(interview, "/extend"), json={"expires_at": LATER})

    assert (422, "expires_at") == (answer.status, (await answer.json())["field"])


async def test_a_cancelled_interview_lets_nobody_in_any_more(house: House) -> None:
    interview = await house.invited()
    session = await house.consented(interview)
    link = await house.post(path(interview, "/invitations"))

    cancelled = await cancel(house, interview, "position_filled")

    assert ("cancelled", None) == (cancelled["state"], cancelled["ended_at"])
    body = {"token": link["invitation_url"].partition("#")[2]}
    called_off = (410, "interview_cancelled")
    used = {"token": interview["invitation_url"].partition("#")[2]}
    for each in (body, used):
        redeemed = await house.refusal("POST", "/v1/invitations/redeem", json=each, key="")
        assert called_off == redeemed
    assert called_off == await house.refusal("POST", "/v1/candidate/join", key=session)
    assert called_off == await house.refusal("GET", "/v1/candidate/interview", key=session)
    assert (409, "wrong_state") == await house.refusal(
        "POST", path(interview, "/cancel"), json={"reason": "other"}
    )
    fact = (await events(house, interview))[-1]
    assert ("interview_cancelled", "position_filled") == (fact["kind"], fact["reason"])


async def test_cancelling_closes_the_room_at_once_and_tells_the_agent(house: House) -> None:
    interview, session, claim = await house.led()
    cancelled = await cancel(house, interview)
    await house.errands_done()

    assert cancelled["ended_at"] is not None
    assert {} == house.rooms.people
    last_words = house.rooms.metadata[claim["room"]]
    assert '{"floor":"ai","phase":"ended","epoch":1}' == last_words
    beat = await (await house.beat(claim)).json()
    assert "ended" == beat["desired"]["phase"]
    late = house.report("interview_ended", reason="completed")
    assert [] == (await house.tell(claim, late))["stored"]
    assert "cancelled" == await house.state(interview)
    called_off = (410, "interview_cancelled")
    assert called_off == await house.refusal("POST", "/v1/candidate/join", key=session)


async def test_a_room_that_could_not_be_closed_is_closed_by_the_watch(house: House) -> None:
    interview, _, claim = await house.led()
    house.rooms.is_up = False
    await cancel(house, interview)
    await house.errands_done()
    house.rooms.is_up = True
    assert claim["room"] in house.rooms.people
    house.clock.advance(11)

    world = World(house.store, house.clock, SystemIds())
    await Watch(world, house.rooms, house.store.is_ready).look()

    assert {} == house.rooms.people


async def test_an_erased_interview_can_still_be_cancelled(house: House) -> None:
    interview = await house.invited()
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_interview(InterviewId(UUID(interview["id"])), house.clock.now())

    assert "cancelled" == (await cancel(house, interview))["state"]
    assert [] == (await verify_all(house.store)).broken


# ---- links ----


async def links(house: House, interview: Json) -> list[Json]:
    found: list[Json] = (await house.get(path(interview, "/invitations")))["items"]
    return found


async def withdraw(house: House, interview: Json, link: Json) -> Json:
    where = path(interview, f"/invitations/{link['id']}/withdraw")
    return await house.post(where, status=200)


async def test_links_are_listed_without_their_tokens(house: House) -> None:
    interview = await house.invited(expires_at=TOMORROW)
    house.clock.advance(1)
    again = await house.post(path(interview, "/invitations"))
    house.clock.advance(1)
    await house.redeemed(again)

    first, second = await links(house, interview)

    assert ("withdrawn", "redeemed") == (first["state"], second["state"])
    assert {"id", "state", "created_at", "expires_at", "redeemed_at", "withdrawn_at"} == set(first)


async def test_a_link_that_nobody_used_in_time_is_expired(house: House) -> None:
    interview = await house.invited(expires_at=TOMORROW)
    assert ["waiting"] == [link["state"] for link in await links(house, interview)]

    house.clock.advance(timedelta(days=2).total_seconds())

    [link] = await links(house, interview)
    assert "expired" == link["state"]
    where = path(interview, f"/invitations/{link['id']}/withdraw")
    assert (409, "wrong_state") == await house.refusal("POST", where)


async def test_a_withdrawn_link_lets_nobody_in_and_the_interview_waits_on(house: House) -> None:
    interview = await house.invited()
    [link] = await links(house, interview)

    ended = await withdraw(house, interview, link)

    assert ("withdrawn", [ended]) == (ended["state"], await links(house, interview))
    body = {"token": interview["invitation_url"].partition("#")[2]}
    assert 410 == (await house.refusal("POST", "/v1/invitations/redeem", json=body, key=""))[0]
    assert ("invited", "invitation_withdrawn") == (
        await house.state(interview),
        (await house.kinds(interview))[-1],
    )
    await reschedule(house, interview, None, LATEST)
    assert 410 == (await house.refusal("POST", "/v1/invitations/redeem", json=body, key=""))[0]


async def test_withdrawing_a_used_link_puts_its_candidate_out(house: House) -> None:
    interview, session, claim = await house.led()
    room, identity = claim["room"], claim["candidate_identity"]
    house.rooms.people[room] = [Present(identity, "candidate"), Present("ai", "agent")]
    [link] = await links(house, interview)

    await withdraw(house, interview, link)
    await house.errands_done()

    assert (401, "unauthenticated") == await house.refusal(
        "POST", "/v1/candidate/join", key=session
    )
    assert ["ai"] == [person.identity for person in house.rooms.people[room]]
    where = path(interview, f"/invitations/{link['id']}/withdraw")
    assert (409, "wrong_state") == await house.refusal("POST", where)


async def test_a_used_link_that_another_took_over_from_is_over(house: House) -> None:
    interview = await house.invited()
    await house.redeemed(interview)
    house.clock.advance(1)
    session = await house.redeemed(await house.post(path(interview, "/invitations")))
    old, _ = await links(house, interview)

    where = path(interview, f"/invitations/{old['id']}/withdraw")
    assert (409, "wrong_state") == await house.refusal("POST", where)
    assert await house.get("/v1/candidate/interview", key=session)


async def test_a_link_of_another_interview_is_not_found(house: House) -> None:
    one, other = await house.invited(), await house.invited()
    [link] = await links(house, other)

    where = path(one, f"/invitations/{link['id']}/withdraw")
    assert (404, "not_found") == await house.refusal("POST", where)
