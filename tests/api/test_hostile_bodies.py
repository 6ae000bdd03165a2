"""Bodies that mean harm: refused by every operation with a code and a field, nothing stored."""

import copy
import json
import time
from io import BytesIO
from typing import Any

import pytest

from api import contract
from api.callers import Access, Door
from api.parsing import MAX_DEPTH
from api.registry import MAX_BODY_BYTES, Operation
from interview.store.memory import MemoryStore
from tests.api.house import AGENT_KEY, House
from tests.api.test_audit import ready_for
from tests.api.test_contract import WHATEVER, bodies, everything, filled

pytestmark = pytest.mark.api
JSON = {"Content-Type": "application/json"}
WITH_BODY = [operation for operation in contract.ALL if operation.body]
OF_PEOPLE = [operation for operation in WITH_BODY if "/internal" not in operation.path]


def named(operation: Operation) -> str:
    return operation.name


async def refused(
    house: House, operation: Operation, raw: bytes, headers: dict[str, str] = JSON
) -> tuple[int, str, str | None]:
    """Status, code and field; what is stored must be what was stored."""
    assert isinstance(house.store, MemoryStore)
    ids = await everything(house)
    session = await house.redeemed(await house.invited())
    bearers: dict[Access, str] = {
        Door.CANDIDATE: session,
        Door.AGENT: AGENT_KEY,
        Door.LEASE: AGENT_KEY,
        Door.PUBLIC: "",
    }
    await house.errands_done()
    before = copy.deepcopy(house.store.tables)
    answer = await house.call(
        operation.method,
        filled(operation.path, ids),
        data=BytesIO(raw),
        headers=headers,
        key=bearers.get(operation.access, house.key),
    )
    problem = await answer.json(content_type="application/problem+json")
    assert before == house.store.tables
    return answer.status, problem["code"], problem.get("field")


@pytest.mark.parametrize("operation", OF_PEOPLE, ids=named)
async def test_a_name_that_comes_twice_is_refused_by_name(
    house: House, operation: Operation
) -> None:
    raw = b'{"a": 1, "twice": {"in": [{"x": 1, "x": 2}]}}'

    assert (422, "invalid", "x") == await refused(house, operation, raw)


async def test_a_body_that_is_well_but_for_a_second_name_is_not_stored(house: House) -> None:
    create = next(one for one in contract.ALL if one.name == "create_job")

    assert (422, "invalid", "title") == await refused(
        house, create, b'{"title": "Nurse", "title": "Doctor"}'
    )


@pytest.mark.parametrize("operation", OF_PEOPLE, ids=named)
@pytest.mark.parametrize("opening", [b"[", b'{"a":'])
async def test_deep_nesting_is_refused(house: House, operation: Operation, opening: bytes) -> None:
    closing = {b"[": b"]"}.get(opening, b"}")
    deep = opening * (MAX_DEPTH + 1) + b"1" + closing * (MAX_DEPTH + 1)

    assert (422, "invalid", "body") == await refused(house, operation, deep)
    many = min(100_000, operation.max_bytes) // len(opening)
    assert (422, "invalid", "body") == await refused(house, operation, opening * many)


@pytest.mark.parametrize("opening", [b'\\"', b'"', b'"\\', b'["', b"{"])
async def test_a_body_of_quotes_takes_no_time(house: House, opening: bytes) -> None:
    raw = b"[" * MAX_DEPTH + opening * (MAX_BODY_BYTES // 4)
    began = time.process_time()

    assert 422 == (await house.call("POST", "/v1/jobs", data=BytesIO(raw), headers=JSON)).status
    assert time.process_time() - began < 2


async def test_brackets_in_a_text_are_no_nesting(house: House) -> None:
    title = '\\"[' * MAX_DEPTH + "{" * MAX_DEPTH

    made = await house.post("/v1/jobs", {"title": title})

    assert title == made["title"]


@pytest.mark.parametrize("operation", WITH_BODY, ids=named)
async def test_bytes_that_are_no_text_are_refused(house: House, operation: Operation) -> None:
    for raw in (b'{"\xff": 1}', b"\xff\xfe{\x00}\x00", b'{"a": "\xed\xa0\x80"}'):
        status, code, field = await refused(house, operation, raw)
        assert (422, "invalid", "body") == (status, code, field)


@pytest.mark.parametrize("operation", WITH_BODY, ids=named)
async def test_a_body_that_is_too_large_is_not_read_to_its_end(
    house: House, operation: Operation
) -> None:
    raw = b'{"a": "' + b"x" * MAX_BODY_BYTES + b'"}'

    assert (413, "too_large", None) == await refused(house, operation, raw)


@pytest.mark.parametrize("operation", WITH_BODY, ids=named)
async def test_another_type_of_content_is_refused(house: House, operation: Operation) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "a/b"):
        headers = {"Content-Type": kind}
        answer = await refused(house, operation, b'{"title": "x"}', headers)
        assert (415, "unsupported_media_type") == answer[:2]


@pytest.mark.parametrize(
    "operation",
    [
        o
        for o in WITH_BODY
        if o.name in bodies(dict.fromkeys(("job_id", "kit_id", "candidate_id"), "x"))
    ],
    ids=named,
)
async def test_a_good_body_is_not_taken_for_a_bad_one(house: House, operation: Operation) -> None:
    """The control for what is refused above."""
    ids = await ready_for(house, operation)
    body: Any = bodies(ids)[operation.name]
    path, headers = filled(operation.path, ids), JSON | WHATEVER

    answer = await house.call(operation.method, path, data=json.dumps(body), headers=headers)

    assert answer.status < 300, await answer.text()
