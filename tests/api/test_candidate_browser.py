"""One browser, several links: whose interview it is, and nothing done in another one's name."""

from uuid import UUID

import pytest

from interview.ids import InterviewId
from tests.api.house import House, Json

pytestmark = pytest.mark.api
REDEEM = "/v1/invitations/redeem"
OWN = "/v1/candidate/interview"
JOIN = "/v1/candidate/join"
SESSION = "/v1/candidate/session"


def cookie(session: str) -> dict[str, str]:
    return {"Cookie": f"viv_candidate={session}"}


async def opened_with(house: House, interview: Json, session: str) -> tuple[int, Json]:
    """What a browser with that session's cookie is told when it opens the interview's link."""
    body = {"token": interview["invitation_url"].partition("#")[2]}
    answer = await house.call("POST", REDEEM, json=body, key="", headers=cookie(session))
    house.client.session.cookie_jar.clear()
    return answer.status, await answer.json()


async def test_ones_own_link_leads_back_in_the_browser_that_opened_it(house: House) -> None:
    interview = await house.invited()
    session = await house.redeemed(interview)

    status, told = await opened_with(house, interview, session)

    assert (200, session) == (status, told["access_token"])
    assert 1 == (await house.kinds(interview)).count("invitation_redeemed")


async def test_a_link_that_a_newer_one_replaced_leads_its_own_candidate_back_as_well(
    house: House,
) -> None:
    first = await house.invited()
    second = await house.post(f"/v1/interviews/{first['id']}/invitations")
    session = await house.redeemed(second)

    assert 200 == (await opened_with(house, first, session))[0]


async def test_a_used_link_shows_nothing_of_whoever_used_the_browser_before(house: House) -> None:
    theirs, ours = await house.invited(), await house.invited()
    await house.redeemed(theirs)
    session = await house.redeemed(ours)

    status, told = await opened_with(house, theirs, session)

    assert (409, "invitation_used") == (status, told["code"])


async def test_a_session_that_is_over_opens_no_used_link(house: House) -> None:
    interview = await house.invited()
    session = await house.redeemed(interview)
    await house.redeemed(await house.post(f"/v1/interviews/{interview['id']}/invitations"))

    status, told = await opened_with(house, interview, session)

    assert (409, "invitation_used") == (status, told["code"])


async def test_a_cookie_that_is_no_secret_of_ours_opens_no_used_link(house: House) -> None:
    interview = await house.invited()
    await house.redeemed(interview)

    for other in ("x" * 43, "\u00e9"):
        status, told = await opened_with(house, interview, other)
        assert (409, "invitation_used") == (status, told["code"])


async def test_nothing_is_done_in_another_interview_than_the_page_shows(house: House) -> None:
    shown, other = await house.invited(), await house.invited()
    session = await house.consented(other)

    told = await house.get(OWN, key=session, headers={"X-Interview-Id": other["id"]})

    assert other["id"] == told["interview_id"]
    for method, path in (("GET", OWN), ("POST", JOIN), ("POST", "/v1/candidate/person")):
        assert (409, "other_interview") == await house.refusal(
            method, path, key=session, headers={"X-Interview-Id": shown["id"]}
        )
    assert "ready" == await house.state(other)


async def test_two_interviews_of_one_browser_stay_apart(house: House) -> None:
    """Each page names its own, and the link of each leads back to it."""
    first, second = await house.invited(), await house.invited()
    one, two = await house.redeemed(first), await house.redeemed(second)
    both = {f"viv_candidate_{first['id']}": one, f"viv_candidate_{second['id']}": two}
    said = "; ".join(f"{name}={value}" for name, value in {"viv_candidate": two, **both}.items())

    for interview, session in ((first, one), (second, two)):
        headers = {"Cookie": said, "X-Interview-Id": interview["id"]}
        assert interview["id"] == (await house.get(OWN, key="", headers=headers))["interview_id"]
        body = {"token": interview["invitation_url"].partition("#")[2]}
        answer = await house.call("POST", REDEEM, json=body, key="", headers={"Cookie": said})
        house.client.session.cookie_jar.clear()
        names = {"viv_candidate", f"viv_candidate_{interview['id']}"}
        assert (200, names) == (answer.status, set(answer.cookies))
        assert session == answer.cookies["viv_candidate"].value


async def test_a_begun_interview_is_taken_up_again_after_the_time_to_begin_it(
    house: House,
) -> None:
    """Whoever paused was told to come back when they are ready."""
    _, session, claim = await house.led(expires_at="2026-03-02T13:00:00Z")
    await house.tell(claim, house.report("paused", reason="asked"))
    house.clock.advance(3700)

    assert "expired" != (await house.get(OWN, key=session))["state"]
    assert await house.post(JOIN, status=200, key=session)
    await house.errands_done()


async def test_a_shared_device_forgets_the_interview_that_was_left_and_no_other(
    house: House,
) -> None:
    left, other = await house.invited(), await house.invited()
    session, kept = await house.redeemed(left), await house.redeemed(other)
    names = [f"viv_candidate_{each['id']}" for each in (left, other)]
    said = f"viv_candidate={kept}; {names[0]}={session}; {names[1]}={kept}"
    headers = {"Cookie": said, "X-Interview-Id": left["id"]}

    answer = await house.call("DELETE", SESSION, key="", headers=headers)
    house.client.session.cookie_jar.clear()

    assert (204, [names[0]]) == (answer.status, [*answer.cookies])
    assert "0" == answer.cookies[names[0]]["max-age"]
    assert (401, "unauthenticated") == await house.refusal("GET", OWN, key=session)
    assert other["id"] == (await house.get(OWN, key=kept))["interview_id"]
    assert "invited" == await house.state(left)


async def test_a_device_with_one_interview_keeps_no_cookie_of_it(house: House) -> None:
    left = await house.invited()
    session = await house.redeemed(left)
    name = f"viv_candidate_{left['id']}"

    answer = await house.call(
        "DELETE", SESSION, key="", headers={"Cookie": f"viv_candidate={session}; {name}={session}"}
    )
    house.client.session.cookie_jar.clear()

    assert {name, "viv_candidate"} == set(answer.cookies)


async def test_whoever_left_is_let_in_again_by_another_link_and_reminded_as_before(
    house: House,
) -> None:
    """Leaving is no withdrawal: what is written to them goes on."""
    left = await house.invited()
    session = await house.redeemed(left)
    await house.call("DELETE", SESSION, key=session)

    async with house.store.transaction(house.tenants[house.key]) as tx:
        assert not await tx.sessions.is_barred(InterviewId(UUID(left["id"])))
    again = await house.redeemed(await house.post(f"/v1/interviews/{left['id']}/invitations"))

    assert left["id"] == (await house.get(OWN, key=again))["interview_id"]
