"""Which call leads to which: the links of the OpenAPI document, read off paths and answers."""

import re
from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from api.registry import Operation

Json = dict[str, object]
FIRST_ID = re.compile(r"^(?P<collection>[^{]+)/{(?P<name>\w+)}")


def links_of(operation: Operation, others: Iterable[Operation]) -> Json:
    """A link to each operation whose path begins with an id that `operation` answers.

    What a collection answers as `id` is the id of its member; what it answers as `kit_id` that of
    a kit, wherever a path asks for one.
    """
    if operation.result is None:
        return {}
    found = dict(_found(operation, operation.result, others))
    return {name: found[name] for name in sorted(found)}


def _found(
    operation: Operation, result: type[BaseModel], others: Iterable[Operation]
) -> Iterator[tuple[str, Json]]:
    own = FIRST_ID.match(operation.path)
    collection = own["collection"] if own else operation.path
    for other in others:
        asked = FIRST_ID.match(other.path)
        if asked is None or other is operation:
            continue
        name, field = asked["name"], asked["name"]
        if asked["collection"] == collection and field not in result.model_fields:
            field = "id"
        if field in result.model_fields:
            parameters = {name: f"$response.body#/{field}"}
            yield other.name, {"operationId": other.name, "parameters": parameters}
