"""How far those who rated the newest interviews of a job agree, computed beside the event loop."""

import asyncio
from dataclasses import dataclass

from interview.agreement.compared import Held
from interview.agreement.report import Raters, Report, raters, report
from interview.blind import Reader
from interview.ids import JobId, TenantId
from interview.lifecycle import OVER
from interview.ports import InterviewSort, InterviewsWanted
from interview.use_cases.blind import seen_by
from interview.use_cases.called import Called, called_in
from interview.use_cases.world import World

MOST_CARDS = 50
"""Of one interview: the first by people, and of as many programs the last."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked at: the newest interviews that are over. `more` tells of older ones."""

    held: tuple[Held, ...]
    more: bool


async def agreement_on(
    world: World, tenant: TenantId, job: JobId, reader: Reader | None, last: int
) -> tuple[Report, Looked]:
    """Of the `last` interviews of the job. Raises `NotFound`."""
    looked = await _look(world, tenant, job, reader, last)
    return await asyncio.to_thread(report, looked.held), looked


async def raters_on(
    world: World, tenant: TenantId, job: JobId, reader: Reader | None, last: int
) -> tuple[Raters, Looked, Called]:
    """Of the `last` interviews of the job; how the raters are called. Raises `NotFound`."""
    looked = await _look(world, tenant, job, reader, last)
    found = await asyncio.to_thread(raters, looked.held)
    async with world.transaction(tenant) as tx:
        called = await called_in(tx, (each.rater.person for each in found.standings))
    return found, looked, called


async def _look(
    world: World, tenant: TenantId, job: JobId, reader: Reader | None, last: int
) -> Looked:
    """Those that were erased, and those that `reader` has to rate first, are left out."""
    wanted = InterviewsWanted(sort=InterviewSort.NEWEST, job=job, states=tuple(sorted(OVER)))
    async with world.transaction(tenant) as tx:
        await tx.jobs.get(job)
        page = await tx.interviews.page(last, None, wanted)
        kits = await tx.several.kits(sorted({each.kit_id for each in page.items}))
        names = [each.interview_id for each in page.items]
        cards = await seen_by(tx, await tx.several.levels_of(names, MOST_CARDS), reader)
    held = tuple(
        Held(each.interview_id, each.kit_version, kits[each.kit_id].kit.language, cards[name])
        for each in page.items
        if (name := each.interview_id) in cards
    )
    return Looked(held, page.next is not None)
