"""Schemas of the document as annotations and classes of Python."""

import json
import keyword
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
SHADOWED = frozenset(
    {"construct", "copy", "dict", "fields", "from_orm", "json", "parse_raw", "schema", "validate"}
)
SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
FORMATS = {"uuid": "UUID", "date-time": "datetime", "date": "date"}


def class_name(name: str) -> str:
    """`Competency-Input` is a class `CompetencyInput`."""
    return re.sub(r"\W", "", name)


def target(reference: str) -> str:
    """The class that a `$ref` leads to."""
    return class_name(reference.rpartition("/")[2])


def identifier(name: str) -> str:
    """A parameter or field as Python may call it."""
    plain = re.sub(r"\W", "_", name).lower() if "-" in name else name
    return f"{plain}_" if keyword.iskeyword(plain) or plain in SHADOWED else plain


class Shapes:
    """The named schemas. Those that only bodies lead to are closed; answers are open."""

    def __init__(self, named: Mapping[str, Schema], bodies: Iterable[str]) -> None:
        self.named = {class_name(name): schema for name, schema in named.items()}
        self.enums = {name for name, schema in self.named.items() if "enum" in schema}
        self.sent = self._reached(bodies)

    def classes(self) -> Iterator[str]:
        """The source of each, in the order of their names; what is an alias comes last."""
        plain = [name for name, schema in self.named.items() if "properties" in schema]
        for name in sorted(self.enums):
            yield _enum(name, self.named[name])
        for name in sorted(plain):
            yield self._class(name, self.named[name])
        for name in sorted(set(self.named) - self.enums - set(plain)):
            yield f"{name} = {self.annotation(self.named[name])}\n"

    def annotation(self, schema: Schema) -> str:
        """The annotation of a schema."""
        if "$ref" in schema:
            name = target(schema["$ref"])
            return _lenient(f"{name} | str") if name in self.enums else name
        if "const" in schema:
            return f"Literal[{schema['const']!r}]"
        if "enum" in schema:
            values = ", ".join(repr(each) for each in schema["enum"])
            return _lenient(f"Literal[{values}] | str")
        for many in ("oneOf", "anyOf", "allOf"):
            if many in schema:
                return self._union(schema, schema[many])
        return self._typed(schema)

    def _typed(self, schema: Schema) -> str:
        match schema.get("type"):
            case "array":
                return f"list[{self.annotation(schema.get('items', {}))}]"
            case "object":
                values = schema.get("additionalProperties")
                inner = self.annotation(values) if isinstance(values, dict) else "object"
                return f"dict[str, {inner}]"
            case str(kind):
                return FORMATS.get(schema.get("format", ""), SCALARS[kind])
            case _:
                return "object"

    def _union(self, schema: Schema, parts: Iterable[Schema]) -> str:
        found = list(dict.fromkeys(self.annotation(part) for part in parts))
        if "discriminator" in schema:
            return _lenient(" | ".join([*found, "dict[str, object]"]))
        return " | ".join(found)

    def _class(self, name: str, schema: Schema) -> str:
        base = "Body" if name in self.sent else "Answer"
        lines = [f"class {name}({base}):", *_docstring(schema)]
        required = schema.get("required", ())
        fields = schema["properties"].items()
        lines += [self._field(each, inner, each in required) for each, inner in fields]
        return "\n".join(lines) + "\n"

    def _field(self, name: str, schema: Schema, required: bool) -> str:
        hint, known = self.annotation(schema), identifier(name)
        if not required and "None" not in hint.split(" | "):
            hint = f"{hint} | None"
        if known != name:
            default = "" if required else "default=None, "
            return f"    {known}: {hint} = Field({default}alias={json.dumps(name)})"
        return f"    {known}: {hint}{'' if required else ' = None'}"

    def _reached(self, bodies: Iterable[str]) -> set[str]:
        """What bodies lead to, and no answer needs: pydantic names those for themselves."""
        found, ahead = set[str](), [class_name(name) for name in bodies]
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                ahead += references(self.named[name])
        said = set[str]()
        for name, schema in self.named.items():
            if name not in found:
                said |= set(references(schema))
        return found - said


def references(schema: object) -> list[str]:
    """Every class that a schema names, at any depth."""
    if isinstance(schema, Mapping):
        own = [target(schema["$ref"])] if "$ref" in schema else []
        return own + [each for value in schema.values() for each in references(value)]
    if isinstance(schema, list):
        return [each for value in schema for each in references(value)]
    return []


def _lenient(union: str) -> str:
    return f"Annotated[{union}, LENIENT]"


def _docstring(schema: Schema) -> list[str]:
    text = str(schema.get("description", "")).replace("\\", "\\\\").replace("\n", "\n    ")
    return [f'    """{text}"""\n'] if text else []


def _enum(name: str, schema: Schema) -> str:
    values = [f"    {_member(each)} = {each!r}" for each in schema["enum"]]
    return "\n".join([f"class {name}(StrEnum):", *_docstring(schema), *values]) + "\n"


def _member(value: str) -> str:
    name = re.sub(r"\W", "_", value.upper())
    return f"N{name}" if name[:1].isdigit() else name
