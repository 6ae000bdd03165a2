"""The interviews of a job as rows, for people who go on in a table of their own."""

from dataclasses import dataclass, replace

from interview.accounts import Candidate, Interview
from interview.blind import Reader
from interview.by_people import DecisionMade
from interview.errors import LimitReached
from interview.events import Event
from interview.ids import JobId, TenantId
from interview.ports import InterviewsWanted, Transaction
from interview.scoring import Total
from interview.use_cases.blind import blind_to_each
from interview.use_cases.world import World

MOST = 2000
"""A table is taken out whole or not at all: nobody sees that one ends too early."""

SLICE = 200


@dataclass(frozen=True, slots=True)
class Row:
    """`candidate` is None for who was erased; `total` is of the newest card by a program. Who
    has to rate first sees neither that nor the decision."""

    interview: Interview
    candidate: Candidate | None
    total: Total | None
    decision: DecisionMade | None


async def rows_of_job(
    world: World, tenant: TenantId, job: JobId, reader: Reader | None, wanted: InterviewsWanted
) -> tuple[Row, ...]:
    """All that are wanted of the job. Raises `NotFound`, `LimitReached`."""
    rows: list[Row] = []
    after: str | None = None
    async with world.transaction(tenant) as tx:
        await tx.jobs.get(job)
        while True:
            page = await tx.interviews.page(SLICE, after, replace(wanted, job=job))
            rows += await _rows(tx, page.items, reader)
            after = page.next
            if len(rows) > MOST:
                raise LimitReached(f"A table has at most {MOST} rows: ask for a part of them.")
            if after is None:
                return tuple(rows)


async def _rows(
    tx: Transaction, interviews: tuple[Interview, ...], reader: Reader | None
) -> list[Row]:
    blind = await blind_to_each(tx, [each.interview_id for each in interviews], reader)
    names = [name for name, is_blind in blind.items() if not is_blind]
    people = await tx.several.candidates(sorted({each.candidate_id for each in interviews}))
    totals = await tx.several.totals_of(names)
    decided = await tx.several.decisions_of(names)
    return [
        Row(
            interview=each,
            candidate=people.get(each.candidate_id),
            total=totals.get(each.interview_id),
            decision=_fact(decided.get(each.interview_id)),
        )
        for each in interviews
    ]


def _fact(event: Event | None) -> DecisionMade | None:
    return event.fact if event and isinstance(event.fact, DecisionMade) else None
