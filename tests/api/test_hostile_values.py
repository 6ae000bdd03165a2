"""Values that nobody may send, of every operation: refused by the field's name, nothing stored."""

import re
from uuid import UUID

import pytest

from api import contract
from api.registry import Operation
from api.rights import Right
from tests.api.hostile import BODIED, Attacker, Refused, at, fields_of, places, put
from tests.api.house import House, Json, unknown
from tests.api.test_contract import WHATEVER, filled, named

pytestmark = pytest.mark.api
STRANGE = "unheard_of"
WITH_BODY = [o for o in contract.ALL if o.body]
WITH_GOOD_BODY = [o for o in contract.ALL if o.name in BODIED]
CONDITIONAL = [o for o in contract.ALL if o.revised and o.method != "GET"]
KEPT = [o for o in contract.ALL if o.creates and isinstance(o.access, Right)]
TAKES_WORDS = {("list_jobs", "title"), ("list_audit", "subject")}
"""Parameters that are compared with what was written, whatever that is."""
OF_PROVIDERS = {"finish_sign_in"}
"""What a provider sends us: it may say more than we know, and every fault is one answer."""
QUERIED = [
    (o, name)
    for o in contract.ALL
    if o.query and o.name not in OF_PROVIDERS
    for name in o.query.model_fields
    if (o.name, name) not in TAKES_WORDS
]
IN_PATHS = [(o, name) for o in contract.ALL for name in re.findall(r"{(\w+)}", o.path)]
FREE = {"variables"}
"""What may have any name in it."""


def pair(each: object) -> str:
    return each.name if isinstance(each, Operation) else str(each)


# ---- bodies ----


@pytest.mark.parametrize("operation", WITH_BODY, ids=named)
async def test_a_field_that_nobody_knows_is_refused_by_name(
    house: House, operation: Operation
) -> None:
    attacker = await Attacker.of(house, operation)
    body = attacker.body() or {}

    refused = await attacker.refusal(body | {STRANGE: "x"}, headers=WHATEVER)

    assert (422, "invalid") == (refused.status, refused.code)
    assert STRANGE in refused.fields


@pytest.mark.parametrize("operation", WITH_GOOD_BODY, ids=named)
async def test_a_field_that_nobody_knows_is_refused_at_every_depth(
    house: House, operation: Operation
) -> None:
    attacker = await Attacker.of(house, operation)
    good = attacker.body()

    for way in places(good):
        if isinstance(at(good, way), dict) and not FREE & set(way):
            body = put(attacker.body(), (*way, STRANGE), "x")
            refused = await attacker.refusal(body, headers=WHATEVER)
            assert (422, "invalid") == (refused.status, refused.code), way
            assert any(dotted(way) in each and STRANGE in each for each in refused.fields)


@pytest.mark.parametrize("operation", WITH_GOOD_BODY, ids=named)
async def test_a_value_of_another_type_is_refused_by_the_name_of_its_field(
    house: House, operation: Operation
) -> None:
    attacker = await Attacker.of(house, operation)
    good = attacker.body()

    for way in places(good):
        body = put(attacker.body(), way, of_another_type(at(good, way)))
        refused = await attacker.refusal(body, headers=WHATEVER)
        assert (422, "invalid") == (refused.status, refused.code), way
        assert any(each.startswith(dotted(way)) for each in refused.fields), refused


def dotted(way: tuple[str | int, ...]) -> str:
    return ".".join(map(str, way))


def of_another_type(value: Json) -> Json:
    match value:
        case bool() | int():
            return str(value).lower()
        case dict() | list():
            return "x"
        case _:
            return {"x": 1}


# ---- paths and queries ----


@pytest.mark.parametrize(
    "operation", [o for o in contract.ALL if o.name not in OF_PROVIDERS], ids=named
)
async def test_a_parameter_that_nobody_knows_is_refused_by_name(
    house: House, operation: Operation
) -> None:
    attacker = await Attacker.of(house, operation)

    refused = await attacker.refusal(attacker.body(), params={STRANGE: "x"}, headers=WHATEVER)

    assert (422, "invalid") == (refused.status, refused.code)
    assert STRANGE in refused.fields


INJECTIONS = [
    "' OR '1'='1",
    "1'; DROP TABLE jobs; --",
    "x\r\nSet-Cookie: stolen=1",
    "\x00",
    "\ud7ff\U0010ffff",
    "x" * 4000,
]


@pytest.mark.parametrize(("operation", "name"), QUERIED, ids=pair)
async def test_a_parameter_that_means_harm_is_refused_by_name(
    house: House, operation: Operation, name: str
) -> None:
    attacker = await Attacker.of(house, operation)

    for value in INJECTIONS:
        refused = await attacker.refusal(attacker.body(), params={name: value})
        assert (422, "invalid") == (refused.status, refused.code), value
        assert any(each.startswith(name) for each in refused.fields), refused


@pytest.mark.parametrize(("operation", "name"), IN_PATHS, ids=pair)
async def test_a_part_of_a_path_that_means_harm_is_refused(
    house: House, operation: Operation, name: str
) -> None:
    attacker = await Attacker.of(house, operation)

    for value in ("'%20OR%20'1'='1", "x%0d%0aSet-Cookie:%20stolen=1", "%00", "x" * 1000, "-1.5"):
        path = filled(operation.path, attacker.ids | {name: value})
        refused = await attacker.refusal(attacker.body(), path=path, headers=WHATEVER)
        assert refused in (Refused(422, "invalid", (name,)), Refused(404, "not_found", ())), value


@pytest.mark.parametrize("operation", WITH_GOOD_BODY, ids=named)
async def test_words_that_would_be_a_header_are_none(house: House, operation: Operation) -> None:
    """Refused by the name of their field, or taken as the words that they are."""
    attacker = await Attacker.of(house, operation)
    good, path = attacker.body(), filled(operation.path, attacker.ids)

    for way in places(good):
        if isinstance(at(good, way), str):
            body = put(attacker.body(), way, "x\r\nSet-Cookie: stolen=1\r\n\r\nstolen")
            answer = await house.call(operation.method, path, json=body, headers=WHATEVER)
            assert "stolen" not in str(answer.raw_headers)
            assert answer.status < 500
            if answer.status == 422:
                problem = await answer.json(content_type="application/problem+json")
                assert any(
                    dotted(way).startswith(each) or each.startswith(dotted(way))
                    for each in fields_of(problem)
                ), problem


# ---- conditions and repeats ----

OF_NONE_YET = {"set_sign_in", "remove_sign_in"}
"""Nothing is set where they are tried, which is what `"0"` says."""


@pytest.mark.parametrize("operation", CONDITIONAL, ids=named)
async def test_a_stale_tag_changes_nothing(house: House, operation: Operation) -> None:
    attacker = await Attacker.of(house, operation)
    stales = ['"999"', 'W/"1"'] if operation.name in OF_NONE_YET else ['"0"', '"999"', 'W/"1"']

    for stale in stales:
        refused = await attacker.refusal(attacker.body(), headers={"If-Match": stale})
        assert Refused(412, "precondition_failed", ()) == refused
    for wrong in ("nonsense", "1"):
        refused = await attacker.refusal(attacker.body(), headers={"If-Match": wrong})
        assert Refused(422, "invalid", ("If-Match",)) == refused


@pytest.mark.parametrize("operation", KEPT, ids=named)
async def test_a_key_that_comes_again_with_other_parameters_is_refused(
    house: House, operation: Operation
) -> None:
    attacker, key = await Attacker.of(house, operation), {"Idempotency-Key": "once-and-never-again"}
    first = await house.call(
        operation.method,
        filled(operation.path, attacker.ids),
        json=attacker.body(),
        headers=key,
    )
    assert first.status < 300, await first.text()
    other, body = dict(attacker.ids), attacker.body()
    if "{" in operation.path:
        name = re.findall(r"{(\w+)}", operation.path)[-1]
        other[name] = str(unknown())
    else:
        body |= OTHERWISE[operation.name]

    path = filled(operation.path, other)
    refused = await attacker.refusal(body, path=path, headers=key)

    assert Refused(422, "idempotency_mismatch", ()) == refused


OTHERWISE: dict[str, Json] = {
    "create_job": {"title": "Designer"},
    "create_kit": {"name": "Another"},
    "copy_kit": {"job_id": str(UUID(int=1))},
    "create_candidate": {"email": "eve@example.com"},
    "create_interview": {"expires_at": "2026-03-09T12:00:00Z"},
    "bulk_invite": {"rows": [{"name": "Eve", "email": "eve@x"}]},
    "create_webhook": {"url": "https://others.example.com"},
}
"""Another body of what is named by no path."""
