"""Where kits come from and go: YAML, the starter library, versions, drafts of them, differences."""

from copy import deepcopy

import pytest
import yaml

from api.starter_kits import STARTER_KITS
from tests.api.house import House, Json, kit_body, unknown

pytestmark = pytest.mark.api

YAML = {"Content-Type": "application/yaml"}


def as_text(body: Json) -> bytes:
    """As a person's tool would write it."""
    return str(yaml.safe_dump(body, sort_keys=False)).encode()


async def job(house: House) -> str:
    return str((await house.post("/v1/jobs", {"title": "Engineer"}))["id"])


async def test_a_kit_can_be_sent_as_yaml(house: House) -> None:
    body = kit_body(await job(house))

    answer = await house.call("POST", "/v1/kits", data=as_text(body), headers=YAML)
    as_json = await house.post("/v1/kits", body)

    assert 201 == answer.status
    own = {"id", "created_at"}
    made = await answer.json()
    assert {k: v for k, v in as_json.items() if k not in own} == {
        k: v for k, v in made.items() if k not in own
    }


async def test_levels_and_weights_may_be_numbers_in_yaml(house: House) -> None:
    text = as_text(kit_body(await job(house))).replace(b"'1.5'", b"1.5")
    for level in range(1, 6):
        text = text.replace(f"'{level}':".encode(), f"{level}:".encode())

    answer = await house.call("POST", "/v1/kits", data=text, headers=YAML)

    assert 201 == answer.status
    (competency,) = (await answer.json())["competencies"]
    assert ("1.5", set("12345")) == (competency["weight"], set(competency["anchors"]))


@pytest.mark.parametrize("kind", ["draft", "version", "starter"])
async def test_what_is_taken_out_can_be_put_in_again(house: House, kind: str) -> None:
    draft = await house.draft(intro="Line one.\nno: [really]", minutes=20.5, wishes="model")
    if kind == "version":
        await house.post(f"/v1/kits/{draft['id']}/publish", status=200)
    if kind == "starter":
        said = {"job_id": draft["job_id"], "starter": "team_lead"}
        draft = await house.post("/v1/kits/drafts", said)

    answer = await house.call("GET", f"/v1/kits/{draft['id']}/export")
    text = await answer.read()
    again = await house.call("POST", "/v1/kits", data=text, headers=YAML)

    assert (200, "application/yaml", 201) == (answer.status, answer.content_type, again.status)
    assert f'attachment; filename="{draft["id"]}.yaml"' == answer.headers["Content-Disposition"]
    other = (await again.json())["id"]
    diff = await house.get(f"/v1/kits/{other}/diff?base={draft['id']}")
    assert [] == diff["changes"]


async def test_a_draft_is_replaced_by_yaml(house: House) -> None:
    draft = await house.draft()
    path = f"/v1/kits/{draft['id']}"
    body = kit_body(draft["job_id"]) | {"name": "Another"}

    answer = await house.call("PUT", path, data=as_text(body), headers=YAML | {"If-Match": '"1"'})

    assert (200, "Another") == (answer.status, (await house.get(path))["name"])


def broken(body: Json, what: str) -> Json:
    """The body with one thing wrong."""
    wrong = deepcopy(body)
    match what:
        case "unknown":
            wrong["colour"] = "red"
        case "type":
            wrong["minutes"] = "twenty"
        case "missing":
            del wrong["questions"][1]["text"]
        case "key":
            wrong["competencies"][0]["key"] = "Not A Key"
        case "level":
            wrong["competencies"][0]["anchors"]["6"] = "Six."
        case "mismatch":
            wrong["questions"][0]["competencies"] = ["unheard_of"]
        case _:
            wrong["intro"] = "a\x00b"
    return wrong


@pytest.mark.parametrize("what", ["unknown", "type", "missing", "key", "level", "mismatch", "nul"])
async def test_yaml_is_refused_with_the_same_fields_as_json(house: House, what: str) -> None:
    wrong = broken(kit_body(await job(house)), what)

    by_json = await house.call("POST", "/v1/kits", json=wrong)
    by_yaml = await house.call("POST", "/v1/kits", data=as_text(wrong), headers=YAML)

    told = [(answer.status, await answer.json()) for answer in (by_json, by_yaml)]
    for _, problem in told:
        del problem["request_id"]
    assert told[0] == told[1]
    assert (422, "invalid") == (told[1][0], told[1][1]["code"])
    assert told[1][1]["errors"]
    assert [] == (await house.get("/v1/kits"))["items"]


async def test_a_text_that_is_no_yaml_names_the_line(house: House) -> None:
    answer = await house.call("POST", "/v1/kits", data=b"name: x\nname: y", headers=YAML)
    problem = await answer.json()

    assert (422, "invalid", "body") == (answer.status, problem["code"], problem["field"])
    assert "line 2" in problem["detail"]


async def test_yaml_is_taken_where_it_is_documented_alone(house: House) -> None:
    refused = (415, "unsupported_media_type")

    assert refused == await house.refusal("POST", "/v1/jobs", data=b"title: x", headers=YAML)
    assert refused == await house.refusal(
        "POST", "/v1/kits", data=b"name: x", headers={"Content-Type": "text/yaml"}
    )


# ---- the starter library ----


async def test_the_starter_library_is_listed_and_read(house: House) -> None:
    listed = await house.get("/v1/starter-kits")

    assert list(STARTER_KITS) == [item["id"] for item in listed["items"]]
    for item in listed["items"]:
        kit = await house.get(f"/v1/starter-kits/{item['id']}")
        assert item["id"] == kit["id"]
        assert item["competencies"] == [each["name"] for each in kit["competencies"]]
        assert item["questions"] == len(kit["questions"])
    assert (404, "not_found") == await house.refusal("GET", "/v1/starter-kits/astronaut")
    assert (422, "invalid") == await house.refusal("GET", "/v1/starter-kits/..%2Fx")


@pytest.mark.parametrize("starter", STARTER_KITS)
async def test_a_starter_kit_becomes_a_draft_and_a_version(house: House, starter: str) -> None:
    said = {"job_id": await job(house), "starter": starter}

    draft = await house.post("/v1/kits/drafts", said)
    published = await house.post(f"/v1/kits/{draft['id']}/publish", status=200)

    assert (None, 1) == (draft["version"], published["version"])
    whole = await house.get(f"/v1/starter-kits/{starter}")
    assert {**whole, "id": draft["id"]} == {name: draft[name] for name in whole}
    entries = (await house.get(f"/v1/audit?subject={draft['id']}"))["items"]
    assert {"starter": starter} == entries[0]["facts"]


# ---- versions ----


async def published(house: House, job_id: str, **changes: Json) -> Json:
    kit = await house.post("/v1/kits", kit_body(job_id) | changes)
    return await house.post(f"/v1/kits/{kit['id']}/publish", status=200)


async def test_versions_are_listed_newest_first(house: House) -> None:
    first_job = await job(house)
    made = [await published(house, first_job, name=f"Kit {n}") for n in range(3)]
    await house.post("/v1/kits", kit_body(first_job))
    await published(house, await job(house))
    path = f"/v1/jobs/{first_job}/kit-versions"

    page = await house.get(f"{path}?limit=2")
    rest = await house.get(f"{path}?limit=2&after={page['next']}")

    found = [*page["items"], *rest["items"]]
    assert [3, 2, 1] == [version["version"] for version in found]
    assert [kit["id"] for kit in made[::-1]] == [version["id"] for version in found]
    assert ["Kit 2", "Kit 1", "Kit 0"] == [version["name"] for version in found]
    assert rest["next"] is None
    assert (404, "not_found") == await house.refusal("GET", f"/v1/jobs/{unknown()}/kit-versions")


async def test_a_new_draft_begins_as_the_version_that_it_is_made_from(house: House) -> None:
    version = await published(house, await job(house))

    draft = await house.post(
        "/v1/kits/drafts", {"job_id": version["job_id"], "kit_id": version["id"]}
    )
    changed = kit_body(version["job_id"]) | {"name": "Second"}
    await house.call("PUT", f"/v1/kits/{draft['id']}", json=changed, headers={"If-Match": '"1"'})
    second = await house.post(f"/v1/kits/{draft['id']}/publish", status=200)

    assert draft["version"] is None
    assert version["questions"] == draft["questions"]
    assert (2, "Second") == (second["version"], second["name"])
    assert version.items() >= (await house.get(f"/v1/kits/{version['id']}")).items()


@pytest.mark.parametrize("source", [{}, {"kit_id": str(unknown()), "starter": "team_lead"}])
async def test_a_draft_has_one_source(house: House, source: dict[str, str]) -> None:
    said = {"job_id": await job(house), **source}

    assert (422, "invalid") == await house.refusal("POST", "/v1/kits/drafts", json=said)


async def test_a_draft_of_what_is_not_there_is_not_found(house: House) -> None:
    stranger = await house.new_tenant("Second")
    own, foreign = await house.draft(), await job(house)
    theirs = (await house.post("/v1/jobs", {"title": "x"}, key=stranger))["id"]

    for said in (
        {"job_id": own["job_id"], "kit_id": str(unknown())},
        {"job_id": own["job_id"], "starter": "astronaut"},
        {"job_id": theirs, "kit_id": own["id"]},
        {"job_id": theirs, "starter": "team_lead"},
    ):
        assert (404, "not_found") == await house.refusal("POST", "/v1/kits/drafts", json=said)
    said = {"job_id": theirs, "kit_id": own["id"]}
    assert (404, "not_found") == await house.refusal(
        "POST", "/v1/kits/drafts", json=said, key=stranger
    )
    assert foreign


# ---- differences ----


async def test_two_kits_are_compared_field_by_field(house: House) -> None:
    version = await published(house, await job(house))
    body = kit_body(version["job_id"])
    body["competencies"][0]["anchors"]["3"] = "Another anchor."
    body["questions"][1]["key"] = "tooling"
    other = await house.post("/v1/kits", body)

    diff = await house.get(f"/v1/kits/{other['id']}/diff?base={version['id']}")

    assert (version["id"], other["id"]) == (diff["base"], diff["id"])
    assert [
        (
            "competencies.debugging.anchors.3",
            "changed",
            "SECRET-ANCHOR 3",
            "Another anchor.",
        ),
        ("questions.tools", "removed", version["questions"][1], None),
        ("questions.tooling", "added", None, other["questions"][1]),
    ] == [(each["path"], each["kind"], each["before"], each["after"]) for each in diff["changes"]]


async def test_what_cannot_be_compared_is_refused(house: House) -> None:
    draft = await house.draft()
    stranger = await house.new_tenant("Second")
    foreign = await house.post("/v1/jobs", {"title": "x"}, key=stranger)
    theirs = await house.post("/v1/kits", kit_body(foreign["id"]), key=stranger)
    path = f"/v1/kits/{draft['id']}/diff"

    assert (422, "invalid") == await house.refusal("GET", path)
    for base in (str(unknown()), theirs["id"]):
        assert (404, "not_found") == await house.refusal("GET", f"{path}?base={base}")
