"""Whether the document tells of an answer: of its status, its kind, and all that it says."""

import json
from functools import lru_cache

from aiohttp import ClientResponse
from jsonschema_rs import Draft202012Validator

from api.openapi import as_text, document
from api.registry import Operation
from tests.api.house import Json


@lru_cache
def told() -> Json:
    return json.loads(as_text(document()))


async def require_documented(operation: Operation, answer: ClientResponse) -> None:
    """Fails for an answer that the document does not know."""
    entry = told()["paths"][operation.path][operation.method.lower()]
    status = str(answer.status)
    assert status in entry["responses"], (operation.name, status)
    content = entry["responses"][status].get("content", {})
    if not content:
        assert b"" == await answer.read(), operation.name
        return
    kind = answer.content_type
    assert kind in content, (operation.name, kind)
    if kind.endswith("json") and "schema" in content[kind]:
        schema = content[kind]["schema"] | {"components": told()["components"]}
        Draft202012Validator(schema).validate(await answer.json(content_type=None))
