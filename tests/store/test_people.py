"""Members, their links and sessions, keys and attempts to sign in, in every store."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from interview.accounts import ALL_SCOPES, ApiKey, CandidateSession, Member, Role, Scope
from interview.errors import Conflict, Invalid, NotFound, SetupLinkInvalid, TooManyAttempts
from interview.ids import MemberId, SessionId, TenantId
from interview.people import Account, MemberSession, SetupLink
from interview.ports import ByEmail, ByMemberSession, BySetupLink, Store, Way
from interview.slowdown import FORGOTTEN_AFTER, Counted
from tests.fakes.clock import NOON
from tests.store.world import Held, digest

pytestmark = pytest.mark.store

LATER = NOON + timedelta(minutes=1)
MUCH_LATER = NOON + timedelta(days=1)


def member(email: str, role: Role = Role.RECRUITER, age: int = 0) -> Member:
    return Member(MemberId(uuid4()), email, role, NOON + timedelta(seconds=age))


async def added(store: Store, tenant: TenantId, *members: Member) -> None:
    async with store.transaction(tenant) as tx:
        for each in members:
            await tx.tenants.add_member(each)


def session(of: Member, text: str, until: datetime = MUCH_LATER) -> MemberSession:
    name = SessionId(uuid4())
    return MemberSession(name, of.member_id, digest(text), "password", NOON, until, NOON)


def key(tenant: TenantId, kid: str, *scopes: Scope, of: Member | None = None) -> ApiKey:
    made = ApiKey(kid, tenant, digest(kid), frozenset(scopes) or ALL_SCOPES, NOON, name="ATS")
    return replace(made, member=of.member_id if of else None)


async def test_a_member_is_found_by_the_address_whatever_its_case(
    store: Store, held: Held, other: Held
) -> None:
    ada = member("Ada@Example.com")
    await added(store, held.tenant, ada)

    async with store.transaction(held.tenant) as tx:
        assert Account(ada, None) == await tx.members.by_email("aDA@example.COM")
        assert ada == await tx.members.get(ada.member_id)
    async with store.transaction(other.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.members.by_email(ada.email)
        with pytest.raises(NotFound):
            await tx.members.get(ada.member_id)
        for change in (
            tx.members.set_role(ada.member_id, Role.OWNER),
            tx.members.set_password(ada.member_id, "x"),
            tx.members.set_on_call(ada.member_id, on_call=True),
            tx.members.remove(ada.member_id, LATER),
        ):
            with pytest.raises(NotFound):
                await change


async def test_who_is_on_call_is_found_until_they_are_removed(
    store: Store, held: Held, other: Held
) -> None:
    ada, bob = member("ada@example.com"), member("bob@example.com")
    await added(store, held.tenant, ada, bob)

    async with store.transaction(held.tenant) as tx:
        assert () == await tx.members.on_call()
        await tx.members.set_on_call(bob.member_id, on_call=True)
        assert (replace(bob, on_call=True),) == await tx.members.on_call()
        assert replace(bob, on_call=True) == await tx.members.get(bob.member_id)
    async with store.transaction(other.tenant) as tx:
        assert () == await tx.members.on_call()
    async with store.transaction(held.tenant) as tx:
        await tx.members.remove(bob.member_id, LATER)
        assert () == await tx.members.on_call()


async def test_one_address_is_one_member_until_it_is_removed(store: Store, held: Held) -> None:
    ada, again = member("ada@example.com"), member("ADA@example.com")
    await added(store, held.tenant, ada)
    with pytest.raises(Conflict):
        await added(store, held.tenant, again)

    async with store.transaction(held.tenant) as tx:
        await tx.members.set_password(ada.member_id, "hash")
        await tx.members.remove(ada.member_id, LATER)
    await added(store, held.tenant, again)

    async with store.transaction(held.tenant) as tx:
        gone = Account(replace(ada, removed_at=LATER), None)
        assert gone == await tx.members.account(ada.member_id)
        assert again == (await tx.members.by_email("ada@example.com")).member
        assert (again,) == (await tx.members.page(9, None)).items
        with pytest.raises(NotFound):
            await tx.members.remove(ada.member_id, LATER)
        with pytest.raises(NotFound):
            await tx.members.set_role(ada.member_id, Role.OWNER)


async def test_owners_are_those_who_are_still_there(store: Store, held: Held, other: Held) -> None:
    one, two, three = (member(f"{name}@example.com", Role.OWNER) for name in "abc")
    await added(store, held.tenant, one, two, three)
    await added(store, other.tenant, member("d@example.com", Role.OWNER))

    async with store.transaction(held.tenant) as tx:
        await tx.members.set_role(one.member_id, Role.ADMIN)
        await tx.members.remove(two.member_id, LATER)
        assert (three.member_id,) == await tx.members.owners()


async def test_members_are_listed_in_pages(store: Store, held: Held, other: Held) -> None:
    members = [member(f"{n}@example.com", age=n) for n in range(3)]
    await added(store, held.tenant, *members)
    await added(store, other.tenant, member("x@example.com"))

    async with store.transaction(held.tenant) as tx:
        first = await tx.members.page(2, None)
        second = await tx.members.page(2, first.next)

    assert members == [*first.items, *second.items]
    assert second.next is None


async def led_to(store: Store, way: Way) -> TenantId | None:
    try:
        async with store.enter(way) as tx:
            return tx.tenant
    except NotFound:
        return None


async def test_an_address_leads_to_the_one_tenant_where_it_has_a_password(
    store: Store, held: Held, other: Held
) -> None:
    here, there = member("ada@example.com"), member("ada@example.com")
    await added(store, held.tenant, here)
    await added(store, other.tenant, there)
    assert await led_to(store, ByEmail("ada@example.com")) is None

    async with store.transaction(held.tenant) as tx:
        await tx.members.set_password(here.member_id, "hash")
    assert held.tenant == await led_to(store, ByEmail("Ada@example.com"))
    assert await led_to(store, ByEmail("ada@example.com", other.tenant)) is None

    async with store.transaction(other.tenant) as tx:
        await tx.members.set_password(there.member_id, "hash")
    assert await led_to(store, ByEmail("ada@example.com")) is None
    assert other.tenant == await led_to(store, ByEmail("ada@example.com", other.tenant))

    async with store.transaction(other.tenant) as tx:
        await tx.members.remove(there.member_id, LATER)
    assert held.tenant == await led_to(store, ByEmail("ada@example.com"))


async def test_a_setup_link_is_used_once_or_withdrawn(
    store: Store, held: Held, other: Held
) -> None:
    ada = member("ada@example.com")
    await added(store, held.tenant, ada)
    used, unused = (
        SetupLink(digest(name), ada.member_id, NOON, MUCH_LATER) for name in ("used", "unused")
    )
    async with store.transaction(held.tenant) as tx:
        await tx.setup_links.add(used)
        await tx.setup_links.add(unused)
        await tx.setup_links.mark_used(used.digest, LATER)
        await tx.setup_links.withdraw(ada.member_id, LATER)
        assert replace(used, used_at=LATER) == await tx.setup_links.by_digest(used.digest)
        assert replace(unused, expires_at=LATER) == await tx.setup_links.by_digest(unused.digest)
        with pytest.raises(SetupLinkInvalid):
            await tx.setup_links.mark_used(used.digest, LATER)

    assert held.tenant == await led_to(store, BySetupLink(used.digest))
    assert await led_to(store, BySetupLink(digest("nobody"))) is None
    async with store.transaction(other.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.setup_links.by_digest(unused.digest)
        with pytest.raises(SetupLinkInvalid):
            await tx.setup_links.mark_used(unused.digest, LATER)


async def test_a_session_is_found_used_and_ended(store: Store, held: Held, other: Held) -> None:
    ada, bob = member("ada@example.com"), member("bob@example.com")
    await added(store, held.tenant, ada, bob)
    one, two, over = session(ada, "one"), session(ada, "two"), session(ada, "over", NOON)
    bobs = session(bob, "bob")
    async with store.transaction(held.tenant) as tx:
        for each in (one, two, over, bobs):
            await tx.member_sessions.add(each)
        await tx.member_sessions.touch(one.session_id, LATER)
        one = replace(one, last_used_at=LATER)
        assert {one, two} == set(await tx.member_sessions.of(ada.member_id, LATER))
        await tx.member_sessions.end(ada.member_id, two.session_id, LATER)
        assert replace(two, expires_at=LATER) == await tx.member_sessions.by_digest(two.digest)
        with pytest.raises(NotFound):
            await tx.member_sessions.end(bob.member_id, one.session_id, LATER)
        await tx.member_sessions.end_all(ada.member_id, LATER)
        assert () == await tx.member_sessions.of(ada.member_id, LATER)
        assert over == await tx.member_sessions.by_digest(over.digest)
        assert over == await tx.member_sessions.get(over.session_id)
        assert (bobs,) == await tx.member_sessions.of(bob.member_id, LATER)

    assert held.tenant == await led_to(store, ByMemberSession(bobs.digest))
    assert await led_to(store, ByMemberSession(digest("nobody"))) is None
    async with store.transaction(other.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.member_sessions.by_digest(bobs.digest)
        with pytest.raises(NotFound):
            await tx.member_sessions.get(bobs.session_id)
        with pytest.raises(NotFound):
            await tx.member_sessions.end(bob.member_id, bobs.session_id, LATER)
        await tx.member_sessions.touch(bobs.session_id, LATER)
        await tx.member_sessions.end_all(bob.member_id, LATER)
        assert () == await tx.member_sessions.of(bob.member_id, NOON)
    async with store.transaction(held.tenant) as tx:
        assert bobs == await tx.member_sessions.by_digest(bobs.digest)


async def test_nothing_is_hung_on_another_tenants_member(
    store: Store, held: Held, other: Held
) -> None:
    ada = member("ada@example.com")
    await added(store, held.tenant, ada)

    with pytest.raises(NotFound):
        async with store.transaction(other.tenant) as tx:
            await tx.member_sessions.add(session(ada, "x"))
    with pytest.raises(NotFound):
        async with store.transaction(other.tenant) as tx:
            await tx.setup_links.add(SetupLink(digest("x"), ada.member_id, NOON, LATER))
    with pytest.raises(NotFound):
        async with store.transaction(other.tenant) as tx:
            await tx.tenants.add_key(key(other.tenant, "kid", of=ada))


async def test_keys_are_listed_used_and_revoked(store: Store, held: Held, other: Held) -> None:
    keys = [key(held.tenant, f"kid{n}") for n in range(3)]
    async with store.transaction(other.tenant) as tx:
        await tx.tenants.add_key(key(other.tenant, "theirs"))
    async with store.transaction(held.tenant) as tx:
        for each in keys:
            await tx.tenants.add_key(each)
        first = await tx.api_keys.page(2, None)
        second = await tx.api_keys.page(2, first.next)
        assert keys == [*first.items, *second.items]
        assert second.next is None
        await tx.api_keys.touch("kid0", LATER)
        await tx.api_keys.revoke("kid0", LATER)
        await tx.api_keys.revoke("kid0", MUCH_LATER)
        seen = replace(keys[0], last_used_at=LATER, revoked_at=LATER)
        assert seen == await tx.tenants.key("kid0")
        with pytest.raises(NotFound):
            await tx.api_keys.revoke("theirs", LATER)
        jobs = await tx.jobs.page(1, None)
        assert jobs.next is None


async def test_a_cursor_of_another_list_is_refused(store: Store, held: Held) -> None:
    one, two = (member(f"{n}@example.com", age=n) for n in range(2))
    await added(store, held.tenant, replace(one, member_id=MemberId(UUID(int=2**128 - 1))), two)

    async with store.transaction(held.tenant) as tx:
        cursor = (await tx.members.page(1, None)).next
        with pytest.raises(Invalid):
            await tx.api_keys.page(2, cursor)


async def test_keys_beyond_what_a_member_may_do_end(store: Store, held: Held) -> None:
    ada, bob = member("ada@example.com"), member("bob@example.com")
    await added(store, held.tenant, ada, bob)
    read, write = Scope.INTERVIEWS_READ, Scope.JOBS_WRITE
    async with store.transaction(held.tenant) as tx:
        await tx.tenants.add_key(key(held.tenant, "read", read, of=ada))
        await tx.tenants.add_key(key(held.tenant, "both", read, write, of=ada))
        await tx.tenants.add_key(key(held.tenant, "bobs", read, write, of=bob))
        await tx.tenants.add_key(key(held.tenant, "none", read, write))
        assert ("both",) == await tx.api_keys.revoke_beyond(ada.member_id, {read}, LATER)
        assert () == await tx.api_keys.revoke_beyond(ada.member_id, {read}, LATER)
        assert ("read",) == await tx.api_keys.revoke_beyond(ada.member_id, (), LATER)
        ends = {k.kid: k.revoked_at for k in (await tx.api_keys.page(9, None)).items}

    assert {"read": LATER, "both": LATER, "bobs": None, "none": None} == ends


async def test_attempts_are_counted_until_they_have_to_wait(store: Store) -> None:
    one, two = Counted(digest("one"), 2), Counted(digest("two"), 9)

    for _ in range(2):
        await store.count_attempts((one, two), NOON)
    await store.count_attempts((one,), NOON + timedelta(seconds=1))
    with pytest.raises(TooManyAttempts) as refused:
        await store.count_attempts((two, one), NOON + timedelta(seconds=1))

    assert 2 == refused.value.retry_after_s
    await store.count_attempts((two,), NOON)
    await store.forget_attempts(one.mark)
    await store.count_attempts((one,), NOON + timedelta(seconds=1))
    await store.count_attempts((one,), NOON + FORGOTTEN_AFTER * 3)


async def test_the_sessions_that_open_an_interview_are_those_that_have_not_ended(
    store: Store, held: Held, other: Held
) -> None:
    names = ("ended", "expired", "open", "new")
    ended, expired, opens, new = [
        CandidateSession(
            held.interview, digest(name), NOON, LATER if name == "expired" else MUCH_LATER
        )
        for name in names
    ]
    theirs = CandidateSession(other.interview, digest("theirs"), NOON, MUCH_LATER)
    async with store.transaction(other.tenant) as tx:
        await tx.sessions.add(theirs)
    async with store.transaction(held.tenant) as tx:
        await tx.sessions.add(ended)
        await tx.sessions.end(held.interview, NOON)
        for session in (expired, opens, new):
            await tx.sessions.add(session)

        assert {opens, new} == set(await tx.sessions.open_at(held.interview, LATER))
        assert () == await tx.sessions.open_at(held.interview, MUCH_LATER)
        assert () == await tx.sessions.open_at(other.interview, NOON)


async def test_who_was_withdrawn_is_barred_until_there_is_a_new_session(
    store: Store, held: Held, other: Held
) -> None:
    old = CandidateSession(held.interview, digest("old"), NOON, NOON)
    one = CandidateSession(held.interview, digest("one"), NOON, MUCH_LATER)
    new = CandidateSession(held.interview, digest("new"), LATER, MUCH_LATER)
    async with store.transaction(other.tenant) as tx:
        await tx.sessions.withdraw(held.interview, LATER)
    async with store.transaction(held.tenant) as tx:
        assert not await tx.sessions.is_barred(held.interview)
        await tx.sessions.add(old)
        await tx.sessions.add(one)
        await tx.sessions.end(held.interview, LATER)
        assert not await tx.sessions.is_barred(held.interview)
        await tx.sessions.withdraw(held.interview, LATER)
        assert await tx.sessions.is_barred(held.interview)
        ends = [(await tx.sessions.by_digest(s.digest)).expires_at for s in (old, one)]
        await tx.sessions.add(new)
        assert not await tx.sessions.is_barred(held.interview)

    assert [NOON, LATER] == ends
