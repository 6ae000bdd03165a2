"""What every store promises: the same suite for memory and PostgreSQL."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from interview.accounts import (
    ALL_SCOPES,
    ApiKey,
    Consent,
    Job,
    KitRecord,
    Member,
    Role,
    Tenant,
)
from interview.errors import (
    Conflict,
    Invalid,
    KitFrozen,
    LeaseLost,
    NotFound,
)
from interview.ids import (
    CandidateId,
    InterviewId,
    JobId,
    KitId,
    MemberId,
)
from interview.lease import Lease
from interview.lifecycle import State
from interview.ports import InterviewsWanted, RecordedSegment, Store
from tests.fakes.clock import NOON
from tests.store.world import KIT, Held, candidate, digest, hold, interview

pytestmark = pytest.mark.store

LATER = NOON + timedelta(minutes=1)


async def test_a_tenant_is_made_once(store: Store, held: Held) -> None:
    assert (held.tenant,) == await store.tenants()
    with pytest.raises(Conflict):
        await store.create_tenant(Tenant(held.tenant, "Again", NOON))


async def test_a_key_is_found_by_its_kid(store: Store, held: Held) -> None:
    key = ApiKey("kid000000001", held.tenant, digest("x"), ALL_SCOPES, NOON, expires_at=LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.tenants.add_member(Member(MemberId(uuid4()), "eve@example.com", Role.OWNER, NOON))
        await tx.tenants.add_key(key)

    assert held.tenant == await store.tenant_of_key(key.kid)
    assert await store.tenant_of_key("kid000000002") is None
    async with store.transaction(held.tenant) as tx:
        assert key == await tx.tenants.key(key.kid)


async def test_a_key_of_another_tenant_cannot_be_added(
    store: Store, held: Held, other: Held
) -> None:
    with pytest.raises(NotFound):
        async with store.transaction(held.tenant) as tx:
            await tx.tenants.add_key(ApiKey("kid", other.tenant, digest("x"), ALL_SCOPES, NOON))


async def test_what_was_added_is_what_is_found(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        assert Job(held.job, "Engineer", NOON) == await tx.jobs.get(held.job)
        assert KitRecord(held.kit, held.job, KIT, 1, NOON, NOON, 2) == await tx.kits.get(held.kit)
        assert candidate(held.candidate) == await tx.candidates.get(held.candidate)
        assert interview(held, held.interview) == await tx.interviews.get(held.interview)


async def test_what_is_not_there_is_not_found(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        for absent in (
            tx.tenants.key("kid"),
            tx.jobs.get(JobId(uuid4())),
            tx.kits.get(KitId(uuid4())),
            tx.kits.publish(KitId(uuid4()), NOON),
            tx.candidates.get(CandidateId(uuid4())),
            tx.interviews.get(InterviewId(uuid4())),
            tx.interviews.set_state(InterviewId(uuid4()), State.ENDED, NOON),
            tx.interviews.start_clock(InterviewId(uuid4()), NOON),
            tx.invitations.by_digest(digest("nobody's")),
            tx.sessions.by_digest(digest("nobody's")),
            tx.events.read(InterviewId(uuid4())),
            tx.events.append(InterviewId(uuid4()), 1, []),
            tx.turns.of(InterviewId(uuid4())),
            tx.turns.told(InterviewId(uuid4())),
            tx.scorecards.of(InterviewId(uuid4())),
            tx.keys.seal(InterviewId(uuid4()), "label", b"clear"),
            tx.keys.destroy_candidate(CandidateId(uuid4()), NOON),
            tx.keys.destroy_interview(InterviewId(uuid4()), NOON),
        ):
            with pytest.raises(NotFound):
                await absent
        assert await tx.consents.latest(held.interview) is None
        assert await tx.leases.of(held.interview) is None
        assert await tx.answers.get("key", digest("r"), NOON) is None
        assert () == await tx.recordings.of(held.interview)
        assert () == await tx.scorecards.of(held.interview)
        assert () == await tx.turns.of(held.interview)
        assert [] == await tx.turns.told(held.interview)
        assert () == await tx.events.read(held.interview)
        assert () == await tx.events.links(held.interview)


async def test_nothing_stays_of_a_block_that_fails(store: Store, held: Held) -> None:
    job = Job(JobId(uuid4()), "Never", NOON)

    async def fail() -> None:
        async with store.transaction(held.tenant) as tx:
            await tx.jobs.add(job)
            await tx.candidates.add(candidate(CandidateId(uuid4())))
            await tx.interviews.set_state(held.interview, State.ENDED, NOON)
            await tx.outbox.put("score_interview", held.interview)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    async with store.transaction(held.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.jobs.get(job.job_id)
        assert State.LIVE is (await tx.interviews.get(held.interview)).state
        assert 1 == len((await tx.candidates.page(10, None)).items)


async def test_what_exists_is_not_added_twice(store: Store, held: Held) -> None:
    async def add_again(what: str) -> None:
        async with store.transaction(held.tenant) as tx:
            match what:
                case "job":
                    await tx.jobs.add(Job(held.job, "Again", NOON))
                case "kit":
                    await tx.kits.add(KitRecord(held.kit, held.job, KIT, None, NOON))
                case "candidate":
                    await tx.candidates.add(candidate(held.candidate))
                case _:
                    await tx.interviews.add(interview(held, held.interview))

    for what in ("job", "kit", "candidate", "interview"):
        with pytest.raises(Conflict):
            await add_again(what)


async def test_a_kit_of_no_job_is_refused(store: Store, held: Held) -> None:
    with pytest.raises(NotFound):
        async with store.transaction(held.tenant) as tx:
            await tx.kits.add(KitRecord(KitId(uuid4()), JobId(uuid4()), KIT, None, NOON))


async def test_versions_of_a_job_count_from_one_and_are_frozen(store: Store, held: Held) -> None:
    second = KitId(uuid4())
    async with store.transaction(held.tenant) as tx:
        await tx.kits.add(KitRecord(second, held.job, KIT, None, NOON))
        published = await tx.kits.publish(second, LATER)

    assert (2, LATER) == (published.version, published.published_at)
    with pytest.raises(KitFrozen):
        async with store.transaction(held.tenant) as tx:
            await tx.kits.publish(second, LATER)


async def test_two_kits_published_at_once_get_two_versions(store: Store, held: Held) -> None:
    drafts = [KitId(uuid4()) for _ in range(4)]
    async with store.transaction(held.tenant) as tx:
        for draft in drafts:
            await tx.kits.add(KitRecord(draft, held.job, KIT, None, NOON))

    async def publish(kit: KitId) -> int | None:
        async with store.transaction(held.tenant) as tx:
            return (await tx.kits.publish(kit, NOON)).version

    assert {2, 3, 4, 5} == set(await asyncio.gather(*map(publish, drafts)))


async def test_an_interview_needs_a_published_kit(store: Store, held: Held) -> None:
    draft = KitId(uuid4())
    async with store.transaction(held.tenant) as tx:
        await tx.kits.add(KitRecord(draft, held.job, KIT, None, NOON))
    wanted = replace(interview(held, InterviewId(uuid4())), kit_id=draft)

    with pytest.raises(NotFound):
        async with store.transaction(held.tenant) as tx:
            await tx.interviews.add(wanted)


async def test_pages_hold_everything_once_in_order_of_age(store: Store, held: Held) -> None:
    names = [CandidateId(uuid4()) for _ in range(4)]
    async with store.transaction(held.tenant) as tx:
        for age, name in enumerate(names):
            await tx.candidates.add(candidate(name, age=age // 2))

    found, after = [], None
    async with store.transaction(held.tenant) as tx:
        while True:
            page = await tx.candidates.page(2, after)
            assert len(page.items) <= 2
            found += [c.candidate_id for c in page.items]
            if (after := page.next) is None:
                break

    assert {held.candidate, *names} == set(found)
    assert len(found) == len(set(found))
    assert set(names[2:]) == set(found[3:])


async def test_a_cursor_keeps_its_place_when_the_list_grows(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.jobs.add(Job(JobId(uuid4()), "Second", NOON + timedelta(seconds=2)))
        first = await tx.jobs.page(1, None)
    async with store.transaction(held.tenant) as tx:
        await tx.jobs.add(Job(JobId(uuid4()), "Older", NOON - timedelta(seconds=2)))
        second = await tx.jobs.page(5, first.next)

    assert (["Engineer"], ["Second"]) == (
        [job.title for job in first.items],
        [job.title for job in second.items],
    )
    assert second.next is None


@pytest.mark.parametrize("after", ["", "AAAA", "not a cursor", "ä", "A" * 32 + "B"])
async def test_a_cursor_that_nobody_gave_is_refused(store: Store, held: Held, after: str) -> None:
    async with store.transaction(held.tenant) as tx:
        for page in (
            tx.jobs.page(2, after),
            tx.kits.page(2, after),
            tx.candidates.page(2, after),
            tx.interviews.page(2, after),
        ):
            with pytest.raises(Invalid):
                await page


async def test_interviews_are_listed_by_state(store: Store, held: Held) -> None:
    ready = InterviewId(uuid4())
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.add(interview(held, ready, age=1, state=State.READY))
        both = await tx.interviews.page(5, None)
        one = await tx.interviews.page(5, None, InterviewsWanted(states=(State.READY,)))
        kits = await tx.kits.page(5, None)

    assert [held.interview, ready] == [i.interview_id for i in both.items]
    assert [ready] == [i.interview_id for i in one.items]
    assert [held.kit] == [k.kit_id for k in kits.items]


async def test_the_end_is_kept_when_the_state_goes_on(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.interviews.set_state(held.interview, State.PAUSED, NOON)
        assert (await tx.interviews.get(held.interview)).ended_at is None
        await tx.interviews.set_state(held.interview, State.ENDED, NOON)
        await tx.interviews.set_state(held.interview, State.SCORED, LATER)
        found = await tx.interviews.get(held.interview)

    assert (State.SCORED, NOON) == (found.state, found.ended_at)


async def test_the_recordings_zero_is_set_once(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        assert NOON == await tx.interviews.start_clock(held.interview, NOON)
        assert NOON == await tx.interviews.start_clock(held.interview, LATER)
        assert NOON == (await tx.interviews.get(held.interview)).clock_zero


async def test_running_interviews_of_every_tenant_are_listed(
    store: Store, held: Held, other: Held
) -> None:
    ended = await hold(store, "Third", state=State.ENDED)
    async with store.transaction(other.tenant) as tx:
        await tx.interviews.set_state(other.interview, State.PAUSED, NOON)

    running = {(held.tenant, held.interview), (other.tenant, other.interview)}
    assert running == set(await store.running(NOON))
    assert ended.tenant == await store.tenant_of_interview(ended.interview)
    assert await store.tenant_of_interview(InterviewId(uuid4())) is None


async def test_the_latest_consent_counts(store: Store, held: Held) -> None:
    refused = Consent(held.interview, accepted=False, notice_version="2", at=NOON)
    async with store.transaction(held.tenant) as tx:
        await tx.consents.add(Consent(held.interview, accepted=True, notice_version="1", at=NOON))
        await tx.consents.add(refused)
        assert refused == await tx.consents.latest(held.interview)


async def test_a_lease_is_kept_and_never_goes_back(store: Store, held: Held) -> None:
    first = Lease(held.interview, 1, NOON)
    claimed = first.claim(1, "agent-a", digest("token"), NOON).beat(1, LATER)
    async with store.transaction(held.tenant) as tx:
        await tx.leases.save(first)
        await tx.leases.save(claimed)
        assert claimed == await tx.leases.of(held.interview, lock=True)
        await tx.leases.save(claimed.succeed(LATER))
        assert claimed.succeed(LATER) == await tx.leases.of(held.interview)

    with pytest.raises(LeaseLost):
        async with store.transaction(held.tenant) as tx:
            await tx.leases.save(claimed)


async def test_one_at_a_time_holds_a_locked_interview(store: Store, held: Held) -> None:
    """Each reads, lets the others run, and writes: without the lock counts would be lost."""

    async def count() -> None:
        async with store.transaction(held.tenant) as tx:
            await tx.interviews.get(held.interview, lock=True)
            lease = await tx.leases.of(held.interview)
            await asyncio.sleep(0)
            await tx.leases.save(lease.succeed(NOON) if lease else Lease(held.interview, 1, NOON))

    await asyncio.gather(*(count() for _ in range(8)))

    async with store.transaction(held.tenant) as tx:
        lease = await tx.leases.of(held.interview)
    assert lease is not None
    assert 8 == lease.epoch


async def test_a_recorded_part_is_stored_once(store: Store, held: Held) -> None:
    part = RecordedSegment(held.interview, "cand-1", 0, 1, 0, 9_600, "aa", "rec/0")
    async with store.transaction(held.tenant) as tx:
        assert await tx.recordings.add(part)
        assert await tx.recordings.add(replace(part, epoch=2))
        assert not await tx.recordings.add(part)
        assert (part, replace(part, epoch=2)) == await tx.recordings.of(held.interview)

    with pytest.raises(Conflict):
        async with store.transaction(held.tenant) as tx:
            await tx.recordings.add(replace(part, sha256="bb"))


async def test_a_store_that_answers_is_ready(store: Store) -> None:
    assert await store.is_ready()
