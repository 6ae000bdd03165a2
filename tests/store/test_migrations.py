"""The migration runner: once, in order, forward only, one at a time."""

import asyncio
import shutil
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from local.postgres import EmbeddedPostgres, roles
from migrations.runner import FOLDER, MigrationRefused, migrate, migrations
from migrations.schema import FILE, dumped
from tests.store.conftest import connected

pytestmark = pytest.mark.store

ALL = [migration.name for migration in migrations()]
COLUMNS = """
    SELECT table_name, column_name,
        is_nullable = 'YES' OR column_default IS NOT NULL AS may_be_left_out
    FROM information_schema.columns WHERE table_schema = 'public'
"""
TABLES = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"


@pytest.fixture
async def url(postgres: EmbeddedPostgres) -> AsyncIterator[str]:
    """The owner's URL of an empty database."""
    name = f"empty_{uuid.uuid4().hex}"
    async with connected(postgres.admin_url) as admin:
        await roles.create_database(admin, name)
        yield postgres.owner_url(name)
        await roles.drop_database(admin, name)


@pytest.fixture
async def conn(url: str) -> AsyncIterator[asyncpg.Connection]:
    async with connected(url) as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the files, to change."""
    copy = tmp_path / "migrations"
    shutil.copytree(FOLDER, copy)
    return copy


def add(folder: Path, sql: str, words: str = "more") -> str:
    name = f"{len(list(folder.glob('*.sql'))) + 1:04}_{words}.sql"
    (folder / name).write_text(sql)
    return name


async def test_what_is_missing_is_applied_once(conn: asyncpg.Connection) -> None:
    assert ALL == await migrate(conn)
    assert [] == await migrate(conn)


async def test_two_runners_at_once_apply_each_file_once(url: str) -> None:
    async with connected(url) as one, connected(url) as two:
        first, second = await asyncio.gather(migrate(one), migrate(two))

        assert ALL == sorted(first + second)
        assert len(ALL) == await one.fetchval("SELECT count(*) FROM schema_migrations")


async def test_a_new_file_is_applied_to_an_old_database(
    conn: asyncpg.Connection, folder: Path
) -> None:
    await migrate(conn, folder)
    name = add(folder, "CREATE TABLE more (id int)")

    assert [name] == await migrate(conn, folder)


async def test_a_file_that_was_changed_after_it_was_applied_is_refused(
    conn: asyncpg.Connection, folder: Path
) -> None:
    await migrate(conn, folder)
    changed = folder / ALL[0]
    changed.write_text(changed.read_text() + "\n-- a word more\n")

    with pytest.raises(MigrationRefused, match=ALL[0]):
        await migrate(conn, folder)


async def test_an_older_program_refuses_a_newer_database(
    conn: asyncpg.Connection, folder: Path
) -> None:
    name = add(folder, "CREATE TABLE more (id int)")
    await migrate(conn, folder)

    with pytest.raises(MigrationRefused, match=f"newer.*{name}"):
        await migrate(conn)


async def test_a_file_that_fails_leaves_nothing_and_the_lock_is_free(
    conn: asyncpg.Connection, folder: Path
) -> None:
    await migrate(conn, folder)
    tables = await conn.fetchval(TABLES)
    name = add(folder, "CREATE TABLE more (id int); SELECT 1 / 0")

    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrate(conn, folder)

    assert tables == await conn.fetchval(TABLES)
    (folder / name).write_text("CREATE TABLE more (id int)")
    assert [name] == await migrate(conn, folder)


async def test_a_column_that_comes_later_may_be_left_out_by_the_code_that_still_runs(
    conn: asyncpg.Connection, folder: Path
) -> None:
    known: dict[tuple[str, str], bool] = {}
    demanded: list[str] = []
    files = sorted(folder.glob("*.sql"))
    for file in files:
        file.rename(file.with_suffix(".later"))
    for file in files:
        file.with_suffix(".later").rename(file)
        await migrate(conn, folder)
        now = {(table, column): may for table, column, may in await conn.fetch(COLUMNS)}
        old = {table for table, _ in known}
        demanded += [f"{t}.{c}" for t, c in now.keys() - known if t in old and not now[t, c]]
        known = now

    assert [] == demanded


async def test_a_statement_that_needs_to_stand_alone_stands_alone(
    conn: asyncpg.Connection, folder: Path
) -> None:
    name = add(folder, "-- no transaction\nCREATE INDEX CONCURRENTLY later ON jobs (title)")

    assert [*ALL, name] == await migrate(conn, folder)


async def test_a_migration_does_not_wait_long_for_a_lock(
    url: str, conn: asyncpg.Connection, folder: Path
) -> None:
    """A table that waits for its lock holds up everybody behind it."""
    name = add(folder, "DO $$ BEGIN ASSERT current_setting('lock_timeout') = '4s'; END $$")

    assert name in await migrate(conn, folder)
    assert "0" == await conn.fetchval("SHOW lock_timeout")


@pytest.mark.parametrize("name", ["9999_gap.sql", "0005-dash.sql", "5_short.sql", "0001_two.sql"])
async def test_a_file_out_of_line_is_refused(folder: Path, name: str) -> None:
    (folder / name).write_text("SELECT 1")

    with pytest.raises(MigrationRefused):
        migrations(folder)


async def test_the_application_may_have_another_name(
    postgres: EmbeddedPostgres, conn: asyncpg.Connection
) -> None:
    role = f'app "{uuid.uuid4().hex[:8]}'
    quoted = role.replace('"', '""')
    async with connected(postgres.admin_url) as admin:
        await admin.execute(f'CREATE ROLE "{quoted}"')
    await conn.execute("SELECT set_config('vivavoce.app_role', $1, false)", role)

    await migrate(conn)

    may = "SELECT has_table_privilege($1, 'interview_events', 'INSERT')"
    assert await conn.fetchval(may, role)
    assert not await conn.fetchval(may, roles.APP)


async def test_the_schema_in_the_documents_is_the_one_that_the_migrations_make(
    postgres: EmbeddedPostgres, url: str, conn: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(postgres.programs), prepend=":")
    await migrate(conn)

    assert FILE.read_text() == await asyncio.to_thread(dumped, url)
