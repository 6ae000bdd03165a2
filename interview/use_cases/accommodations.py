"""Accommodations: given by recruiters before an interview starts, asked for by candidates."""

from collections.abc import Callable

from interview.accommodations import Accommodations, Needs
from interview.audit import Actor, Deed
from interview.blind import Reader
from interview.errors import WrongState
from interview.ids import InterviewId, TenantId
from interview.lifecycle import AWAITED, MOVABLE
from interview.use_cases.blind import require_seen
from interview.use_cases.candidate_door import CandidateCaller
from interview.use_cases.moves import tell
from interview.use_cases.world import World
from interview.webhooks import HookType


async def needs_of(
    world: World, tenant: TenantId, interview: InterviewId, reader: Reader | None
) -> Needs:
    """Who rates blind sees them for as long as they can be given, and again once they have rated.

    Raises `NotFound`, `RateFirst`, `Sealed`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview)
        if held.state not in MOVABLE:
            await require_seen(tx, interview, reader)
        return await tx.accommodations.of(interview)


async def accommodate(
    world: World,
    tenant: TenantId,
    interview: InterviewId,
    change: Callable[[Accommodations], Accommodations],
) -> Needs:
    """What holds from now on. Raises `NotFound`, `WrongState` once the interview has started,
    `Sealed`."""
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in MOVABLE:
            raise WrongState(f"an interview that is {held.state} keeps its plan")
        known = await tx.accommodations.of(interview)
        needs = known.model_copy(update={"given": change(known.given), "waits": False})
        await tx.accommodations.put(interview, needs, world.now())
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


async def own_needs(world: World, caller: CandidateCaller) -> Needs:
    """What the candidate asked for, and what they are given. Raises `Sealed`."""
    async with world.transaction(caller.tenant) as tx:
        return await tx.accommodations.of(caller.interview)
