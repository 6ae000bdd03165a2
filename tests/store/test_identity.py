"""A tenant's identity provider in every store: one at most, its secret sealed."""

import asyncpg
import pytest

from interview.errors import NotFound
from interview.oidc import Provider
from interview.ports import Store
from interview.store.postgres import PostgresStore
from tests.fakes.clock import NOON
from tests.store.world import Held, hold

pytestmark = pytest.mark.store

ONE = Provider("https://one.example", "client", "the-clients-secret")
TWO = Provider("https://two.example", "other", "another-secret")


async def test_a_provider_is_put_replaced_and_removed(
    store: Store, held: Held, other: Held
) -> None:
    async with store.transaction(held.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.identity_provider.get()
        await tx.identity_provider.put(ONE, NOON)
        assert ONE == await tx.identity_provider.get()
        await tx.identity_provider.put(TWO, NOON)
    async with store.transaction(other.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.identity_provider.get()
        await tx.identity_provider.remove()
    async with store.transaction(held.tenant) as tx:
        assert TWO == await tx.identity_provider.get()
        await tx.identity_provider.remove()
        with pytest.raises(NotFound):
            await tx.identity_provider.get()


async def test_a_provider_that_is_set_anew_is_none_of_before(store: Store, held: Held) -> None:
    of, found = held.tenant, []
    for _ in range(2):
        async with store.transaction(of) as tx:
            with pytest.raises(NotFound):
                await tx.identity_provider.revision(of)
            found.append(await tx.identity_provider.revision(of, lock=True))
            for each in (ONE, TWO):
                await tx.identity_provider.put(each, NOON)
                found.append(await tx.identity_provider.revision(of))
            assert found[-1] == await tx.identity_provider.revision(of, lock=True)
            await tx.identity_provider.remove()

    none, one, two, none_again, another, _ = found
    assert (0, 0) == (none, none_again)
    assert one + 1 == two
    assert another not in {one, two}


async def test_its_secret_lies_nowhere_in_clear(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.identity_provider.put(ONE, NOON)

    row = await superuser.fetchrow("SELECT * FROM identity_providers")

    assert row is not None
    assert ONE.client_secret.encode() not in row["sealed_client_secret"]
    assert ONE.client_secret not in str(dict(row))
    assert ONE.client_secret not in repr(ONE)
