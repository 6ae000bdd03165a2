"""Lists: filters and orders give the same pages in every store, and use an index."""

from collections.abc import Awaitable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest
from pydantic_core import to_json

from interview.accounts import Interview, Job, KitRecord, KitVersion
from interview.errors import Invalid
from interview.ids import CandidateId, InterviewId, JobId, KitId, TenantId
from interview.lifecycle import State
from interview.ports import (
    CandidatesWanted,
    InterviewSort,
    InterviewsWanted,
    JobsWanted,
    KitsWanted,
    Page,
    Sort,
    Span,
    Store,
)
from interview.store.cursors import Cursor
from interview.store.postgres import PostgresStore, interviews
from interview.store.postgres.lists import Filter, statement
from tests.fakes.clock import NOON
from tests.store.world import KIT, Held, candidate, hold, interview

pytestmark = pytest.mark.store

SECOND = timedelta(seconds=1)
STARTS = (NOON + 3 * SECOND, None, NOON + SECOND, NOON + 3 * SECOND, None, NOON)


def at(second: int) -> datetime:
    return NOON + second * SECOND


@dataclass(frozen=True)
class Shelf:
    """Two jobs with kits, two candidates, and interviews of all sorts, two in each second."""

    held: Held
    job: JobId
    kit: KitId
    candidate: CandidateId
    ids: tuple[InterviewId, ...]


async def filled(store: Store) -> Shelf:
    held = await hold(store)
    job, kit, who = JobId(uuid4()), KitId(uuid4()), CandidateId(uuid4())
    ids = tuple(InterviewId(UUID(int=n + 1)) for n in range(len(STARTS)))
    async with store.transaction(held.tenant) as tx:
        await tx.jobs.add(Job(job, "Engine_r%", at(1)))
        await tx.kits.add(KitRecord(kit, job, KIT, None, at(1)))
        await tx.kits.publish(kit, at(2))
        await tx.kits.add(KitRecord(KitId(uuid4()), job, KIT, None, at(3)))
        await tx.candidates.add(candidate(who, age=2))
        for n, name in enumerate(ids):
            made = interview(held, name, age=10 + n // 2, state=list(State)[n])
            if n % 2:
                made = replace(made, kit_id=kit, candidate_id=who)
            await tx.interviews.add(replace(made, starts_at=STARTS[n]))
    return Shelf(held, job, kit, who, ids)


async def whole(store: Store, tenant: TenantId, wanted: InterviewsWanted, limit: int) -> list[UUID]:
    """All pages."""
    found: list[UUID] = []
    after: str | None = None
    while True:
        async with store.transaction(tenant) as tx:
            page = await tx.interviews.page(limit, after, wanted)
        found += [each.interview_id for each in page.items]
        if (after := page.next) is None:
            return found


@pytest.mark.parametrize("limit", [1, 2, 3, 10])
@pytest.mark.parametrize("sort", InterviewSort)
async def test_every_order_holds_everything_once(
    store: Store, sort: InterviewSort, limit: int
) -> None:
    shelf = await filled(store)

    found = await whole(store, shelf.held.tenant, InterviewsWanted(sort=sort), limit)

    async with store.transaction(shelf.held.tenant) as tx:
        everything = [await tx.interviews.get(InterviewId(name)) for name in found]
    assert {*shelf.ids, shelf.held.interview} == set(found)
    assert 7 == len(found)
    far = at(10**9)
    by_start = sort in {InterviewSort.SOONEST, InterviewSort.LATEST}
    places = [
        ((each.starts_at or far) if by_start else each.created_at, each.interview_id)
        for each in everything
    ]
    assert sorted(places, reverse=sort.startswith("-")) == places


@pytest.mark.parametrize("sort", InterviewSort)
async def test_what_is_told_of_a_list_is_what_it_holds(store: Store, sort: InterviewSort) -> None:
    """To the letter: both stores, and the models of the API, write a time in the same way."""
    shelf = await filled(store)
    odd = replace(
        interview(shelf.held, InterviewId(uuid4()), 20),
        starts_at=NOON + timedelta(microseconds=120_300),
        expires_at=None,
        clock_zero=NOON + timedelta(microseconds=1),
        ended_at=NOON,
    )
    wanted, after, told, held = InterviewsWanted(sort=sort), None, list[str](), list[Interview]()
    async with store.transaction(shelf.held.tenant) as tx:
        await tx.interviews.add(odd)
        while True:
            page = await tx.interviews.told(3, after, wanted)
            same = await tx.interviews.page(3, after, wanted)
            assert same.next == page.next
            told += page.items
            held += same.items
            if (after := page.next) is None:
                break

    assert 8 == len(told)
    assert [shown(each) for each in held] == told


def shown(held: Interview) -> str:
    fields = {
        "id": held.interview_id,
        "state": held.state,
        "kit_id": held.kit_id,
        "kit_version": held.kit_version,
        "candidate_id": held.candidate_id,
        "created_at": held.created_at,
        "starts_at": held.starts_at,
        "expires_at": held.expires_at,
        "started_at": held.clock_zero,
        "ended_at": held.ended_at,
        "assist_mode": held.assist,
    }
    return to_json(fields).decode()


async def test_each_filter_keeps_what_it_names(store: Store) -> None:
    shelf = await filled(store)
    a, b, c, d, e, f = shelf.ids
    first = shelf.held.interview

    for wanted, expected in (
        (InterviewsWanted(job=shelf.job), [b, d, f]),
        (InterviewsWanted(job=JobId(uuid4())), []),
        (InterviewsWanted(kit=shelf.kit), [b, d, f]),
        (InterviewsWanted(kit=shelf.held.kit), [first, a, c, e]),
        (InterviewsWanted(candidate=shelf.candidate), [b, d, f]),
        (InterviewsWanted(candidate=shelf.held.candidate), [first, a, c, e]),
        (InterviewsWanted(states=(State.DRAFT, State.READY)), [a, c]),
        (InterviewsWanted(created=Span(at(11))), [c, d, e, f]),
        (InterviewsWanted(created=Span(None, at(11))), [first, a, b]),
        (InterviewsWanted(created=Span(at(11), at(12))), [c, d]),
        (InterviewsWanted(starts=Span(at(1), at(4))), [a, c, d]),
        (InterviewsWanted(starts=Span(None, at(1))), [f]),
        (InterviewsWanted(kit=shelf.kit, states=(State.INVITED,)), [b]),
        (InterviewsWanted(kit=shelf.kit, created=Span(at(12)), sort=InterviewSort.NEWEST), [f]),
    ):
        assert expected == await whole(store, shelf.held.tenant, wanted, 2), wanted


async def test_kits_jobs_and_candidates_are_filtered_and_sorted(store: Store) -> None:
    shelf = await filled(store)

    async def counts(*of: Awaitable[Page[Job] | Page[KitRecord]]) -> list[int]:
        return [len((await page).items) for page in of]

    async with store.transaction(shelf.held.tenant) as tx:
        assert [1, 2, 2, 1, 1, 0, 2] == await counts(
            tx.kits.page(9, None, KitsWanted(job=shelf.held.job)),
            tx.kits.page(9, None, KitsWanted(job=shelf.job)),
            tx.kits.page(9, None, KitsWanted(published=True)),
            tx.kits.page(9, None, KitsWanted(published=False)),
            tx.kits.page(9, None, KitsWanted(job=shelf.job, published=True)),
            tx.kits.page(9, None, KitsWanted(job=shelf.held.job, published=False)),
            tx.kits.page(9, None, KitsWanted(created=Span(at(1)))),
        )
        assert [2, 1, 0, 0, 1] == await counts(
            tx.jobs.page(9, None, JobsWanted(title="Engine")),
            tx.jobs.page(9, None, JobsWanted(title="Engine_")),
            tx.jobs.page(9, None, JobsWanted(title="E%")),
            tx.jobs.page(9, None, JobsWanted(title="engine")),
            tx.jobs.page(9, None, JobsWanted(created=Span(at(1)))),
        )
        newest = await tx.jobs.page(9, None, JobsWanted(sort=Sort.NEWEST))
        people = await tx.candidates.page(9, None, CandidatesWanted(sort=Sort.NEWEST))
        late = await tx.candidates.page(9, None, CandidatesWanted(created=Span(at(1))))

    assert [shelf.job, shelf.held.job] == [job.job_id for job in newest.items]
    assert [shelf.candidate, shelf.held.candidate] == [who.candidate_id for who in people.items]
    assert [shelf.candidate] == [who.candidate_id for who in late.items]


async def test_a_cursor_of_another_list_is_refused(store: Store) -> None:
    shelf = await filled(store)
    async with store.transaction(shelf.held.tenant) as tx:
        given = (await tx.interviews.page(1, None)).next
        for wanted in (
            InterviewsWanted(sort=InterviewSort.NEWEST),
            InterviewsWanted(states=(State.LIVE,)),
            InterviewsWanted(kit=shelf.kit),
        ):
            with pytest.raises(Invalid, match="another filter or sort"):
                await tx.interviews.page(1, given, wanted)
        with pytest.raises(Invalid):
            await tx.jobs.page(1, given)


MANY = 20_000
ADD_CANDIDATES = """
    INSERT INTO candidates (
        tenant, candidate_id, sealed_name, sealed_email, created_at
    )
    SELECT $1, gen_random_uuid(), '', '', $2::timestamptz + n * interval '1 second'
    FROM generate_series(1, $3::int) AS n
"""
ADD_INTERVIEWS = """
    INSERT INTO interviews (
        tenant, interview_id, kit_id, kit_version, candidate_id, state, created_at, starts_at,
        last_seq, head
    )
    SELECT $1, gen_random_uuid(), $2, 1, candidate_id,
        CASE WHEN row_number() OVER () % 1000 = 0 THEN 'live' ELSE 'scored' END,
        created_at, created_at, 0, decode(repeat('00', 32), 'hex')
    FROM candidates
"""


def asked(shelf: Shelf) -> Iterable[tuple[InterviewsWanted, list[Filter]]]:
    """Selective filters as the store writes them, in their orders."""
    who: list[Filter] = [("candidate_id = {}", shelf.candidate)]
    kit: list[Filter] = [("kit_id = {}", shelf.kit)]
    live: list[Filter] = [("state = ANY ({}::text[])", ["live"])]
    soon: list[Filter] = [("starts_at >= {}", NOON)]
    yield InterviewsWanted(), []
    yield InterviewsWanted(sort=InterviewSort.NEWEST), []
    yield InterviewsWanted(sort=InterviewSort.SOONEST), []
    yield InterviewsWanted(sort=InterviewSort.LATEST), soon
    yield InterviewsWanted(), who
    yield InterviewsWanted(sort=InterviewSort.NEWEST), kit
    yield InterviewsWanted(sort=InterviewSort.NEWEST), live
    yield (
        InterviewsWanted(),
        [("kit_id = ANY (ARRAY(SELECT kit_id FROM kits WHERE job_id = {}))", shelf.job)],
    )


async def test_no_list_of_interviews_reads_the_whole_table(
    postgres_store: PostgresStore, app: asyncpg.Connection, owner: asyncpg.Connection
) -> None:
    shelf = await filled(postgres_store)
    tenant = shelf.held.tenant
    await app.execute("SELECT set_config('vivavoce.tenant', $1, false)", str(tenant))
    await app.execute(ADD_CANDIDATES, tenant, NOON, MANY)
    await app.execute(ADD_INTERVIEWS, tenant, shelf.held.kit)
    await owner.execute("ANALYZE interviews")

    for wanted, filters in asked(shelf):
        by_start = wanted.sort.endswith("starts_at")
        order = interviews.BY_START if by_start else interviews.BY_AGE
        for after in (None, Cursor(at(MANY // 2), UUID(int=0))):
            mine: Filter = ("tenant = {}", tenant)
            sql, arguments = statement(
                interviews.INTERVIEWS, order, wanted, [mine, *filters], after
            )
            plan = await app.fetch(f"EXPLAIN {sql}", 51, *arguments)
            said = "\n".join(row[0] for row in plan)
            assert "Seq Scan on interviews" not in said, said
            assert "Sort" not in said or filters, said


async def test_versions_are_listed_newest_first_without_drafts(store: Store) -> None:
    shelf = await filled(store)
    second = KitId(uuid4())
    other_name = KIT.model_copy(update={"name": "Second", "language": "en-GB"})
    async with store.transaction(shelf.held.tenant) as tx:
        await tx.kits.add(KitRecord(second, shelf.job, other_name, None, at(0)))
        await tx.kits.publish(second, at(9))
        found = await tx.kits.versions(shelf.job, 9, 2**31 - 1)

        assert (
            KitVersion(second, 2, "Second", "en-GB", at(0), at(9)),
            KitVersion(shelf.kit, 1, KIT.name, KIT.language, at(1), at(2)),
        ) == found
        assert found[:1] == await tx.kits.versions(shelf.job, 1, 2**31 - 1)
        assert found[1:] == await tx.kits.versions(shelf.job, 9, 2)
        assert () == await tx.kits.versions(shelf.job, 9, 1)
        assert () == await tx.kits.versions(JobId(uuid4()), 9, 9)
