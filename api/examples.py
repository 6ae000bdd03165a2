"""Examples of bodies: the model's own, else one made from its schema."""

from collections.abc import Mapping
from uuid import UUID

from pydantic import BaseModel, ValidationError
from pydantic.json_schema import JsonSchemaValue

Schemas = Mapping[str, JsonSchemaValue]
ID = str(UUID("0197a9d2-7a4e-7c1b-9d3e-5f6a7b8c9d0e"))
BY_FORMAT = {
    "uuid": ID,
    "date-time": "2027-03-01T09:00:00Z",
    "date": "2027-03-01",
    "email": "ada@example.com",
    "uri": "https://example.com/hook",
}
BY_NAME = {
    "title": "Backend engineer",
    "email": "ada@example.com",
    "language": "en",
    "expires_at": "2027-03-08T09:00:00Z",
}


def example_of(model: type[BaseModel], schema: JsonSchemaValue, named: Schemas) -> object:
    """A body that `model` accepts, as JSON; None when none can be made from the schema alone."""
    extra = model.model_config.get("json_schema_extra")
    told = extra.get("examples") if isinstance(extra, dict) else None
    if isinstance(told, list):
        return told[0]
    made = _made("", schema, named)
    try:
        model.model_validate(made)
    except ValidationError:
        return None
    return made


def _made(name: str, schema: JsonSchemaValue, named: Schemas) -> object:
    """What is required, and nothing else."""
    if "$ref" in schema:
        return _made(name, named[schema["$ref"].rpartition("/")[2]], named)
    if told := [schema[each] for each in ("const", "default") if schema.get(each) is not None]:
        return told[0]
    for several in ("examples", "enum"):
        if several in schema:
            return schema[several][0]
    for many in ("anyOf", "oneOf", "allOf"):
        if many in schema:
            return _made(name, schema[many][0], named)
    return _of_type(name, schema, named)


def _of_type(name: str, schema: JsonSchemaValue, named: Schemas) -> object:
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {each: _made(each, fields[each], named) for each in schema.get("required", ())}
        case "array":
            return [_made(name, schema["items"], named)] * max(1, schema.get("minItems", 1))
        case "integer" | "number":
            return max(schema.get("minimum", 1), schema.get("exclusiveMinimum", 0) + 1)
        case "boolean":
            return True
        case _:
            return BY_NAME.get(name, BY_FORMAT.get(schema.get("format", ""), _text(schema)))


def _text(schema: JsonSchemaValue) -> str:
    shortest = schema.get("minLength", 0)
    return "example" if shortest <= len("example") else "x" * shortest
