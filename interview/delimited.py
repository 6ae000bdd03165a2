"""What a model is shown of what people said: data, with ends that nobody who speaks can write."""

import json
from collections.abc import Mapping


def delimited(data: Mapping[str, object]) -> str:
    """`data` as JSON between `<data>` and `</data>`, which stand nowhere else in it."""
    shown = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return f"<data>\n{shown}\n</data>"
