"""`python -m local.client --check | --write`: the Python client as the document says."""

import json
import subprocess
import sys
from pathlib import Path

from local.client.calls import Methods, bodies_of, calls_of
from local.client.shapes import Shapes
from local.up.child import ROOT

DOCUMENT = ROOT / "docs" / "openapi.json"
FOLDER = ROOT / "clients" / "python" / "src" / "vivavoce_client" / "generated"
MARK = "# Generated from docs/openapi.json by `make docs`.\n"
MODELS = '''"""Everything that is sent and answered."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from vivavoce_client.base import LENIENT, Answer, Body

'''
CALLS = '''"""Every call of the API, one method each{how}."""

from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from vivavoce_client.base import LENIENT
from vivavoce_client.generated.models import *
from vivavoce_client.transport import AsyncTransport, ServerEvent, Transport, ask

'''


def sources() -> dict[Path, str]:
    """The text of each generated file."""
    document = json.loads(DOCUMENT.read_text(encoding="utf-8"))
    shapes = Shapes(document["components"]["schemas"], bodies_of(document))
    listed = ", ".join(json.dumps(name) for name in sorted(shapes.named))
    models = [MODELS, *shapes.classes(), f"__all__ = [{listed}]\n"]
    return {
        FOLDER / "models.py": tidied("\n\n".join(models)),
        FOLDER / "client.py": tidied(_calls(document, shapes, awaited=False)),
        FOLDER / "aio.py": tidied(_calls(document, shapes, awaited=True)),
    }


def _calls(document: dict[str, object], shapes: Shapes, *, awaited: bool) -> str:
    name, base = ("AsyncVivavoce", "AsyncTransport") if awaited else ("Vivavoce", "Transport")
    head = CALLS.format(how=", to be awaited" if awaited else "")
    methods = Methods(shapes, awaited=awaited)
    text = [source for call in calls_of(document) for source in methods.of(call)]
    what = '    """The API; `token` is an API key or a candidate\'s access token."""\n'
    return "\n".join([head, f"class {name}({base}):", what, *text])


def tidied(source: str) -> str:
    """Without what is not needed, and in the shape of the house."""
    ruff = str(Path(sys.executable).with_name("ruff"))
    fix = [ruff, "check", "--fix-only", "--quiet", "--select", "F401,I", "--isolated"]
    form = [ruff, "format", "--quiet", "--line-length", "100"]
    text = MARK + source
    for command in (fix, form):
        done = subprocess.run(
            [*command, "--stdin-filename", "generated.py", "-"],
            input=text,
            capture_output=True,
            text=True,
            check=True,
        )
        text = done.stdout
    return text


def main() -> None:
    """Write, or with `--check` compare."""
    if sys.argv[1:] not in (["--check"], ["--write"]):
        sys.exit(__doc__)
    drifted = []
    for path, text in sources().items():
        if sys.argv[1] == "--write":
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            drifted.append(path.name)
    if drifted:
        sys.exit(f"client: {', '.join(drifted)} drifted from docs/openapi.json")


if __name__ == "__main__":
    main()
