"""The roles and the database of an installation, made so that the application owns nothing."""

import asyncpg

DATABASE = "vivavoce"
ADMIN = "postgres"
OWNER = "vivavoce_owner"
APP = "vivavoce_app"

EXISTS_ROLE = "SELECT 1 FROM pg_roles WHERE rolname = $1"
EXISTS_DATABASE = "SELECT 1 FROM pg_database WHERE datname = $1"
LITERAL = "SELECT quote_literal($1::text)"


async def provide(conn: asyncpg.Connection, owner_password: str, app_password: str) -> None:
    """Create what is missing of both roles and the database, and set the passwords."""
    await _role(conn, OWNER, owner_password)
    await _role(conn, APP, app_password)
    if not await conn.fetchval(EXISTS_DATABASE, DATABASE):
        await create_database(conn, DATABASE)


async def create_database(conn: asyncpg.Connection, name: str, template: str = "template1") -> None:
    """A database of the owner's that nobody but our two roles can enter."""
    await conn.execute(f'CREATE DATABASE "{name}" OWNER {OWNER} TEMPLATE "{template}"')
    await conn.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
    await conn.execute(f'GRANT CONNECT ON DATABASE "{name}" TO {APP}')


async def drop_database(conn: asyncpg.Connection, name: str) -> None:
    """Drop a database together with the sessions that still use it."""
    await conn.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


async def _role(conn: asyncpg.Connection, name: str, password: str) -> None:
    if not await conn.fetchval(EXISTS_ROLE, name):
        await conn.execute(f"CREATE ROLE {name} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
    # Utility statements take no parameters, hence the quoting by the server itself.
    quoted = await conn.fetchval(LITERAL, password)
    await conn.execute(f"ALTER ROLE {name} LOGIN PASSWORD {quoted}")
