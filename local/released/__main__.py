"""`python -m local.released --check | --write`: may clients of the last release go on as they are?

`--check` fails when a current document breaks them, or when there is none to compare with;
`--write` makes the current ones those to compare with.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from graphql import build_schema
from graphql.utilities import find_breaking_changes

from local.errors import LocalError
from local.setup import oasdiff
from local.up.child import ROOT

DOCS = ROOT / "docs"
OPENAPI = ("openapi.released.json", "openapi.json")
GRAPHQL = ("schema.released.graphql", "schema.graphql")
SEVERITIES = Path(__file__).with_name("severities.txt")
"""What `docs/guide/versioning.md` admits and oasdiff would not."""

NOTICE_DAYS = 365


def breaking(released: Path, current: Path) -> str:
    """What a client of `released` would break on, for people; empty when there is nothing."""
    command = [str(oasdiff.installed()), "breaking", str(released), str(current)]
    rules = ["--severity-levels", str(SEVERITIES), "--deprecation-days-stable", str(NOTICE_DAYS)]
    done = subprocess.run(
        [*command, *rules, "--fail-on", "ERR", "--color", "never"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1) or done.stderr:
        raise LocalError(f"oasdiff: {done.stderr.strip()}")
    return done.stdout if done.returncode else ""


def breaking_graph(released: Path, current: Path) -> str:
    """The same of two schemas; values of enumerations and fields that are added break nobody."""
    before, now = (build_schema(path.read_text(encoding="utf-8")) for path in (released, current))
    return "\n".join(f"graphql: {each.description}" for each in find_breaking_changes(before, now))


def found(docs: Path) -> str:
    """What would break whom. Raises `LocalError` without a release to compare with."""
    for name, _ in (OPENAPI, GRAPHQL):
        if not (docs / name).exists():
            raise LocalError(f"docs/{name} is missing; a release keeps it (see docs/guide)")
    rest = breaking(docs / OPENAPI[0], docs / OPENAPI[1])
    graph = breaking_graph(docs / GRAPHQL[0], docs / GRAPHQL[1])
    return "\n".join(filter(None, (rest, graph)))


def main() -> None:
    """Check or write."""
    match sys.argv[1:]:
        case ["--write"]:
            for released, current in (OPENAPI, GRAPHQL):
                shutil.copy(DOCS / current, DOCS / released)
        case ["--check"]:
            try:
                changes = found(DOCS)
            except LocalError as error:
                sys.exit(f"released: {error}")
            if changes:
                sys.exit(f"{changes}\nreleased: clients of the last release would break")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main()
