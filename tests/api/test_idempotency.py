"""`Idempotency-Key`: asked twice, done once."""

import asyncio

import pytest

from tests.api.house import House

pytestmark = pytest.mark.api
KEY = {"Idempotency-Key": "order-1"}


async def test_the_first_answer_is_said_again(house: House) -> None:
    body = {"title": "Engineer"}

    first = await house.call("POST", "/v1/jobs", json=body, headers=KEY)
    second = await house.call("POST", "/v1/jobs", json=body, headers=KEY)

    assert (201, await first.json()) == (second.status, await second.json())
    assert (None, "true") == (
        first.headers.get("Idempotent-Replayed"),
        second.headers.get("Idempotent-Replayed"),
    )
    assert 1 == len((await house.get("/v1/jobs"))["items"])


async def test_the_same_key_with_other_parameters_is_refused(house: House) -> None:
    await house.post("/v1/jobs", {"title": "Engineer"}, headers=KEY)

    assert (422, "idempotency_mismatch") == await house.refusal(
        "POST", "/v1/jobs", json={"title": "Designer"}, headers=KEY
    )
    assert (422, "idempotency_mismatch") == await house.refusal(
        "POST", "/v1/candidates", json={"name": "Ada", "email": "a@b"}, headers=KEY
    )


async def test_two_tenants_may_use_the_same_key(house: House) -> None:
    other = await house.new_tenant("Second")

    mine = await house.post("/v1/jobs", {"title": "Engineer"}, headers=KEY)
    theirs = await house.post("/v1/jobs", {"title": "Engineer"}, headers=KEY, key=other)

    assert mine["id"] != theirs["id"]


async def test_of_many_at_once_one_is_done(house: House) -> None:
    body = {"title": "Engineer"}

    made = await asyncio.gather(*(house.post("/v1/jobs", body, headers=KEY) for _ in range(8)))

    assert 1 == len({job["id"] for job in made})
    assert 1 == len((await house.get("/v1/jobs"))["items"])


async def test_a_link_is_said_again_to_who_asked_for_it(house: House) -> None:
    interview = await house.invited()
    path = f"/v1/interviews/{interview['id']}/invitations"

    first = await house.post(path, headers=KEY)

    assert first == await house.post(path, headers=KEY)


async def test_a_refusal_is_not_kept(house: House) -> None:
    kit = await house.draft()
    candidate = await house.candidate()
    body = {"kit_id": kit["id"], "candidate_id": candidate["id"]}
    refused = await house.refusal("POST", "/v1/interviews", json=body, headers=KEY)
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)

    assert (409, "kit_not_published") == refused
    assert await house.post("/v1/interviews", body, headers=KEY)


async def test_publishing_twice_with_one_key_is_no_conflict(house: House) -> None:
    kit = await house.draft()
    path = f"/v1/kits/{kit['id']}/publish"

    first = await house.post(path, status=200, headers=KEY)

    assert first == await house.post(path, status=200, headers=KEY)


@pytest.mark.parametrize("key", ["", "with space", "x" * 256, "ключ"])
async def test_a_key_must_be_short_visible_ascii(house: House, key: str) -> None:
    answer = await house.call(
        "POST", "/v1/jobs", json={"title": "x"}, headers={"Idempotency-Key": key}
    )

    assert (422, "Idempotency-Key") == (answer.status, (await answer.json())["field"])
