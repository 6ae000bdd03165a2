"""The embedded database: safe by default, repeatable, and gone when it is stopped."""

import stat
from pathlib import Path

import asyncpg
import pytest

from local.errors import LocalError
from local.ports import free_port
from local.postgres import EmbeddedPostgres, Passwords, roles
from tests.conftest import Database

pytestmark = [pytest.mark.store, pytest.mark.usefixtures("nothing_stays")]


RIGHTS = """
    SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole FROM pg_roles
    WHERE rolname = $1
"""


async def test_the_application_owns_nothing_and_has_no_special_right(database: Database) -> None:
    conn = await asyncpg.connect(database.app_url)

    assert roles.APP == await conn.fetchval("SELECT current_user")
    assert await conn.fetchval(RIGHTS, roles.APP) is False
    assert 0 == await conn.fetchval(
        "SELECT count(*) FROM pg_class WHERE relowner = 'vivavoce_app'::regrole"
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await conn.execute("CREATE TABLE mine (id int)")
    await conn.close()


async def test_nobody_gets_in_over_tcp_without_the_password(postgres: EmbeddedPostgres) -> None:
    for role in (roles.ADMIN, roles.OWNER, roles.APP):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(
                host="127.0.0.1",
                port=postgres.port,
                user=role,
                password="guess",
                database="postgres",
            )


async def test_it_listens_on_the_loopback_address_alone(postgres: EmbeddedPostgres) -> None:
    conn = await asyncpg.connect(postgres.admin_url)

    assert "127.0.0.1" == await conn.fetchval("SHOW listen_addresses")
    await conn.close()


async def test_data_survive_a_restart_and_other_secrets_are_refused(tmp_path: Path) -> None:
    passwords = Passwords()
    async with EmbeddedPostgres(tmp_path, free_port(), passwords) as first:
        conn = await asyncpg.connect(first.owner_url())
        await conn.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        await conn.close()

    async with EmbeddedPostgres(tmp_path, free_port(), passwords) as second:
        conn = await asyncpg.connect(second.owner_url())
        assert 42 == await conn.fetchval("SELECT answer FROM kept")
        assert "on" == await conn.fetchval("SHOW fsync")
        await conn.close()

    with pytest.raises(LocalError, match="was made with other secrets"):
        await EmbeddedPostgres(tmp_path, free_port(), Passwords()).start()


async def test_a_forgetful_server_leaves_no_data(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path, free_port(), durable=False)
    async with server:
        data = (tmp_path / "postgres").resolve()
        assert 0o700 == stat.S_IMODE(data.stat().st_mode)

    assert not data.exists()


async def test_data_are_found_again_in_a_folder_that_was_moved(tmp_path: Path) -> None:
    passwords = Passwords()
    async with EmbeddedPostgres(tmp_path / "a", free_port(), passwords) as first:
        conn = await asyncpg.connect(first.owner_url())
        await conn.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        await conn.close()
    (tmp_path / "a").rename(tmp_path / "moved")
    async with EmbeddedPostgres(tmp_path / "b", free_port(), durable=False):
        pass

    async with EmbeddedPostgres(tmp_path / "moved", free_port(), passwords) as second:
        conn = await asyncpg.connect(second.owner_url())
        assert 42 == await conn.fetchval("SELECT answer FROM kept")
        await conn.close()


async def test_each_test_has_a_database_of_its_own(database: Database) -> None:
    conn = await asyncpg.connect(database.owner_url)

    assert database.name == await conn.fetchval("SELECT current_database()")
    assert await conn.fetchval("SELECT count(*) > 0 FROM schema_migrations")
    await conn.close()
