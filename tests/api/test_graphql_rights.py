"""Who may see what in GraphQL: every field of the schema with the right of what it mirrors.

The roads come from the schema itself, so that a field that is added is tried by everybody at once:
by every role, by keys that lack one scope, by a revoked key, and by a key of another tenant.
"""

from typing import Any

import pytest
from aiohttp import WSServerHandshakeError

from api.graph.mirrors import MIRRORS
from api.rights import RIGHTS, Right
from interview.accounts import Role, Scope
from interview.errors import Forbidden
from tests.api.graph import judged_by_everybody
from tests.api.house import House, Json
from tests.api.roads import Road, fields, guards, roads, subscriptions
from tests.api.test_graphql_socket import connected, heard

pytestmark = pytest.mark.api
ROADS, SUBSCRIPTIONS = roads(), subscriptions()
DOOR = RIGHTS["ask_graphql"].scope
BY_ITSELF = {road.field for road in SUBSCRIPTIONS}


def test_every_field_that_looks_something_up_is_guarded_by_its_own_row() -> None:
    found = guards()

    assert set(MIRRORS) == set(found)
    assert {field: [field] for field in set(MIRRORS) - BY_ITSELF} == {
        field: rows for field, rows in found.items() if field not in BY_ITSELF
    }


def test_the_roads_show_every_field_that_there_is() -> None:
    assert set(MIRRORS) == {road.field for road in ROADS + SUBSCRIPTIONS}
    assert fields() == frozenset().union(*(road.shows for road in ROADS + SUBSCRIPTIONS))


# ---- questions ----


def named(road: Road, of: dict[str, str]) -> dict[str, str]:
    return {thing: of[thing] for thing in road.things}


def is_something(shown: Json) -> bool:
    """An empty page shows nothing."""
    return bool(shown["items"] if isinstance(shown, dict) and "items" in shown else shown)


async def asked(
    house: House, road: Road, of: dict[str, str], **proof: Any
) -> tuple[bool, set[str]]:
    """Whether the end of the road shows anything, and the codes of what is refused."""
    body = {"query": road.question, "variables": named(road, of)}
    answer = await house.call("POST", "/graphql", json=body, **proof)
    said = await answer.json(content_type=None)
    if answer.status != 200:
        return False, {said["code"]}
    codes = {error["extensions"]["code"] for error in said.get("errors", ())}
    return is_something(road.end(said["data"])), codes


async def seen(house: House, of: dict[str, str], **proof: Any) -> dict[str, tuple[bool, set[str]]]:
    return {road.field: await asked(house, road, of, **proof) for road in ROADS}


def expected(road: Road, *, may: bool) -> tuple[bool, set[str]]:
    return (True, set()) if may else (False, {"forbidden"})


@pytest.mark.parametrize("role", Role)
async def test_a_role_sees_the_fields_whose_rows_name_it_and_no_other(
    house: House, role: Role
) -> None:
    of = await judged_by_everybody(house)
    open_to_all: Json = {"json": {"blind_roles": []}, "headers": {"If-Match": "*"}}
    await house.call("PATCH", "/v1/settings", **open_to_all)
    headers = await house.signed_in(await house.new_member(role))

    found = await seen(house, of, key="", headers=headers)

    rights = {road.field: all(role in right.roles for right in road.rights) for road in ROADS}
    assert {road.field: expected(road, may=rights[road.field]) for road in ROADS} == found
    assert any(rights.values())


def test_some_role_is_refused_where_not_everybody_may_look() -> None:
    """The matrix has denials to speak of."""
    refused = {r.field: [role for role in Role if role not in r.rights[-1].roles] for r in ROADS}

    assert [Role.AUDITOR] == refused["Interview.notes"]
    assert {Role.INTERVIEWER, Role.REVIEWER, Role.AUDITOR} == set(refused["Interview.invitations"])


@pytest.mark.parametrize("scope", sorted({right.scope for road in ROADS for right in road.rights}))
async def test_a_key_that_lacks_a_scope_sees_the_fields_of_the_others_alone(
    house: House, scope: Scope
) -> None:
    of = await judged_by_everybody(house)
    every = {DOOR, *(right.scope for road in ROADS for right in road.rights)}

    whole = await seen(house, of, key=await house.new_key(*every))
    found = await seen(house, of, key=await house.new_key(*(set(Scope) - {scope})))

    assert {road.field: (True, set()) for road in ROADS} == whole
    assert {
        road.field: expected(
            road, may=scope is not DOOR and scope not in {right.scope for right in road.rights}
        )
        for road in ROADS
    } == found


async def test_a_key_that_was_revoked_sees_no_field(house: House) -> None:
    of = await judged_by_everybody(house)
    revoked = await house.new_key(*Scope, revoked_at=house.clock.now())

    found = await seen(house, of, key=revoked)

    assert {road.field: (False, {"unauthenticated"}) for road in ROADS} == found


async def test_another_tenants_key_sees_nothing_behind_our_ids_and_none_of_ours_in_lists(
    house: House,
) -> None:
    of = await judged_by_everybody(house)
    stranger = await house.new_tenant("Second")

    ours, theirs = await seen(house, of), await seen(house, of, key=stranger)

    assert {road.field: (True, set()) for road in ROADS} == ours
    assert {
        road.field: (False, {"not_found"} if road.things else set()) for road in ROADS
    } == theirs


# ---- subscriptions ----


async def followed(
    house: House, road: Road, of: dict[str, str], key: str = "", **headers: str
) -> Json:
    """What a subscription says first: what it shows, or a code."""
    try:
        async with connected(house, key=key, init=True, **headers) as ws:
            payload = {"query": road.question, "variables": named(road, of)}
            await ws.send_json({"id": "1", "type": "subscribe", "payload": payload})
            said = (await heard(ws))["payload"]
    except WSServerHandshakeError as refused:
        return refused.status
    errors = said if isinstance(said, list) else said.get("errors")
    if errors:
        return errors[0]["extensions"]["code"]
    return is_something(road.end(said["data"]))


@pytest.mark.parametrize("road", SUBSCRIPTIONS, ids=lambda road: road.field)
async def test_a_subscription_is_for_those_whose_row_names_them(house: House, road: Road) -> None:
    of = await judged_by_everybody(house)
    right = RIGHTS[MIRRORS[road.field]]
    roles = {
        role: await followed(
            house, road, of, **(await house.signed_in(await house.new_member(role)))
        )
        for role in Role
    }
    keys = {
        scope: await followed(house, road, of, key=await house.new_key(*(set(Scope) - {scope})))
        for scope in Scope
    }

    assert {role: role in right.roles or "forbidden" for role in Role} == roles
    refused: dict[Scope, int | str] = {right.scope: "forbidden", DOOR: 403}
    assert {scope: refused.get(scope, True) for scope in Scope} == keys


@pytest.mark.parametrize("road", SUBSCRIPTIONS, ids=lambda road: road.field)
async def test_a_subscription_is_for_the_tenant_and_for_keys_that_hold(
    house: House, road: Road
) -> None:
    of = await judged_by_everybody(house)
    stranger = await house.new_tenant("Second")
    revoked = await house.new_key(*Scope, revoked_at=house.clock.now())

    found = [await followed(house, road, of, key=key) for key in (house.key, stranger, revoked, "")]

    assert [True, "not_found", 401, 401] == found


@pytest.mark.parametrize("name", RIGHTS)
@pytest.mark.parametrize("role", Role)
def test_a_member_may_what_the_row_says_of_the_role(name: str, role: Role) -> None:
    right: Right = RIGHTS[name]

    if role in right.roles:
        right.require(role)
    else:
        with pytest.raises(Forbidden):
            right.require(role)
