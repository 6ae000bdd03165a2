"""A tenant's settings in every store."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from interview.accounts import Role
from interview.ports import Store
from interview.store.postgres import PostgresStore
from interview.tenant_settings import TenantSettings
from tests.fakes.clock import NOON
from tests.store.world import Held, hold

pytestmark = pytest.mark.store

OWN = TenantSettings(
    allowed_origins=("https://careers.example", "https://jobs.example"),
    sends_mail=False,
    reply_to="people@acme.example",
    time_zone="Europe/Berlin",
    blind_roles=(Role.RECRUITER, Role.REVIEWER),
    shares_results=True,
    observers_may_hide=True,
    floor_returns_after_s=60,
    interviewer_awaited_s=300,
)


async def test_who_has_set_nothing_has_the_defaults(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        assert TenantSettings() == await tx.settings.get()
        assert 1 == await tx.settings.revision(held.tenant)


async def test_settings_are_put_and_count_their_changes(
    store: Store, held: Held, other: Held
) -> None:
    async with store.transaction(held.tenant) as tx:
        assert replace(OWN, revision=2) == await tx.settings.put(OWN, NOON)
    async with store.transaction(held.tenant) as tx:
        changed = replace(OWN, reply_to=None, allowed_origins=())
        assert replace(changed, revision=3) == await tx.settings.put(changed, NOON)
    async with store.transaction(held.tenant) as tx:
        assert replace(changed, revision=3) == await tx.settings.get()
        assert 3 == await tx.settings.revision(held.tenant)
    async with store.transaction(other.tenant) as tx:
        assert TenantSettings() == await tx.settings.get()


async def test_a_locked_revision_holds_until_the_end(postgres_store: PostgresStore) -> None:
    """Also while there is no row yet: the second of two first changes sees the first one."""
    held = await hold(postgres_store)
    reads, seen = asyncio.Event(), list[int]()

    async def second(tenant: UUID) -> None:
        async with postgres_store.transaction(held.tenant) as tx:
            reads.set()
            seen.append(await tx.settings.revision(tenant, lock=True))

    async with asyncio.TaskGroup() as together, postgres_store.transaction(held.tenant) as tx:
        assert 1 == await tx.settings.revision(held.tenant, lock=True)
        together.create_task(second(held.tenant))
        await reads.wait()
        await tx.settings.put(OWN, NOON)
        assert [] == seen
    assert [2] == seen


async def test_an_origin_is_allowed_as_long_as_one_tenant_allows_exactly_it(
    store: Store, held: Held, other: Held
) -> None:
    assert not await store.allows_origin("https://careers.example")
    for tenant in (held.tenant, other.tenant):
        async with store.transaction(tenant) as tx:
            await tx.settings.put(OWN, NOON)
    async with store.transaction(held.tenant) as tx:
        await tx.settings.put(replace(OWN, allowed_origins=("https://jobs.example",)), NOON)

    assert [True, True, False, False] == [
        await store.allows_origin(f"https://{host}")
        for host in ("careers.example", "jobs.example", "careers", "careers.example.evil.example")
    ]
    async with store.transaction(other.tenant) as tx:
        await tx.settings.put(replace(OWN, allowed_origins=()), NOON)
    assert not await store.allows_origin("https://careers.example")
