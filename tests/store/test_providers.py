"""A tenant's chains in every store."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest

from interview.ports import Store
from interview.providers import Budget, Provider, Providers
from interview.store.postgres import PostgresStore
from tests.conftest import Database
from tests.fakes.clock import NOON
from tests.store.world import Held, hold

pytestmark = pytest.mark.store

KEY = "sk-that-nobody-may-read"
OWN = Providers(
    stt=(Provider("deepgram", "https://api.deepgram.com/v1/listen", "nova-3", "dg-1234"),),
    llm=(
        Provider("openai", "https://api.openai.com/v1", "gpt-4.1-mini", KEY),
        Provider("mistral", "https://api.mistral.ai/v1", "mistral-small"),
    ),
    budget=Budget(Decimal("1.50"), "USD"),
)


async def test_who_has_named_none_has_empty_chains(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        assert Providers() == await tx.providers.get()
        assert 1 == await tx.providers.revision(held.tenant)


async def test_chains_are_put_and_count_their_changes(
    store: Store, held: Held, other: Held
) -> None:
    async with store.transaction(held.tenant) as tx:
        assert replace(OWN, revision=2) == await tx.providers.put(OWN, NOON)
    async with store.transaction(held.tenant) as tx:
        changed = replace(OWN, stt=(), budget=None)
        assert replace(changed, revision=3) == await tx.providers.put(changed, NOON)
    async with store.transaction(held.tenant) as tx:
        assert replace(changed, revision=3) == await tx.providers.get()
        assert 3 == await tx.providers.revision(held.tenant)
    async with store.transaction(other.tenant) as tx:
        assert Providers() == await tx.providers.get()


async def test_a_locked_revision_holds_until_the_end(postgres_store: PostgresStore) -> None:
    """Also while there is no row yet: the second of two first changes sees the first one."""
    held = await hold(postgres_store)
    reads, seen = asyncio.Event(), list[int]()

    async def second(tenant: UUID) -> None:
        async with postgres_store.transaction(held.tenant) as tx:
            reads.set()
            seen.append(await tx.providers.revision(tenant, lock=True))

    async with asyncio.TaskGroup() as together, postgres_store.transaction(held.tenant) as tx:
        assert 1 == await tx.providers.revision(held.tenant, lock=True)
        together.create_task(second(held.tenant))
        await reads.wait()
        await tx.providers.put(OWN, NOON)

    assert [2] == seen


async def test_neither_keys_nor_urls_lie_open_in_the_database(
    postgres_store: PostgresStore, database: Database
) -> None:
    held = await hold(postgres_store)
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.providers.put(OWN, NOON)
    owner = await asyncpg.connect(database.owner_url)
    try:
        await owner.execute("SELECT set_config('vivavoce.tenant', $1, false)", str(held.tenant))
        row = await owner.fetchrow("SELECT * FROM providers")
    finally:
        await owner.close()

    assert row is not None
    stored = b"".join(v if isinstance(v, bytes) else str(v).encode() for v in row.values())
    assert not [each for each in (KEY, "dg-1234", "openai", "mistral") if each.encode() in stored]
