"""The audit trail: grows in both stores, one order a tenant; what is tampered with is found."""

import asyncio
import json
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import asyncpg
import pytest

from interview.adapters.system import SystemIds
from interview.audit import SYSTEM, Actor, AuditEnd, AuditEntry, Deed, entry_after
from interview.errors import ChainBroken, NotFound
from interview.ids import TenantId
from interview.ports import Store
from interview.store.postgres import PostgresStore, open_store
from interview.store.postgres.audit import ADD_ENTRY
from interview.use_cases.verify import Head, verify_all, verify_audit, vouch
from tests.conftest import Database
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
    assert 4 == (await verify_audit(store, held.tenant)).seq


async def test_the_latest_are_read_first_and_those_before_them_follow(
    store: Store, held: Held, other: Held
) -> None:
    noted = await note(store, held, *map(deed, range(4)))
    await note(store, other, deed(9))

    async with store.transaction(held.tenant) as tx:
        assert noted[::-1] == await tx.audit.latest()
        assert (noted[3], noted[2]) == await tx.audit.latest(limit=2)
        assert (noted[1], noted[0]) == await tx.audit.latest(before=3)
        assert () == await tx.audit.latest(before=1)
        assert (noted[1],) == await tx.audit.latest(before=4, subject="job-1")


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

    assert 0 == (await verify_audit(store, held.tenant)).seq


async def test_many_at_once_make_one_chain(store: Store, held: Held) -> None:
    await asyncio.gather(*(note(store, held, deed(n), deed(n + 100)) for n in range(8)))

    assert 16 == (await verify_audit(store, held.tenant)).seq


REORDER = """
    UPDATE audit_entries SET seq = -seq WHERE seq IN (2, 3);
    UPDATE audit_entries SET seq = 5 + seq WHERE seq IN (-2, -3);
"""


CUT = """
    DELETE FROM audit_entries WHERE seq > 3;
    UPDATE audit_ends SET (seq, head) = (SELECT seq, hash FROM audit_entries WHERE seq = 3);
"""
FORGET = "DELETE FROM audit_entries; DELETE FROM audit_ends;"


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
        (CUT, "ends at entry 3 without the mark"),
        (FORGET, "ends at entry 0 without the mark"),
        ("UPDATE audit_ends SET mark = sha256('')", "ends at entry 4 without the mark"),
        ("UPDATE audit_ends SET mark = ''", "ends at entry 4 without the mark"),
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


async def test_the_next_change_makes_nothing_good(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    await note(postgres_store, held, *map(deed, range(4)))
    await superuser.execute(OFF)
    await superuser.execute(CUT)

    await note(postgres_store, held, deed(9))

    with pytest.raises(ChainBroken, match="ends at entry 4 without the mark"):
        await verify_audit(postgres_store, held.tenant)


async def hash_anew(
    conn: asyncpg.Connection, tenant: TenantId, entries: tuple[AuditEntry, ...]
) -> None:
    """A trail of those entries, made by one who knows how a trail is made."""
    await conn.execute("DELETE FROM audit_entries")
    end = AuditEnd()
    for each in entries:
        made = entry_after(end, tenant, each.entry_id, each.at, each.deed)
        await conn.execute(
            ADD_ENTRY,
            tenant,
            made.seq,
            made.entry_id,
            made.at,
            made.deed.actor.kind,
            made.deed.actor.id,
            made.deed.action,
            made.deed.subject,
            json.dumps(dict(made.deed.facts)),
            made.prev_hash,
            made.hash,
        )
        end = AuditEnd(made.seq, made.hash)
    await conn.execute("UPDATE audit_ends SET seq = $1, head = $2", end.seq, end.head)


@pytest.mark.parametrize("is_edited", [True, False])
async def test_a_trail_that_was_hashed_anew_after_an_edit_is_found(
    postgres_store: PostgresStore, superuser: asyncpg.Connection, is_edited: bool
) -> None:
    """Without the edit it is the same trail, and holds: so what is found is the edit."""
    held = await hold(postgres_store)
    one, two, three = await note(postgres_store, held, *map(deed, range(3)))
    await superuser.execute(OFF)
    other = replace(two, deed=Deed(ANNA, "delete_job", "job-1"))

    await hash_anew(superuser, held.tenant, (one, other if is_edited else two, three))

    if is_edited:
        with pytest.raises(ChainBroken, match="entry 3 without the mark of this installation"):
            await verify_audit(postgres_store, held.tenant)
    else:
        assert 3 == (await verify_audit(postgres_store, held.tenant)).seq


async def test_a_trail_of_before_ends_were_marked_holds_once_somebody_vouches_for_it(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    await note(postgres_store, held, *map(deed, range(3)))
    await superuser.execute("UPDATE audit_ends SET mark = ''")
    await note(postgres_store, held, deed(3))
    with pytest.raises(ChainBroken, match="entry 4 without the mark"):
        await verify_audit(postgres_store, held.tenant)

    assert 4 == await vouch(postgres_store, held.tenant, NOON, SystemIds())

    assert 5 == (await verify_audit(postgres_store, held.tenant)).seq
    async with postgres_store.transaction(held.tenant) as tx:
        (told,) = await tx.audit.read(after=4)
    assert (SYSTEM, "vouch") == (told.deed.actor, told.deed.action)


async def test_nobody_vouches_for_a_trail_that_does_not_hold(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    await note(postgres_store, held, *map(deed, range(3)))
    await superuser.execute(OFF)
    await superuser.execute("DELETE FROM audit_entries WHERE seq = 3")

    with pytest.raises(ChainBroken, match="ends at entry 2, the tenant says 3"):
        await vouch(postgres_store, held.tenant, NOON, SystemIds())


async def test_another_installation_has_another_mark(
    postgres_store: PostgresStore, database: Database
) -> None:
    held = await hold(postgres_store)

    async with open_store(database.app_url, urlsafe_b64encode(bytes(32)).decode()) as stranger:
        with pytest.raises(ChainBroken, match="entry 0 without the mark"):
            await verify_audit(stranger, held.tenant)
    assert 0 == (await verify_audit(postgres_store, held.tenant)).seq


async def test_what_was_kept_is_found_again_as_the_trail_grows(store: Store, held: Held) -> None:
    await note(store, held, deed(0), deed(1))
    kept = (await verify_all(store)).heads
    await note(store, held, deed(2))

    findings = await verify_all(store, kept)

    assert [] == findings.broken
    assert {(held.tenant, None, 2), (held.tenant, held.interview, 0)} == {
        (each.tenant, each.interview, each.seq) for each in kept
    }


@pytest.mark.parametrize("what", ["shorter", "other", "gone", "log"])
async def test_a_trail_that_is_not_the_one_that_was_kept_is_found(
    store: Store, held: Held, what: str
) -> None:
    """What no key can tell: a whole database of before, put back."""
    await note(store, held, deed(0), deed(1))
    kept = {
        "shorter": Head(held.tenant, None, 3, sha256(b"").digest()),
        "other": Head(held.tenant, None, 1, sha256(b"").digest()),
        "gone": Head(TenantId(uuid4()), None, 1, sha256(b"").digest()),
        "log": Head(held.tenant, held.interview, 4, sha256(b"").digest()),
    }[what]

    found = (await verify_all(store, [kept])).broken

    assert [(kept.tenant, kept.interview)] == [(each.tenant, each.interview) for each in found]


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
