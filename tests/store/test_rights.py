"""The store opens for a role that row-level security binds, and for no other."""

import asyncpg
import pytest

from interview.store.postgres import open_store
from interview.store.postgres.rights import RoleUnbound
from local.postgres import EmbeddedPostgres, roles
from tests.conftest import Database
from tests.store.world import INSTALLATION_KEY

pytestmark = pytest.mark.store


async def refusal(url: str) -> str:
    with pytest.raises(RoleUnbound) as refused:
        async with open_store(url, INSTALLATION_KEY):
            pass
    return refused.value.detail


async def test_the_application_s_role_is_let_in(database: Database) -> None:
    async with open_store(database.app_url, INSTALLATION_KEY) as store:
        assert await store.is_ready()


async def test_the_owner_of_the_tables_is_refused_in_one_line(database: Database) -> None:
    detail = await refusal(database.owner_url)

    assert detail.startswith("DATABASE_URL names a role that row-level security does not bind")
    assert "\n" not in detail


async def test_a_superuser_is_refused_even_where_nothing_was_made_yet(
    postgres: EmbeddedPostgres,
) -> None:
    assert await refusal(postgres.admin_url)


@pytest.mark.parametrize("right", ["BYPASSRLS", f"IN ROLE {roles.OWNER}"])
async def test_a_role_that_could_pass_by_the_policies_is_refused(
    database: Database, superuser: asyncpg.Connection, right: str
) -> None:
    await superuser.execute(f"CREATE ROLE sly LOGIN PASSWORD 'sly' {right}")
    await superuser.execute(f'GRANT CONNECT ON DATABASE "{database.name}" TO sly')
    try:
        _, _, place = database.app_url.partition("@")
        assert await refusal(f"postgresql://sly:sly@{place}")
    finally:
        await superuser.execute(f'REVOKE ALL ON DATABASE "{database.name}" FROM sly')
        await superuser.execute("DROP ROLE sly")
