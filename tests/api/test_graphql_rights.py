"""Who may see what in GraphQL: each field with the right of the operation that it mirrors."""

from collections.abc import Iterator

import pytest
from graphql import GraphQLObjectType

from api.graph.mirrors import MIRRORS, Mirrored
from api.graph.schema import schema
from api.rights import RIGHTS, Right
from interview.accounts import Role, Scope
from interview.errors import Forbidden
from tests.api.graph import ask, held, refused
from tests.api.house import House, Json

pytestmark = pytest.mark.api

ROADS = {
    "Query.jobs": "{ jobs { next } }",
    "Query.job": "query($job: UUID!) { job(id: $job) { title } }",
    "Query.kits": "{ kits { next } }",
    "Query.kit": "query($kit: UUID!) { kit(id: $kit) { name } }",
    "Query.candidates": "{ candidates { next } }",
    "Query.candidate": "query($candidate: UUID!) { candidate(id: $candidate) { name } }",
    "Query.interviews": "{ interviews { next } }",
    "Query.interview": "query($interview: UUID!) { interview(id: $interview) { state } }",
    "Query.events": "query($interview: UUID!) { events(interview: $interview) { next } }",
    "Query.audit": "{ audit { next } }",
    "Job.kits": "query($job: UUID!) { job(id: $job) { kits { next } } }",
    "Kit.job": "query($kit: UUID!) { kit(id: $kit) { job { title } } }",
    "Kit.interviews": "query($kit: UUID!) { kit(id: $kit) { interviews { next } } }",
    "Interview.kit": "query($interview: UUID!) { interview(id: $interview) { kit { name } } }",
    "Interview.candidate": """query($interview: UUID!) {
        interview(id: $interview) { candidate { name } } }""",
    "Interview.turns": """query($interview: UUID!) {
        interview(id: $interview) { turns { next } } }""",
    "Interview.scorecards": """query($interview: UUID!) {
        interview(id: $interview) { scorecards { total } } }""",
}
"""The shortest way to each field."""

DOOR = RIGHTS["ask_graphql"].scope


def right_of(field: str) -> Right:
    return RIGHTS[MIRRORS[field]]


def resolvers() -> Iterator[tuple[str, list[str]]]:
    """Every field with a resolver of ours, and the fields that guard it."""
    for kind in schema(introspection=True)._schema.type_map.values():
        definition = kind.extensions.get("strawberry-definition")
        if not isinstance(kind, GraphQLObjectType) or definition is None:
            continue
        for field in definition.fields:
            if field.base_resolver is not None:
                guards = [e.field for e in field.extensions if isinstance(e, Mirrored)]
                yield f"{kind.name}.{field.python_name}", guards


def test_every_field_that_looks_something_up_is_guarded_by_its_own_row() -> None:
    found = dict(resolvers())

    assert set(MIRRORS) == set(found)
    by_itself = {"Subscription.events"}
    assert {field: [field] for field in set(MIRRORS) - by_itself} == {
        field: guards for field, guards in found.items() if field not in by_itself
    }


def test_every_field_but_the_subscription_has_a_road_here() -> None:
    assert set(MIRRORS) - {"Subscription.events"} == set(ROADS)


async def ids(house: House) -> dict[str, str]:
    interview = await held(house)
    kit = await house.get(f"/v1/kits/{interview['kit_id']}")
    return {
        "job": kit["job_id"],
        "kit": kit["id"],
        "candidate": interview["candidate_id"],
        "interview": interview["id"],
    }


def named(road: str, of: dict[str, str]) -> dict[str, str]:
    """The variables that a road asks for."""
    return {name: value for name, value in of.items() if f"${name}:" in road}


def last(answer: Json, field: str) -> Json:
    """What an answer shows of the field at the end of its road."""
    shown = answer["data"]
    kind, _, name = field.partition(".")
    return (shown if kind == "Query" else next(iter(shown.values())))[name]


@pytest.mark.parametrize("field", ROADS)
async def test_a_field_is_shown_to_keys_with_its_scope_and_to_no_other(
    house: House, field: str
) -> None:
    things, road, right = await ids(house), ROADS[field], right_of(field)
    with_it = await house.new_key(DOOR, right.scope)
    without = await house.new_key(*(set(Scope) - {right.scope}))

    shown = await ask(house, road, key=with_it, **named(road, things))

    assert "errors" not in shown
    assert last(shown, field) is not None
    if right.scope is DOOR:
        assert (403, "forbidden") == await house.refusal(
            "POST", "/graphql", json={"query": road}, key=without
        )
    else:
        hidden = await ask(house, road, key=without, **named(road, things))
        assert last(hidden, field) is None
        assert ["forbidden"] == [error["extensions"]["code"] for error in hidden["errors"]]


@pytest.mark.parametrize(
    "field", [f for f, road in ROADS.items() if "(id: $" in road or "w: $" in road]
)
async def test_what_belongs_to_another_tenant_is_not_found(house: House, field: str) -> None:
    things, road = await ids(house), ROADS[field]
    stranger = await house.new_tenant("Second")

    codes = {code for _, code in await refused(house, road, key=stranger, **named(road, things))}

    assert {"not_found"} == codes
    assert "errors" not in await ask(house, road, **named(road, things))


@pytest.mark.parametrize("name", ["jobs", "kits", "candidates", "interviews"])
async def test_lists_show_ones_own_alone(house: House, name: str) -> None:
    await ids(house)
    stranger = await house.new_tenant("Second")
    query = f"{{ {name} {{ items {{ id }} }} }}"

    assert {name: {"items": []}} == (await ask(house, query, key=stranger))["data"]
    assert 1 == len((await ask(house, query))["data"][name]["items"])


@pytest.mark.parametrize("name", RIGHTS)
@pytest.mark.parametrize("role", Role)
def test_a_member_may_what_the_row_says_of_the_role(name: str, role: Role) -> None:
    right = RIGHTS[name]

    if role in right.roles:
        right.require(role)
    else:
        with pytest.raises(Forbidden):
            right.require(role)
