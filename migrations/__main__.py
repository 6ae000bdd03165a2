"""`python -m migrations [--write-schema | --check-schema]`: apply, or tend `docs/schema.sql`.

The database is the one that VIVAVOCE_OWNER_DATABASE_URL names; for the schema it must be empty, and
`pg_dump` be on PATH.
"""

import asyncio
import os
import sys

import asyncpg

from migrations.runner import MigrationRefused, migrate
from migrations.schema import FILE, dumped

SETTING = "VIVAVOCE_OWNER_DATABASE_URL"
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


async def apply(url: str) -> None:
    """Apply what is missing and say so."""
    conn = await asyncpg.connect(url)
    try:
        applied = await migrate(conn)
    finally:
        await conn.close()
    print("\n".join(applied) or "nothing to apply")


async def schema(url: str) -> str:
    """What the migrations make of an empty database."""
    conn = await asyncpg.connect(url)
    try:
        if await conn.fetchval(TABLES):
            raise MigrationRefused(
                "the schema is taken from an empty database; this one has tables"
            )
        await migrate(conn)
    finally:
        await conn.close()
    return dumped(url)


def main(arguments: list[str]) -> None:
    """Do as told; one line says why not."""
    if not (url := os.environ.get(SETTING)):
        sys.exit(f"{SETTING} is not set: expected the URL of the database's owner")
    try:
        match arguments:
            case []:
                asyncio.run(apply(url))
            case ["--write-schema"]:
                FILE.write_text(asyncio.run(schema(url)))
            case ["--check-schema"]:
                if asyncio.run(schema(url)) != FILE.read_text():
                    sys.exit(f"{FILE} is not what the migrations make: run make docs")
            case _:
                sys.exit(__doc__)
    except (MigrationRefused, OSError, asyncpg.PostgresError) as error:
        sys.exit(f"migrations: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
