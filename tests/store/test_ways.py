"""The ways in before a tenant is known: each leads to its tenant, and to nobody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest

from interview.accounts import ALL_SCOPES, ApiKey, CandidateSession, Invitation
from interview.errors import NotFound
from interview.ids import InterviewId, InvitationId
from interview.ports import ByInterview, ByInvitation, ByKey, BySession, Store, Way
from tests.fakes.clock import NOON
from tests.store.world import Held, digest

pytestmark = pytest.mark.store

LATER = NOON + timedelta(minutes=1)


async def test_a_way_in_leads_to_its_tenant(store: Store, held: Held, other: Held) -> None:
    link = Invitation(InvitationId(uuid4()), held.interview, digest("link"), NOON, LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.tenants.add_key(ApiKey("kid1", held.tenant, digest("x"), ALL_SCOPES, NOON))
        await tx.invitations.add(link)
        await tx.sessions.add(CandidateSession(held.interview, digest("session"), NOON, LATER))

    ways = (
        ByKey("kid1"),
        ByInvitation(link.digest),
        BySession(digest("session")),
        ByInterview(held.interview),
    )
    for way in ways:
        async with store.enter(way) as tx:
            assert held.tenant == tx.tenant
            assert held.job == (await tx.jobs.get(held.job)).job_id
            with pytest.raises(NotFound):
                await tx.jobs.get(other.job)


async def test_what_a_caller_shows_is_read_anew_every_time(store: Store, held: Held) -> None:
    """What let somebody in is known for one transaction: what ended since is over at once."""
    session = CandidateSession(held.interview, digest("session"), NOON, LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.sessions.add(session)
    async with store.enter(BySession(session.digest)) as tx:
        assert session == await tx.sessions.by_digest(session.digest)
        with pytest.raises(NotFound):
            await tx.sessions.by_digest(digest("another"))
        with pytest.raises(NotFound):
            await tx.tenants.key("another")
        await tx.sessions.end(held.interview, NOON)

    async with store.enter(BySession(session.digest)) as tx:
        assert NOON == (await tx.sessions.by_digest(session.digest)).expires_at


@pytest.mark.parametrize(
    "way",
    [
        ByKey("nobody"),
        ByInvitation(digest("nobody")),
        BySession(digest("nobody")),
        ByInterview(InterviewId(uuid4())),
    ],
)
async def test_a_way_that_leads_nowhere_is_not_found(store: Store, held: Held, way: Way) -> None:
    with pytest.raises(NotFound):
        async with store.enter(way):
            pytest.fail("somebody came in")
