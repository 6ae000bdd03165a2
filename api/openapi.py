"""The OpenAPI 3.1 document, made from the operations: `python -m api.openapi --check | --write`."""

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from interview.accounts import Role
from interview.errors import Code
from interview.webhooks import HookPayload
from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, JsonSchemaValue, models_json_schema

from api import conditions
from api.aging import HEADERS as AGING
from api.callers import COOKIE, INTERVIEW, MEMBER_COOKIE, SAFE_METHODS, Access, Door
from api.conditions import NAMES_FORM
from api.contract import PUBLIC
from api.examples import example_of
from api.idempotency import KEY, REPLAY
from api.limits import LEFT, POLICY
from api.links import links_of
from api.middleware import HEADER as REQUEST_ID
from api.problems import MEDIA_TYPE, TITLES, HttpCode, Problem, status_of
from api.registry import Header, Operation
from api.rights import Right
from api.webhook_docs import webhooks
from api.yaml_text import MEDIA_TYPE as YAML

Json = dict[str, object]
Mode = tuple[type[BaseModel], JsonSchemaMode]
NAMED = "#/components/schemas/"
VALIDATION: JsonSchemaMode = "validation"
NAMES_REQUEST = Header(REQUEST_ID, {"type": "string"})
CONTENT_RANGE = Header("Content-Range", {"type": "string"})
INTERVIEW_NAMED = Header(INTERVIEW, {"type": "string"})
LIMITS = (Header(POLICY, {"type": "string"}), Header(LEFT, {"type": "string"}))
WITH_REFUSAL = {
    401: (Header("WWW-Authenticate", {"type": "string"}),),
    412: (NAMES_FORM,),
    415: (Header("Accept", {"type": "string"}),),
    416: (CONTENT_RANGE,),
    429: (Header("Retry-After", {"type": "integer"}), *LIMITS),
    503: (Header("Retry-After", {"type": "integer"}),),
}
KNOWN = "It is what the caller has"
VERSION = version("vivavoce")
FILE = Path(__file__).parents[1] / "docs" / "openapi.json"
ABOUT = (Path(__file__).parent / "templates" / "openapi.md").read_text(encoding="utf-8").strip()


def document(operations: Iterable[Operation] = PUBLIC) -> Json:
    """The whole document."""
    operations = tuple(operations)
    shapes = _Shapes.of(operations)
    paths: dict[str, Json] = {}
    for operation in operations:
        entry = _operation(operation, shapes, operations)
        paths.setdefault(operation.path, {})[operation.method.lower()] = entry
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Vivavoce",
            "version": VERSION,
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": tag} for tag in dict.fromkeys(o.tag for o in operations)],
        "paths": paths,
        "webhooks": webhooks(shapes.references[HookPayload, "serialization"]),
        "components": {"schemas": shapes.named, "securitySchemes": _security_schemes()},
    }


def error_codes(operation: Operation) -> tuple[str, ...]:
    """Every code that the operation may answer with: its own, and those of its parts."""
    found: list[str] = [Code.INVALID, HttpCode.INTERNAL]
    if operation.takes:
        found.append(Code.UNAVAILABLE)
    if operation.access is not Door.PUBLIC:
        found.append(Code.UNAUTHENTICATED)
    if isinstance(operation.access, Right):
        found.append(Code.FORBIDDEN)
    if _takes_a_session(operation.access) and operation.method not in SAFE_METHODS:
        found.append(Code.CROSS_ORIGIN)
    found += _another(operation.access)
    if operation.is_limited:
        found.append(Code.RATE_LIMITED)
    if operation.body or operation.consumes:
        found.append(Code.TOO_LARGE)
    if operation.body:
        found.append(HttpCode.UNSUPPORTED_MEDIA_TYPE)
    if operation.creates:
        found.append(Code.IDEMPOTENCY_MISMATCH)
    found += conditions.refuses(operation)
    return tuple(dict.fromkeys([*operation.errors, *found]))


def _another(access: Access) -> tuple[str, ...]:
    """What the page shows may be another's than the cookie by now."""
    match access:
        case Door.CANDIDATE:
            return (Code.OTHER_INTERVIEW, Code.INTERVIEW_CANCELLED)
        case Right() | Door.MEMBER:
            return (Code.OTHER_MEMBER,)
        case _:
            return ()


def _takes_a_session(access: Access) -> bool:
    return isinstance(access, Right) or access in {Door.MEMBER, Door.CANDIDATE}


@dataclass(frozen=True)
class _Shapes:
    """The schemas of all models: `named` ones, and a reference to each by model and mode."""

    named: dict[str, JsonSchemaValue]
    references: dict[Mode, JsonSchemaValue]
    parameters: dict[type[BaseModel], JsonSchemaValue]

    @classmethod
    def of(cls, operations: tuple[Operation, ...]) -> "_Shapes":
        """Made in one go, so that one name is one schema."""
        wanted: list[Mode] = [(Problem, "serialization"), (HookPayload, "serialization")]
        texts: list[type[BaseModel]] = []
        for operation in operations:
            texts += [model for model in (operation.params, operation.query) if model]
            wanted += [(operation.body, "validation")] if operation.body else []
            wanted += [(operation.result, "serialization")] if operation.result else []
        unique = list(dict.fromkeys([*wanted, *((model, VALIDATION) for model in texts)]))
        found, definitions = models_json_schema(unique, ref_template=f"{NAMED}{{model}}")
        references = {(m, mode): s for (m, mode), s in found.items() if issubclass(m, BaseModel)}
        named = definitions["$defs"]
        # Parameters stand one by one at their operation; what holds them has no name of its own.
        names = {m: references[m, VALIDATION]["$ref"].removeprefix(NAMED) for m in texts}
        return cls(named, references, {m: named.pop(name) for m, name in names.items()})

    def example(self, body: type[BaseModel]) -> object:
        """A body that is accepted, where one is known."""
        return example_of(body, self.references[body, VALIDATION], self.named)


def _operation(operation: Operation, shapes: _Shapes, others: tuple[Operation, ...]) -> Json:
    entry: Json = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": operation.summary,
        "security": _security(operation.access),
        "parameters": _parameters(operation, shapes),
        "responses": _responses(operation, shapes, others),
    }
    if operation.description:
        entry["description"] = operation.description
    if operation.ages:
        entry["deprecated"] = True
        entry["x-sunset"] = operation.ages.sunset.isoformat()
        entry["x-instead"] = operation.ages.instead
    if isinstance(operation.access, Right):
        entry["x-roles"] = [role for role in Role if role in operation.access.roles]
    if operation.body:
        content: Json = {"schema": shapes.references[operation.body, VALIDATION]}
        if example := shapes.example(operation.body):
            content["example"] = example
        media = ("application/json", *((YAML,) if operation.yaml else ()))
        body: Json = dict.fromkeys(media, content)
        entry["requestBody"] = {"required": not operation.bodiless, "content": body}
    if operation.consumes:
        entry["requestBody"] = {"required": True, "content": {operation.consumes: {}}}
    return entry


def _parameters(operation: Operation, shapes: _Shapes) -> list[Json]:
    found: list[Json] = []
    for where, model in (("path", operation.params), ("query", operation.query)):
        if model is None:
            continue
        schema = shapes.parameters[model]
        for name, each in schema["properties"].items():
            required = where == "path" or name in schema.get("required", ())
            # Several values of one parameter stand in one text, with commas between them.
            many = {"style": "form", "explode": False} if each.get("type") == "array" else {}
            found.append({"name": name, "in": where, "required": required, "schema": each, **many})
    keys = (KEY,) if operation.creates else ()
    named = (INTERVIEW_NAMED,) if operation.access is Door.CANDIDATE else ()
    for header in (*operation.hears, *conditions.hears(operation), *keys, *named):
        said = {"in": "header", "required": header.required, "schema": header.schema}
        found.append({"name": header.name, **said})
    return found


def _responses(operation: Operation, shapes: _Shapes, others: tuple[Operation, ...]) -> Json:
    content: Json = {media: _media(media) for media in operation.produces}
    if operation.result:
        content = {
            "application/json": {"schema": shapes.references[operation.result, "serialization"]},
            **content,
        }
    replay = (REPLAY,) if operation.creates else ()
    limits = LIMITS if operation.is_limited else ()
    always = (*_always(operation), *limits)
    says = (*always, *operation.says, *conditions.says(operation), *replay)
    done: Json = {
        "description": operation.summary,
        "headers": _headers(says),
        "content": content,
    }
    answers: Json = {str(operation.status): done}
    if links := links_of(operation, others):
        done["links"] = links
    if operation.partial:
        headers = _headers((*says, CONTENT_RANGE))
        answers["206"] = {**done, "description": "A part of it", "headers": headers}
    if operation.method == "GET" and operation.revised:
        known = (NAMES_REQUEST, NAMES_FORM)
        answers["304"] = {"description": KNOWN, "headers": _headers(known)}
    return {**answers, **_problems(operation, shapes)}


def _always(operation: Operation) -> tuple[Header, ...]:
    """What every answer says, refusals too."""
    aging = AGING if operation.ages else ()
    return (NAMES_REQUEST, *(Header(name, {"type": "string"}) for name in aging))


def _media(media: str) -> Json:
    """Of a text its type; bytes have no schema in OpenAPI 3.1."""
    return {"schema": {"type": "string"}} if media.startswith("text/") else {}


def _headers(says: Iterable[Header]) -> Json:
    return {header.name: {"schema": header.schema} for header in says}


def _problems(operation: Operation, shapes: _Shapes) -> Json:
    by_status: dict[int, list[str]] = {}
    for code in error_codes(operation):
        by_status.setdefault(status_of(code), []).append(code)
    schema = shapes.references[Problem, "serialization"]
    return {
        str(int(status)): {
            "description": "\n".join(f"- `{code}`: {TITLES[code]}" for code in codes),
            "headers": _headers((*_always(operation), *WITH_REFUSAL.get(status, ()))),
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status, codes in sorted(by_status.items())
    }


def _security(access: Access) -> list[Json]:
    match access:
        case Right():
            return [{"api_key": [access.scope.value]}, {"member_cookie": []}]
        case Door.PUBLIC:
            return []
        case Door.MEMBER:
            return [{"member_cookie": []}]
        case Door.CANDIDATE:
            return [{"candidate_cookie": []}, {"candidate_token": []}]
        case _:
            return [{"agent": []}]


def _security_schemes() -> Json:
    bearer = {"type": "http", "scheme": "bearer"}
    return {
        "api_key": {**bearer, "bearerFormat": "viv_live_<kid>_<secret><crc>"},
        "member_cookie": {"type": "apiKey", "in": "cookie", "name": MEMBER_COOKIE},
        "candidate_cookie": {"type": "apiKey", "in": "cookie", "name": COOKIE},
        "candidate_token": bearer,
    }


def as_text(of: Json) -> str:
    """The document as it is kept."""
    return json.dumps(of, indent=2, ensure_ascii=False) + "\n"


def main() -> int:
    """`--write` keeps `docs/openapi.json`; `--check` fails when it is not what the code says."""
    parser = argparse.ArgumentParser(prog="python -m api.openapi", description=main.__doc__)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true")
    what.add_argument("--write", action="store_true", help="the default")
    asked = parser.parse_args()
    text = as_text(document())
    if not asked.check:
        FILE.write_text(text, encoding="utf-8")
        return 0
    if FILE.exists() and FILE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{FILE.name} has drifted: run python -m api.openapi --write", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
