"""API keys: made by who has what they may do, shown once, and ended at once."""

from datetime import timedelta

import pytest

from interview.accounts import Role, Scope
from tests.api.house import House, Json

pytestmark = pytest.mark.api
BODY = {"name": "ATS", "scopes": ["jobs:write", "interviews:read"]}


def kid_of(key: str) -> str:
    return key.split("_")[2]


async def made(house: House, **changes: Json) -> Json:
    return await house.post("/v1/keys", BODY | changes)


async def test_a_new_key_works_and_its_secret_is_shown_only_then(house: House) -> None:
    new = await made(house)

    await house.post("/v1/jobs", {"title": "Engineer"}, key=new["api_key"])
    found = await house.get(f"/v1/keys/{new['id']}")

    assert kid_of(new["api_key"]) == new["id"]
    assert (["interviews:read", "jobs:write"], "ATS") == (found["scopes"], found["name"])
    assert new["api_key"] not in str(found)
    assert "api_key" not in found
    assert (403, "forbidden") == await house.refusal("GET", "/v1/keys", key=new["api_key"])


async def test_a_key_is_in_the_trail_without_its_secret(house: House) -> None:
    new = await made(house)

    (entry,) = (await house.get("/v1/audit"))["items"]

    assert ("create_key", new["id"]) == (entry["action"], entry["subject"])
    assert {"scopes": "interviews:read jobs:write"} == entry["facts"]


async def test_keys_are_listed_with_those_that_were_revoked(house: House) -> None:
    new = await made(house)
    await house.call("DELETE", f"/v1/keys/{new['id']}")
    first = await house.get("/v1/keys?limit=1")
    second = await house.get(f"/v1/keys?limit=1&after={first['next']}")

    assert {kid_of(house.key), new["id"]} == {
        key["id"] for key in [*first["items"], *second["items"]]
    }
    assert second["next"] is None
    assert (await house.get(f"/v1/keys/{new['id']}"))["revoked_at"]


async def test_a_revoked_key_is_nobody_at_once(house: House) -> None:
    new = await made(house)
    await house.get("/v1/jobs", key=new["api_key"])

    gone = await house.call("DELETE", f"/v1/keys/{new['id']}")

    assert (204, "") == (gone.status, await gone.text())
    assert (401, "unauthenticated") == await house.refusal("GET", "/v1/jobs", key=new["api_key"])


async def test_a_key_expires(house: House) -> None:
    until = house.clock.now() + timedelta(hours=1)
    new = await made(house, expires_at=until.isoformat())
    await house.get("/v1/jobs", key=new["api_key"])
    house.clock.advance(3600)

    assert (401, "unauthenticated") == await house.refusal("GET", "/v1/jobs", key=new["api_key"])


async def test_a_key_makes_none_with_more_scopes_than_its_own(house: House) -> None:
    maker = await house.new_key(Scope.KEYS_WRITE, Scope.JOBS_WRITE)

    answer = await house.call("POST", "/v1/keys", json=BODY, key=maker)
    said = (await answer.json())["detail"]
    within = await house.post("/v1/keys", BODY | {"scopes": ["jobs:write"]}, key=maker)

    assert (403, "Nobody gives what they have not: interviews:read.") == (answer.status, said)
    assert ["jobs:write"] == within["scopes"]


@pytest.mark.parametrize("hours", [None, 2])
async def test_a_key_makes_none_that_lives_longer(house: House, hours: int | None) -> None:
    ends = house.clock.now() + timedelta(hours=1)
    maker = await house.new_key(Scope.KEYS_WRITE, expires_at=ends)
    later = (house.clock.now() + timedelta(hours=hours)).isoformat() if hours else None
    body = {"name": "ATS", "scopes": ["keys:write"]}

    refused = await house.refusal("POST", "/v1/keys", json=body | {"expires_at": later}, key=maker)
    within = await house.post("/v1/keys", body | {"expires_at": ends.isoformat()}, key=maker)

    assert (422, "invalid") == refused
    assert within["api_key"]


@pytest.mark.parametrize(
    "changes",
    [
        {"scopes": []},
        {"scopes": ["everything"]},
        {"name": ""},
        {"name": "a\nb"},
        {"expires_at": "2026-03-02T12:00:00Z"},
        {"expires_at": "2026-03-03T12:00:00"},
        {"digest": "x"},
    ],
)
async def test_a_key_that_nobody_can_mean_is_refused(house: House, changes: Json) -> None:
    answer = await house.call("POST", "/v1/keys", json=BODY | changes)

    assert 422 == answer.status
    assert (await answer.json())["field"].partition(".")[0] == next(iter(changes))
    assert 1 == len((await house.get("/v1/keys"))["items"])


async def test_a_key_is_not_made_under_the_promise_that_a_repeat_is_none(house: House) -> None:
    """Keys are made without a kept answer: the secret would lie in it."""
    answer = await house.call("POST", "/v1/keys", json=BODY, headers={"Idempotency-Key": "once"})

    problem = await answer.json()
    assert (422, "invalid", "Idempotency-Key") == (
        answer.status,
        problem["code"],
        problem["field"],
    )
    assert 1 == len((await house.get("/v1/keys"))["items"])


async def test_its_use_is_known_to_the_minute(house: House) -> None:
    new = await made(house)

    async def used_at() -> Json:
        return (await house.get(f"/v1/keys/{new['id']}"))["last_used_at"]

    before = await used_at()
    await house.get("/v1/jobs", key=new["api_key"])
    first = await used_at()
    house.clock.advance(59)
    await house.get("/v1/jobs", key=new["api_key"])
    soon = await used_at()
    house.clock.advance(1)
    await house.get("/v1/jobs", key=new["api_key"])

    assert (None, "2026-03-02T12:00:00Z") == (before, first)
    assert (first, "2026-03-02T12:01:00Z") == (soon, await used_at())


async def test_a_key_ends_with_the_right_of_the_member_from_whom_it_comes(house: House) -> None:
    admin = await house.new_member(Role.ADMIN)
    headers = await house.signed_in(admin)
    scopes = ["keys:write", "interviews:read", "jobs:write"]
    first = await house.post("/v1/keys", {"name": "one", "scopes": scopes}, key="", headers=headers)
    second = await house.post("/v1/keys", BODY, key=first["api_key"])
    jobs = {"name": "three", "scopes": ["jobs:write"]}
    third = await house.post("/v1/keys", jobs, key=second_maker(first))

    await house._expect(200, "PATCH", f"/v1/members/{admin}", json={"role": "recruiter"})
    after_change = [
        (await house.call("POST", "/v1/jobs", json={"title": "x"}, key=k["api_key"]))
        for k in (first, second, third)
    ]
    await house._expect(204, "DELETE", f"/v1/members/{admin}")
    after_removal = await house.call("POST", "/v1/jobs", json={"title": "x"}, key=third["api_key"])

    assert str(admin) == first["member_id"] == second["member_id"]
    assert [401, 201, 201] == [answer.status for answer in after_change]
    assert 401 == after_removal.status


def second_maker(key: Json) -> str:
    return str(key["api_key"])
