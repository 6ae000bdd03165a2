"""A candidate's links and sessions in every store: used once, and ended by what comes after."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from interview.accounts import CandidateSession, Invitation
from interview.errors import InvitationUsed
from interview.ids import InvitationId
from interview.ports import Store
from tests.fakes.clock import NOON
from tests.store.world import Held, digest

pytestmark = pytest.mark.store

LATER = NOON + timedelta(minutes=1)


async def test_an_invitation_is_redeemed_once(store: Store, held: Held) -> None:
    one = Invitation(InvitationId(uuid4()), held.interview, digest("one"), NOON, LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.invitations.add(one)
        assert one == await tx.invitations.by_digest(one.digest, lock=True)
        await tx.invitations.mark_redeemed(one.invitation_id, LATER)
        assert LATER == (await tx.invitations.by_digest(one.digest)).redeemed_at

    assert held.tenant == await store.tenant_of_invitation(one.digest)
    assert await store.tenant_of_invitation(digest("two")) is None
    with pytest.raises(InvitationUsed):
        async with store.transaction(held.tenant) as tx:
            await tx.invitations.mark_redeemed(one.invitation_id, LATER)


async def test_a_session_is_found_by_its_digest(store: Store, held: Held) -> None:
    session = CandidateSession(held.interview, digest("session"), NOON, LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.sessions.add(session)
        assert session == await tx.sessions.by_digest(session.digest)

    assert held.tenant == await store.tenant_of_session(session.digest)
    assert await store.tenant_of_session(digest("other")) is None


async def test_invitations_that_nobody_redeemed_are_withdrawn(
    store: Store, held: Held, other: Held
) -> None:
    def made(text: str, whose: Held, until: datetime | None) -> Invitation:
        name = InvitationId(uuid4())
        return Invitation(name, whose.interview, digest(text), NOON, until)

    endless, late, over = (
        made("endless", held, None),
        made("late", held, LATER + timedelta(days=1)),
        made("over", held, NOON),
    )
    used, theirs = made("used", held, None), made("theirs", other, None)
    async with store.transaction(other.tenant) as tx:
        await tx.invitations.add(theirs)
    async with store.transaction(held.tenant) as tx:
        for one in (endless, late, over, used):
            await tx.invitations.add(one)
        await tx.invitations.mark_redeemed(used.invitation_id, NOON)
        await tx.invitations.withdraw(held.interview, LATER)
        await tx.invitations.withdraw(other.interview, LATER)
        found = [await tx.invitations.by_digest(i.digest) for i in (endless, late, over, used)]
    async with store.transaction(other.tenant) as tx:
        found.append(await tx.invitations.by_digest(theirs.digest))

    assert [LATER, LATER, NOON, None, None] == [one.expires_at for one in found]


async def test_the_sessions_of_an_interview_end_together(
    store: Store, held: Held, other: Held
) -> None:
    ends = LATER + timedelta(days=1)
    async with store.transaction(other.tenant) as tx:
        await tx.sessions.add(CandidateSession(other.interview, digest("theirs"), NOON, ends))
    async with store.transaction(held.tenant) as tx:
        await tx.sessions.add(CandidateSession(held.interview, digest("open"), NOON, ends))
        await tx.sessions.add(CandidateSession(held.interview, digest("over"), NOON, NOON))
        await tx.sessions.end(held.interview, LATER)
        await tx.sessions.end(other.interview, LATER)
        found = [await tx.sessions.by_digest(digest(name)) for name in ("open", "over")]
    async with store.transaction(other.tenant) as tx:
        found.append(await tx.sessions.by_digest(digest("theirs")))

    assert [LATER, NOON, ends] == [session.expires_at for session in found]
