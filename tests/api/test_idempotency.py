"""`Idempotency-Key`: asked twice, done once."""

import asyncio
import re
from uuid import UUID, uuid4

import pytest

from api import contract
from api.callers import Door
from api.rights import Right
from api.v1.candidates import CandidateView
from api.v1.shapes import Person
from interview.ids import CandidateId
from tests.api.house import AGENT_KEY, House

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


ADA = {"name": "Ada Lovelace", "email": "ada@example.com"}


async def test_the_repeat_of_a_request_about_an_erased_person_says_nothing_of_them(
    house: House,
) -> None:
    made = await house.post("/v1/candidates", ADA, headers=KEY)
    assert made == await house.post("/v1/candidates", ADA, headers=KEY)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.keys.destroy_candidate(CandidateId(UUID(made["id"])), house.clock.now())

    same = await house.refusal("POST", "/v1/candidates", json=ADA, headers=KEY)
    guess = ADA | {"name": "Ada Byron"}

    assert (410, "sealed") == same
    assert same == await house.refusal("POST", "/v1/candidates", json=guess, headers=KEY)


async def test_after_a_day_a_key_is_new_again(house: House) -> None:
    first = await house.post("/v1/candidates", ADA, headers=KEY)
    house.clock.advance(24 * 3600 + 1)

    assert first["id"] != (await house.post("/v1/candidates", ADA, headers=KEY))["id"]


def test_every_kept_answer_that_names_a_person_is_known_as_such() -> None:
    kept = [one.result for one in contract.ALL if one.creates and one.result is not None]
    naming = [answer for answer in kept if {"name", "email"} <= answer.model_fields.keys()]

    assert [CandidateView] == naming
    assert all(issubclass(answer, Person) for answer in naming)


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


IN_VAIN = [
    o
    for o in contract.ALL
    if o.method == "POST" and o.changes and not o.creates and o.name != "redeem_invitation"
]


async def test_a_key_that_would_be_in_vain_is_refused(house: House) -> None:
    """Whoever sends one counts on it; where no answer is kept, a repeat is another change."""
    session = await house.redeemed(await house.invited())
    anything = re.compile(r"{\w+}")
    for operation in IN_VAIN:
        key = house.key if isinstance(operation.access, Right) else AGENT_KEY
        key = session if operation.access is Door.CANDIDATE else key
        path = anything.sub(str(uuid4()), operation.path)
        answer = await house.call("POST", path, key=key, json={}, headers=KEY)
        problem = await answer.json()
        said = answer.status, problem["code"], problem.get("field")
        assert (422, "invalid", "Idempotency-Key") == said, operation.name
    assert {"create_key", "invite_member", "rehearse_kit", "answer_request"} <= {
        operation.name for operation in IN_VAIN
    }
