"""What every store promises of times, links and sessions that are moved."""

from datetime import timedelta
from uuid import uuid4

import pytest

from interview.accounts import CandidateSession, Invitation
from interview.errors import NotFound
from interview.ids import InterviewId, InvitationId
from interview.lifecycle import State
from interview.ports import Store
from tests.fakes.clock import NOON
from tests.store.world import Held, digest

pytestmark = pytest.mark.store

LATER = NOON + timedelta(days=1)
LATEST = NOON + timedelta(days=9)


def link(held: Held, token: str, age: int = 0) -> Invitation:
    at = NOON + timedelta(seconds=age)
    return Invitation(InvitationId(uuid4()), held.interview, digest(token), at, LATER)


async def test_an_interviews_times_are_moved(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_times(held.interview, None, LATEST)
        found = await tx.interviews.get(held.interview)

    assert (None, LATEST) == (found.starts_at, found.expires_at)


@pytest.mark.parametrize(
    ("before", "ended_at"), [(State.LIVE, LATER), (State.PAUSED, LATER), (State.READY, None)]
)
async def test_cancelling_ends_what_has_begun(
    store: Store, held: Held, before: State, ended_at: object
) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_state(held.interview, before, NOON)
        await tx.interviews.set_state(held.interview, State.CANCELLED, LATER)
        found = await tx.interviews.get(held.interview)

    assert (State.CANCELLED, ended_at) == (found.state, found.ended_at)


async def test_links_are_found_in_order_and_moved_one_by_one(store: Store, held: Held) -> None:
    old, new = link(held, "old"), link(held, "new", age=1)
    async with store.transaction(held.tenant) as tx:
        await tx.invitations.add(new)
        await tx.invitations.add(old)
        assert (old, new) == await tx.invitations.of(held.interview)
        await tx.invitations.withdraw_one(old.invitation_id, NOON)
        await tx.invitations.prolong(new.invitation_id, LATEST)
        first, second = await tx.invitations.of(held.interview)
        assert second == await tx.invitations.by_digest(new.digest, lock=True)

    assert (NOON, NOON) == (first.expires_at, first.withdrawn_at)
    assert (LATEST, None) == (second.expires_at, second.withdrawn_at)


async def test_links_that_wait_are_withdrawn_together(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.invitations.add(link(held, "one"))
        await tx.invitations.withdraw(held.interview, NOON)
        [found] = await tx.invitations.of(held.interview)

    assert (NOON, NOON) == (found.expires_at, found.withdrawn_at)


async def test_open_sessions_live_longer_and_never_shorter(store: Store, held: Held) -> None:
    over = CandidateSession(held.interview, digest("over"), NOON, NOON)
    short = CandidateSession(held.interview, digest("short"), NOON, LATER)
    long = CandidateSession(held.interview, digest("long"), NOON, LATEST + timedelta(days=1))
    async with store.transaction(held.tenant) as tx:
        for session in (over, short, long):
            await tx.sessions.add(session)
        await tx.sessions.prolong(held.interview, NOON, LATEST)
        ends = [
            (await tx.sessions.by_digest(session.digest)).expires_at
            for session in (over, short, long)
        ]

    assert [NOON, LATEST, LATEST + timedelta(days=1)] == ends


async def test_what_is_another_tenants_is_not_moved(store: Store, held: Held, other: Held) -> None:
    mine = link(held, "mine")
    session = CandidateSession(held.interview, digest("session"), NOON, LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.invitations.add(mine)
        await tx.sessions.add(session)

    async with store.transaction(other.tenant) as tx:
        for foreign in (
            tx.interviews.set_times(held.interview, None, None),
            tx.interviews.set_times(InterviewId(uuid4()), None, None),
            tx.invitations.withdraw_one(mine.invitation_id, NOON),
            tx.invitations.prolong(mine.invitation_id, LATEST),
        ):
            with pytest.raises(NotFound):
                await foreign
        assert () == await tx.invitations.of(held.interview)
        await tx.sessions.prolong(held.interview, NOON, LATEST)

    async with store.transaction(held.tenant) as tx:
        assert (mine,) == await tx.invitations.of(held.interview)
        assert session == await tx.sessions.by_digest(session.digest)
