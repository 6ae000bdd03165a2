"""What is kept for a while only, and dropped when that is over though nobody asks for it."""

from interview.use_cases.world import World


async def forget_answers(world: World) -> None:
    """Answers to idempotent requests, of every tenant."""
    for tenant in await world.store.tenants():
        async with world.transaction(tenant) as tx:
            await tx.answers.forget(world.now())
