"""What is wrong with what was sent, in words for whoever sent it (`templates/wrong.json`)."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Template

from pydantic_core import ErrorDetails

_TOLD = json.loads((Path(__file__).parent / "templates" / "wrong.json").read_text("utf-8"))
TYPES: dict[str, str] = _TOLD["types"]
PATTERNS: dict[str, str] = _TOLD["patterns"]
OTHERWISE: str = _TOLD["otherwise"]


def sentence(found: ErrorDetails) -> str:
    """What was expected; never what was sent."""
    kind, facts = found["type"], found.get("ctx", {})
    if kind in {"value_error", "assertion_error"}:
        return as_sentence(str(facts.get("error", OTHERWISE)))
    if kind == "string_pattern_mismatch":
        return PATTERNS.get(str(facts["pattern"]), OTHERWISE)
    return Template(TYPES.get(kind, OTHERWISE)).safe_substitute(facts)


def as_sentence(words: str) -> str:
    """With a capital letter and a full stop."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "!", "?")) else ".")


def causes(found: Iterable[ErrorDetails]) -> Iterator[ErrorDetails]:
    """Without what only follows: a list that is too short because its entries are wrong."""
    whole = list(found)
    for each in whole:
        at = each["loc"]
        within = (o["loc"] for o in whole if len(o["loc"]) > len(at) and o["loc"][: len(at)] == at)
        if each["type"] != "too_short" or next(within, None) is None:
            yield each
