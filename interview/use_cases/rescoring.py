"""Scoring once more: after models were away for longer than anybody tried, words came late, or a
rater was released."""

from interview.audit import SYSTEM, Deed
from interview.by_model import RaterRefused
from interview.errors import Sealed, WrongState
from interview.ids import InterviewId, TenantId
from interview.lifecycle import OVER
from interview.ports import InterviewsWanted, Store, Transaction
from interview.release import Configuration
from interview.use_cases.world import World

PAGE = 200
JUDGED = InterviewsWanted(states=tuple(sorted(OVER)))


async def score_again(world: World, tenant: TenantId, interview: InterviewId) -> None:
    """Asks for scores by every rater; a card that lacks nothing is not made again. The audit trail
    tells of it.

    Raises `NotFound`, `WrongState` before the end, `Sealed` when the words were erased.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.interviews.get(interview, lock=True)
        if held.state not in OVER:
            raise WrongState(f"an interview that is {held.state} cannot be scored")
        await tx.turns.of(interview)
        await tx.outbox.put("score_interview", interview)
        deed = Deed(SYSTEM, "score_again", str(interview))
        await tx.audit.add(world.ids.new(), world.now(), deed)


async def judge_once_released(store: Store, by: Configuration) -> int:
    """Asks a judge for the interviews of all tenants that this configuration was kept from; how
    many. Else two candidates of one job would be rated by different raters, by their dates."""
    count = 0
    for tenant in await store.tenants():
        after: str | None = None
        while True:
            async with store.transaction(tenant) as tx:
                page = await tx.interviews.page(PAGE, after, JUDGED)
                kept = [i for i in page.items if await _was_kept_from(tx, i.interview_id, by)]
                for held in kept:
                    await tx.outbox.put("judge_interview", held.interview_id)
            count += len(kept)
            after = page.next
            if after is None:
                break
    return count


async def _was_kept_from(tx: Transaction, interview: InterviewId, by: Configuration) -> bool:
    try:
        log = await tx.events.of_kind(interview, "rater_refused")
    except Sealed:
        return False
    refused = [event.fact for event in log if isinstance(event.fact, RaterRefused)]
    return any(
        by
        == Configuration(fact.rater, fact.rater_version, one.model, fact.prompt_hash, one.endpoint)
        for fact in refused
        for one in fact.panels
    )
