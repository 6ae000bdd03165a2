"""Accommodations are kept sealed, for one interview, and cannot be put back."""

import asyncpg
import pytest

from interview.accommodations import Accommodations, Needs
from interview.by_people import By
from interview.errors import NotFound, Sealed
from interview.lifecycle import State
from interview.ports import InterviewsWanted, Store
from interview.store.memory import MemoryStore
from interview.store.postgres import PostgresStore
from tests.fakes.clock import NOON
from tests.store.world import Held, hold

pytestmark = pytest.mark.store

GIVEN = Needs(given=Accommodations(time="1.5", breaks=2), requested="I stammer.")


async def test_an_interview_has_none_until_some_are_put(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        assert Needs() == await tx.accommodations.of(held.interview)
        await tx.accommodations.put(held.interview, GIVEN, NOON)
        assert GIVEN == await tx.accommodations.of(held.interview)


async def test_the_last_that_were_put_hold(store: Store, held: Held) -> None:
    later = Needs(given=Accommodations(longer_silences=True))
    for needs in (GIVEN, later):
        async with store.transaction(held.tenant) as tx:
            await tx.accommodations.put(held.interview, needs, NOON)

    async with store.transaction(held.tenant) as tx:
        assert later == await tx.accommodations.of(held.interview)


async def test_who_waits_for_an_answer_is_found(store: Store, held: Held, other: Held) -> None:
    """As long as it can still be given."""
    wanted, mine = InterviewsWanted(asking=True), [held.interview]
    for state, waits, found in (
        (State.READY, True, mine),
        (State.READY, False, []),
        (State.LIVE, True, []),
        (State.EXPIRED, True, mine),
    ):
        async with store.transaction(held.tenant) as tx:
            await tx.interviews.set_state(held.interview, state, NOON)
            needs = Needs(requested="I stammer.", waits=waits)
            await tx.accommodations.put(held.interview, needs, NOON)
            page = await tx.interviews.page(10, None, wanted)
            told = await tx.interviews.told(10, None, wanted)
        async with store.transaction(other.tenant) as tx:
            others = await tx.interviews.page(10, None, wanted)

        assert found == [each.interview_id for each in page.items]
        assert (len(found), ()) == (len(told.items), others.items)


async def test_who_was_told_is_known_for_that_interview_alone(
    store: Store, held: Held, other: Held
) -> None:
    member, key = By(kind="member", id="m"), By(kind="key", id="m")
    async with store.transaction(held.tenant) as tx:
        await tx.accommodations.tell(held.interview, [member], NOON)
        await tx.accommodations.tell(held.interview, [member], NOON)

    async with store.transaction(held.tenant) as tx:
        known = tx.accommodations.known
        assert frozenset({held.interview}) == await known([held.interview], member)
        assert frozenset() == await known([held.interview], key)
        assert frozenset() == await known([], member)
    async with store.transaction(other.tenant) as tx:
        assert frozenset() == await tx.accommodations.known([held.interview], member)


async def test_another_tenant_finds_nothing(store: Store, held: Held, other: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.accommodations.put(held.interview, GIVEN, NOON)

    async with store.transaction(other.tenant) as tx:
        assert Needs() == await tx.accommodations.of(other.interview)
        with pytest.raises(NotFound):
            await tx.accommodations.of(held.interview)
        with pytest.raises(NotFound):
            await tx.accommodations.put(held.interview, GIVEN, NOON)


async def test_they_are_gone_with_the_interview(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.accommodations.put(held.interview, GIVEN, NOON)
        await tx.keys.destroy_interview(held.interview, NOON)
        with pytest.raises(Sealed):
            await tx.accommodations.of(held.interview)


async def test_what_held_before_cannot_be_put_back(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.accommodations.put(held.interview, GIVEN, NOON)
    before = await superuser.fetchval("SELECT sealed_needs FROM accommodations")
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.accommodations.put(held.interview, Needs(), NOON)

    await superuser.execute("UPDATE accommodations SET sealed_needs = $1", before)

    async with postgres_store.transaction(held.tenant) as tx:
        with pytest.raises(Sealed):
            await tx.accommodations.of(held.interview)


async def test_no_column_tells_what_is_given(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held, memory = await hold(postgres_store), MemoryStore()
    in_memory = await hold(memory)
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.accommodations.put(held.interview, GIVEN, NOON)
    async with memory.transaction(in_memory.tenant) as tx:
        await tx.accommodations.put(in_memory.interview, GIVEN, NOON)

    row = await superuser.fetchrow("SELECT * FROM accommodations")

    assert row is not None
    for text in (repr(tuple(row)), repr(memory.tables.accommodations)):
        assert "stammer" not in text
        assert "1.5" not in text
