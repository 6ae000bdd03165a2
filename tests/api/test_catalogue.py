"""Positions, kits, candidates and interviews: what an integration sets up."""

import pytest

from interview.accounts import Scope
from tests.api.house import House, kit_body, unknown

pytestmark = pytest.mark.api


async def test_a_job_that_was_created_is_found_and_listed(house: House) -> None:
    job = await house.post("/v1/jobs", {"title": "Engineer"})

    assert job == await house.get(f"/v1/jobs/{job['id']}")
    assert {"items": [job], "next": None} == await house.get("/v1/jobs")


async def test_pages_lead_through_all_jobs_without_a_gap(house: House) -> None:
    made = [await house.post("/v1/jobs", {"title": f"Job {n}"}) for n in range(5)]

    found, after = [], ""
    while True:
        page = await house.get(f"/v1/jobs?limit=2{after}")
        found += page["items"]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"

    assert made == found


async def test_a_kit_that_was_created_is_a_draft_as_it_was_sent(house: House) -> None:
    job = await house.post("/v1/jobs", {"title": "Engineer"})

    kit = await house.post("/v1/kits", kit_body(job["id"]))

    assert kit["version"] is None
    assert kit == await house.get(f"/v1/kits/{kit['id']}")
    assert kit_body(job["id"])["questions"][0]["text"] == kit["questions"][0]["text"]
    assert [kit] == (await house.get("/v1/kits"))["items"]


async def test_a_kit_of_an_unknown_job_is_not_found(house: House) -> None:
    body = kit_body(str(unknown()))

    assert (404, "not_found") == await house.refusal("POST", "/v1/kits", json=body)


async def test_publishing_freezes_a_version_once(house: House) -> None:
    kit = await house.draft()
    path = f"/v1/kits/{kit['id']}/publish"

    published = await house.post(path, status=200)

    assert (1, True) == (published["version"], published["published_at"] is not None)
    assert (409, "kit_frozen") == await house.refusal("POST", path)


async def test_publishing_warns_of_each_competency_that_names_no_indicators(house: House) -> None:
    """Lists without a phrase in them are none."""
    job = await house.post("/v1/jobs", {"title": "Engineer"})
    body = kit_body(job["id"])
    [first] = body["competencies"]
    indicators = [{"4": [["read the logs"]]}, {"4": []}, {}]
    body["competencies"] = [
        first | {"key": f"c{n}", "indicators": named} for n, named in enumerate(indicators)
    ]
    body["questions"][0]["competencies"] = ["c0", "c1", "c2"]
    body["questions"][1]["competencies"] = ["c0"]
    kit = await house.post("/v1/kits", body)

    published = await house.post(f"/v1/kits/{kit['id']}/publish", status=200)

    warnings = published.pop("warnings")
    assert ["competencies.c1.indicators", "competencies.c2.indicators"] == [
        each["field"] for each in warnings
    ]
    assert all("bundled rater" in each["detail"] for each in warnings)
    assert published == await house.get(f"/v1/kits/{kit['id']}")


async def test_publishing_an_incomplete_kit_names_every_gap(house: House) -> None:
    kit = await house.draft(minutes=5)
    job = await house.post("/v1/jobs", {"title": "Engineer"})
    body = kit_body(job["id"])
    del body["competencies"][0]["anchors"]["4"]
    body["questions"][0]["competencies"] = []
    body["minutes"] = 5
    kit = await house.post("/v1/kits", body)

    answer = await house.call("POST", f"/v1/kits/{kit['id']}/publish")
    problem = await answer.json()

    assert (422, "kit_incomplete") == (answer.status, problem["code"])
    assert ["competencies.debugging.anchors.4", "questions.outage", "minutes"] == [
        error["field"] for error in problem["errors"]
    ]


async def test_a_candidate_that_was_created_is_found_and_listed(house: House) -> None:
    candidate = await house.candidate()

    assert ("Ada", "ada@example.com") == (candidate["name"], candidate["email"])
    assert candidate == await house.get(f"/v1/candidates/{candidate['id']}")
    assert [candidate] == (await house.get("/v1/candidates"))["items"]


async def test_an_interview_begins_invited_with_a_link_whose_token_is_a_fragment(
    house: House,
) -> None:
    interview = await house.invited()

    url = interview.pop("invitation_url")
    assert "invited" == interview["state"]
    assert url.startswith("http://127.0.0.1:8080/i#")
    assert interview == await house.get(f"/v1/interviews/{interview['id']}")
    assert ["interview_created"] == await house.kinds(interview)


async def test_interviews_can_be_listed_by_state(house: House) -> None:
    interview = await house.invited()

    invited = await house.get("/v1/interviews?state=invited")
    live = await house.get("/v1/interviews?state=live")

    assert [interview["id"]] == [found["id"] for found in invited["items"]]
    assert [] == live["items"]


async def test_a_kit_that_is_not_published_cannot_be_held(house: House) -> None:
    kit, candidate = await house.draft(), await house.candidate()
    body = {"kit_id": kit["id"], "candidate_id": candidate["id"]}

    assert (409, "kit_not_published") == await house.refusal("POST", "/v1/interviews", json=body)


async def test_an_interview_that_ends_before_it_starts_names_the_field(house: House) -> None:
    kit, candidate = await house.draft(), await house.candidate()
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    body = {
        "kit_id": kit["id"],
        "candidate_id": candidate["id"],
        "starts_at": "2026-03-05T00:00:00Z",
        "expires_at": "2026-03-04T00:00:00Z",
    }

    for changed in (body, body | {"starts_at": None, "expires_at": "2026-03-01T00:00:00Z"}):
        answer = await house.call("POST", "/v1/interviews", json=changed)
        problem = await answer.json()
        assert (422, "expires_at") == (answer.status, problem["field"])


@pytest.mark.parametrize("name", ["starts_at", "expires_at"])
@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+14:00",
        "2026-03-02T11:44:00Z",
        "2028-03-04T12:00:00Z",
        "9999-12-31T23:59:59-14:00",
    ],
)
async def test_a_time_that_nobody_can_mean_names_the_field(
    house: House, name: str, at: str
) -> None:
    kit, candidate = await house.draft(), await house.candidate()
    await house.post(f"/v1/kits/{kit['id']}/publish", status=200)
    body = {"kit_id": kit["id"], "candidate_id": candidate["id"], name: at}

    answer = await house.call("POST", "/v1/interviews", json=body)

    assert (422, name) == (answer.status, (await answer.json())["field"])


async def test_an_interview_may_start_now_and_its_times_are_told_in_utc(house: House) -> None:
    now = house.clock.now().isoformat()

    interview = await house.invited(starts_at=now, expires_at="2026-03-03T02:00:00+02:00")

    times = ("2026-03-02T12:00:00Z", "2026-03-03T00:00:00Z")
    assert times == (interview["starts_at"], interview["expires_at"])


async def test_another_link_can_be_made_while_the_interview_waits(house: House) -> None:
    interview = await house.invited()
    path = f"/v1/interviews/{interview['id']}/invitations"

    again = await house.post(path)

    assert interview["invitation_url"] != again["invitation_url"]
    token = interview["invitation_url"].partition("#")[2]
    assert (410, "invitation_expired") == await house.refusal(
        "POST", "/v1/invitations/redeem", json={"token": token}, key=""
    )
    assert await house.redeemed(again)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/v1/jobs", {"title": "x"}),
        ("POST", "/v1/candidates", {"name": "x", "email": "x@y"}),
        ("GET", "/v1/interviews", None),
    ],
)
async def test_a_key_without_the_scope_is_refused_and_told_which(
    house: House, method: str, path: str, body: dict[str, str] | None
) -> None:
    key = await house.new_key(Scope.REVIEW_READ)

    answer = await house.call(method, path, json=body, key=key)
    problem = await answer.json()

    assert (403, "forbidden") == (answer.status, problem["code"])
    assert "scope" in problem["detail"]


async def test_neither_a_strange_kit_nor_a_strange_candidate_can_be_put_together(
    house: House,
) -> None:
    stranger = await house.new_tenant("Second")
    ours, theirs = await house.invited(), await house.candidate()
    foreign = await house.post("/v1/candidates", {"name": "Eve", "email": "e@x"}, key=stranger)

    for kit, candidate in ((str(unknown()), theirs), (ours["kit_id"], foreign)):
        body = {"kit_id": kit, "candidate_id": candidate["id"]}
        assert (404, "not_found") == await house.refusal("POST", "/v1/interviews", json=body)
