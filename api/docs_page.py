"""The document for people: one page of HTML, made from the OpenAPI document."""

import json
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from string import Template

from api.problems import TITLES

Node = dict[str, "Value"]
Value = str | int | float | bool | None | list["Value"] | Node
FILE = Path(__file__).parent / "templates" / "docs.html"
TEMPLATE = Template(FILE.read_text(encoding="utf-8"))
STRONG = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`(.+?)`")


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
    for method, path, entry in _calls(whole):
        name = escape(str(entry["operationId"]))
        yield f'<li><a href="#{name}"><b>{method}</b> {escape(path)}</a></li>'


def _operations(whole: Node) -> Iterator[str]:
    for method, path, entry in _calls(whole):
        name = escape(str(entry["operationId"]))
        yield f'<section id="{name}"><h3><b>{method}</b> {escape(path)}</h3>'
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
    return f"Needs {' or '.join(ways)}." if ways else "Open to anybody."


def _request(entry: Node) -> Iterator[str]:
    for parameter in map(_node, _list(entry["parameters"])):
        needed = "required" if parameter["required"] else "optional"
        shape = _shape(_node(parameter["schema"]))
        yield f"<p><code>{escape(str(parameter['name']))}</code> "
        yield f"({parameter['in']}, {needed}): {shape}</p>"
    if "requestBody" in entry:
        for media, content in _node(_node(entry["requestBody"])["content"]).items():
            shape = _shape(_node(_node(content).get("schema", {})))
            yield f"<p>Body <code>{escape(media)}</code>: {shape}</p>"


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


def _problems() -> Iterator[str]:
    for code, title in TITLES.items():
        yield f'<tr id="{escape(code)}"><th>{escape(code)}</th><td>{escape(title)}</td></tr>'


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
    form = schema.get("format") or schema.get("pattern")
    return escape(f"{schema.get('type', 'any')}{f' ({form})' if form else ''}")


def _node(value: Value) -> Node:
    assert isinstance(value, dict)
    return value


def _list(value: Value) -> list[Value]:
    assert isinstance(value, list)
    return value
