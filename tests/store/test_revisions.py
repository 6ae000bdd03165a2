"""What changes has a revision, and what may change is changed as a whole, in every store."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from interview.accounts import Candidate, Interview, Job, KitRecord
from interview.errors import KitFrozen, NotFound, Sealed
from interview.ids import JobId, KitId, TurnId
from interview.lifecycle import State
from interview.ports import Store
from interview.store.postgres import PostgresStore
from tests.fakes.clock import NOON
from tests.store.world import KIT, Held, candidate, hold, line

pytestmark = pytest.mark.store

LATER = NOON + timedelta(minutes=1)
OTHER_KIT = KIT.model_copy(update={"name": "Other"})


async def draft(store: Store, held: Held) -> KitRecord:
    record = KitRecord(KitId(uuid4()), held.job, KIT, None, NOON)
    async with store.transaction(held.tenant) as tx:
        await tx.kits.add(record)
    return record


async def test_a_change_is_what_is_found_from_then_on(store: Store, held: Held) -> None:
    made, other = await draft(store, held), JobId(uuid4())
    async with store.transaction(held.tenant) as tx:
        await tx.jobs.add(Job(other, "Other", NOON))
        job = await tx.jobs.change(Job(held.job, "Senior", LATER))
        kit = await tx.kits.change(replace(made, job_id=other, kit=OTHER_KIT, created_at=LATER))
        person = await tx.candidates.change(Candidate(held.candidate, "Eve", "e@x", "en", LATER))

    assert (Job(held.job, "Senior", NOON, 2)) == job
    assert (replace(made, job_id=other, kit=OTHER_KIT, revision=2)) == kit
    assert (Candidate(held.candidate, "Eve", "e@x", "en", NOON, 2)) == person
    async with store.transaction(held.tenant) as tx:
        assert job == await tx.jobs.get(held.job)
        assert kit == await tx.kits.get(made.kit_id)
        assert person == await tx.candidates.get(held.candidate)
        assert person in (await tx.candidates.page(9, None)).items


async def test_every_change_counts_whoever_makes_it(store: Store, held: Held) -> None:
    made = await draft(store, held)
    async with store.transaction(held.tenant) as tx:
        kinds = (tx.jobs, tx.kits, tx.candidates, tx.interviews)
        things = (held.job, made.kit_id, held.candidate, held.interview)
        before = [await of.revision(thing) for of, thing in zip(kinds, things, strict=True)]
        await tx.jobs.change(Job(held.job, "Senior", NOON))
        await tx.kits.publish(made.kit_id, NOON)
        await tx.candidates.change(candidate(held.candidate))
        await tx.interviews.set_state(held.interview, State.PAUSED, NOON)
        after = [
            await of.revision(thing, lock=True) for of, thing in zip(kinds, things, strict=True)
        ]

    assert [1, 1, 1, 1] == before
    assert [2, 2, 2, 2] == after


async def test_an_interview_counts_whatever_is_told_of_it(store: Store, held: Held) -> None:
    async with store.transaction(held.tenant) as tx:
        found = [await tx.interviews.get(held.interview)]
        await tx.interviews.set_times(held.interview, LATER, found[0].expires_at)
        found.append(await tx.interviews.get(held.interview))
        await tx.interviews.set_times(held.interview, LATER, None)
        found.append(await tx.interviews.get(held.interview))
        await tx.interviews.start_clock(held.interview, NOON)
        found.append(await tx.interviews.get(held.interview))
        await tx.interviews.set_state(held.interview, State.PAUSED, NOON)
        found.append(await tx.interviews.get(held.interview))
        await tx.interviews.set_state(held.interview, State.ENDED, LATER)
        found.append(await tx.interviews.get(held.interview))

    assert [1, 2, 3, 4, 5, 6] == [each.revision for each in found]
    assert (State.ENDED, LATER, None, NOON, LATER) == told_of(found[-1])


async def test_an_interview_does_not_count_its_log_nor_what_stays_as_it_was(
    store: Store, held: Held
) -> None:
    """Who has read it may call it off, however much was said meanwhile."""
    async with store.transaction(held.tenant) as tx:
        before = await tx.interviews.get(held.interview)
        await tx.events.append(held.interview, 1, line(TurnId(uuid4())))
        await tx.interviews.set_state(held.interview, before.state, LATER)
        await tx.interviews.set_times(held.interview, before.starts_at, before.expires_at)
        after = await tx.interviews.get(held.interview)

    assert (1, 2) == (after.revision, after.last_seq)
    assert told_of(before) == told_of(after)
    async with store.transaction(held.tenant) as tx:
        assert 1 == await tx.interviews.revision(held.interview, lock=True)
        assert after == await tx.interviews.get(held.interview)


def told_of(interview: Interview) -> tuple[State | datetime | None, ...]:
    """What an answer shows of an interview that can change."""
    return (
        interview.state,
        interview.starts_at,
        interview.expires_at,
        interview.clock_zero,
        interview.ended_at,
    )


async def test_whatever_may_change_of_an_interview_counts_but_for_its_log(
    app: asyncpg.Connection,
) -> None:
    """A column that can be changed is in the trigger, or is the end of the log, or what of it a
    restarted agent, or whoever is on call, has to know at once."""
    changeable = await app.fetch(
        "SELECT column_name FROM information_schema.column_privileges"
        " WHERE table_name = 'interviews' AND privilege_type = 'UPDATE'"
        " AND grantee = current_user"
    )
    (counts,) = await app.fetch(
        "SELECT pg_get_triggerdef(oid) AS said FROM pg_trigger"
        " WHERE tgname = 'next_revision' AND tgrelid = 'interviews'::regclass"
    )

    log = {"last_seq", "head", "floor", "covered", "person_wanted_at"}
    assert log < {row["column_name"] for row in changeable}
    for name in {row["column_name"] for row in changeable} - log:
        assert f"old.{name}" in counts["said"]
        assert f"new.{name}" in counts["said"]
    assert not any(name in counts["said"] for name in log)


async def test_what_is_not_there_has_no_revision_and_does_not_change(
    store: Store, held: Held, other: Held
) -> None:
    made = await draft(store, other)
    async with store.transaction(held.tenant) as tx:
        for of in (tx.jobs, tx.kits, tx.candidates, tx.interviews):
            for lock in (False, True):
                for strange in (UUID(int=1), other.job, made.kit_id, other.candidate):
                    with pytest.raises(NotFound):
                        await of.revision(strange, lock=lock)
        for absent in (
            tx.jobs.change(Job(other.job, "x", NOON)),
            tx.kits.change(made),
            tx.kits.drop(made.kit_id),
            tx.candidates.change(candidate(other.candidate)),
        ):
            with pytest.raises(NotFound):
                await absent


async def test_a_draft_of_no_job_is_refused(store: Store, held: Held) -> None:
    made = await draft(store, held)

    with pytest.raises(NotFound):
        async with store.transaction(held.tenant) as tx:
            await tx.kits.change(replace(made, job_id=JobId(uuid4())))


async def test_a_draft_is_dropped_and_gone(store: Store, held: Held) -> None:
    made = await draft(store, held)
    async with store.transaction(held.tenant) as tx:
        await tx.kits.drop(made.kit_id)

        with pytest.raises(NotFound):
            await tx.kits.get(made.kit_id)
        assert [held.kit] == [kit.kit_id for kit in (await tx.kits.page(9, None)).items]


@pytest.mark.parametrize("what", ["change", "drop"])
async def test_a_published_kit_is_frozen(store: Store, held: Held, what: str) -> None:
    async with store.transaction(held.tenant) as tx:
        kit = await tx.kits.get(held.kit)

    with pytest.raises(KitFrozen):
        async with store.transaction(held.tenant) as tx:
            await (tx.kits.change(kit) if what == "change" else tx.kits.drop(held.kit))
    async with store.transaction(held.tenant) as tx:
        assert kit == await tx.kits.get(held.kit)


async def test_who_was_erased_has_no_revision_and_does_not_come_back(
    store: Store, held: Held
) -> None:
    async with store.transaction(held.tenant) as tx:
        await tx.keys.destroy_candidate(held.candidate, NOON)
    async with store.transaction(held.tenant) as tx:
        with pytest.raises(Sealed):
            await tx.candidates.revision(held.candidate)
        with pytest.raises(Sealed):
            await tx.candidates.change(candidate(held.candidate))


async def test_a_name_that_was_corrected_cannot_be_put_back(
    postgres_store: PostgresStore, app: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    await app.execute("SELECT set_config('vivavoce.tenant', $1, false)", str(held.tenant))
    old = await app.fetchval("SELECT sealed_name FROM candidates")
    async with postgres_store.transaction(held.tenant) as tx:
        await tx.candidates.change(replace(candidate(held.candidate), name="Eve"))

    await app.execute("UPDATE candidates SET sealed_name = $1", old)

    with pytest.raises(Sealed):
        async with postgres_store.transaction(held.tenant) as tx:
            await tx.candidates.get(held.candidate)


async def test_a_published_kit_is_parsed_once_and_a_draft_as_often_as_it_is_read(
    postgres_store: PostgresStore,
) -> None:
    held = await hold(postgres_store)
    made = await draft(postgres_store, held)

    async with postgres_store.transaction(held.tenant) as tx:
        published = [(await tx.kits.get(held.kit)).kit for _ in range(2)]
        drafts = [(await tx.kits.get(made.kit_id)).kit for _ in range(2)]
        await tx.kits.change(replace(made, kit=OTHER_KIT))
        changed = await tx.kits.publish(made.kit_id, NOON)

    assert published[0] is published[1]
    assert drafts[0] == drafts[1]
    assert drafts[0] is not drafts[1]
    assert OTHER_KIT == changed.kit
