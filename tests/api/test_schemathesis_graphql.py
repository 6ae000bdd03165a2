"""Whatever schemathesis asks in GraphQL: no fault of ours, and answers that keep to the schema.

Questions are drawn from the kept schema, the same in every run, and asked by a key that may, by a
key of another tenant and by nobody. A field that is added is asked for by itself.
"""

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
import schemathesis
from graphql import (
    FieldNode,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
    is_leaf_type,
    parse,
)
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from schemathesis.graphql import nodes

from api.graph.mirrors import MIRRORS
from api.graph.schema import FILE
from api.problems import TITLES, HttpCode
from tests.api.graph import judged_by_everybody
from tests.api.house import House
from tests.api.roads import SCHEMA, roads

pytestmark = [pytest.mark.api, pytest.mark.timeout(120)]
Json = Any
EXAMPLES = 12
ROUNDS, WIDE_ROUNDS = 60, 4
"""At most; they end when every field has shown something. After the wide ones only those are asked
that lead to what has not: what is drawn is chance, and the schema's growth deals it anew."""

TURNED_AWAY = {400, 401, 403, 405, 406, 413, 415, 422}
"""By the door, or for the request's form."""

FAULTS = {str(HttpCode.INTERNAL), "unavailable"}
THINGS = {road.field: road.things for road in roads()}
QUERIES = sorted(name for name in MIRRORS if name.startswith("Query."))
OURS = schemathesis.graphql.from_path(str(FILE))
FOLLOWED = schemathesis.graphql.from_file(
    f"{FILE.read_text()}\nschema {{ query: Subscription }}"  # of whose fields it asks alone
)


def sizes() -> st.SearchStrategy[int]:
    """Mostly sizes of pages that there are, for any other is refused before anything is read."""
    return st.integers(1, 4) | st.integers(1, 4) | st.sampled_from([0, -1, 201, 2**31 - 1])


def words() -> st.SearchStrategy[str]:
    known = st.sampled_from(["corrected", "original"])
    return known | known | st.text(max_size=8)


def drawn(name: str, ids: list[str], mode: GenerationMode, number: int) -> list[str]:
    """A round of questions for one field, whose ids are mostly `ids`; the same in every run."""
    known = st.sampled_from(ids) | st.sampled_from(ids)
    schemathesis.graphql.scalar("UUID", (known | st.uuids().map(str)).map(nodes.String))
    schemathesis.graphql.scalar("Int", sizes().map(nodes.Int))
    schemathesis.graphql.scalar("String", words().map(nodes.String))
    kind, _, field_name = name.partition(".")
    source = FOLLOWED if kind == "Subscription" else OURS
    found: list[str] = []

    @seed(number)
    @settings(
        database=None,
        deadline=None,
        max_examples=EXAMPLES,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(source[kind][field_name].as_strategy(generation_mode=mode))
    def draw(case: Case[Json]) -> None:
        assert isinstance(case.body, str)
        found.append(case.body)

    draw()
    return found


@dataclass
class Asked:
    """What came of all questions: codes that were said, and fields that showed something."""

    codes: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)
    said: list[str] = field(default_factory=list)


async def ask_all(
    house: House,
    of: dict[str, str],
    key: str,
    *,
    wanted: frozenset[str] = frozenset(),
    mode: GenerationMode = GenerationMode.POSITIVE,
) -> Asked:
    """Asks rounds of questions until all that is wanted was shown. Fails for an answer that has not
    the form of one."""
    asked = Asked()
    for number in range(ROUNDS):
        for name in QUERIES if number < WIDE_ROUNDS else leading_to(wanted - asked.shown):
            ids = [of[thing] for thing in THINGS[name]] or [of["interview"]]
            for question in drawn(name, ids, mode, number):
                await ask_one(house, question, key, asked)
        if wanted <= asked.shown:
            break
    assert set() == asked.codes & FAULTS
    assert asked.codes <= set(map(str, TITLES))
    return asked


def leading_to(fields: Collection[str]) -> list[str]:
    """The queries that answer with a type of which one of these is a field, or with a page of it;
    all of them where that is not so of each."""
    types = {name.partition(".")[0] for name in fields}
    found = {name: types & set(_answers_with(name.partition(".")[2])) for name in QUERIES}
    if types - set().union(*found.values()):
        return QUERIES
    return [name for name in QUERIES if found[name]]


def _answers_with(query: str) -> Iterator[str]:
    assert SCHEMA.query_type is not None
    kind = get_named_type(SCHEMA.query_type.fields[query].type)
    yield kind.name
    if isinstance(kind, GraphQLObjectType) and "items" in kind.fields:
        yield get_named_type(kind.fields["items"].type).name


async def ask_one(house: House, question: str, key: str, asked: Asked) -> None:
    answer = await house.call("POST", "/graphql", json={"query": question}, key=key)
    text = await answer.text()
    said = json.loads(text)
    asked.said.append(text)
    if answer.status in TURNED_AWAY:
        assert {"type", "title", "status", "detail", "code", "request_id"} <= set(said), text
        asked.codes.add(said["code"])
        return
    assert answer.status == 200, (question, text)
    asked.codes |= codes(said)
    if said.get("data") is not None:
        asked.shown |= set(shown(question, said["data"]))


def codes(said: Json) -> set[str]:
    """The codes of an answer, which has the form that GraphQL § 7 gives it."""
    assert set(said) in ({"data"}, {"data", "errors"}, {"errors"}), said
    errors = said.get("errors", [])
    assert ("errors" in said) == bool(errors), said
    return set(codes_of(errors, ran="data" in said))


def codes_of(errors: Json, *, ran: bool) -> Iterator[str]:
    """Those of errors of a question that was `ran` or not at all."""
    for error in errors:
        assert (
            {"message", "extensions"}
            <= set(error)
            <= {*("message", "extensions", "locations", "path")}
        ), error
        assert isinstance(error["message"], str), error
        assert ("path" in error) == ran, error
        yield error["extensions"]["code"]


def shown(question: str, data: Json) -> Iterator[str]:
    """Every field that shows something; fails where the schema says something else."""
    (operation,) = parse(question).definitions
    assert isinstance(operation, OperationDefinitionNode)
    kind = SCHEMA.get_root_type(operation.operation)
    assert kind is not None
    return _shown(kind, operation.selection_set, data)


def _shown(kind: GraphQLObjectType, asked: SelectionSetNode, data: Json) -> Iterator[str]:
    selected = list(_selected(asked))
    assert {(each.alias or each.name).value for each in selected} == set(data), data
    for each in selected:
        name, value = each.name.value, data[(each.alias or each.name).value]
        if name == "__typename":
            assert kind.name == value
            continue
        if value is not None:
            yield f"{kind.name}.{name}"
        yield from _within(kind.fields[name].type, each.selection_set, value)


def _within(kind: GraphQLOutputType, asked: SelectionSetNode | None, value: Json) -> Iterator[str]:
    if isinstance(kind, GraphQLNonNull):
        assert value is not None, kind
        kind = kind.of_type
    match kind:
        case _ if value is None:
            return
        case GraphQLList():
            assert isinstance(value, list), value
            for each in value:
                yield from _within(kind.of_type, asked, each)
        case GraphQLObjectType():
            assert asked is not None
            yield from _shown(kind, asked, value)
        case GraphQLScalarType():
            assert FORMS[kind.name](value), (kind.name, value)
        case _:
            assert is_leaf_type(kind), kind


def read_by(read: Callable[[str], object]) -> Callable[[Json], bool]:
    def reads(value: Json) -> bool:
        try:
            return isinstance(value, str) and read(value) is not None
        except (ValueError, ArithmeticError):
            return False

    return reads


FORMS: dict[str, Callable[[Json], bool]] = {
    "Int": lambda value: type(value) is int,
    "Float": lambda value: type(value) in {int, float},
    "Boolean": lambda value: type(value) is bool,
    "JSON": lambda value: isinstance(value, dict),
    "String": lambda value: isinstance(value, str),
    "UUID": read_by(UUID),
    "DateTime": read_by(datetime.fromisoformat),
    "Decimal": read_by(Decimal),
}


def _selected(asked: SelectionSetNode) -> Iterator[FieldNode]:
    for each in asked.selections:
        if isinstance(each, FieldNode):
            yield each
        else:
            assert isinstance(each, InlineFragmentNode), each
            yield from _selected(each.selection_set)


async def test_every_field_answers_as_the_schema_says_whatever_is_asked(house: House) -> None:
    of = await judged_by_everybody(house)

    looked_up = frozenset(name for name in MIRRORS if not name.startswith("Subscription."))

    asked = await ask_all(house, of, house.key, wanted=looked_up)

    assert set() == looked_up - asked.shown
    assert asked.codes <= {"invalid", "not_found", "too_large"}


async def test_questions_that_break_the_schema_are_refused_with_a_code(house: House) -> None:
    of = await judged_by_everybody(house)

    asked = await ask_all(house, of, house.key, mode=GenerationMode.NEGATIVE)

    assert {"invalid"} <= asked.codes <= {"invalid", "too_large"}
    assert set() == asked.shown


async def test_a_foreign_key_is_shown_nothing_of_ours_whatever_it_asks(house: House) -> None:
    of = await judged_by_everybody(house)
    stranger = await house.new_tenant("Second")

    asked = await ask_all(house, of, stranger)

    assert "not_found" in asked.codes
    assert [] == [said for said in asked.said if any(each in said for each in of.values())]
    pages = {f"{kind}.{part}" for kind in SCHEMA.type_map for part in ("items", "next")}
    assert {name.partition(".")[0] for name in asked.shown - pages} <= {"Query"}


async def test_nobody_is_shown_anything_whatever_they_ask(house: House) -> None:
    of = await judged_by_everybody(house)

    asked = await ask_all(house, of, "")

    assert ({"unauthenticated"}, set()) == (asked.codes, asked.shown)


# ---- what is no question at all ----


@pytest.mark.parametrize(
    ("raw", "kind", "status", "code"),
    [
        (b"", "application/json", 422, "invalid"),
        (b"{", "application/json", 422, "invalid"),
        (b"null", "application/json", 422, "invalid"),
        (b'"{ jobs { next } }"', "application/json", 422, "invalid"),
        (
            b'{"query": "{ jobs { next } }", "query": "{ kits { next } }"}',
            "application/json",
            422,
            "invalid",
        ),
        (b'{"query": "\xff"}', "application/json", 422, "invalid"),
        (b'{"query": "\\ud800"}', "application/json", 422, "invalid"),
        (
            b'{"query": "{ jobs { next } }", "variables": ' + b"[" * 99 + b"]" * 99 + b"}",
            "application/json",
            422,
            "invalid",
        ),
        (b'{"query": "' + b"x" * 70_000 + b'"}', "application/json", 413, "too_large"),
        (b"{ jobs { next } }", "application/graphql", 415, "unsupported_media_type"),
        (b"query={jobs{next}}", "application/x-www-form-urlencoded", 415, "unsupported_media_type"),
    ],
    ids=range(11),
)
async def test_what_is_no_question_is_a_problem_with_a_code(
    house: House, raw: bytes, kind: str, status: int, code: str
) -> None:
    headers = {"Content-Type": kind}

    assert (status, code) == await house.refusal("POST", "/graphql", data=raw, headers=headers)
    fine = b'{"query": "{ jobs { next } }"}'
    assert (
        200
        == (
            await house.call(
                "POST", "/graphql", data=fine, headers={"Content-Type": "application/json"}
            )
        ).status
    )
