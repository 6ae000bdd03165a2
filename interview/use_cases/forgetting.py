"""What is kept for a while only, and dropped when that is over though nobody asks for it."""

from interview.ids import MailId
from interview.ports import KeptMails
from interview.use_cases.world import World


async def forget_answers(world: World) -> None:
    """Answers to idempotent requests, of every tenant."""
    for tenant in await world.store.tenants():
        async with world.transaction(tenant) as tx:
            await tx.answers.forget(world.now())


async def forget_mails(world: World, folder: KeptMails) -> int:
    """Files of mails to candidates who are erased, of every tenant; how many mails."""
    kept = await folder.kept()
    if not kept:
        return 0
    gone: list[MailId] = []
    for tenant in await world.store.tenants():
        async with world.transaction(tenant) as tx:
            gone += await tx.mails.erased(kept)
    await folder.delete(gone)
    return len(gone)
