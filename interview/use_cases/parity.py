"""The parity ledger of a kit version: what each of its candidates was given."""

import asyncio
from dataclasses import dataclass

from interview.accommodations import accommodated
from interview.accounts import Interview, KitRecord
from interview.errors import KitNotPublished, Sealed
from interview.ids import KitId, TenantId
from interview.kit import Kit
from interview.lifecycle import OVER
from interview.parity import Ledger, ledger
from interview.plan import plan_of
from interview.ports import InterviewSort, InterviewsWanted, Page
from interview.rests import turns_withheld
from interview.use_cases.world import World


@dataclass(frozen=True, slots=True)
class Entry:
    """`ledger` is None for an interview whose words were erased."""

    interview: Interview
    ledger: Ledger | None


async def parity_of(
    world: World, tenant: TenantId, kit: KitId, limit: int, after: str | None
) -> tuple[KitRecord, Page[Entry]]:
    """One page of the kit's interviews that are over, the newest first.

    Raises `NotFound`, `KitNotPublished` for a draft.
    """
    wanted = InterviewsWanted(sort=InterviewSort.NEWEST, kit=kit, states=tuple(sorted(OVER)))
    async with world.transaction(tenant) as tx:
        record = await tx.kits.get(kit)
        if record.version is None:
            raise KitNotPublished
        page = await tx.interviews.page(limit, after, wanted)
    entries = [Entry(each, await _ledger(world, tenant, each, record.kit)) for each in page.items]
    return record, Page(tuple(entries), page.next)


async def _ledger(world: World, tenant: TenantId, interview: Interview, kit: Kit) -> Ledger | None:
    """By the plan that held for this candidate: who had more time has not used more of it. Nothing
    is counted of what is withheld from whoever may rate, who reads this.

    One log at a time is held in memory, and no transaction while it is folded.
    """
    name = interview.interview_id
    try:
        async with world.transaction(tenant) as tx:
            events, needs = await tx.events.read(name), await tx.accommodations.of(name)
            outlines = await tx.several.outlines_of([name])
    except Sealed:
        return None
    plan = accommodated(plan_of(kit, interview.assist), needs.given)
    withheld = turns_withheld(outlines.get(name, ()))
    return await asyncio.to_thread(ledger, plan, events, withheld)
