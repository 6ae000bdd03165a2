"""A candidate who reaches for the floor by the API gets nothing, and it is in the log."""

import pytest

from tests.api.house import House, Json

pytestmark = pytest.mark.api


async def refusals(house: House, interview: Json) -> list[Json]:
    events = (await house.get(f"/v1/interviews/{interview['id']}/events?limit=200"))["items"]
    return [e["fact"] for e in events if e["fact"]["kind"] == "floor_refused"]


def path_of(interview: Json) -> str:
    return f"/v1/interviews/{interview['id']}/floor"


@pytest.mark.parametrize(("holder", "wanted"), [("me", "take"), ("ai", "give"), ("paused", "give")])
async def test_a_candidates_attempt_is_in_the_log_like_one_in_the_room(
    house: House, holder: str, wanted: str
) -> None:
    interview, session, _ = await house.led()

    refused = await house.refusal("POST", path_of(interview), json={"holder": holder}, key=session)

    assert (401, "unauthenticated") == refused
    [fact] = await refusals(house, interview)
    me = f"cand-{str(interview['candidate_id']).replace('-', '')}"
    assert (me, wanted) == (fact["identity"], fact["wanted"])


async def test_an_attempt_from_the_candidates_own_page_is_in_the_log(house: House) -> None:
    interview, session, _ = await house.led()
    cookie = {"Cookie": f"viv_candidate_{interview['id']}={session}"}

    await house.refusal("POST", path_of(interview), json={"holder": "me"}, key="", headers=cookie)

    assert ["take"] == [fact["wanted"] for fact in await refusals(house, interview)]


@pytest.mark.parametrize("body", ["", "[", '{"holder": "you"}', '{"holder": 1}'])
async def test_what_asks_for_no_floor_is_in_no_log(house: House, body: str) -> None:
    interview, session, _ = await house.led()

    assert 401 == (await house.refusal("POST", path_of(interview), data=body, key=session))[0]

    assert [] == await refusals(house, interview)


async def test_what_is_nobodys_session_or_of_another_interview_is_in_no_log(house: House) -> None:
    interview, _, _ = await house.led()
    _, others, _ = await house.led()

    for key in ("nobodys-session", others):
        await house.refusal("POST", path_of(interview), json={"holder": "me"}, key=key)

    assert [] == await refusals(house, interview)


async def test_an_attempt_before_the_talk_is_in_no_log(house: House) -> None:
    interview = await house.invited()
    session = await house.consented(interview)

    await house.refusal("POST", path_of(interview), json={"holder": "me"}, key=session)

    assert [] == await refusals(house, interview)
