"""Accommodations: given by recruiters before an interview starts, asked for by candidates."""

from collections.abc import Callable, Sequence

from interview.accommodations import Accommodations, Needs, check_breaks
from interview.audit import Actor, Deed
from interview.by_people import By
from interview.errors import HasRated, WrongState
from interview.ids import InterviewId, TenantId
from interview.lifecycle import AWAITED, MOVABLE
from interview.ports import InterviewsWanted, Page, Transaction
from interview.use_cases.candidate_door import CandidateCaller
from interview.use_cases.moves import tell
from interview.use_cases.world import World
from interview.webhooks import HookType

EVERY_CARD = 2**31 - 1


async def needs_of(
    world: World, tenant: TenantId, interview: InterviewId, who: Sequence[By]
) -> Needs:
    """Whoever is told that there are some does not rate this interview, and whoever has rated it is
    told nothing, not even that there are none.

    Raises `NotFound`, `HasRated`, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        # The row is held, or somebody could be told while their card is being stored.
        await tx.interviews.get(interview, lock=True)
        if await _has_rated(tx, interview, who):
            raise HasRated(field="interview_id")
        needs = await tx.accommodations.of(interview)
        if needs.are_any:
            await tx.accommodations.tell(interview, who, world.now())
        return needs


async def _has_rated(tx: Transaction, interview: InterviewId, who: Sequence[By]) -> bool:
    cards = (await tx.several.levels_of([interview], EVERY_CARD)).get(interview, ())
    people = (card.rater.person for card in cards)
    return any(by and By(kind=by.kind, id=by.id) in who for by in people)


async def accommodate(
    world: World,
    tenant: TenantId,
    interview: InterviewId,
    who: Sequence[By],
    change: Callable[[Accommodations], Accommodations],
) -> Needs:
    """What holds from now on; whoever changes it does not rate this interview. Raises `NotFound`,
    `WrongState` once the interview has started, `Sealed`, and `Invalid` for breaks that have no
    place."""
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in MOVABLE:
            raise WrongState(f"an interview that is {held.state} keeps its plan")
        known = await tx.accommodations.of(interview)
        given = change(known.given)
        if given.breaks != known.given.breaks:
            kit = (await tx.kits.get(held.kit_id)).kit
            check_breaks(given.breaks, len(kit.questions), "breaks")
        needs = known.model_copy(update={"given": given, "waits": False})
        await tx.accommodations.put(interview, needs, world.now())
        await tx.accommodations.tell(interview, who, world.now())
        return needs


async def request(world: World, caller: CandidateCaller, text: str) -> None:
    """The candidate's own words, for who sets the interview up; the audit trail and webhooks hear
    that there are some. Raises `WrongState`, `Sealed`."""
    async with world.transaction(caller.tenant) as tx:
        held = await tx.interviews.get(caller.interview, lock=True)
        if held.state not in AWAITED:
            raise WrongState(f"an interview that is {held.state} keeps its plan")
        known = await tx.accommodations.of(caller.interview)
        asked = known.model_copy(update={"requested": text, "waits": True})
        await tx.accommodations.put(caller.interview, asked, world.now())
        actor = Actor("candidate", str(caller.interview))
        deed = Deed(actor, "request_accommodations", str(caller.interview), {})
        await tx.audit.add(world.ids.new(), world.now(), deed)
        await tell(world, tx, caller.interview, HookType.REQUESTED, held.state)


async def asking(
    world: World,
    tenant: TenantId,
    who: Sequence[By],
    limit: int,
    after: str | None,
    wanted: InterviewsWanted,
) -> Page[str]:
    """Interviews whose candidates wait for an answer, each as JSON: whoever is told that somebody
    asked does not rate them. None has begun, so nobody has rated."""
    async with world.transaction(tenant) as tx:
        for each in (await tx.interviews.page(limit, after, wanted)).items:
            await tx.accommodations.tell(each.interview_id, who, world.now())
        return await tx.interviews.told(limit, after, wanted)


async def own_needs(world: World, caller: CandidateCaller) -> Needs:
    """What the candidate asked for, and what they are given. Raises `Sealed`."""
    async with world.transaction(caller.tenant) as tx:
        return await tx.accommodations.of(caller.interview)
