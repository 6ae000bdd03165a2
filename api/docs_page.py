"""The document for people: one page of HTML, made from the OpenAPI document."""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from interview.accounts import Role

from api.problems import TITLES, status_of

Node = dict[str, "Value"]
Value = str | int | float | bool | None | list["Value"] | Node
FILE = Path(__file__).parent / "templates" / "docs.html"
TEMPLATE = Template(FILE.read_text(encoding="utf-8"))
STRONG = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`(.+?)`")
LIMITS = {
    "format": "as",
    "pattern": "like",
    "minLength": "from",
    "maxLength": "to",
    "minimum": "from",
    "exclusiveMinimum": "over",
    "maximum": "to",
    "default": "else",
}
"""What is said of a value in a shape, and the word before it."""


def page(document: object) -> str:
    """The page; every text in it is escaped."""
    # Through JSON: what is shown is what is served, and the types are plain.
    whole: Node = json.loads(json.dumps(document))
    info = _node(whole["info"])
    return TEMPLATE.substitute(
        version=escape(str(info["version"])),
        about="".join(_paragraphs(str(info["description"]))),
        contents="".join(_contents(whole)),
        operations="".join(_operations(whole)),
        roles="".join(_roles(whole)),
        schemas="".join(_schemas(whole)),
        problems="".join(_problems()),
    )


def _paragraphs(text: str) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield f"<p>{_inline(paragraph)}</p>"


def _inline(text: str) -> str:
    """Escaped, with `code` and **strong**."""
    strong = STRONG.sub(r"<strong>\1</strong>", escape(text))
    return CODE.sub(r"<code>\1</code>", strong)


def _calls(whole: Node) -> Iterator[tuple[str, str, Node]]:
    for path, methods in _node(whole["paths"]).items():
        for method, entry in _node(methods).items():
            yield method.upper(), path, _node(entry)


def _contents(whole: Node) -> Iterator[str]:
    for tag in map(_node, _list(whole["tags"])):
        yield f"<h3>{escape(str(tag['name']))}</h3><ul>"
        for method, path, entry in _calls(whole):
            if tag["name"] in _list(entry["tags"]):
                name = escape(str(entry["operationId"]))
                yield f'<li><a href="#{name}"><b>{method}</b> {escape(path)}</a></li>'
        yield "</ul>"


def _operations(whole: Node) -> Iterator[str]:
    for method, path, entry in _calls(whole):
        name = escape(str(entry["operationId"]))
        yield f'<section id="{name}"><h3><b>{method}</b> {escape(path)}</h3>'
        yield from _age(entry)
        yield f"<p>{_inline(str(entry['summary']))}. {_inline(_who(entry))}</p>"
        yield from _paragraphs(str(entry.get("description", "")))
        yield from _request(entry)
        yield from _answers(entry)
        yield "</section>"


def _who(entry: Node) -> str:
    ways = [
        f"`{name}` {' '.join(f'`{scope}`' for scope in _list(scopes))}".strip()
        for way in _list(entry["security"])
        for name, scopes in _node(way).items()
    ]
    if not ways:
        return "Open to anybody."
    roles = ", ".join(f"`{role}`" for role in _list(entry.get("x-roles", [])))
    return f"Needs {' or '.join(ways)}{f'; roles {roles}' if roles else ''}."


def _age(entry: Node) -> Iterator[str]:
    if entry.get("deprecated"):
        instead, until = (escape(str(entry[name])) for name in ("x-instead", "x-sunset"))
        yield f'<p class="old">Deprecated: use <a href="#{instead}">{instead}</a> instead. '
        yield f"This call may stop to work on {until}.</p>"


def _request(entry: Node) -> Iterator[str]:
    for parameter in map(_node, _list(entry["parameters"])):
        needed = "required" if parameter["required"] else "optional"
        shape = _shape(_node(parameter["schema"]))
        yield f"<p><code>{escape(str(parameter['name']))}</code> "
        yield f"({parameter['in']}, {needed}): {shape}</p>"
    if "requestBody" in entry:
        body = _node(entry["requestBody"])
        needed = "required" if body["required"] else "optional"
        for media, content in _node(body["content"]).items():
            shape = _shape(_node(_node(content).get("schema", {})))
            yield f"<p>Body <code>{escape(media)}</code> ({needed}): {shape}</p>"
            if example := _node(content).get("example"):
                yield f"<pre>{escape(json.dumps(example, indent=2, ensure_ascii=False))}</pre>"


def _answers(entry: Node) -> Iterator[str]:
    yield "<table>"
    for status, answer in _node(entry["responses"]).items():
        content = _node(_node(answer).get("content", {}))
        shapes = " or ".join(
            f"<code>{escape(media)}</code> {_shape(_node(_node(each).get('schema', {})))}"
            for media, each in content.items()
        )
        lines = str(_node(answer)["description"]).split("\n")
        said = "<br>".join(_inline(line.removeprefix("- ")) for line in lines)
        yield f"<tr><th>{escape(status)}</th><td>{said}</td><td>{shapes}</td></tr>"
    yield "</table>"


def _schemas(whole: Node) -> Iterator[str]:
    for name, schema in _node(_node(whole["components"])["schemas"]).items():
        yield f'<section id="schema-{escape(name)}"><h3>{escape(name)}</h3>'
        yield from _paragraphs(str(_node(schema).get("description", "")))
        required = _list(_node(schema).get("required", []))
        yield "<table>"
        for field, each in _node(_node(schema).get("properties", {})).items():
            needed = "required" if field in required else ""
            shape = _shape(_node(each))
            yield f"<tr><th>{escape(field)}</th><td>{shape}</td><td>{needed}</td></tr>"
        yield "</table></section>"


def _roles(whole: Node) -> Iterator[str]:
    yield f"<tr><th>call</th><th>scope</th>{''.join(f'<th>{role}</th>' for role in Role)}</tr>"
    for _, _, entry in _calls(whole):
        if "x-roles" not in entry:
            continue
        name = escape(str(entry["operationId"]))
        scopes = " ".join(
            escape(str(scope))
            for way in _list(entry["security"])
            for found in _node(way).values()
            for scope in _list(found)
        )
        marks = "".join(
            f"<td>{'✓' if role in _list(entry['x-roles']) else ''}</td>" for role in Role
        )
        yield f'<tr><th><a href="#{name}">{name}</a></th><th>{scopes}</th>{marks}</tr>'


def _problems() -> Iterator[str]:
    for code, title in sorted(TITLES.items()):
        yield f'<tr id="{escape(code)}"><th>{escape(code)}</th><td>{int(status_of(code))}</td>'
        yield f"<td>{escape(title)}</td></tr>"


def _shape(schema: Node) -> str:
    """A schema in a few words, with links to those that have a name."""
    if "$ref" in schema:
        name = escape(str(schema["$ref"]).rpartition("/")[2])
        return f'<a href="#schema-{name}">{name}</a>'
    for many in ("anyOf", "oneOf"):
        if many in schema:
            return " or ".join(_shape(_node(each)) for each in _list(schema[many]))
    if "const" in schema:
        return f"<code>{escape(json.dumps(schema['const']))}</code>"
    if "enum" in schema:
        return " | ".join(f"<code>{escape(str(each))}</code>" for each in _list(schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_shape(_node(schema.get('items', {})))}"
    inner = schema.get("additionalProperties")
    if schema.get("type") == "object" and isinstance(inner, dict):
        return f"object of {_shape(inner)}"
    said = ", ".join(f"{word} {schema[name]}" for name, word in LIMITS.items() if name in schema)
    return escape(f"{schema.get('type', 'any')}{f' ({said})' if said else ''}")


def _node(value: Value) -> Node:
    assert isinstance(value, dict)
    return value


def _list(value: Value) -> list[Value]:
    assert isinstance(value, list)
    return value
