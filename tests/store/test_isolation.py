"""Tenants are apart: what is one tenant's does not exist for another, in every store."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from interview.accounts import (
    ALL_SCOPES,
    ApiKey,
    CandidateSession,
    Consent,
    Invitation,
    Job,
    KitRecord,
)
from interview.errors import Conflict, NotFound
from interview.ids import InterviewId, InvitationId, JobId, KitId, TenantId
from interview.lease import Lease
from interview.lifecycle import State
from interview.ports import RecordedSegment, Store, StoredAnswer
from tests.fakes.clock import NOON
from tests.store.world import KIT, Held, digest, interview

pytestmark = pytest.mark.store

LATER = NOON + timedelta(minutes=1)


async def test_another_tenants_things_are_not_found(store: Store, held: Held, other: Held) -> None:
    """The same calls succeed for the tenant itself (the tests above)."""
    invitation = Invitation(InvitationId(uuid4()), held.interview, digest("mine"), NOON, LATER)
    session = CandidateSession(held.interview, digest("session"), NOON, LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.tenants.add_key(ApiKey("kid", held.tenant, digest("x"), ALL_SCOPES, NOON))
        await tx.invitations.add(invitation)
        await tx.sessions.add(session)
        await tx.consents.add(Consent(held.interview, accepted=True, notice_version="1", at=NOON))
        await tx.leases.save(Lease(held.interview, 1, NOON))
        await tx.answers.put("key", StoredAnswer(digest("r"), 200, b"{}"), NOON)

    async with store.transaction(other.tenant) as tx:
        for foreign in (
            tx.tenants.key("kid"),
            tx.jobs.get(held.job),
            tx.kits.get(held.kit),
            tx.kits.publish(held.kit, NOON),
            tx.candidates.get(held.candidate),
            tx.interviews.get(held.interview),
            tx.interviews.get(held.interview, lock=True),
            tx.interviews.set_state(held.interview, State.ENDED, NOON),
            tx.interviews.start_clock(held.interview, NOON),
            tx.invitations.by_digest(invitation.digest),
            tx.sessions.by_digest(session.digest),
            tx.events.read(held.interview),
            tx.events.append(held.interview, 1, []),
            tx.turns.of(held.interview),
            tx.scorecards.of(held.interview),
            tx.keys.seal(held.interview, "label", b"clear"),
            tx.keys.open(held.interview, "label", b"sealed"),
            tx.keys.destroy_interview(held.interview, NOON),
            tx.keys.destroy_candidate(held.candidate, NOON),
        ):
            with pytest.raises(NotFound):
                await foreign
        assert await tx.consents.latest(held.interview) is None
        assert await tx.leases.of(held.interview) is None
        assert await tx.answers.get("key", digest("r"), NOON) is None
        assert () == await tx.recordings.of(held.interview)
        assert () == await tx.events.links(held.interview)
        assert [other.job] == [job.job_id for job in (await tx.jobs.page(9, None)).items]
        assert [other.interview] == [
            found.interview_id for found in (await tx.interviews.page(9, None)).items
        ]


async def hang(store: Store, held: Held, other: Held, what: str) -> None:
    """Adds, as the other tenant, something that belongs to a thing of the first."""
    async with store.transaction(other.tenant) as tx:
        match what:
            case "kit":
                await tx.kits.add(KitRecord(KitId(uuid4()), held.job, KIT, None, NOON))
            case "interview":
                mixed = replace(other, candidate=held.candidate)
                await tx.interviews.add(interview(mixed, InterviewId(uuid4())))
            case "invitation":
                await tx.invitations.add(
                    Invitation(InvitationId(uuid4()), held.interview, digest("x"), NOON, None)
                )
            case "session":
                await tx.sessions.add(CandidateSession(held.interview, digest("x"), NOON, LATER))
            case "consent":
                await tx.consents.add(Consent(held.interview, True, "1", NOON))
            case "lease":
                await tx.leases.save(Lease(held.interview, 1, NOON))
            case _:
                part = RecordedSegment(held.interview, "p", 0, 1, 0, 1, "aa", "key")
                await tx.recordings.add(part)


@pytest.mark.parametrize(
    "what", ["kit", "interview", "invitation", "session", "consent", "lease", "part"]
)
async def test_nothing_is_hung_on_another_tenants_things(
    store: Store, held: Held, other: Held, what: str
) -> None:
    with pytest.raises(NotFound):
        await hang(store, held, other, what)


async def test_an_interview_of_another_tenant_cannot_be_added(
    store: Store, held: Held, other: Held
) -> None:
    with pytest.raises(NotFound):
        async with store.transaction(other.tenant) as tx:
            await tx.interviews.add(interview(held, InterviewId(uuid4())))


async def test_a_name_is_no_ones_twice(store: Store, held: Held, other: Held) -> None:
    """Rooms are named after interviews: two tenants never share one."""
    with pytest.raises(Conflict):
        async with store.transaction(other.tenant) as tx:
            await tx.interviews.add(interview(other, held.interview))


async def test_a_tenant_that_does_not_exist_holds_nothing(store: Store, held: Held) -> None:
    async with store.transaction(TenantId(uuid4())) as tx:
        assert () == (await tx.jobs.page(9, None)).items
        with pytest.raises(NotFound):
            await tx.interviews.get(held.interview)
    with pytest.raises(NotFound):
        async with store.transaction(TenantId(uuid4())) as tx:
            await tx.jobs.add(Job(JobId(uuid4()), "Nobody's", NOON))
