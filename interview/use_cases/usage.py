"""What an interview's providers did and cost: read, and noted by who works for it afterwards."""

from interview.ids import InterviewId, TenantId
from interview.prices import Prices, Used
from interview.usage import ProviderUsed, Usage, usage_of
from interview.use_cases.world import World


async def get_usage(world: World, tenant: TenantId, interview: InterviewId) -> Usage:
    """Raises `NotFound`, `Sealed` once the interview's words were erased."""
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview)
        events = await tx.events.read(interview)
    return usage_of(event.fact for event in events)


async def note_usage(
    world: World, tenant: TenantId, interview: InterviewId, prices: Prices, used: tuple[Used, ...]
) -> None:
    """For what happens outside the room: scoring by a model. Raises `NotFound`, `Sealed`."""
    if not used:
        return
    today = world.now().date()
    facts = [ProviderUsed.of(each, prices.cost(each, today)) for each in used]
    async with world.transaction(tenant) as tx:
        await tx.interviews.get(interview, lock=True)
        await world.note(tx, interview, *facts)
