"""Both stores, each with the same first tenant, and the ways into the database that tests need."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from interview.ports import Store
from interview.store.memory import MemoryStore
from interview.store.postgres import PostgresStore, open_store
from local.elsewhere import discard
from local.postgres import EmbeddedPostgres
from tests.conftest import Database
from tests.store.world import INSTALLATION_KEY, Held, hold


@pytest.fixture
def memory_store() -> MemoryStore:
    return MemoryStore()


@pytest.fixture
async def postgres_store(database: Database) -> AsyncIterator[PostgresStore]:
    async with open_store(database.app_url, INSTALLATION_KEY) as store:
        yield store


@pytest.fixture(params=["memory_store", "postgres_store"])
def store(request: pytest.FixtureRequest) -> Store:
    """Each store in turn."""
    chosen: Store = request.getfixturevalue(request.param)
    return chosen


@pytest.fixture
async def held(store: Store) -> Held:
    """A tenant with a published kit, a candidate and a live interview."""
    return await hold(store)


@pytest.fixture
async def other(store: Store) -> Held:
    """Another tenant with the same."""
    return await hold(store, name="Other")


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    conn = await asyncpg.connect(url)
    try:
        yield conn
    finally:
        await conn.close()


@pytest.fixture
async def owner(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with connected(database.owner_url) as conn:
        yield conn


@pytest.fixture
async def app(database: Database) -> AsyncIterator[asyncpg.Connection]:
    async with connected(database.app_url) as conn:
        yield conn


@pytest.fixture
async def superuser(
    database: Database, postgres: EmbeddedPostgres
) -> AsyncIterator[asyncpg.Connection]:
    """An administrator whom no policy binds."""
    base, _, rest = postgres.admin_url.rpartition("/")
    _, _, query = rest.partition("?")
    async with connected(f"{base}/{database.name}?{query}") as conn:
        yield conn


@pytest.fixture
def nothing_stays(tmp_path: Path) -> Iterator[None]:
    """Under root the data of a durable server outlive their folder."""
    yield
    for link in tmp_path.rglob("postgres"):
        discard(link)
