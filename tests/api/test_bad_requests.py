"""Requests that make no sense: refused with the field and what was expected, never with a fault."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError
from structlog.testing import capture_logs

from api import contract
from api.callers import Access, Door
from api.openapi import document
from api.registry import Operation
from api.wording import PATTERNS
from tests.api.house import AGENT_KEY, House, kit_body, unknown

pytestmark = pytest.mark.api
JSON = {"Content-Type": "application/json"}


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b"", "body"),
        (b"{", "body"),
        (b"[]", "body"),
        (b"null", "body"),
        (b'"title"', "body"),
        (b"{}", "title"),
        (b'{"title": 1}', "title"),
        (b'{"title": ""}', "title"),
        (b'{"title": "   "}', "title"),
        (b'{"title": null}', "title"),
        (b'{"title": "a\\nb"}', "title"),
        (b'{"title": "x", "colour": "red"}', "colour"),
        (b'{"title": "a\\u0000b"}', "body"),
        (b'{"title": "\\ud800"}', "body"),
        (b'{"title": "\xff"}', "body"),
        (b"[" * 100_000, "body"),
        (b'{"title": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "body"),
        (b'{"title": "' + b"x" * 201 + b'"}', "title"),
    ],
)
async def test_a_body_that_is_not_a_job_names_what_is_wrong(
    house: House, raw: bytes, field: str
) -> None:
    answer = await house.call("POST", "/v1/jobs", data=raw, headers=JSON)
    problem = await answer.json(content_type="application/problem+json")

    assert (422, "invalid", field) == (answer.status, problem["code"], problem["field"])
    assert problem["detail"]
    assert {"items": [], "next": None} == await house.get("/v1/jobs")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": 0}, "minutes"),
        ({"minutes": "20"}, "minutes"),
        ({"language": "English"}, "language"),
        ({"competencies": []}, "competencies"),
        ({"job_id": "7"}, "job_id"),
        ({"questions": [{"key": "a"}]}, "questions.0.text"),
    ],
)
async def test_a_kit_that_is_wrong_names_the_field_by_its_path(
    house: House, change: dict[str, Any], field: str
) -> None:
    body = kit_body(str(unknown())) | change

    answer = await house.call("POST", "/v1/kits", json=body)
    problem = await answer.json()

    assert 422 == answer.status
    assert field in [error["field"] for error in problem["errors"]]


async def test_keys_of_a_kit_that_do_not_go_together_name_every_field_at_fault(
    house: House,
) -> None:
    body = kit_body(str(unknown()))
    body["competencies"].append(body["competencies"][0])
    body["questions"][0]["key"] = body["questions"][1]["key"]
    body["questions"][1]["competencies"] = ["debugging", "patience", "luck"]

    answer = await house.call("POST", "/v1/kits", json=body)
    problem = await answer.json()

    assert (422, "competencies.1.key") == (answer.status, problem["field"])
    assert [
        ("competencies.1.key", "Every key may appear once."),
        ("questions.1.key", "Every key may appear once."),
        ("questions.1.competencies", "No competency is named patience."),
        ("questions.1.competencies", "No competency is named luck."),
    ] == [(error["field"], error["detail"]) for error in problem["errors"]]


async def test_more_probes_than_there_are_name_the_field(house: House) -> None:
    body = kit_body(str(unknown()))
    body["questions"][1]["max_probes"] = 1

    answer = await house.call("POST", "/v1/kits", json=body)

    assert (422, "questions.1.max_probes") == (answer.status, (await answer.json())["field"])


async def test_a_refusal_does_not_repeat_what_was_sent(house: House) -> None:
    body = {"name": "Ada", "email": "PERSONAL"}

    answer = await house.call("POST", "/v1/candidates", json=body)

    assert 422 == answer.status
    assert "PERSONAL" not in await answer.text()


async def test_a_body_that_is_not_json_by_its_type_is_refused(house: House) -> None:
    for headers in ({"Content-Type": "text/plain"}, {}):
        assert (415, "unsupported_media_type") == await house.refusal(
            "POST", "/v1/jobs", data=b'{"title": "x"}', headers=headers
        )


async def test_whoever_sends_no_json_hears_which_type_to_send(house: House) -> None:
    for path, wanted in (("jobs", ["json"]), ("kits", ["json", "yaml"])):
        answer = await house.call("POST", f"/v1/{path}", data=b"title=x")
        said = (await answer.json())["detail"]

        types = [f"application/{each}" for each in wanted]
        assert (415, ", ".join(types)) == (answer.status, answer.headers["Accept"])
        assert f"as {' or '.join(types)}, and say so in Content-Type" in said


async def test_whoever_sends_nothing_hears_that_a_body_is_expected(house: House) -> None:
    interview = await house.invited()

    answer = await house.call("POST", f"/v1/interviews/{interview['id']}/cancel")

    told = {"field": "body", "detail": "Expected a body of application/json."}
    assert (422, [told]) == (answer.status, (await answer.json())["errors"])


async def refused(house: House, method: str, path: str, **said: Any) -> Any:
    """The problem, in the one form that every refusal for its input has."""
    answer = await house.call(method, path, **said)
    problem = await answer.json(content_type="application/problem+json")
    first = problem["errors"][0]
    assert answer.status in {404, 422}
    assert problem["field"] == first["field"]
    for each in problem["errors"]:
        assert each["field"]
        assert re.fullmatch(r"[A-Z].*[.]", each["detail"]), each
        assert not each["detail"].startswith(each["field"])
    return problem


WRONG: list[tuple[str, str, Any, str, str]] = [
    ("POST", "jobs", {}, "title", "Expected, but missing."),
    ("POST", "jobs", {"title": ""}, "title", "Expected at least 1 character(s)."),
    ("POST", "jobs", {"title": "x", "colour": 1}, "colour", "No such field; see what"),
    ("POST", "jobs", {"title": "a\nb"}, "title", "Expected text without control characters."),
    ("POST", "candidates", {"name": "A", "email": "a"}, "email", "Expected an e-mail address"),
    ("GET", "jobs?limit=0", None, "limit", "Expected 1 or more."),
    ("GET", "jobs?after=x", None, "after", "This is not a cursor of"),
    ("GET", "jobs/7", None, "job_id", "Expected an id (a UUID)."),
    ("POST", "webhooks", {"url": "x", "event_types": ["x"]}, "event_types.0", "Expected '"),
]


@pytest.mark.parametrize(("method", "path", "body", "field", "detail"), WRONG)
async def test_every_refusal_names_its_fields_in_one_form_and_in_plain_words(
    house: House, method: str, path: str, body: Any, field: str, detail: str
) -> None:
    said = {} if body is None else {"json": body}

    problem = await refused(house, method, f"/v1/{path}", **said)

    assert [field] == [each["field"] for each in problem["errors"]]
    assert problem["errors"][0]["detail"].startswith(detail)


async def test_what_the_rules_refuse_has_the_same_form(house: House) -> None:
    interview = await house.invited()
    names = {name: interview[name] for name in ("kit_id", "candidate_id")}
    hook = {"url": "http://x", "event_types": ["interview.ended"]}
    draft = await house.draft(language="it")
    gaps = f"/v1/kits/{draft['id']}/publish"
    for path, body in (
        ("/v1/interviews", names | {"starts_at": "2001-01-01T00:00:00Z"}),
        ("/v1/interviews", names | {"expires_at": "2001-01-01T00:00:00Z"}),
        ("/v1/webhooks", hook),
        (gaps, None),
    ):
        await refused(house, "POST", path, json=body)


async def test_one_wrong_entry_of_a_list_is_one_error(house: House) -> None:
    body = kit_body(str(unknown()))
    body["competencies"] = [body["competencies"][0] | {"weight": 0}]

    problem = await refused(house, "POST", "/v1/kits", json=body)

    assert [{"field": "competencies.0.weight", "detail": "Expected more than 0."}] == (
        problem["errors"]
    )


async def test_ids_of_a_body_that_lead_nowhere_are_named(house: House) -> None:
    interview, nobody = await house.invited(), str(unknown())
    names = {name: interview[name] for name in ("kit_id", "candidate_id")}
    row = {"candidate_id": interview["candidate_id"]}
    for path, body, field in (
        ("interviews", names | {"kit_id": nobody}, "kit_id"),
        ("interviews", names | {"candidate_id": nobody}, "candidate_id"),
        ("interviews/bulk", {"kit_id": nobody, "rows": [row]}, "kit_id"),
        ("kits", kit_body(nobody), "job_id"),
        ("kits/drafts", {"job_id": nobody, "kit_id": names["kit_id"]}, "job_id"),
        ("kits/drafts", {"job_id": nobody, "kit_id": nobody}, "kit_id"),
    ):
        problem = await refused(house, "POST", f"/v1/{path}", json=body)
        assert ("not_found", field) == (problem["code"], problem["field"])


def test_every_pattern_of_the_contract_is_told_in_words() -> None:
    ours = {"^[!-~]{1,255}$", "^[!-~]{16,255}$"}  # of Idempotency-Key, which is told apart

    assert set() == set(patterns_of(document())) - PATTERNS.keys() - ours


def patterns_of(part: object) -> Iterator[str]:
    match part:
        case dict():
            if isinstance(part.get("pattern"), str):
                yield part["pattern"]
            for each in part.values():
                yield from patterns_of(each)
        case list():
            for each in part:
                yield from patterns_of(each)
        case _:
            pass


async def test_a_body_over_one_mebibyte_is_too_large(house: House) -> None:
    raw = json.dumps({"title": "x" * 1024 * 1024}).encode()

    async def chunks() -> Any:
        for start in range(0, len(raw), 65_536):
            yield raw[start : start + 65_536]

    for data in (BytesIO(raw), chunks()):
        assert (413, "too_large") == await house.refusal(
            "POST", "/v1/jobs", data=data, headers=JSON
        )


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("limit=1&limit=2", "limit"),
        ("after=nonsense", "after"),
        ("after=%00", "after"),
        ("after=%C3%A9", "after"),
        ("colour=red", "colour"),
    ],
)
async def test_a_query_that_is_wrong_names_the_parameter(
    house: House, query: str, field: str
) -> None:
    answer = await house.call("GET", f"/v1/jobs?{query}")

    assert (422, field) == (answer.status, (await answer.json())["field"])


async def test_a_query_where_none_is_taken_is_refused(house: House) -> None:
    answer = await house.call("GET", f"/v1/jobs/{unknown()}?verbose=1")

    assert (422, "verbose") == (answer.status, (await answer.json())["field"])


async def test_a_path_that_is_no_id_names_it(house: House) -> None:
    answer = await house.call("GET", "/v1/jobs/7")

    assert (422, "job_id") == (answer.status, (await answer.json())["field"])


async def test_unknown_paths_and_methods_are_problems_too(house: House) -> None:
    assert (404, "not_found") == await house.refusal("GET", "/v1/nothing")
    assert (405, "method_not_allowed") == await house.refusal("DELETE", "/v1/jobs")
    answer = await house.call("DELETE", "/v1/jobs")
    assert "GET,POST" == answer.headers["Allow"]


async def test_a_fault_of_ours_shows_no_traceback(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.store, "is_ready", None)

    with capture_logs() as lines:
        answer = await house.call("GET", "/v1/health/ready", key="")
    text = await answer.text()

    assert (500, "internal") == (answer.status, json.loads(text)["code"])
    assert "Traceback" not in text
    assert "NoneType" not in text
    assert "request_failed" in [line["event"] for line in lines]


async def test_a_request_keeps_a_sensible_id_and_gets_one_otherwise(house: House) -> None:
    kept = await house.call("GET", "/v1/health", headers={"X-Request-Id": "trace-0001"})
    made = await house.call("GET", "/v1/health", headers={"X-Request-Id": "x y\tz"})

    assert "trace-0001" == kept.headers["X-Request-Id"]
    assert made.headers["X-Request-Id"] not in {"", "x y\tz"}


async def test_a_request_is_one_line_without_personal_data(house: House) -> None:
    body = {"name": "Ada Lovelace", "email": "ada@example.com"}

    with capture_logs() as lines:
        await house.call("POST", "/v1/candidates", json=body)
        await house.call("GET", "/v1/jobs?after=PERSONAL")
        await house.call("GET", "/v1/PERSONAL")

    assert [201, 422, 404] == [line["status"] for line in lines]
    assert ["create_candidate", "list_jobs", "none"] == [line["operation"] for line in lines]
    said = json.dumps(lines)
    for secret in ("Ada", "PERSONAL", house.key):
        assert secret not in said


async def test_the_service_says_that_it_lives_and_whether_it_can_serve(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def no() -> bool:
        return False

    assert {"status": "live"} == await house.get("/v1/health", key="")
    assert {"status": "ready"} == await house.get("/v1/health/ready", key="")
    monkeypatch.setattr(house.store, "is_ready", no)
    assert (503, "unavailable") == await house.refusal("GET", "/v1/health/ready", key="")


WITH_BODY = [operation for operation in contract.PUBLIC + contract.INTERNAL if operation.body]
NONSENSE: list[Any] = [
    *(None, True, 0, -1, 1e308, 2**70, "", "x" * 10_000, "\u202e", [], [[]], {}, {"": ""}),
    {"epoch": -(2**70), "reports": []},
    {"epoch": 1, "reports": [{"fact": {"kind": "unheard_of"}}]},
]


def is_taken(model: type[BaseModel], body: Any) -> bool:
    try:
        model.model_validate_json(json.dumps(body), strict=True)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.name)
async def test_nonsense_is_refused_everywhere_and_never_our_fault(
    house: House, operation: Operation
) -> None:
    _, session, claim = await house.led()
    keys: dict[Access, str] = {
        Door.CANDIDATE: session,
        Door.AGENT: AGENT_KEY,
        Door.LEASE: claim["token"],
        Door.PUBLIC: "",
    }
    bearer = keys.get(operation.access, house.key)
    path = operation.path.replace("{interview_id}", claim["interview_id"])
    path = re.sub(r"{\w+}", str(unknown()), path)

    assert operation.body is not None
    names = operation.body.model_fields
    bodies = [*NONSENSE, *({name: value} for name in names for value in NONSENSE)]
    if operation.bodiless:  # whatever says nothing is well, too
        bodies = [body for body in bodies if not is_taken(operation.body, body)]

    codes = {
        await house.refusal(operation.method, path, data=json.dumps(body), headers=JSON, key=bearer)
        for body in bodies
    }

    assert (422, "invalid") in codes
    absent = {(409, "lease_lost"), (404, "invitation_invalid"), (404, "not_found")}
    unread = (428, "precondition_required")
    begun = (409, "wrong_state")  # what is well is too late for an interview that runs
    assert codes <= {(422, "invalid"), unread, begun, *absent}
