"""`docs/schema.sql`: what the migrations make, in one piece to read and to compare."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

FILE = Path(__file__).parent.parent / "docs" / "schema.sql"
HEADER = "-- Written by `make docs` from the migrations. Do not edit.\n\n"
DUMP = ("pg_dump", "--schema-only", "--no-owner", "--restrict-key=schema")
NOISE = ("--", "SET ", "SELECT pg_catalog.set_config", "\\restrict", "\\unrestrict")
"""Lines that name versions or settings of the dump itself."""


def dumped(url: str) -> str:
    """The schema of the database at `url`, the same for the same schema."""
    done = subprocess.run([*DUMP, url], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise OSError(f"pg_dump: {done.stderr.strip()}")
    return HEADER + _squeezed(line for line in done.stdout.splitlines() if _counts(line))


def _counts(line: str) -> bool:
    return not line.startswith(NOISE)


def _squeezed(lines: Iterable[str]) -> str:
    """Without runs of empty lines."""
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip() + "\n"
