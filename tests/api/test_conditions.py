"""Conditional requests: nobody overwrites what they have not read, nor reads what they have."""

import asyncio

import pytest

from api import contract
from api.conditions import NEEDED, hears
from tests.api.house import House, Json, kit_body, unknown

pytestmark = pytest.mark.api

NOUNS = ["jobs", "kits", "candidates", "interviews", "webhooks"]
HOOK: Json = {"url": "https://hooks.example.com/in", "event_types": ["interview.invited"]}


async def things(house: House) -> dict[str, str]:
    """One thing of each kind: its path."""
    interview = await house.invited()
    draft = await house.draft()
    webhook = await house.post("/v1/webhooks", HOOK)
    return {
        "jobs": f"/v1/jobs/{draft['job_id']}",
        "kits": f"/v1/kits/{draft['id']}",
        "candidates": f"/v1/candidates/{interview['candidate_id']}",
        "interviews": f"/v1/interviews/{interview['id']}",
        "webhooks": f"/v1/webhooks/{webhook['id']}",
    }


def another(noun: str, known: Json) -> Json:
    """The thing in another form."""
    match noun:
        case "jobs":
            return {"title": "Senior engineer"}
        case "kits":
            return {name: known[name] for name in kit_body("")} | {"name": "Another"}
        case _:
            return {"name": "Ada King", "email": "king@example.com", "language": "en"}


@pytest.mark.parametrize("noun", NOUNS)
async def test_a_thing_is_not_told_again_to_who_has_it(house: House, noun: str) -> None:
    path = (await things(house))[noun]
    first = await house.call("GET", path)
    tag = first.headers["ETag"]

    for said in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = await house.call("GET", path, headers={"If-None-Match": said})
        assert (304, b"", tag) == (again.status, await again.read(), again.headers["ETag"])
    for said in ('"other"', "nonsense", '"*"'):
        assert 200 == (await house.call("GET", path, headers={"If-None-Match": said})).status


@pytest.mark.parametrize("noun", ["jobs", "kits", "candidates"])
async def test_a_change_needs_the_tag_of_what_is_there_and_gives_a_new_one(
    house: House, noun: str
) -> None:
    path = (await things(house))[noun]
    first = await house.call("GET", path)
    body, tag = another(noun, await first.json()), first.headers["ETag"]

    changed = await house.call("PUT", path, json=body, headers={"If-Match": tag})
    now = await house.call("GET", path)

    assert 200 == changed.status
    assert changed.headers["ETag"] == now.headers["ETag"] != tag
    assert await changed.json() == await now.json() == await first.json() | body
    for stale in (tag, f"W/{now.headers['ETag']}", '"*"', '"8", "9"'):
        refused = await house.call("PUT", path, json=body, headers={"If-Match": stale})
        assert (412, now.headers["ETag"]) == (refused.status, refused.headers["ETag"])
    assert (428, "precondition_required") == await house.refusal("PUT", path, json=body)
    assert now.headers["ETag"] == (await house.call("GET", path)).headers["ETag"]


@pytest.mark.parametrize("wrong", ["1", "nonsense", '"1', "", '"1" "2"', 'w/"1"'])
async def test_a_tag_of_the_wrong_form_is_refused_by_its_header(house: House, wrong: str) -> None:
    path = (await things(house))["jobs"]

    answer = await house.call("PUT", path, json={"title": "x"}, headers={"If-Match": wrong})
    problem = await answer.json()

    assert (422, "invalid", "If-Match") == (answer.status, problem["code"], problem["field"])
    assert 'double quotes, such as "1"' in problem["detail"]


@pytest.mark.parametrize("noun", NOUNS)
async def test_what_is_made_names_the_tag_with_which_it_is_changed(house: House, noun: str) -> None:
    draft, known = await house.draft(), await house.invited()
    bodies = {
        "jobs": {"title": "Engineer"},
        "kits": kit_body(draft["job_id"]),
        "candidates": {"name": "Ada", "email": "ada@example.com"},
        "interviews": {name: known[name] for name in ("kit_id", "candidate_id")},
        "webhooks": HOOK,
    }
    once = {"Idempotency-Key": "made-once"}

    answer = await house.call("POST", f"/v1/{noun}", json=bodies[noun], headers=once)
    again = await house.call("POST", f"/v1/{noun}", json=bodies[noun], headers=once)
    found = await house.call("GET", f"/v1/{noun}/{(await answer.json())['id']}")

    assert (201, found.headers["ETag"]) == (answer.status, answer.headers["ETag"])
    assert "ETag" not in again.headers


async def test_what_is_published_names_its_new_tag(house: House) -> None:
    path = f"/v1/kits/{(await house.draft())['id']}"

    published = await house.call("POST", f"{path}/publish", headers={"If-Match": '"1"'})

    assert published.headers["ETag"] == (await house.call("GET", path)).headers["ETag"]


async def test_whoever_says_whatever_is_there_changes_it(house: House) -> None:
    path = (await things(house))["jobs"]

    changed = await house.call("PUT", path, json={"title": "x"}, headers={"If-Match": "*"})

    assert 200 == changed.status


@pytest.mark.parametrize("noun", ["jobs", "kits", "candidates"])
async def test_what_is_not_there_is_not_found_before_any_condition(house: House, noun: str) -> None:
    body = another(noun, kit_body(str(unknown())))

    assert (404, "not_found") == await house.refusal("PUT", f"/v1/{noun}/{unknown()}", json=body)


async def test_an_interviews_tag_changes_with_its_state(house: House) -> None:
    interview = await house.invited()
    path = f"/v1/interviews/{interview['id']}"
    tag = (await house.call("GET", path)).headers["ETag"]

    await house.consented(interview)

    again = await house.call("GET", path, headers={"If-None-Match": tag})
    assert (200, "ready") == (again.status, (await again.json())["state"])


async def test_of_many_who_change_the_same_draft_one_does(house: House) -> None:
    draft = await house.draft()
    path = f"/v1/kits/{draft['id']}"
    headers = {"If-Match": (await house.call("GET", path)).headers["ETag"]}
    bodies = [kit_body(draft["job_id"]) | {"name": f"Kit {n}"} for n in range(5)]

    answers = await asyncio.gather(
        *(house.call("PUT", path, json=body, headers=headers) for body in bodies)
    )

    assert [200, 412, 412, 412, 412] == sorted(answer.status for answer in answers)


async def test_an_erased_candidate_is_sealed_whatever_the_caller_has(house: House) -> None:
    path = (await things(house))["candidates"]
    tag = (await house.call("GET", path)).headers["ETag"]
    tenant = house.tenants[house.key]
    async with house.store.transaction(tenant) as tx:
        (found,) = (await tx.candidates.page(1, None)).items
        await tx.keys.destroy_candidate(found.candidate_id, house.clock.now())

    assert (410, "sealed") == await house.refusal("GET", path, headers={"If-None-Match": tag})
    assert (410, "sealed") == await house.refusal(
        "PUT", path, json={"name": "x", "email": "x@y"}, headers={"If-Match": tag}
    )


async def test_a_draft_is_deleted_and_gone(house: House) -> None:
    draft = await house.draft()
    path = f"/v1/kits/{draft['id']}"

    assert (428, "precondition_required") == await house.refusal("DELETE", path)
    assert (412, "precondition_failed") == await house.refusal(
        "DELETE", path, headers={"If-Match": '"9"'}
    )
    gone = await house.call("DELETE", path, headers={"If-Match": '"1"'})

    assert (204, b"") == (gone.status, await gone.read())
    assert "Content-Type" not in gone.headers
    assert (404, "not_found") == await house.refusal("GET", path)


async def test_a_published_kit_is_neither_changed_nor_deleted(house: House) -> None:
    draft = await house.draft()
    path = f"/v1/kits/{draft['id']}"
    await house.post(f"{path}/publish", status=200)
    before = await house.get(path)
    body = kit_body(draft["job_id"]) | {"name": "Another"}

    for method, said in (("PUT", body), ("DELETE", None)):
        assert (409, "kit_frozen") == await house.refusal(
            method, path, json=said, headers={"If-Match": "*"}
        )
    assert before == await house.get(path)


async def test_a_draft_is_published_as_it_was_read(house: House) -> None:
    draft = await house.draft()
    path = f"/v1/kits/{draft['id']}"
    body = kit_body(draft["job_id"]) | {"name": "Another"}
    await house.call("PUT", path, json=body, headers={"If-Match": "*"})

    assert (412, "precondition_failed") == await house.refusal(
        "POST", f"{path}/publish", headers={"If-Match": '"1"'}
    )
    published = await house.post(f"{path}/publish", status=200, headers={"If-Match": '"2"'})

    assert (1, "Another") == (published["version"], published["name"])


async def test_a_draft_may_move_to_another_job_of_the_tenant_alone(house: House) -> None:
    draft, other = await house.draft(), await house.post("/v1/jobs", {"title": "Other"})
    stranger = await house.new_tenant("Second")
    foreign = await house.post("/v1/jobs", {"title": "Foreign"}, key=stranger)
    path, headers = f"/v1/kits/{draft['id']}", {"If-Match": "*"}

    moved = await house.call("PUT", path, json=kit_body(other["id"]), headers=headers)

    assert (200, other["id"]) == (moved.status, (await moved.json())["job_id"])
    assert (404, "not_found") == await house.refusal(
        "PUT", path, json=kit_body(foreign["id"]), headers=headers
    )


UNCONDITIONAL = {
    "change_member": "sets the words that it names, and nothing else is overwritten with them",
    "remove_member": "for ever, whatever the role is by now",
    "end_member_sessions": "a session has nothing that could be overwritten",
    "end_session": "a session has nothing that could be overwritten",
    "end_current_session": "a session has nothing that could be overwritten",
    "revoke_key": "for ever, and all that a key may is in it from the beginning",
    "leave_device": "a session has nothing that could be overwritten",
    "delete_note": "notes do not change",
    "change_accommodations": "sets what it names; a tag would tell a blind rater of needs",
    "give_feedback": "one's own word, that of the last time",
    "withdraw_access": "for ever, and more should not keep anybody from it",
    "store_recording_part": "one agent writes, whose lease and digest are looked at",
}
"""What replaces or deletes without saying what was read, and why it may."""


def test_whoever_replaces_or_deletes_says_what_they_have_read_but_for_a_few() -> None:
    replacing = {o.name: o for o in contract.ALL if o.method in NEEDED}

    assert set(UNCONDITIONAL) == {name for name, o in replacing.items() if o.revised is None}
    assert {"If-Match"} == {
        header.name for o in replacing.values() if o.revised for header in hears(o)
    }


async def test_nobody_overwrites_a_sign_in_that_they_have_not_read(house: House) -> None:
    path = "/v1/settings/sign-in"
    body = {"issuer": "https://one.example", "client_id": "a", "client_secret": "b"}
    none_yet = {"If-Match": '"0"'}

    first = await house.call("PUT", path, json=body, headers=none_yet)
    late = await house.call("PUT", path, json=body, headers=none_yet)
    tag = first.headers["ETag"]
    blind = await house.refusal("PUT", path, json=body)
    read = await house.call("GET", path, headers={"If-None-Match": tag})

    assert (200, 412, 304) == (first.status, late.status, read.status)
    assert (428, "precondition_required") == blind
    gone = await house.call("DELETE", path, headers={"If-Match": tag})
    assert 204 == gone.status
    assert (404, "not_found") == await house.refusal("GET", path, headers={"If-None-Match": "*"})
    again = await house.call("PUT", path, json=body, headers=none_yet)
    stale = await house.call("DELETE", path, headers={"If-Match": tag})
    assert (200, 412) == (again.status, stale.status)
