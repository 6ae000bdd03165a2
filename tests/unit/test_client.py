"""The Python client by itself: what it makes of news, of lost answers, and of a document."""

from typing import Any

import httpx
import pytest
from vivavoce_client import ApiProblem, JobBody, StateView, Vivavoce

from local.client.calls import Methods, calls_of
from local.client.shapes import Shapes

pytestmark = pytest.mark.unit
Json = dict[str, Any]
JOB = {
    "id": "0197a9d2-7a4e-7c1b-9d3e-5f6a7b8c9d0e",
    "title": "x",
    "created_at": "2026-03-02T12:00Z",
}


class Answers(httpx.BaseTransport):
    """A server that gives these answers, one after the other."""

    def __init__(self, *answers: httpx.Response | Exception) -> None:
        self.answers = list(answers)
        self.asked = list[httpx.Request]()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


def client_of(server: Answers, monkeypatch: pytest.MonkeyPatch) -> Vivavoce:
    monkeypatch.setattr("vivavoce_client.transport.PAUSE_S", 0)
    return Vivavoce("http://api", "key", http=httpx.Client(transport=server))


def test_what_a_newer_api_says_beyond_this_version_is_no_fault() -> None:
    said = StateView.model_validate({"state": "postponed", "because": "rain"})

    assert "postponed" == said.state


def test_a_lost_answer_is_asked_for_again_with_the_same_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Answers(httpx.ReadError("gone"), httpx.Response(503), httpx.Response(201, json=JOB))

    with client_of(server, monkeypatch) as client:
        job = client.create_job(JobBody(title="x"))

    assert "x" == job.title
    assert 3 == len(server.asked)
    assert 1 == len({request.headers["Idempotency-Key"] for request in server.asked})


def test_what_is_not_safe_to_repeat_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Answers(httpx.ReadError("gone"))

    with client_of(server, monkeypatch) as client, pytest.raises(httpx.ReadError):
        client.join_interview()


def test_an_answer_that_is_no_problem_document_is_still_a_problem(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Answers(httpx.Response(418, text="<html>"))

    with client_of(server, monkeypatch) as client, pytest.raises(ApiProblem) as refused:
        client.get_health()

    assert (418, "") == (refused.value.status, refused.value.code)


def test_a_document_becomes_methods_of_every_kind() -> None:
    """Text, bytes, nothing at all, raw bodies, required headers and names that Python keeps."""
    answers: Json = {"200": {"content": {"text/csv": {}}}}
    document: Json = {
        "paths": {
            "/v1/a/{class}": {
                "put": {
                    "operationId": "keep",
                    "summary": "Keep",
                    "deprecated": True,
                    "parameters": [
                        {"name": "class", "in": "path", "required": True, "schema": {}},
                        {"name": "deep", "in": "query", "required": False, "schema": {}},
                        {
                            "name": "If-Match",
                            "in": "header",
                            "required": True,
                            "schema": {"type": "string"},
                        },
                    ],
                    "requestBody": {"content": {"text/yaml": {}}},
                    "responses": answers,
                }
            },
            "/v1/b": {
                "delete": {
                    "operationId": "drop",
                    "summary": "Drop",
                    "parameters": [],
                    "responses": {"204": {}},
                }
            },
        }
    }
    methods = Methods(Shapes({}, ()), awaited=False)

    kept, dropped = ["".join(methods.of(call)) for call in calls_of(document)]

    assert (
        "def keep(self, class_: object, content: bytes, *, if_match: str, "
        "deep: object | None = None) -> str:"
    ) in kept
    assert "Deprecated" in kept
    assert (
        'ask("PUT", "/v1/a/{}", class_, query={"deep": deep}, headers={"If-Match": if_match}'
        in kept
    )
    assert "def drop(self) -> None:" in dropped
    assert 'self._send(ask("DELETE", "/v1/b"))' in dropped


def test_enumerations_and_unions_stay_open_for_what_comes() -> None:
    named: Json = {
        "Kind": {"enum": ["jobs:write", "2nd"]},
        "One": {"properties": {"from": {"$ref": "#/components/schemas/Kind"}}},
        "Either": {
            "oneOf": [{"$ref": "#/components/schemas/One"}],
            "discriminator": {"propertyName": "from"},
        },
    }

    source = "".join(Shapes(named, ()).classes())

    assert "JOBS_WRITE = 'jobs:write'" in source
    assert "N2ND = '2nd'" in source
    assert (
        'from_: Annotated[Kind | str, LENIENT] | None = Field(default=None, alias="from")' in source
    )
    assert "Either = Annotated[One | dict[str, object], LENIENT]" in source
