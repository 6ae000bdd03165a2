"""How large a question may be, weighed before anything is looked up."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    NamedTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    TokenKind,
    ValueNode,
    VariableNode,
    get_named_type,
)
from graphql.language import DocumentNode
from interview.errors import Invalid, TooLarge
from strawberry.extensions import SchemaExtension

from api.v1.shapes import MAX_PAGE

MAX_TOKENS = 1000
MAX_BRACES = 80
"""graphql-core compares selections of one name with one another: n² of them, in seconds of CPU."""

MAX_DEPTH = 14
MAX_ALIASES = 30
MAX_COST = 10_000
"""Things that an answer may show, were every page full: about half a second of one core."""

MANY = 10
USUAL = {
    "scorecards": 2,
    "ratings": 8,
    "evidence": 3,
    "words": 20,
    "competencies": 6,
    "invitations": 2,
}
"""How long lists without a `limit` usually are; any other counts as `MANY`."""


@dataclass(frozen=True)
class Weight:
    """Of a selection, for one parent. What a fragment holds counts wherever it is spread."""

    depth: int = 0
    aliases: int = 0
    cost: int = 0

    def beside(self, other: "Weight") -> "Weight":
        return Weight(
            max(self.depth, other.depth), self.aliases + other.aliases, self.cost + other.cost
        )

    def check(self) -> None:
        """Raises `TooLarge` with the limit and what was asked for."""
        for what, weight, limit in (
            ("levels deep", self.depth, MAX_DEPTH),
            ("aliases and repeated names", self.aliases, MAX_ALIASES),
            ("things, by the sizes of its pages", self.cost, MAX_COST),
        ):
            if weight > limit:
                raise TooLarge(f"The question has {weight} {what}; {limit} are allowed.")


@dataclass
class Scale:
    """Weighs one document; each fragment once, however often it is spread."""

    schema: GraphQLSchema
    document: DocumentNode
    variables: Mapping[str, object]
    known: dict[str, Weight] = field(default_factory=dict)

    def __post_init__(self) -> None:
        definitions = self.document.definitions
        self.fragments = {
            each.name.value: each
            for each in definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self.operations = [e for e in definitions if isinstance(e, OperationDefinitionNode)]

    def check(self) -> None:
        """Raises `TooLarge` when the document or any operation is over a limit."""
        if (braces := _braces(self.document)) > MAX_BRACES:
            raise TooLarge(f"The question has {braces} pairs of braces; {MAX_BRACES} are allowed.")
        for operation in self.operations:
            root = self.schema.get_root_type(OperationType(operation.operation))
            self._all(operation.selection_set, root).check()

    def _all(self, selections: SelectionSetNode | None, of: GraphQLNamedType | None) -> Weight:
        total, seen = Weight(), set[str]()
        for each in selections.selections if selections else ():
            match each:
                case FieldNode():
                    name = (each.alias or each.name).value
                    total = total.beside(self._field(each, of))
                    total = total.beside(Weight(aliases=1 if name in seen else 0))
                    seen.add(name)
                case InlineFragmentNode():
                    on = self._on(each.type_condition) or of
                    total = total.beside(self._all(each.selection_set, on))
                case FragmentSpreadNode():
                    total = total.beside(self._fragment(each.name.value))
                case _:
                    raise TypeError(type(each))
        return total

    def _fragment(self, name: str) -> Weight:
        """Nothing for one that is unknown or spreads itself: validation refuses those."""
        if name in self.known or name not in self.fragments:
            return self.known.get(name, Weight())
        self.known[name] = Weight()
        fragment = self.fragments[name]
        on = self._on(fragment.type_condition)
        self.known[name] = self._all(fragment.selection_set, on)
        return self.known[name]

    def _on(self, condition: NamedTypeNode | None) -> GraphQLNamedType | None:
        return self.schema.get_type(condition.name.value) if condition else None

    def _field(self, node: FieldNode, of: GraphQLNamedType | None) -> Weight:
        name = node.name.value
        if name.startswith("__"):
            # Introspection is off, or bounded by graphql-core's own rule.
            return Weight(aliases=1 if node.alias else 0)
        inner, size = Weight(), 1
        found = (
            of.fields.get(name)
            if isinstance(of, GraphQLObjectType | GraphQLInterfaceType)
            else None
        )
        if found is not None:
            inner = self._all(node.selection_set, get_named_type(found.type))
            size = self._size(name, node, found)
        shows = 1 if node.selection_set and name != "items" else 0
        return Weight(
            depth=inner.depth + 1,
            aliases=inner.aliases + (1 if node.alias else 0),
            cost=size * (shows + inner.cost),
        )

    def _size(self, name: str, node: FieldNode, found: GraphQLField) -> int:
        """How many a field shows of what is below it."""
        if "limit" in found.args:
            said = {argument.name.value: argument.value for argument in node.arguments or ()}
            asked = self._number(said.get("limit"), found.args["limit"].default_value)
            return min(max(asked, 1), MAX_PAGE)
        kind = found.type.of_type if isinstance(found.type, GraphQLNonNull) else found.type
        is_list = isinstance(kind, GraphQLList) and name != "items"
        return USUAL.get(name, MANY) if is_list else 1

    def _number(self, said: ValueNode | None, otherwise: object) -> int:
        """What is no number here is refused later; until then it counts as the most."""
        match said:
            case None:
                number = otherwise
            case IntValueNode(value=text):
                number = int(text)
            case VariableNode(name=name) if name.value in self.variables:
                number = self.variables[name.value]
            case VariableNode(name=name):
                number = self._default(name.value, otherwise)
            case _:
                number = MAX_PAGE
        return number if isinstance(number, int) else MAX_PAGE

    def _default(self, variable: str, otherwise: object) -> object:
        defaults = (
            definition.default_value
            for operation in self.operations
            for definition in operation.variable_definitions or ()
            if definition.variable.name.value == variable
        )
        found = [each for each in defaults if each is not None]
        numbers = [int(each.value) for each in found if isinstance(each, IntValueNode)]
        return max(numbers) if numbers else MAX_PAGE if found else otherwise


def _braces(document: DocumentNode) -> int:
    token = document.loc.start_token if document.loc else None
    found = 0
    while token is not None:
        found += token.kind is TokenKind.BRACE_L
        token = token.next
    return found


class Limits(SchemaExtension):
    """Refuses what is too large, or is several questions, instead of validating it."""

    def on_operation(self) -> Iterator[None]:
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield

    def on_validate(self) -> Iterator[None]:
        context = self.execution_context
        assert context.graphql_document is not None, "what is validated was parsed"
        # Strawberry has no public name for the schema that graphql-core executes, nor for the
        # operation that was asked for: it takes the first where the specification wants a name.
        schema, named = context.schema._schema, context._provided_operation_name
        try:
            scale = Scale(schema, context.graphql_document, context.variables or {})
            if named is None and len(scale.operations) > 1:
                raise Invalid("Name one of the operations.", field="operationName")
            scale.check()
        except (Invalid, TooLarge) as error:
            context.pre_execution_errors = [GraphQLError(error.detail, original_error=error)]
        yield
