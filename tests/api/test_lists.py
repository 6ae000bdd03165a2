"""Lists as they are asked for over HTTP: filters, orders, cursors, and what is refused."""

import json

import pytest

from api.openapi import as_text, document
from tests.api.house import House, Json, unknown

pytestmark = pytest.mark.api


async def ids(house: House, path: str, **asked: str) -> list[str]:
    answer = await house.get(path, params=asked)
    return [item["id"] for item in answer["items"]]


async def test_interviews_are_found_by_what_they_are_of(house: House) -> None:
    one, two = await house.invited(), await house.invited()
    await house.redeemed(two)
    kit = await house.get(f"/v1/kits/{one['kit_id']}")
    path = "/v1/interviews"

    assert [one["id"]] == await ids(house, path, kit_id=one["kit_id"])
    assert [one["id"]] == await ids(house, path, job_id=kit["job_id"])
    assert [one["id"]] == await ids(house, path, candidate_id=one["candidate_id"])
    assert [] == await ids(house, path, candidate_id=str(unknown()))
    assert [one["id"], two["id"]] == await ids(house, path, state="invited,ready")
    assert [] == await ids(house, path, state="live,scored")


async def test_interviews_are_sorted_by_their_beginning(house: House) -> None:
    late = await house.invited(starts_at="2026-03-09T10:00:00Z")
    never = await house.invited()
    soon = await house.invited(starts_at="2026-03-08T10:00:00+02:00")
    path, order = "/v1/interviews", [soon["id"], late["id"], never["id"]]

    assert order == await ids(house, path, sort="starts_at")
    assert order[::-1] == await ids(house, path, sort="-starts_at")
    span = {"starts_since": "2026-03-08T08:00:00Z", "starts_before": "2026-03-09T10:00:00Z"}
    assert [soon["id"]] == await ids(house, path, **span)


async def test_a_list_shows_interviews_as_they_show_themselves(house: House) -> None:
    """It is told by the store, field by field like the view of a single one."""
    await house.invited(starts_at="2026-03-09T10:00:00.120300Z", expires_at="2026-04-01T00:00:00Z")
    await house.redeemed(await house.invited())

    page = await house.get("/v1/interviews?limit=2")

    alone = [await house.get(f"/v1/interviews/{item['id']}") for item in page["items"]]
    assert [list(each.items()) for each in alone] == [list(each.items()) for each in page["items"]]
    assert (2, None) == (len(alone), page["next"])


async def test_kits_and_jobs_are_found_by_what_they_are(house: House) -> None:
    draft, other = await house.draft(), await house.draft()
    await house.post(f"/v1/kits/{other['id']}/publish", status=200)
    await house.post("/v1/jobs", {"title": "Nurse"})

    assert [draft["id"]] == await ids(house, "/v1/kits", published="false")
    assert [other["id"]] == await ids(house, "/v1/kits", published="true")
    assert [draft["id"]] == await ids(house, "/v1/kits", job_id=draft["job_id"])
    assert [other["id"], draft["id"]] == await ids(house, "/v1/kits", sort="-created_at")
    assert 1 == len(await ids(house, "/v1/jobs", title="Nur"))


@pytest.mark.parametrize("noun", ["jobs", "kits", "candidates", "interviews"])
async def test_lists_are_kept_to_a_span_of_creation(house: House, noun: str) -> None:
    await house.invited()
    house.clock.advance(60)
    later = house.clock.now().isoformat()
    await house.invited()

    old = await ids(house, f"/v1/{noun}", created_before=later)
    new = await ids(house, f"/v1/{noun}", created_since=later)

    assert (1, 1) == (len(old), len(new))
    assert [*old, *new] == await ids(house, f"/v1/{noun}")
    assert [*new, *old] == await ids(house, f"/v1/{noun}", sort="-created_at")


async def test_a_cursor_leads_on_in_its_own_list_alone(house: House) -> None:
    made = [(await house.post("/v1/jobs", {"title": f"Job {n}"}))["id"] for n in range(3)]
    first = await house.get("/v1/jobs?limit=2&sort=-created_at")
    after = first["next"]

    assert [made[0]] == await ids(house, "/v1/jobs", after=after, sort="-created_at")
    for other in ({}, {"sort": "created_at"}, {"sort": "-created_at", "title": "Job"}):
        answer = await house.call("GET", "/v1/jobs", params={"after": after, **other})
        assert (422, "after") == (answer.status, (await answer.json())["field"])
    answer = await house.call("GET", "/v1/kits", params={"after": after, "sort": "-created_at"})
    assert 422 == answer.status


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("sort", "title"),
        ("sort", "starts_at,created_at"),
        ("state", "invited,gone"),
        ("state", ""),
        ("state", "invited,"),
        ("kit_id", "1"),
        ("created_since", "yesterday"),
        ("created_since", "1772452800"),
        ("created_since", "2026-03-02T12:00:00"),
        ("created_before", "0001-01-01T00:00:00+14:00"),
        ("starts_before", "9999-12-31T23:59:59-14:00"),
        ("created_at", "2026-03-02T12:00:00Z"),
    ],
)
async def test_what_a_list_cannot_be_asked_for_names_the_field(
    house: House, name: str, value: str
) -> None:
    answer = await house.call("GET", "/v1/interviews", params={name: value})

    problem = await answer.json()
    assert (422, "invalid") == (answer.status, problem["code"])
    assert problem["field"].split(".")[0] == name


async def test_a_kit_is_published_or_not(house: House) -> None:
    assert (422, "invalid") == await house.refusal("GET", "/v1/kits?published=perhaps")
    assert (422, "invalid") == await house.refusal("GET", "/v1/kits?published=1")


def test_several_states_are_documented_as_one_text_with_commas() -> None:
    said: Json = json.loads(as_text(document()))
    asked = said["paths"]["/v1/interviews"]["get"]["parameters"]
    state = next(each for each in asked if each["name"] == "state")

    assert ("form", False, "array") == (state["style"], state["explode"], state["schema"]["type"])
