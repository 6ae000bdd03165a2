"""The candidate's way in: link, notice, consent; and every way in which it is refused."""

import json
from datetime import timedelta
from uuid import UUID

import pytest

from api.settings import Settings
from interview.ids import InterviewId
from interview.lifecycle import State
from interview.ports import Store
from tests.api.house import ORIGIN, House, Json, opened

pytestmark = pytest.mark.api
REDEEM = "/v1/invitations/redeem"
OWN = "/v1/candidate/interview"
CONSENT = "/v1/candidate/consent"
JOIN = "/v1/candidate/join"


def token_of(interview: Json) -> str:
    return str(interview["invitation_url"].partition("#")[2])


async def version(house: House, session: str) -> str:
    return str((await house.get(OWN, key=session))["notice"]["version"])


# ---- the link ----


async def test_redeeming_sets_a_cookie_that_scripts_cannot_read(house: House) -> None:
    interview = await house.invited()

    answer = await house.call("POST", REDEEM, json={"token": token_of(interview)}, key="")

    cookie = answer.cookies["viv_candidate"]
    assert (await answer.json())["access_token"] == cookie.value
    assert (True, "Lax", "/") == (cookie["httponly"], cookie["samesite"], cookie["path"])


async def test_the_cookie_alone_opens_the_candidates_door(house: House) -> None:
    interview = await house.invited()
    answer = await house.call("POST", REDEEM, json={"token": token_of(interview)}, key="")
    session = (await answer.json())["access_token"]

    known = await house.get(OWN, key="", headers={"Cookie": f"viv_candidate={session}"})

    assert "invited" == known["state"]


@pytest.mark.parametrize(
    ("url", "is_secure"),
    [
        ("https://talk.example.com", True),
        ("http://talk.example.com", True),
        ("https://127.0.0.1:8080", True),
        ("http://127.0.0.1:8080", False),
        ("http://localhost:8080", False),
        ("http://[::1]:8080", False),
    ],
)
async def test_the_cookie_travels_encrypted_but_on_this_machine(
    settings: Settings, store: Store, url: str, is_secure: bool
) -> None:
    elsewhere = settings.model_copy(update={"api_url": url})
    async with opened(elsewhere, store) as house:
        interview = await house.invited()
        answer = await house.call("POST", REDEEM, json={"token": token_of(interview)}, key="")

    assert is_secure == bool(answer.cookies["viv_candidate"]["secure"])


async def test_a_cookie_changes_nothing_for_a_page_of_somebody_else(house: House) -> None:
    """Also one of the same site, which a browser sends the cookie for. What is no page may come."""
    session = await house.redeemed(await house.invited())
    said = {"accepted": False, "notice_version": await version(house, session)}
    cookie = {"Cookie": f"viv_candidate={session}"}

    for origin in ("http://127.0.0.1:9999", "null"):
        foreign = cookie | {"Origin": origin}
        assert (403, "cross_origin") == await house.refusal(
            "POST", CONSENT, json=said, key="", headers=foreign
        )
    own = await house.call("POST", CONSENT, json=said, key="", headers=cookie | {"Origin": ORIGIN})
    none = await house.call("POST", CONSENT, json=said, key="", headers=cookie)

    assert [200, 200] == [own.status, none.status]


async def test_a_link_works_once(house: House) -> None:
    interview = await house.invited()
    await house.redeemed(interview)

    body = {"token": token_of(interview)}

    assert (409, "invitation_used") == await house.refusal("POST", REDEEM, json=body, key="")


async def test_looking_at_a_link_does_not_use_it_up(house: House) -> None:
    interview = await house.invited()

    looked = await house.refusal("GET", f"{REDEEM}?token={token_of(interview)}", key="")

    assert (405, "method_not_allowed") == looked
    assert await house.redeemed(interview)


async def test_an_expired_link_is_gone(house: House) -> None:
    interview = await house.invited()
    house.clock.advance(timedelta(days=15).total_seconds())

    body = {"token": token_of(interview)}

    assert (410, "invitation_expired") == await house.refusal("POST", REDEEM, json=body, key="")


async def test_a_new_link_ends_those_before_it_and_using_it_ends_the_session(
    house: House,
) -> None:
    """Lost, forwarded, or left open on somebody else's device: the newest alone is good."""
    first = await house.invited()
    inside = await house.redeemed(first)
    path = f"/v1/interviews/{first['id']}/invitations"
    second, third = await house.post(path), await house.post(path)
    body = {"token": token_of(second)}

    replaced = await house.refusal("POST", REDEEM, json=body, key="")
    before = (await house.call("GET", OWN, key=inside)).status
    newest = await house.redeemed(third)

    assert ((410, "invitation_expired"), 200) == (replaced, before)
    assert (401, "unauthenticated") == await house.refusal("GET", OWN, key=inside)
    assert "invited" == (await house.get(OWN, key=newest))["state"]


async def test_an_invented_link_is_not_known(house: House) -> None:
    body = {"token": "a" * 43}

    assert (404, "invitation_invalid") == await house.refusal("POST", REDEEM, json=body, key="")


async def test_an_invented_session_is_nobody(house: House) -> None:
    assert (401, "unauthenticated") == await house.refusal("GET", OWN, key="a" * 43)
    assert (401, "unauthenticated") == await house.refusal("GET", OWN, key="")


async def test_a_session_ends(house: House) -> None:
    session = await house.redeemed(await house.invited())
    house.clock.advance(timedelta(days=61).total_seconds())

    assert (401, "unauthenticated") == await house.refusal("GET", OWN, key=session)


async def test_what_is_said_counts_before_a_cookie_of_another_time(house: House) -> None:
    session = await house.redeemed(await house.invited())

    known = await house.get(OWN, key=session, headers={"Cookie": "viv_candidate=old"})

    assert "invited" == known["state"]


async def test_an_api_key_is_no_candidate_and_a_candidate_no_integration(house: House) -> None:
    session = await house.redeemed(await house.invited())

    assert (401, "unauthenticated") == await house.refusal("GET", OWN, key=house.key)
    assert (401, "unauthenticated") == await house.refusal("GET", "/v1/jobs", key=session)


# ---- the notice ----


async def test_a_candidate_learns_what_to_expect_and_nothing_of_questions_or_rubric(
    house: House,
) -> None:
    session = await house.redeemed(await house.invited())

    known = await house.get(OWN, key=session)

    notice = known.pop("notice")
    expected = {
        "state": "invited",
        "job_title": "Engineer",
        "language": "en",
        "minutes": 20.0,
        "questions": 2,
        "starts_at": None,
        "expires_at": None,
    }
    assert expected == {name: known[name] for name in expected}
    assert "artificial intelligence" in notice["text"]
    assert "SECRET" not in json.dumps(known)


async def test_consent_makes_the_interview_ready_and_is_kept_with_its_notice(
    house: House,
) -> None:
    interview = await house.invited()
    session = await house.redeemed(interview)
    body = {"accepted": True, "notice_version": await version(house, session)}

    first = await house.post(CONSENT, body, status=200, key=session)
    second = await house.post(CONSENT, body, status=200, key=session)

    assert {"state": "ready"} == first == second
    kinds = ["interview_created", "invitation_redeemed", "consent_given"]
    assert kinds == await house.kinds(interview)


async def test_declining_ends_it_and_nobody_can_join(house: House) -> None:
    interview = await house.invited()
    session = await house.redeemed(interview)
    body = {"accepted": False, "notice_version": await version(house, session)}

    assert {"state": "declined"} == await house.post(CONSENT, body, status=200, key=session)
    assert (409, "interview_not_open") == await house.refusal("POST", JOIN, key=session)
    again = {**body, "accepted": True}
    assert (409, "interview_not_open") == await house.refusal(
        "POST", CONSENT, json=again, key=session
    )


async def test_who_is_live_cannot_decline_any_more_but_may_say_yes_again(house: House) -> None:
    interview, session, _ = await house.led()
    yes = {"accepted": True, "notice_version": await version(house, session)}
    no = yes | {"accepted": False}

    assert (409, "wrong_state") == await house.refusal("POST", CONSENT, json=no, key=session)
    assert {"state": "live"} == await house.post(CONSENT, yes, status=200, key=session)
    assert 1 == (await house.kinds(interview)).count("consent_given")
    assert 0 == (await house.kinds(interview)).count("consent_declined")


@pytest.mark.parametrize("then", [[], [State.SCORED], [State.SCORED, State.DECIDED]])
async def test_a_candidate_does_not_learn_whether_they_were_rated_or_decided_on(
    house: House, then: list[State]
) -> None:
    interview, session, claim = await house.led()
    await house.tell(claim, house.report("interview_ended", reason="completed"))
    async with house.store.transaction(house.tenants[house.key]) as tx:
        for state in then:
            await tx.interviews.set_state(
                InterviewId(UUID(interview["id"])), state, house.clock.now()
            )

    assert "ended" == (await house.get(OWN, key=session))["state"]


async def test_consent_to_another_notice_is_outdated(house: House) -> None:
    interview = await house.invited()
    session = await house.redeemed(interview)
    body = {"accepted": True, "notice_version": "2020-01-01-00000000"}

    assert (409, "notice_outdated") == await house.refusal("POST", CONSENT, json=body, key=session)
    assert "invited" == await house.state(interview)
