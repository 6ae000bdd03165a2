"""A redemption whose answer was lost: said again to who asked, and to nobody else."""

import pytest

from tests.api.house import House, Json

pytestmark = pytest.mark.api
REDEEM = "/v1/invitations/redeem"
OWN = "/v1/candidate/interview"
GUARD = "0b7e3c2a-random-key"


async def redeemed_with(house: House, interview: Json, key: str | None) -> tuple[int, Json, bool]:
    """Status, answer and whether it was said before."""
    headers = {"Idempotency-Key": key} if key else {}
    body = {"token": interview["invitation_url"].partition("#")[2]}
    answer = await house.call("POST", REDEEM, json=body, key="", headers=headers)
    house.client.session.cookie_jar.clear()
    return answer.status, await answer.json(), "Idempotent-Replayed" in answer.headers


async def test_a_lost_answer_is_said_again_to_who_has_the_key_of_the_request(
    house: House,
) -> None:
    interview = await house.invited()

    first = await redeemed_with(house, interview, GUARD)
    house.clock.advance(599)
    second = await redeemed_with(house, interview, GUARD)

    assert (200, False) == (first[0], first[2])
    assert (200, first[1], True) == second
    assert await house.get(OWN, key=second[1]["access_token"])
    assert 1 == (await house.kinds(interview)).count("invitation_redeemed")


@pytest.mark.parametrize("key", [None, "another-random-key"])
async def test_nobody_else_gets_in_by_a_link_that_was_used(house: House, key: str | None) -> None:
    interview = await house.invited()
    await redeemed_with(house, interview, GUARD)

    status, problem, _ = await redeemed_with(house, interview, key)

    assert (409, "invitation_used") == (status, problem["code"])


async def test_a_link_that_was_used_without_a_key_opens_nothing_with_one(house: House) -> None:
    interview = await house.invited()
    await redeemed_with(house, interview, None)

    assert 409 == (await redeemed_with(house, interview, GUARD))[0]


async def test_the_key_of_one_link_opens_no_session_of_another(house: House) -> None:
    one, other = await house.invited(), await house.invited()

    _, first, _ = await redeemed_with(house, one, GUARD)
    _, second, again = await redeemed_with(house, other, GUARD)

    assert not again
    assert first["access_token"] != second["access_token"]


async def test_after_ten_minutes_nothing_is_said_again(house: House) -> None:
    interview = await house.invited()
    await redeemed_with(house, interview, GUARD)
    house.clock.advance(600)

    assert 409 == (await redeemed_with(house, interview, GUARD))[0]


async def test_a_key_that_others_could_guess_is_refused(house: House) -> None:
    interview = await house.invited()

    status, problem, _ = await redeemed_with(house, interview, "k" * 15)

    assert (422, "Idempotency-Key") == (status, problem["field"])
    assert await house.redeemed(interview)
