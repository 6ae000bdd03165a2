"""Applies the numbered SQL files: in order, once, forward only, one runner at a time."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import asyncpg

FOLDER = Path(__file__).parent
NAME = re.compile(r"\d{4}_[a-z0-9_]+\.sql")
NO_TRANSACTION = "-- no transaction\n"
"""First line of a file with a single statement that cannot run inside a transaction."""

LOCK = "SELECT pg_advisory_lock(hashtext('vivavoce migrations'))"
UNLOCK = "SELECT pg_advisory_unlock(hashtext('vivavoce migrations'))"
TABLE = """
    CREATE TABLE IF NOT EXISTS schema_migrations (
        name text PRIMARY KEY,
        checksum bytea NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
    )
"""
APPLIED = "SELECT name, checksum FROM schema_migrations ORDER BY name"
RECORD = "INSERT INTO schema_migrations (name, checksum) VALUES ($1, $2)"
LOCK_TIMEOUT = "SET LOCAL lock_timeout = '4s'"
APP_ROLE = """
    SELECT quote_ident(
        coalesce(nullif(current_setting('vivavoce.app_role', true), ''), 'vivavoce_app')
    )
"""


class MigrationRefused(Exception):
    """The database and the files do not fit; nothing was changed."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered file."""

    name: str
    sql: str

    @property
    def checksum(self) -> bytes:
        return hashlib.sha256(self.sql.encode()).digest()


def migrations(folder: Path = FOLDER) -> tuple[Migration, ...]:
    """The files in order. Raises `MigrationRefused` for a name or a number out of line."""
    found = tuple(Migration(path.name, path.read_text()) for path in sorted(folder.glob("*.sql")))
    for number, migration in enumerate(found, start=1):
        if not NAME.fullmatch(migration.name) or int(migration.name[:4]) != number:
            raise MigrationRefused(f"{migration.name} is not number {number:04} of the files")
    return found


async def migrate(conn: asyncpg.Connection, folder: Path = FOLDER) -> list[str]:
    """Apply what is missing; returns the names. `conn` is the owner's.

    The application's role is `vivavoce_app`, or what the connection's setting `vivavoce.app_role`
    names. Raises `MigrationRefused` when an applied file was changed, and when the database is
    newer than the files.
    """
    files = migrations(folder)
    await conn.execute(LOCK)
    try:
        await conn.execute(TABLE)
        applied = {row["name"]: row["checksum"] for row in await conn.fetch(APPLIED)}
        missing = _missing(files, applied)
        role = await conn.fetchval(APP_ROLE)
        for migration in missing:
            await _apply(conn, migration, role)
        return [migration.name for migration in missing]
    finally:
        await conn.execute(UNLOCK)


def _missing(files: tuple[Migration, ...], applied: dict[str, bytes]) -> tuple[Migration, ...]:
    known = {migration.name for migration in files}
    if unknown := sorted(applied.keys() - known):
        raise MigrationRefused(f"the database is newer than this program: it has {unknown[-1]}")
    for migration in files:
        if migration.checksum != applied.get(migration.name, migration.checksum):
            raise MigrationRefused(f"{migration.name} was changed after it was applied")
    return tuple(migration for migration in files if migration.name not in applied)


async def _apply(conn: asyncpg.Connection, migration: Migration, role: str) -> None:
    sql = migration.sql.replace(':"app_role"', role)
    if migration.sql.startswith(NO_TRANSACTION):
        await conn.execute(sql)
        await conn.execute(RECORD, migration.name, migration.checksum)
        return
    async with conn.transaction():
        await conn.execute(LOCK_TIMEOUT)
        await conn.execute(sql)
        await conn.execute(RECORD, migration.name, migration.checksum)
