"""The webhooks of the document: what we send, as OpenAPI 3.1 says it."""

from interview.webhooks import HookPayload, HookType

Json = dict[str, object]
HEADERS = {
    "webhook-id": "The event's id; a repeat has the same one.",
    "webhook-timestamp": "Seconds since 1970 of this try.",
    "webhook-signature": "`v1,` and HMAC-SHA256 over `id.timestamp.body`, by each good secret.",
}


def webhooks(schema: Json) -> Json:
    """One for each type; `schema` refers to the payload's."""
    return {kind.value: {"post": _post(kind, schema)} for kind in HookType}


def _post(kind: HookType, schema: Json) -> Json:
    return {
        "operationId": f"told_{kind.replace('.', '_')}",
        "tags": ["webhooks"],
        "summary": f"`{kind}`",
        "description": HookPayload.__doc__,
        "parameters": [
            {
                "name": name,
                "in": "header",
                "required": True,
                "description": text,
                "schema": {"type": "string"},
            }
            for name, text in HEADERS.items()
        ],
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
        "responses": {"2XX": {"description": "Taken; anything else is tried again."}},
    }
