"""The shortest way to every field of GraphQL, found in the schema: what is added has one too."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    get_named_type,
    is_required_argument,
)
from strawberry.utils.str_converters import to_camel_case

from api.graph.mirrors import MIRRORS, Mirrored
from api.graph.schema import schema
from api.rights import RIGHTS, Right

Json = Any
SCHEMA = schema(introspection=True)._schema
NAMED = frozenset({"job", "kit", "candidate", "interview"})
"""What a field can be asked for by its id."""


@dataclass(frozen=True)
class Step:
    """One field on the way; `asked` maps its arguments to what they name."""

    kind: str
    name: str
    asked: Mapping[str, str]

    @property
    def called(self) -> str:
        arguments = ", ".join(f"{name}: ${thing}" for name, thing in self.asked.items())
        return f"{self.name}({arguments})" if arguments else self.name


@dataclass(frozen=True)
class Road:
    """A question for the field at the end of `steps`, with all of it that has no guard of its own.

    `shows` are the fields that it names.
    """

    steps: tuple[Step, ...]
    parts: str
    shows: frozenset[str]
    operation: str = "query"

    @property
    def field(self) -> str:
        return f"{self.steps[-1].kind}.{self.steps[-1].name}"

    @property
    def things(self) -> tuple[str, ...]:
        """What it asks for by id."""
        return tuple(thing for step in self.steps for thing in step.asked.values())

    @property
    def rights(self) -> list[Right]:
        """All that it takes to go it."""
        known = (MIRRORS.get(f"{step.kind}.{step.name}") for step in self.steps)
        return [RIGHTS[operation] for operation in known if operation]

    @property
    def question(self) -> str:
        text = self.parts
        for step in reversed(self.steps):
            text = f"{{ {step.called} {text} }}"
        variables = ", ".join(f"${thing}: UUID!" for thing in self.things)
        return f"{self.operation}{f'({variables})' if variables else ''} {text}"

    def end(self, data: Json) -> Json:
        """What an answer shows at the end of the way, of the first of each list; else None."""
        for step in self.steps:
            data = data[0] if isinstance(data, list) and data else data
            data = data[step.name] if isinstance(data, dict) else None
        return data


def guards() -> dict[str, list[str]]:
    """Every field with a resolver of ours, and the rows that guard it."""
    return {
        f"{kind.name}.{to_camel_case(field.python_name)}": [
            each.field for each in field.extensions if isinstance(each, Mirrored)
        ]
        for kind in SCHEMA.type_map.values()
        if (definition := kind.extensions.get("strawberry-definition")) is not None
        and isinstance(kind, GraphQLObjectType)
        for field in definition.fields
        if field.base_resolver is not None
    }


def fields() -> frozenset[str]:
    """Every field that there is."""
    kinds = (kind for name, kind in SCHEMA.type_map.items() if not name.startswith("__"))
    return frozenset(
        f"{kind.name}.{name}"
        for kind in kinds
        if isinstance(kind, GraphQLObjectType)
        for name in kind.fields
    )


def roads() -> list[Road]:
    """One to each field that has a right of its own, subscriptions apart."""
    query = SCHEMA.query_type
    assert query is not None
    ways: dict[str, tuple[Step, ...]] = {query.name: ()}
    found, waiting = [], [query]
    while waiting:
        kind = waiting.pop(0)
        for name, field in kind.fields.items():
            steps = (*ways[kind.name], _step(kind, name, field))
            target = get_named_type(field.type)
            if f"{kind.name}.{name}" in guards():
                found.append(_road(steps, target))
            if isinstance(target, GraphQLObjectType) and target.name not in ways:
                ways[target.name] = steps
                waiting.append(target)
    return found


def subscriptions() -> list[Road]:
    """One to each subscription."""
    kind = SCHEMA.subscription_type
    assert kind is not None
    return [
        _road((_step(kind, name, field),), get_named_type(field.type), "subscription")
        for name, field in kind.fields.items()
    ]


def _step(kind: GraphQLObjectType, name: str, field: GraphQLField) -> Step:
    target = get_named_type(field.type).name.lower()
    asked = {
        argument: argument if argument in NAMED else target
        for argument, said in field.args.items()
        if is_required_argument(said)
    }
    assert set(asked.values()) <= NAMED, f"{kind.name}.{name}: say what its arguments name"
    return Step(kind.name, name, asked)


def _road(steps: tuple[Step, ...], target: GraphQLNamedType, operation: str = "query") -> Road:
    shows = {f"{step.kind}.{step.name}" for step in steps} | set(_shown(target))
    return Road(steps, _parts(target), frozenset(shows), operation)


def _unguarded(kind: GraphQLNamedType) -> Iterator[tuple[str, GraphQLNamedType]]:
    if isinstance(kind, GraphQLObjectType):
        for name, field in kind.fields.items():
            if f"{kind.name}.{name}" not in guards():
                yield name, get_named_type(field.type)


def _parts(kind: GraphQLNamedType) -> str:
    inner = " ".join(f"{name} {_parts(target)}".strip() for name, target in _unguarded(kind))
    return f"{{ {inner} }}" if inner else ""


def _shown(kind: GraphQLNamedType) -> Iterator[str]:
    for name, target in _unguarded(kind):
        yield f"{kind.name}.{name}"
        yield from _shown(target)
