"""Scoring once more: after models were away for longer than anybody tried, or words came late."""

from interview.errors import WrongState
from interview.ids import InterviewId, TenantId
from interview.lifecycle import OVER
from interview.use_cases.world import World


async def score_again(world: World, tenant: TenantId, interview: InterviewId) -> None:
    """Asks for scores by every rater; a card that lacks nothing is not made again.

    Raises `NotFound`, `WrongState` before the end, `Sealed` when the words were erased.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in OVER:
            raise WrongState(f"an interview that is {held.state} cannot be scored")
        await tx.turns.of(interview)
        await tx.outbox.put("score_interview", interview)
