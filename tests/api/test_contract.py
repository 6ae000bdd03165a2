"""The contract as a whole: documented, guarded, and the same for machines and people."""

import asyncio
import json
import re
from collections.abc import Iterator
from uuid import UUID, uuid4
from zlib import crc32

import pytest
from aiohttp import web
from openapi_spec_validator import validate

from api import contract
from api.callers import Door
from api.openapi import FILE, as_text, document, error_codes
from api.problems import HTTP_CODES, STATUS, TITLES, HttpCode
from api.registry import STAFF, Operation, operation
from api.rights import RIGHTS, Right
from interview.accounts import KEY_PREFIX, Role, Scope
from interview.errors import Code
from interview.webhooks import HookType
from tests.api.house import House, Json, kit_body

pytestmark = pytest.mark.api
TENANTS = [o for o in contract.PUBLIC + contract.GRAPHQL if isinstance(o.access, Right)]
FOR_ALL = {"get_starter_kit"}
"""What belongs to no tenant."""


def named(operation: Operation) -> str:
    return operation.name


def test_the_document_is_valid_openapi() -> None:
    validate(json.loads(as_text(document())))


def test_every_shape_has_a_name_of_its_own() -> None:
    """Two of one name would be told apart by where they lie in our code, which is nobody's."""
    shapes = json.loads(as_text(document()))["components"]["schemas"]

    assert [] == [name for name in shapes if "__" in name]


def test_the_kept_document_is_what_the_code_says() -> None:
    assert as_text(document()) == FILE.read_text()


@pytest.mark.parametrize("operation", contract.ALL, ids=named)
def test_every_operation_is_described_and_names_its_refusals(operation: Operation) -> None:
    assert operation.summary
    assert not operation.summary.endswith(".")
    assert error_codes(operation)
    assert operation.access is Door.PUBLIC or Code.UNAUTHENTICATED in error_codes(operation)


def test_operations_have_one_name_and_one_place_each() -> None:
    names = [operation.name for operation in contract.ALL]
    places = [(operation.method, operation.path) for operation in contract.ALL]

    assert sorted(set(names)) == sorted(names)
    assert sorted(set(places)) == sorted(places)


def test_what_outlives_its_transaction_changes_nothing() -> None:
    """A change is noted in the transaction that proves its caller, and that is over by then."""

    async def list_jobs() -> web.Response:
        """Change it, long afterwards."""
        return web.Response()

    operation("GET", "/v1/x", STAFF, tag="jobs", streams=True)(list_jobs)
    with pytest.raises(AssertionError, match="a change is noted"):
        operation("POST", "/v1/x", STAFF, tag="jobs", streams=True)(list_jobs)
    with pytest.raises(AssertionError, match="a change is noted"):
        operation("POST", "/v1/x", STAFF, tag="jobs", computes=True)(list_jobs)


def test_the_agents_door_is_no_part_of_the_public_document() -> None:
    assert "/internal" not in as_text(document())


def test_every_code_has_a_status_and_a_title() -> None:
    assert set(Code) == set(STATUS)
    assert {*Code, *HttpCode} == set(TITLES)
    assert set(HTTP_CODES.values()) <= {*Code, *HttpCode}


def entries() -> dict[str, Json]:
    """What the document says of each operation, by its name."""
    paths = json.loads(as_text(document()))["paths"].values()
    return {each["operationId"]: each for methods in paths for each in methods.values()}


def names(of: Json) -> set[str]:
    return {header["name"] for header in of["parameters"] if header["in"] == "header"}


def test_headers_that_are_heard_and_said_are_documented() -> None:
    said = entries()

    assert {"Last-Event-ID"} == names(said["list_events"])
    assert {"Idempotency-Key"} == names(said["redeem_invitation"]) == names(said["create_job"])
    created = said["create_job"]["responses"]["201"]["headers"]
    limits = {"RateLimit", "RateLimit-Policy"}
    assert {"X-Request-Id", "Idempotent-Replayed", "ETag", *limits} == set(created)
    redeemed = said["redeem_invitation"]["responses"]["200"]["headers"]
    assert {"X-Request-Id", "Idempotent-Replayed", "Set-Cookie", *limits} == set(redeemed)
    assert "Retry-After" in said["get_readiness"]["responses"]["503"]["headers"]
    assert {"X-Request-Id", "Retry-After", *limits} == set(
        said["get_job"]["responses"]["429"]["headers"]
    )
    assert "WWW-Authenticate" in said["get_job"]["responses"]["401"]["headers"]


def test_every_webhook_is_documented_with_its_payload() -> None:
    told = json.loads(as_text(document()))["webhooks"]

    assert set(HookType) == set(told)
    sent = told["interview.scored"]["post"]["requestBody"]["content"]["application/json"]
    assert {"$ref": "#/components/schemas/HookPayload"} == sent["schema"]


def test_what_is_answered_is_documented_and_nothing_else() -> None:
    said = entries()

    assert all("500" in each["responses"] for each in said.values())
    assert ["200", "422", "500"] == sorted(said["get_health"]["responses"])
    assert "503" in said["get_readiness"]["responses"]
    sound = said["get_recording"]["responses"]["200"]["content"]
    assert {"audio/ogg": {}} == sound


async def test_the_document_and_the_page_are_served(house: House) -> None:
    served = await (await house.call("GET", "/v1/openapi.json", key="")).json()
    answer = await house.call("GET", "/docs", key="")
    page = await answer.text()

    assert json.loads(FILE.read_text()) == served
    assert [] == [o.path for o in contract.PUBLIC if f"</b> {o.path}</h3>" not in page]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    targets = set(re.findall(r'id="([^"]+)"', page))
    assert set() == set(re.findall(r'href="#([^"]+)"', page)) - targets


# ---- who may call ----


def filled(path: str, ids: dict[str, str]) -> str:
    return re.sub(r"{(\w+)}", lambda name: ids[name[1]], path)


def bodies(ids: dict[str, str]) -> dict[str, Json]:
    """A body that is fine in itself, for operations that need one."""
    return of_making(ids) | of_review(ids) | of_people_and_hooks()


def of_making(ids: dict[str, str]) -> dict[str, Json]:
    return {
        "create_kit": kit_body(ids["job_id"]),
        "create_interview": {"kit_id": ids["kit_id"], "candidate_id": ids["candidate_id"]},
        "create_job": {"title": "Engineer"},
        "create_candidate": {"name": "Ada", "email": "ada@example.com"},
        "ask_graphql": {"query": "{ jobs { next } }"},
        "update_job": {"title": "Senior engineer"},
        "update_kit": kit_body(ids["job_id"]),
        "copy_kit": {"job_id": ids["job_id"], "kit_id": ids["kit_id"]},
        "update_candidate": {"name": "Ada King", "email": "ada@example.com"},
        "bulk_invite": {
            "kit_id": ids["kit_id"],
            "rows": [{"candidate_id": ids["candidate_id"]}, {"name": "Eve", "email": "eve@x"}],
        },
        "reschedule_interview": {"starts_at": None, "expires_at": "2026-03-09T12:00:00Z"},
        "extend_interview": {"expires_at": "2026-03-09T12:00:00Z"},
        "cancel_interview": {"reason": "other"},
        "change_accommodations": {"time": "1.5"},
        "invite_again": {"mail": False},
        "join_room": {"name": "Grace"},
        "set_floor": {"holder": "paused"},
    }


def of_review(ids: dict[str, str]) -> dict[str, Json]:
    nobody = str(uuid4())
    return {
        "correct_turn": {
            "text": "I read the logs",
            "reason": "Misheard.",
            "heard": True,
            "person": "Grace",
        },
        "file_turn": {"question": "tools", "reason": "Asked by Anna.", "person": "Grace"},
        "create_rating": {
            "person": "Grace",
            "ratings": [
                {
                    "competency": "debugging",
                    "level": 3,
                    "quotes": [{"turn_id": ids.get("turn_id", nobody), "text": "the logs"}],
                }
            ],
        },
        "make_decision": {
            "person": "Grace",
            "outcome": "advance",
            "reason_code": "meets_requirements",
            "evidence": [{"kind": "transcript"}],
        },
        "create_note": {"person": "Grace", "text": "Ask about this.", "at_ms": 200},
        "answer_request": {"person": "Grace", "outcome": "granted", "text": "Here it is."},
    }


def of_people_and_hooks() -> dict[str, Json]:
    return {
        "create_webhook": {"url": "https://hooks.example.com", "event_types": ["interview.ended"]},
        "change_webhook": {"enabled": False},
        "rotate_webhook_secret": {},
        "replay_webhook": {"since": "2026-03-02T12:00:00Z"},
        "create_key": {"name": "ATS", "scopes": ["keys:write"]},
        "invite_member": {"email": "ines@example.com", "role": "interviewer"},
        "change_member": {"role": "reviewer"},
        "update_settings": {"time_zone": "Europe/Berlin"},
        "set_providers": {
            "llm": [{"name": "a", "url": "https://models.example.com/v1", "model": "m"}]
        },
        "set_sign_in": {"issuer": "https://id.example", "client_id": "a", "client_secret": "b"},
    }


WHATEVER = {"If-Match": "*"}
"""What an operation needs that replaces or deletes."""


async def everything(house: House) -> dict[str, str]:
    """One of each thing of the first tenant."""
    asked = {"url": "https://hooks.example.com", "event_types": ["interview.started"]}
    webhook = await house.post("/v1/webhooks", asked)
    interview, session, claim = await house.led()
    asked_for = await house.post("/v1/candidate/requests", {"kind": "access"}, key=session)
    turn = str(uuid4())
    await house.tell(claim, house.speech("I red the logs", turn=turn, at_ms=200))
    await house.hand_in(claim, b"OggS")
    note = await house.post(
        f"/v1/interviews/{interview['id']}/notes", {"person": "Grace", "text": "Ask about this."}
    )
    kit = await house.get(f"/v1/kits/{interview['kit_id']}")
    [link] = (await house.get(f"/v1/interviews/{interview['id']}/invitations"))["items"]
    sent = await house.get(f"/v1/webhooks/{webhook['id']}/deliveries")
    return {
        "webhook_id": webhook["id"],
        "event_id": sent["items"][0]["event_id"],
        "job_id": kit["job_id"],
        "kit_id": kit["id"],
        "candidate_id": interview["candidate_id"],
        "interview_id": interview["id"],
        "starter": "team_lead",
        "invitation_id": link["id"],
        "turn_id": turn,
        "note_id": note["id"],
        "request_id": asked_for["id"],
        "member_id": str(await house.new_member(Role.RECRUITER)),
        "key_id": (await house.new_key(Scope.JOBS_WRITE)).split("_")[2],
    }


def asked(operation: Operation, ids: dict[str, str]) -> dict[str, str]:
    """What has to be asked of an operation."""
    return {"base": ids["kit_id"]} if operation.name == "compare_kits" else {}


def test_every_right_is_one_of_an_operation() -> None:
    assert set(RIGHTS) == {operation.name for operation in TENANTS}


@pytest.mark.parametrize("operation", TENANTS, ids=named)
async def test_a_key_opens_only_what_its_scope_names(house: House, operation: Operation) -> None:
    assert isinstance(operation.access, Right)
    others = [scope for scope in Scope if scope is not operation.access.scope]
    path = filled(operation.path, dict.fromkeys(_names(operation), str(uuid4())))
    without = await house.new_key(*others)
    ids = {"job_id": str(uuid4()), "kit_id": str(uuid4()), "candidate_id": str(uuid4())}
    body = bodies(ids).get(operation.name)

    refused = await house.call(operation.method, path, json=body, key=without)
    assert (403, f"This key lacks the scope {operation.access.scope}.") == (
        refused.status,
        (await refused.json())["detail"],
    )
    with_it = await house.new_key(operation.access.scope)
    allowed = await house.call(operation.method, path, json=body, key=with_it)
    assert allowed.status != 401
    assert "lacks the scope" not in await allowed.text()


def _names(operation: Operation) -> Iterator[str]:
    yield from re.findall(r"{(\w+)}", operation.path)


@pytest.mark.parametrize("operation", contract.ALL, ids=named)
async def test_nobody_calls_without_saying_who(house: House, operation: Operation) -> None:
    ids = dict.fromkeys(_names(operation), str(uuid4()))
    path = filled(operation.path, ids | {"participant": "cand-1", "index": "0"})

    answer = await house.call(operation.method, path, key="")

    assert (answer.status == 401) == (operation.access is not Door.PUBLIC)


@pytest.mark.parametrize("change", ["none", "prefix", "checksum", "kind", "letters"])
async def test_a_key_that_is_not_exactly_right_is_nobody(house: House, change: str) -> None:
    key = house.key
    changed = {
        "none": "",
        "prefix": "viv_live_",
        "checksum": key[:-1] + ("a" if key[-1] != "a" else "b"),
        "kind": key.replace("viv_live_", "viv_test_"),
        "letters": "ключ",
    }[change]
    headers = {"Authorization": f"Bearer {changed}"}

    assert (401, "unauthenticated") == await house.refusal(
        "GET", "/v1/jobs", key="", headers=headers
    )


@pytest.mark.parametrize(
    ("path", "header"),
    [
        ("/v1/jobs", b"Authorization: Bearer \xff"),
        ("/v1/candidate/interview", b"Authorization: Bearer \xff"),
        ("/v1/candidate/interview", b"Cookie: viv_candidate=\xff"),
        (f"/internal/v1/interviews/{UUID(int=1)}/heartbeat", b"Authorization: Bearer \xff"),
    ],
)
async def test_bytes_that_are_no_text_are_nobody(house: House, path: str, header: bytes) -> None:
    method = b"POST" if "internal" in path else b"GET"
    reader, writer = await asyncio.open_connection(house.client.host, house.client.port)

    writer.write(method + f" {path} HTTP/1.1\r\nHost: here\r\n".encode() + header)
    writer.write(b"\r\nConnection: close\r\n\r\n")
    said = await asyncio.wait_for(reader.read(), 5)
    writer.close()

    assert b"HTTP/1.1 401" == said[:12]


async def test_a_key_with_another_secret_is_nobody(house: House) -> None:
    """Well-formed, with a kid that exists: only the digest tells."""
    kid = house.key.removeprefix(KEY_PREFIX).partition("_")[0]
    secret = "0" * 40
    guesses = (f"{KEY_PREFIX}{kid}_{secret}{crc_of(kid + secret)}", house.key)

    refused, admitted = [(await house.call("GET", "/v1/jobs", key=key)).status for key in guesses]

    assert (401, 200) == (refused, admitted)


def crc_of(text: str) -> str:
    """CRC-32 in base 36, six digits: what a key ends with."""
    value, digits = crc32(text.encode()), ""
    for _ in range(6):
        value, digit = divmod(value, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return digits
