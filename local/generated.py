"""`python -m local.generated [--check]`: the generated documents, written anew or compared."""

import asyncio
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from local.errors import LocalError
from local.ports import free_port
from local.postgres import EmbeddedPostgres
from local.up.child import ROOT

# Each document belongs to a module that writes or checks it.
WRITE = (
    ["api.openapi", "--write"],
    ["api.guide", "--write"],
    ["local.client", "--write"],
    ["api.graph.schema", "--write"],
    ["migrations", "--write-schema"],
)
CHECK = (
    ["api.openapi", "--check"],
    ["api.guide", "--check"],
    ["local.client", "--check"],
    ["api.graph.schema", "--check"],
    ["migrations", "--check-schema"],
)


async def run_all(owners: tuple[list[str], ...]) -> bool:
    """Run each owner beside an empty database, `pg_dump` on PATH; whether all succeeded."""
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        async with EmbeddedPostgres(Path(folder), free_port(), durable=False) as database:
            variables = {
                **os.environ,
                "VIVAVOCE_OWNER_DATABASE_URL": database.owner_url(),
                "PATH": f"{database.programs}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            }
            results = [_run(owner, variables) for owner in owners]
            return all(results)


def _run(owner: list[str], variables: dict[str, str]) -> bool:
    command = [sys.executable, "-m", *owner]
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode == 0


def main() -> None:
    """Write, or with `--check` compare."""
    if sys.argv[1:] not in ([], ["--check"]):
        sys.exit(__doc__)
    try:
        current = asyncio.run(run_all(CHECK if sys.argv[1:] else WRITE))
    except LocalError as error:
        sys.exit(f"generated documents: {error}")
    if not current:
        sys.exit("generated documents: failed or not current (make docs writes them)")


if __name__ == "__main__":
    main()
