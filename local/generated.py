"""`python -m local.generated [--check]`: the generated documents, written anew or compared."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from local.errors import LocalError
from local.ports import free_port
from local.postgres import EmbeddedPostgres
from local.up.child import ROOT


async def generate(flags: Sequence[str]) -> bool:
    """Let each owner write or check its document; whether all of them succeeded.

    The schema comes from a database in which nothing but the migrations ran.
    """
    with tempfile.TemporaryDirectory(prefix="vivavoce-") as folder:
        async with EmbeddedPostgres(Path(folder), free_port(), durable=False) as database:
            return all(
                [
                    _run("api.openapi", *flags),
                    _run("migrations.schema", *flags, owner_url=database.owner_url()),
                ]
            )


def _run(module: str, *arguments: str, owner_url: str = "") -> bool:
    variables = {**os.environ, "VIVAVOCE_OWNER_DATABASE_URL": owner_url}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode == 0


def main(arguments: Sequence[str] = tuple(sys.argv[1:])) -> None:
    """Write, or with `--check` compare."""
    if arguments not in ([], ["--check"], (), ("--check",)):
        sys.exit(__doc__)
    try:
        if not asyncio.run(generate(arguments)):
            sys.exit("generated documents: not current (make docs)")
    except LocalError as error:
        sys.exit(f"generated documents: {error}")


if __name__ == "__main__":
    main()
