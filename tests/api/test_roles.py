"""Roles × operations, made from the table: what stands in it is allowed, and nothing else."""

from uuid import uuid4

import pytest

from api.registry import PATH_NAME, Operation
from api.rights import RIGHTS, Right, roles_within, scopes_of
from interview.accounts import ALL_SCOPES, Role, Scope
from interview.people import grantable
from tests.api.house import House
from tests.api.test_contract import TENANTS, bodies, filled, named

pytestmark = pytest.mark.api
IDS = ("job_id", "kit_id", "candidate_id", "interview_id")


def asked(operation: Operation) -> frozenset[Role]:
    assert isinstance(operation.access, Right)
    return operation.access.roles


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("operation", TENANTS, ids=named)
async def test_a_member_may_call_what_the_table_says_for_the_role(
    house: House, operation: Operation, role: Role
) -> None:
    """Nobody is there under these ids: who may call learns that, and who may not does not."""
    ids = dict.fromkeys((*IDS, *PATH_NAME.findall(operation.path)), str(uuid4()))
    headers = await house.signed_in(await house.new_member(role))
    path, body = filled(operation.path, ids), bodies(ids).get(operation.name)

    answer = await house.call(operation.method, path, key="", headers=headers, json=body)

    said = await answer.text()
    refused = answer.status == 403 and f"Your role may not do that: {role}." in said
    assert answer.status not in {401, 415}, said
    assert (role in asked(operation)) == (not refused)


def test_every_role_may_do_something_and_none_but_the_owner_everything() -> None:
    may = {role: {name for name, right in RIGHTS.items() if role in right.roles} for role in Role}

    assert all(may.values())
    assert set(RIGHTS) == may[Role.OWNER]


@pytest.mark.parametrize("role", Role)
def test_nobody_gives_a_role_that_may_do_more(role: Role) -> None:
    for given in grantable(role):
        assert [] == [
            name
            for name, right in RIGHTS.items()
            if given in right.roles and role not in right.roles
        ]
    assert Role.OWNER not in grantable(role) or role is Role.OWNER


@pytest.mark.parametrize("role", Role)
def test_a_key_may_do_no_more_than_the_member_who_makes_it(role: Role) -> None:
    for right in RIGHTS.values():
        assert right.scope not in scopes_of(role) or role in right.roles
    assert role is not Role.OWNER or scopes_of(role) == ALL_SCOPES


def test_a_key_gives_roles_within_its_scopes_alone() -> None:
    assert frozenset(Role) == roles_within(ALL_SCOPES)
    assert frozenset() == roles_within(frozenset({Scope.MEMBERS_WRITE}))
    for scope in Scope:
        for role in roles_within(ALL_SCOPES - {scope}):
            assert all(role not in r.roles for r in RIGHTS.values() if r.scope is scope)
