"""Every change that a key makes is in the audit trail with the change itself, by construction."""

from uuid import UUID

import pytest

from api.registry import Operation
from interview.ids import InterviewId
from interview.lifecycle import State
from interview.use_cases.verify import verify_audit
from tests.api.house import House, Json
from tests.api.test_contract import TENANTS, WHATEVER, bodies, everything, filled, named

pytestmark = pytest.mark.api

CHANGES = [o for o in TENANTS if o.changes]
OF_DRAFTS = {"publish_kit", "update_kit", "delete_kit"}


async def trail(house: House) -> list[tuple[str, str]]:
    """Action and subject of each entry."""
    found = await house.get("/v1/audit")
    return [(entry["action"], entry["subject"]) for entry in found["items"]]


async def ready_for(
    house: House, operation: Operation, known: dict[str, str] | None = None
) -> dict[str, str]:
    """One of each thing, in a state in which the change may be made."""
    ids = known or await everything(house)
    match operation.name:
        case "create_rating" | "make_decision" | "correct_turn" | "file_turn":
            await end(house, ids)
            return ids
        case name if name in OF_DRAFTS:
            return ids | {"kit_id": (await house.draft())["id"]}
        case "reschedule_interview" | "extend_interview" | "change_accommodations":
            waiting = await house.invited(expires_at="2026-03-03T12:00:00Z")
            return ids | {"interview_id": waiting["id"]}
        case "set_floor":
            await house.post(f"/v1/interviews/{ids['interview_id']}/join", status=200)
            return ids
        case _:
            return ids


async def end(house: House, ids: dict[str, str]) -> None:
    """The interview is over."""
    which = InterviewId(UUID(ids["interview_id"]))
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.interviews.set_state(which, State.ENDED, house.clock.now())


async def change(house: House, operation: Operation, ids: dict[str, str]) -> int:
    body, path = bodies(ids).get(operation.name), filled(operation.path, ids)
    answer = await house.call(operation.method, path, json=body, headers=WHATEVER)
    return answer.status


@pytest.mark.parametrize("operation", CHANGES, ids=named)
async def test_a_change_leaves_one_entry_that_names_its_actor(
    house: House, operation: Operation
) -> None:
    ids = await ready_for(house, operation)
    before = len((await house.get("/v1/audit"))["items"])

    status = await change(house, operation, ids)

    assert status in {200, 201, 202, 204}
    entries = (await house.get("/v1/audit"))["items"]
    assert before + 1 == len(entries)
    last = entries[-1]
    kid = house.key.removeprefix("viv_live_").split("_")[0]
    assert (operation.name, "key", kid) == (last["action"], last["actor_kind"], last["actor"])
    assert (await verify_audit(house.store, house.tenants[house.key])).seq == len(entries)


async def test_the_subject_is_what_was_made_or_changed(house: House) -> None:
    job = await house.post("/v1/jobs", {"title": "Engineer"})
    kit = await house.draft()
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)

    found = await trail(house)

    assert ("create_job", job["id"]) == found[0]
    assert [("create_kit", kit["id"]), ("publish_kit", kit["id"])] == found[2:]
    about_kit = await house.get(f"/v1/audit?subject={kit['id']}")
    assert ["create_kit", "publish_kit"] == [entry["action"] for entry in about_kit["items"]]


async def test_what_is_read_or_refused_leaves_nothing(house: House) -> None:
    await house.get("/v1/jobs")
    await house.refusal("POST", "/v1/jobs", json={"title": ""})
    await house.refusal("POST", "/v1/jobs", json={"title": "x"}, key="viv_live_x")

    assert [] == await trail(house)


async def test_a_repeat_is_no_second_change(house: House) -> None:
    for _ in range(2):
        await house.post("/v1/jobs", {"title": "x"}, headers={"Idempotency-Key": "once"})

    assert 1 == len(await trail(house))


async def test_pages_of_the_trail_hold_everything_once(house: House) -> None:
    for number in range(5):
        await house.post("/v1/jobs", {"title": str(number)})

    seqs: list[int] = []
    after: str | None = "0"
    while after is not None:
        page = await house.get(f"/v1/audit?limit=2&after={after}")
        seqs += [entry["seq"] for entry in page["items"]]
        after = page["next"]

    assert [1, 2, 3, 4, 5] == seqs


async def test_another_tenants_trail_is_its_own(house: House) -> None:
    stranger = await house.new_tenant("Second")
    await house.post("/v1/jobs", {"title": "x"})

    assert {"items": [], "next": None} == await house.get("/v1/audit", key=stranger)


async def test_pages_of_the_newest_first_end_with_the_first_entry(house: House) -> None:
    for number in range(5):
        await house.post("/v1/jobs", {"title": f"Job {number}"})
    forward = (await house.get("/v1/audit"))["items"]

    found: list[Json] = []
    following: str | None = "0"
    pages = 0
    while following is not None:
        page = await house.get(f"/v1/audit?sort=-seq&limit=2&after={following}")
        found += page["items"]
        following, pages = page["next"], pages + 1

    assert (forward[::-1], (len(forward) + 1) // 2) == (found, pages)
    about = f"/v1/audit?sort=-seq&subject={forward[-1]['subject']}"
    assert forward[-1:] == (await house.get(about))["items"]


async def test_a_trail_is_sorted_by_nothing_else(house: House) -> None:
    assert (422, "invalid") == await house.refusal("GET", "/v1/audit?sort=at")
