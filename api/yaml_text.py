"""YAML in and out: the part of it that says the same as JSON, within limits, and nothing else.

A text is read event by event (YAML 1.2, core schema): anchors, aliases, tags, merges, several
documents and doubled keys are refused. So nothing grows beyond what was sent, no type but those
of JSON comes to be, and `no` is a word.
"""

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import yaml
from interview.errors import Invalid

MEDIA_TYPE: Final = "application/yaml"
MAX_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_NODES = 20_000

Value = str | int | float | bool | None | list["Value"] | dict[str, "Value"]
CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("null", "Null", "NULL", "~", "")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")


class NotYaml(Invalid):
    """The body is not the YAML that is taken here."""


def as_json(raw: bytes) -> bytes:
    """The same as JSON. Raises `NotYaml` naming the line."""
    return json.dumps(parse(raw), ensure_ascii=False).encode()


def parse(raw: bytes) -> Value:
    """What the one document says. Raises `NotYaml`."""
    if len(raw) > MAX_BYTES:
        raise NotYaml(f"body: expected at most {MAX_BYTES} bytes of YAML", field="body")
    try:
        return _Reader(yaml.parse(raw.decode(), Loader=yaml.CSafeLoader)).document()
    except UnicodeDecodeError as error:
        raise NotYaml("body: expected UTF-8", field="body") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise NotYaml(f"body: line {line}: {error.problem}", field="body") from error
    except yaml.YAMLError as error:
        raise NotYaml("body: expected printable text", field="body") from error


class _Reader:
    """From events to values; recursion is bounded by `MAX_DEPTH`."""

    def __init__(self, events: Iterator[yaml.Event]) -> None:
        self._events = events
        self._nodes = 0

    def document(self) -> Value:
        self._expect(yaml.StreamStartEvent)
        self._expect(yaml.DocumentStartEvent)
        value = self._value(next(self._events), 1)
        self._expect(yaml.DocumentEndEvent)
        self._expect(yaml.StreamEndEvent)
        return value

    def _expect(self, kind: type[yaml.Event]) -> None:
        event = next(self._events)
        if not isinstance(event, kind):
            raise _refused(event, "expected one document")

    def _value(self, event: yaml.Event, depth: int) -> Value:
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise _refused(event, "expected less, and less deep")
        match event:
            case yaml.NodeEvent(anchor=str()):
                raise _refused(event, "anchors and aliases are not taken")
            case yaml.ScalarEvent():
                return _scalar(event)
            case yaml.SequenceStartEvent(tag=None):
                return self._list(depth)
            case yaml.MappingStartEvent(tag=None):
                return self._mapping(depth)
            case _:
                raise _refused(event, "tags are not taken")

    def _list(self, depth: int) -> Value:
        found: list[Value] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, depth + 1))
        return found

    def _mapping(self, depth: int) -> Value:
        found: dict[str, Value] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            name = self._value(event, depth + 1)
            if not isinstance(event, yaml.ScalarEvent):
                raise _refused(event, "expected a name before the colon")
            if event.value in found:
                raise _refused(event, f"every name may appear once: {name}")
            found[event.value] = self._value(next(self._events), depth + 1)
        return found


def _scalar(event: yaml.ScalarEvent) -> Value:
    text: str = event.value
    if event.tag is not None:
        raise _refused(event, "tags are not taken")
    if event.style:
        return text
    if text in CONSTANTS:
        return CONSTANTS[text]
    if INTEGER.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


def _refused(event: yaml.Event, what: str) -> NotYaml:
    line = event.start_mark.line + 1 if event.start_mark else 1
    return NotYaml(f"body: line {line}: {what}", field="body")


class _Dumper(yaml.CSafeDumper):
    """Exact numbers as they are, long texts over several lines."""


def _represent_decimal(dumper: _Dumper, value: Decimal) -> yaml.ScalarNode:
    text = format(value, "f")
    kind = "float" if "." in text else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", text)


def _represent_text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    # PyYAML knows what to quote for YAML 1.1; more is a number in 1.2.
    style = "'" if NUMBER.fullmatch(value) else "|" if "\n" in value else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(Decimal, _represent_decimal)
_Dumper.add_representer(str, _represent_text)


def as_yaml(value: object) -> bytes:
    """Text that `parse` reads as the same."""
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100)
    return str(text).encode()
