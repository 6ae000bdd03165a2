"""Generated pages of the developer guide: `python -m api.guide --check | --write`."""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from string import Template

from interview.accounts import Role
from interview.errors import Code

from api import contract
from api.problems import TITLES, FieldProblem, Problem, status_of
from api.registry import Operation
from api.rights import Right

TEMPLATES = Path(__file__).parent / "templates"
FOLDER = Path(__file__).parents[1] / "docs" / "guide"
EXAMPLE = Problem(
    type=f"/docs#{Code.INVALID}",
    title=TITLES[Code.INVALID],
    status=int(status_of(Code.INVALID)),
    detail="title: Expected at least 1 character(s).",
    code=Code.INVALID,
    field="title",
    errors=[FieldProblem(field="title", detail="Expected at least 1 character(s).")],
    request_id="0197a9d2-7a4e-7c1b-9d3e-5f6a7b8c9d0e",
)


def pages(operations: Iterable[Operation] = contract.PUBLIC + contract.GRAPHQL) -> dict[str, str]:
    """The text of each, by its file's name."""
    return {
        "errors.md": _filled(
            "errors.md",
            example=EXAMPLE.model_dump_json(indent=2, exclude_none=True),
            rows="\n".join(
                f"| `{code}` | {int(status_of(code))} | {title} |"
                for code, title in sorted(TITLES.items())
            ),
        ),
        "roles.md": _filled("roles.md", table="\n".join(_roles(operations))),
    }


def _filled(name: str, **values: str) -> str:
    return Template((TEMPLATES / name).read_text(encoding="utf-8")).substitute(values)


def _roles(operations: Iterable[Operation]) -> Iterable[str]:
    yield f"| operation | scope | {' | '.join(Role)} |"
    yield f"|---|---|{':-:|' * len(Role)}"
    for operation in operations:
        if isinstance(operation.access, Right):
            marks = " | ".join("✓" if role in operation.access.roles else "" for role in Role)
            yield f"| `{operation.name}` | `{operation.access.scope}` | {marks} |"


def main() -> int:
    """`--write` keeps the pages; `--check` fails when they are not what the code says."""
    parser = argparse.ArgumentParser(prog="python -m api.guide", description=main.__doc__)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--check", action="store_true")
    what.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    drifted = []
    for name, text in pages().items():
        path = FOLDER / name
        if asked.write:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            drifted.append(name)
    if drifted:
        print(f"{', '.join(drifted)} drifted: run python -m api.guide --write", file=sys.stderr)
    return 1 if drifted else 0


if __name__ == "__main__":
    sys.exit(main())
