"""The way back: whoever asked for something reads the answer, wherever the interview stands."""

from datetime import timedelta

import pytest

from interview.accounts import Role
from interview.adapters.system import SystemIds
from interview.use_cases.overdue import close_overdue
from interview.use_cases.world import World
from tests.api.house import House, Json

pytestmark = pytest.mark.api
OWN = "/v1/candidate/interview"
REQUESTS = "/v1/candidate/requests"
CANCEL = {"reason": "candidate_withdrew"}


async def test_an_answer_within_thirty_days_is_read_with_the_session_that_asked(
    house: House,
) -> None:
    interview = await house.invited()
    session = await house.redeemed(interview)
    made = await house.post(REQUESTS, {"kind": "access"}, key=session)
    house.clock.advance(timedelta(days=29).total_seconds())
    answer = {"outcome": "granted", "text": "It was sent.", "person": "Grace"}
    await house.post(f"/v1/requests/{made['id']}/answer", answer, status=200)
    house.clock.advance(timedelta(days=14).total_seconds())

    [own] = (await house.get(REQUESTS, key=session))["items"]

    assert "It was sent." == own["answer"]


@pytest.mark.parametrize("state", ["declined", "cancelled", "human_path", "expired", "missed"])
async def test_a_new_link_leads_to_ones_rights_in_every_state(house: House, state: str) -> None:
    interview = await house.invited(expires_at="2026-03-02T13:00:00Z")
    session = await house.consented(interview)
    await bring(house, interview, session, state)

    again = await house.post(f"/v1/interviews/{interview['id']}/invitations")
    fresh = await house.redeemed(again)

    then = "expired" if state == "missed" else state
    assert then == (await house.get(OWN, key=fresh))["state"]
    assert await house.post(REQUESTS, {"kind": "erasure"}, key=fresh)
    code = (await house.refusal("POST", "/v1/candidate/join", key=fresh))[1]
    assert "interview_not_open" == code


async def bring(house: House, interview: Json, session: str, state: str) -> None:
    match state:
        case "declined":
            version = (await house.get(OWN, key=session))["notice"]["version"]
            body = {"accepted": False, "notice_version": version}
            await house.post("/v1/candidate/consent", body, status=200, key=session)
        case "cancelled":
            await house.post(f"/v1/interviews/{interview['id']}/cancel", CANCEL, status=200)
        case "human_path":
            await house.post("/v1/candidate/person", status=200, key=session)
        case "missed":
            house.clock.advance(3700)
        case _:
            house.clock.advance(3700)
            await close_overdue(World(house.store, house.clock, SystemIds()), house.rooms)


async def test_whoever_judges_reads_what_the_candidate_says_to_have_said(house: House) -> None:
    _, session, claim = await house.led()
    speech = house.speech("I kneaded the code")
    await house.tell(claim, speech, house.report("interview_ended", reason="completed"))
    turns = (await house.get("/v1/candidate/transcript", key=session))["turns"]
    body = {"kind": "transcript", "text": "I needed the code", "turn_id": turns[0]["turn_id"]}
    made = await house.post(REQUESTS, body, key=session)
    await house.post(REQUESTS, {"kind": "access"}, key=session)
    path = f"/v1/interviews/{claim['interview_id']}/proposals"

    for role in (Role.RECRUITER, Role.INTERVIEWER, Role.REVIEWER, Role.AUDITOR):
        member = await house.signed_in(await house.new_member(role))
        [found] = (await house.get(path, key="", headers=member))["items"]
        assert (made["id"], turns[0]["turn_id"], "I needed the code", "open") == (
            found["id"],
            found["turn_id"],
            found["text"],
            found["state"],
        )
