"""The audit trail: grows in both stores, one order a tenant; what is tampered with is found."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import asyncpg
import pytest

from interview.audit import SYSTEM, Actor, AuditEntry, Deed
from interview.errors import ChainBroken, NotFound
from interview.ids import TenantId
from interview.ports import Store
from interview.store.postgres import PostgresStore
from interview.use_cases.verify import verify_all, verify_audit
from tests.fakes.clock import NOON
from tests.store.test_tampering import OFF
from tests.store.world import Held, hold

pytestmark = pytest.mark.store

ANNA = Actor("member", str(uuid4()))


async def note(store: Store, held: Held, *deeds: Deed) -> tuple[AuditEntry, ...]:
    async with store.transaction(held.tenant) as tx:
        return tuple([await tx.audit.add(uuid4(), NOON, deed) for deed in deeds])


def deed(number: int) -> Deed:
    return Deed(ANNA, "create_job", f"job-{number % 2}", {"number": str(number)})


async def test_what_was_noted_is_read_in_order(store: Store, held: Held) -> None:
    noted = await note(store, held, *map(deed, range(4)))

    async with store.transaction(held.tenant) as tx:
        assert noted == await tx.audit.read()
        assert noted[2:] == await tx.audit.read(after=2)
        assert noted[1:2] == await tx.audit.read(after=1, limit=1)
        assert (noted[1], noted[3]) == await tx.audit.read(subject="job-1")
    assert 4 == await verify_audit(store, held.tenant)


async def test_each_tenant_has_a_trail_of_its_own(store: Store, held: Held, other: Held) -> None:
    await note(store, held, deed(0))
    (theirs,) = await note(store, other, deed(1))

    assert 1 == theirs.seq
    async with store.transaction(other.tenant) as tx:
        assert (theirs,) == await tx.audit.read()


async def test_a_trail_needs_its_tenant(store: Store) -> None:
    with pytest.raises(NotFound):
        async with store.transaction(TenantId(uuid4())) as tx:
            await tx.audit.add(uuid4(), NOON, Deed(SYSTEM, "expire", "x"))


async def test_nothing_is_noted_of_what_was_rolled_back(store: Store, held: Held) -> None:
    async def fail() -> None:
        async with store.transaction(held.tenant) as tx:
            await tx.audit.add(uuid4(), NOON, deed(0))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    assert 0 == await verify_audit(store, held.tenant)


async def test_many_at_once_make_one_chain(store: Store, held: Held) -> None:
    await asyncio.gather(*(note(store, held, deed(n), deed(n + 100)) for n in range(8)))

    assert 16 == await verify_audit(store, held.tenant)


REORDER = """
    UPDATE audit_entries SET seq = -seq WHERE seq IN (2, 3);
    UPDATE audit_entries SET seq = 5 + seq WHERE seq IN (-2, -3);
"""


@pytest.mark.parametrize(
    ("tampering", "found"),
    [
        ("UPDATE audit_entries SET actor = 'x' WHERE seq = 2", "audit entry 2 was changed"),
        ("UPDATE audit_entries SET actor_kind = 'key' WHERE seq = 2", "audit entry 2 was changed"),
        ("UPDATE audit_entries SET action = 'x' WHERE seq = 1", "audit entry 1 was changed"),
        ("UPDATE audit_entries SET subject = 'x' WHERE seq = 4", "audit entry 4 was changed"),
        ("UPDATE audit_entries SET facts = '{}' WHERE seq = 3", "audit entry 3 was changed"),
        ("UPDATE audit_entries SET at = at + interval '1 us' WHERE seq = 3", "entry 3 was changed"),
        ("UPDATE audit_entries SET hash = sha256('') WHERE seq = 3", "audit entry 3 was changed"),
        ("DELETE FROM audit_entries WHERE seq = 1", "audit entry 1 is missing"),
        ("DELETE FROM audit_entries WHERE seq = 3", "audit entry 3 is missing"),
        ("DELETE FROM audit_entries WHERE seq = 4", "ends at entry 3, the tenant says 4"),
        ("DELETE FROM audit_entries", "ends at entry 0, the tenant says 4"),
        (REORDER, "audit entry 2 does not follow"),
        ("UPDATE audit_ends SET head = sha256('')", "audit entry 4 is not the head"),
        ("DELETE FROM audit_ends", "ends at entry 4, the tenant says 0"),
    ],
)
async def test_a_changed_trail_is_found(
    postgres_store: PostgresStore, superuser: asyncpg.Connection, tampering: str, found: str
) -> None:
    held = await hold(postgres_store)
    await note(postgres_store, held, *map(deed, range(4)))
    await superuser.execute(OFF)
    await superuser.execute("ALTER TABLE audit_entries DROP CONSTRAINT audit_entries_seq_check")
    await superuser.execute(tampering)

    with pytest.raises(ChainBroken, match=found):
        await verify_audit(postgres_store, held.tenant)

    findings = await verify_all(postgres_store)
    assert [(held.tenant, None)] == [(b.tenant, b.interview) for b in findings.broken]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET action = 'x'",
        "DELETE FROM audit_entries",
        "DELETE FROM audit_ends",
        "TRUNCATE audit_entries",
    ],
)
async def test_the_application_can_only_add(app: asyncpg.Connection, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await app.execute(statement)


async def test_instants_keep_their_microseconds(store: Store, held: Held) -> None:
    at = NOON + timedelta(microseconds=1)
    async with store.transaction(held.tenant) as tx:
        await tx.audit.add(uuid4(), at, deed(0))

    async with store.transaction(held.tenant) as tx:
        assert [at] == [entry.at for entry in await tx.audit.read()]
