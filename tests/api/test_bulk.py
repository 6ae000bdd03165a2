"""Many invitations in one call: each row for itself, or all or none, and never twice."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from interview.ids import CandidateId
from interview.use_cases.verify import verify_all
from tests.api.house import House, Json

pytestmark = pytest.mark.api
PATH = "/v1/interviews/bulk"
LATEST = "2026-03-09T12:00:00Z"


async def published(house: House) -> str:
    kit = await house.draft()
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    return str(kit["id"])


def person(number: int, **changes: Json) -> dict[str, Any]:
    return {"name": f"Person {number}", "email": f"p{number}@example.com"} | changes


async def invite(house: House, *rows: Json, **changes: Json) -> Json:
    body = {"kit_id": await published(house), "rows": list(rows)} | changes
    return await house.post(PATH, body, status=200)


async def interviews(house: House) -> list[Json]:
    found: list[Json] = (await house.get("/v1/interviews"))["items"]
    return found


async def test_known_and_new_candidates_are_invited_with_times_and_links_that_work(
    house: House,
) -> None:
    known = await house.candidate()

    made = await invite(
        house,
        {"candidate_id": known["id"], "expires_at": LATEST},
        person(1, language="en-GB", starts_at="2026-03-04T12:00:00Z"),
    )

    first, second = made["results"]
    assert (2, 0, [0, 1]) == (made["invited"], made["refused"], [first["index"], second["index"]])
    assert known["id"] == first["candidate_id"]
    new = await house.get(f"/v1/candidates/{second['candidate_id']}")
    assert ("Person 1", "p1@example.com", "en-GB") == (new["name"], new["email"], new["language"])
    found = {each["id"]: each for each in await interviews(house)}
    assert {first["interview_id"], second["interview_id"]} == set(found)
    assert LATEST == found[first["interview_id"]]["expires_at"]
    for result in made["results"]:
        assert await house.redeemed(result)
    assert [] == (await verify_all(house.store)).broken


async def test_a_row_that_is_refused_says_why_and_holds_up_nobody(house: House) -> None:
    gone = await house.candidate()
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_candidate(CandidateId(UUID(gone["id"])), house.clock.now())
    known = await house.candidate()

    made = await invite(
        house,
        person(0),
        {"candidate_id": str(uuid4())},
        person(2, email="no address"),
        person(3, name="Bell\u0007"),
        {"name": "Nobody"},
        {},
        {"candidate_id": known["id"], "name": "Ada"},
        person(7, expires_at="2026-03-01T00:00:00Z"),
        person(8, language="klingon"),
        {"candidate_id": gone["id"]},
        person(10, email="P0@example.com"),
        {"candidate_id": known["id"]},
        {"candidate_id": known["id"]},
    )

    assert [
        None,
        ("not_found", "candidate_id"),
        ("invalid", "email"),
        ("invalid", "name"),
        ("invalid", "email"),
        ("invalid", "name"),
        ("invalid", "candidate_id"),
        ("invalid", "expires_at"),
        ("invalid", "language"),
        ("sealed", None),
        ("conflict", None),
        None,
        ("conflict", None),
    ] == [
        (result["error"]["code"], result["error"]["field"]) if result["error"] else None
        for result in made["results"]
    ]
    assert (2, 11) == (made["invited"], made["refused"])
    assert 2 == len(await interviews(house))
    assert {"Person 0", "Ada"} == {
        each["name"] for each in (await house.get("/v1/candidates"))["items"]
    }


async def test_with_atomic_one_bad_row_refuses_all_and_every_fault_is_named(
    house: House,
) -> None:
    body = {
        "kit_id": await published(house),
        "atomic": True,
        "rows": [person(0), person(1, email="x"), {"candidate_id": str(uuid4())}, {}],
    }

    answer = await house.call("POST", PATH, json=body)
    problem = await answer.json()

    assert (422, "invalid") == (answer.status, problem["code"])
    assert ["rows.1.email", "rows.2.candidate_id", "rows.3.name", "rows.3.email"] == [
        error["field"] for error in problem["errors"]
    ]
    assert [] == await interviews(house)
    assert [] == (await house.get("/v1/candidates"))["items"]
    fine = await house.post(PATH, body | {"rows": [person(0), person(1)]}, status=200)
    assert 2 == fine["invited"]


async def test_a_repeat_with_the_same_key_invites_nobody_twice(house: House) -> None:
    body = {"kit_id": await published(house), "rows": [person(0), person(1)]}
    headers = {"Idempotency-Key": "bulk-1"}

    first, second = [await house.post(PATH, body, status=200, headers=headers) for _ in range(2)]

    assert first == second
    assert 2 == len(await interviews(house))
    assert (422, "idempotency_mismatch") == await house.refusal(
        "POST", PATH, json=body | {"atomic": True}, headers=headers
    )


async def test_five_hundred_rows_are_taken_and_no_more(house: House) -> None:
    kit = await published(house)
    rows = [person(number) for number in range(501)]

    answer = await house.call("POST", PATH, json={"kit_id": kit, "rows": rows})
    assert (422, "rows") == (answer.status, (await answer.json())["field"])
    made = await house.post(PATH, {"kit_id": kit, "rows": rows[:500]}, status=200)

    assert (500, 500) == (made["invited"], len({r["interview_id"] for r in made["results"]}))
    [entry] = (await house.get("/v1/audit"))["items"][-1:]
    assert ("bulk_invite", {"kit": kit, "rows": "500", "invited": "500"}) == (
        entry["action"],
        entry["facts"],
    )


@pytest.mark.parametrize(
    ("rows", "field"),
    [
        ([], "rows"),
        ([{"candidate_id": "x"}], "rows.0.candidate_id"),
        ([{"name": "x", "email": "x@y", "age": 7}], "rows.0.age"),
        ([person(0), {"name": 7}], "rows.1.name"),
        ([person(0, starts_at="soon")], "rows.0.starts_at"),
    ],
)
async def test_what_is_no_list_of_rows_is_refused_as_a_whole(
    house: House, rows: Json, field: str
) -> None:
    kit = await published(house)

    answer = await house.call("POST", PATH, json={"kit_id": kit, "rows": rows})

    assert (422, field) == (answer.status, (await answer.json())["field"])
    assert [] == await interviews(house)


async def test_a_draft_is_held_with_nobody(house: House) -> None:
    body = {"kit_id": (await house.draft())["id"], "rows": [person(0)]}

    assert (409, "kit_not_published") == await house.refusal("POST", PATH, json=body)
    assert [] == (await house.get("/v1/candidates"))["items"]
