"""Every operation × whoever may not call it: refused, and beside each refusal who may."""

import copy
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import get_args
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel

from api import contract
from api.callers import AGENTS, Door
from api.registry import Operation
from interview.accounts import ALL_SCOPES, Role
from interview.people import SESSION_FOR
from tests.api.documented import require_documented
from tests.api.hostile import at, places, put
from tests.api.house import House, Json
from tests.api.reach import DONE, Ready, ready
from tests.api.test_contract import FOR_ALL, TENANTS, WHATEVER, bodies, everything, named

pytestmark = pytest.mark.api
SOCKET = "follow_graphql"
"""A socket's own refusals and controls: `test_graphql_socket.py`, `test_graphql_rights.py`."""
OF_PROVIDERS = {"begin_sign_in", "finish_sign_in"}
"""They need a provider that answers: `test_signin_provider.py`."""
OF_CANDIDATES = [o for o in contract.ALL if o.access is Door.CANDIDATE]
OF_OTHERS = [
    o
    for o in contract.ALL
    if o.access is Door.PUBLIC or o.access in AGENTS
    if o.name not in OF_PROVIDERS
]
"""Anybody, and our own agents."""
OF_MEMBERS = [o for o in contract.ALL if o.access is Door.MEMBER]


# ---- proofs that are none any more, and those of strangers ----


async def dead_keys(house: House) -> dict[str, str]:
    now = house.clock.now()
    return {
        "revoked": await house.new_key(*ALL_SCOPES, revoked_at=now),
        "expired": await house.new_key(*ALL_SCOPES, expires_at=now),
    }


async def ended_session(house: House) -> dict[str, str]:
    """The headers of an owner who was signed out everywhere."""
    owner = await house.new_member(Role.OWNER)
    headers = await house.signed_in(owner)
    async with house.store.transaction(house.tenants[house.key]) as tx:
        await tx.member_sessions.end_all(owner, house.clock.now())
    return headers


@pytest.mark.parametrize("operation", TENANTS, ids=named)
async def test_only_a_living_proof_of_ones_own_tenant_is_served(
    house: House, operation: Operation
) -> None:
    """Refused are: a revoked key, one that has expired, a session that was ended, and, of what has
    an id, a key of another tenant, also for what lies in something of that tenant's own."""
    call = await ready(house, operation)

    for kind, key in (await dead_keys(house)).items():
        assert 401 == (await call.made(house, key)).status, kind
    assert 401 == (await call.made(house, "", await ended_session(house))).status
    if "{" in operation.path and operation.name not in FOR_ALL:
        await strangers_find_nothing(house, call)

    if operation.name != SOCKET:
        await require_done(house, call)


async def require_done(house: House, call: Ready) -> None:
    """Who may calls it, and it is done as the document says."""
    done = await call.made(house)
    assert done.status in DONE, await done.text()
    if call.operation in contract.PUBLIC:
        await require_documented(call.operation, done)


async def strangers_find_nothing(house: House, call: Ready) -> None:
    ours, house.key = house.key, await house.new_tenant("Second")
    try:
        answer = await call.made(house, house.key)
        assert (404, "not_found") == (answer.status, (await answer.json())["code"])
        names = list(filled_by(call.operation))
        if len(names) > 1:
            own = (await ready(house, call.operation)).ids
            mixed = {**call.ids, **{name: own[name] for name in names[:-1]}}
            answer = await Ready(**{**fields(call), "ids": mixed}).made(house, house.key)
            assert (404, "not_found") == (answer.status, (await answer.json())["code"])
    finally:
        house.key = ours


def fields(call: Ready) -> dict[str, Json]:
    return {name: getattr(call, name) for name in call.__dataclass_fields__}


def filled_by(operation: Operation) -> Iterator[str]:
    assert operation.params is not None
    yield from operation.params.model_fields


@pytest.mark.parametrize("operation", OF_CANDIDATES, ids=named)
async def test_a_candidate_whose_access_is_over_calls_nothing(
    house: House, operation: Operation
) -> None:
    call, other = await ready(house, operation), await ready(house, operation)
    where = f"/v1/interviews/{other.ids['interview_id']}/access"

    assert 204 == (await house.call("DELETE", where)).status

    assert 401 == (await other.made(house)).status
    await require_done(house, call)
    house.clock.advance(timedelta(days=61).total_seconds())
    assert 401 == (await call.made(house)).status


@pytest.mark.parametrize("operation", OF_MEMBERS, ids=named)
async def test_a_member_whose_session_is_over_calls_nothing(
    house: House, operation: Operation
) -> None:
    call = await ready(house, operation)

    assert 401 == (await call.made(house, headers=await ended_session(house))).status
    late = await ready(house, operation)
    house.clock.advance(SESSION_FOR.total_seconds())
    assert 401 == (await late.made(house)).status
    house.clock.advance(-SESSION_FOR.total_seconds())
    await require_done(house, call)


@pytest.mark.parametrize("operation", OF_OTHERS, ids=named)
async def test_who_calls_without_a_key_is_served_as_the_document_says(
    house: House, operation: Operation
) -> None:
    await require_done(house, await ready(house, operation))


# ---- ids in bodies and queries ----


def ids_of(model: type[BaseModel], *way: str) -> Iterator[tuple[str, ...]]:
    """The way to every id in a body, read off its annotations."""
    for name, each in model.model_fields.items():
        yield from _in(each.annotation, *way, name)


def _in(hint: object, *way: str) -> Iterator[tuple[str, ...]]:
    if hint is UUID:
        yield way
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        yield from ids_of(hint, *way)
    for inner in get_args(hint):
        yield from _in(inner, *way)


def named_ids(body: Json) -> set[tuple[str, ...]]:
    """The same of a body as it is sent."""
    return {tuple(s for s in way if isinstance(s, str)) for way in ways_to_ids(body)}


def ways_to_ids(body: Json) -> Iterator[tuple[str | int, ...]]:
    for way in places(body):
        try:
            UUID(at(body, way))
        except (AttributeError, TypeError, ValueError):
            continue
        yield way


WITH_IDS_WITHIN = [o for o in TENANTS if o.body and set(ids_of(o.body))]


def with_every_id(operation: Operation, ids: Mapping[str, str]) -> Json:
    """A good body in which every id that it may name is named."""
    body = copy.deepcopy(bodies(dict(ids))[operation.name])
    match operation.name:
        case "create_note":
            del body["at_ms"]
            body["turn_id"] = ids["turn_id"]
        case "make_decision":
            body["evidence"].append({"kind": "turn", "id": ids["turn_id"]})
        case "correct_turn":
            body["request_id"] = ids["request_id"]
        case _:
            pass
    return body


def test_the_bodies_that_are_tried_name_every_id_that_they_may() -> None:
    ids = {name: str(uuid4()) for name in IDS}

    for operation in WITH_IDS_WITHIN:
        assert operation.body is not None
        assert set(ids_of(operation.body)) == named_ids(with_every_id(operation, ids))


IDS = ("job_id", "kit_id", "candidate_id", "interview_id", "turn_id", "request_id")


@pytest.mark.parametrize("operation", WITH_IDS_WITHIN, ids=named)
async def test_an_id_of_another_tenant_in_a_body_is_one_that_nobody_has(
    house: House, operation: Operation
) -> None:
    ours = await all_ids(house, (await ready(house, operation)).ids)
    house.key = await house.new_tenant("Second")
    call = await ready(house, operation)
    theirs = await all_ids(house, call.ids)
    good = with_every_id(operation, theirs)

    for way in ways_to_ids(good):
        name = next(name for name, value in theirs.items() if value == at(good, way))
        strange, none = [
            await refusal_with(house, call, put(copy.deepcopy(good), way, value))
            for value in (ours[name], str(uuid4()))
        ]
        assert none == strange, way
        assert strange[0] in {404, 409, 422}, way
        assert {"not_found", "invalid", "evidence_invalid"} & set(re.findall(r"\w+", strange[1]))
    done = await Ready(**{**fields(call), "body": good}).made(house)
    assert done.status in DONE, await done.text()


async def all_ids(house: House, ids: Mapping[str, str]) -> dict[str, str]:
    """With a candidate's proposal of other words, instead of another request of theirs."""
    link = await house.post(f"/v1/interviews/{ids['interview_id']}/invitations")
    words = {"kind": "transcript", "turn_id": ids["turn_id"], "text": "I read the logs"}
    session, path = await house.redeemed(link), "/v1/candidate/requests"
    answer = await house.call("POST", path, json=words, key=session)
    if answer.status != 201:  # it is not over yet, or about another interview
        return dict(ids)
    return {**ids, "request_id": (await answer.json())["id"]}


async def refusal_with(house: House, call: Ready, body: Json) -> tuple[int, str]:
    """What is said, but for what differs with each request."""
    answer = await Ready(**{**fields(call), "body": body}).made(house)
    said = await answer.json()
    if answer.status == 200 and call.operation.name == "bulk_invite":
        return 404, str([row["error"] and row["error"]["code"] for row in said["results"]])
    return answer.status, said["code"]


QUERIED = [
    (o, name)
    for o in TENANTS
    if o.query and o.name not in FOR_ALL
    for name, each in o.query.model_fields.items()
    if UUID in (each.annotation, *get_args(each.annotation))
]


@pytest.mark.parametrize(
    ("operation", "name"), QUERIED, ids=lambda each: getattr(each, "name", each)
)
async def test_an_id_of_another_tenant_in_a_query_is_one_that_nobody_has(
    house: House, operation: Operation, name: str
) -> None:
    ours = await everything(house)
    house.key = await house.new_tenant("Second")
    call = await ready(house, operation)
    thing = "kit_id" if name == "base" else name

    strange, none, own = [
        await Ready(**{**fields(call), "params": {name: value}}).made(house)
        for value in (ours[thing], str(uuid4()), call.ids[thing])
    ]

    assert 200 == own.status, await own.text()
    assert none.status == strange.status
    if strange.status == 200:
        assert await none.text() == await strange.text() != await own.text()


# ---- lists ----

LISTS = [
    o
    for o in TENANTS
    if o.method == "GET" and "{" not in o.path and o.name not in {*FOR_ALL, SOCKET}
]
OF_THE_MOMENT = {"list_calls"}
"""Shows who waits for a person right now; `test_on_call.py` has somebody wait."""
OF_ALL = {"list_starter_kits"}
"""Lists that are everybody's."""


@pytest.mark.parametrize("operation", [o for o in LISTS if o.name not in OF_ALL], ids=named)
async def test_what_is_read_without_an_id_is_ones_own_alone(
    house: House, operation: Operation
) -> None:
    ids = await everything(house) | {"issuer": "https://id.first.example"}
    provider = {"issuer": ids["issuer"], "client_id": "a", "client_secret": "b"}
    zone = {"time_zone": "Pacific/Chatham"}
    for method, path, body in (
        ("PUT", "/v1/settings/sign-in", provider),
        ("PATCH", "/v1/settings", zone),
        ("PUT", "/v1/settings/providers", bodies(ids)["set_providers"]),
    ):
        await house._expect(200, method, path, json=body, headers=WHATEVER)
    said = {*ids.values(), "Pacific/Chatham", "models.example.com"} - {ids["starter"]}
    stranger = await house.new_tenant("Second")

    theirs = await (await house.call("GET", operation.path, key=stranger)).text()
    own = await (await house.call("GET", operation.path)).text()

    assert set() == {each for each in said if each in theirs}
    assert {each for each in said if each in own} or operation.name in OF_THE_MOMENT
