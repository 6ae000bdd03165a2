"""Deliveries of webhooks: tried when they are due, at least once, until taken or given up.

The row of a delivery says what is to be done; its job in the queue only wakes somebody to look. So
a job may come late, twice or after a crash: what is not due is left, what is over is over.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from interview.errors import NotFound
from interview.ids import HookEventId, TenantId, WebhookId
from interview.ports import Courier, Transaction
from interview.use_cases.world import World
from interview.webhooks import Attempt, Delivery, Outcome, Webhook, payload, standing_after

KEPT_FOR = timedelta(days=30)
"""Deliveries that are over can be read and sent again for so long."""

CLAIMED_FOR = timedelta(minutes=1)
"""Nobody else sends what is being sent; whoever died with it is waited for no longer."""

LOST_AFTER = timedelta(hours=1)
MOST = 1000


async def deliver(
    world: World, courier: Courier, tenant: TenantId, webhook: WebhookId, event: HookEventId
) -> timedelta | None:
    """One try of a delivery that is due; how long to wait for the next one, None when it is over.

    Nothing is locked while the courier is out.
    """
    try:
        found = await _due(world, tenant, webhook, event)
        if not isinstance(found, tuple):
            return found
        endpoint, delivery = found
        body = payload(delivery.event)
        headers = endpoint.headers(event, body, world.now())
        outcome = await courier.bring(endpoint.url, headers, body)
        return await _note(world, tenant, delivery, outcome)
    except NotFound:
        return None  # the endpoint was deleted meanwhile, and its deliveries with it


async def _due(
    world: World, tenant: TenantId, webhook: WebhookId, event: HookEventId
) -> tuple[Webhook, Delivery] | timedelta | None:
    """What to send and where, or how long to wait. Raises `NotFound`."""
    now = world.now()
    async with world.transaction(tenant) as tx:
        endpoint = await tx.webhooks.get(webhook)
        delivery = await tx.deliveries.get(webhook, event, lock=True)
        if delivery.next_at is None:
            return None
        if delivery.next_at > now:
            return delivery.next_at - now
        if not endpoint.standing.enabled:
            await tx.deliveries.save(delivery.hold(now))
            return None
        claimed = replace(delivery, next_at=now + CLAIMED_FOR)
        await tx.deliveries.save(claimed)
        return endpoint, claimed


async def _note(
    world: World, tenant: TenantId, tried: Delivery, outcome: Outcome
) -> timedelta | None:
    """Stores the try with what follows from it. Raises `NotFound`.

    What somebody else did with it meanwhile stands, and only the log grows.
    """
    now, webhook, event = world.now(), tried.webhook, tried.event.event_id
    async with world.transaction(tenant) as tx:
        await _judge(tx, webhook, outcome, now)
        delivery = await tx.deliveries.get(webhook, event, lock=True)
        attempt = Attempt(delivery.attempts + 1, now, outcome)
        counted = replace(delivery, attempts=attempt.number)
        delivery = tried.after(outcome, now) if delivery == tried else counted
        await tx.deliveries.save(delivery, attempt)
    return _until(delivery, now)


async def _judge(tx: Transaction, webhook: WebhookId, outcome: Outcome, now: datetime) -> None:
    """The endpoint's standing after a try; its row is locked only when that changes."""
    standing = (await tx.webhooks.get(webhook)).standing
    if standing_after(standing, outcome, now) == standing:
        return
    standing = (await tx.webhooks.get(webhook, lock=True)).standing
    await tx.webhooks.stand(webhook, standing_after(standing, outcome, now))


def _until(delivery: Delivery, now: datetime) -> timedelta | None:
    return delivery.next_at - now if delivery.next_at is not None else None


async def keep_deliveries(world: World) -> int:
    """Drops what is old, and wakes what was due long ago without a job to wake it; how many."""
    woken = 0
    for tenant in await world.store.tenants():
        async with world.transaction(tenant) as tx:
            await tx.deliveries.drop(world.now() - KEPT_FOR)
            lost = await tx.deliveries.forgotten(world.now() - LOST_AFTER, MOST)
            await tx.deliveries.put([replace(each, next_at=world.now()) for each in lost])
            woken += len(lost)
    return woken
