"""Webhooks as their tenant sees them: made, changed, followed and sent again."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from interview.addresses import Reach, check_url
from interview.errors import WebhookDisabled
from interview.ids import HookEventId, TenantId, WebhookId
from interview.ports import Page
from interview.use_cases.world import World
from interview.webhooks import (
    Attempt,
    Delivery,
    HookType,
    Standing,
    Status,
    Webhook,
    new_secret,
)

MOST = 20
"""Endpoints of one tenant: every change of an interview is written once for each."""

AT_ONCE = 1000
"""Deliveries that one call begins again."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be different; None leaves a thing as it is."""

    url: str | None = None
    description: str | None = None
    types: frozenset[HookType] | None = None
    enabled: bool | None = None


async def create_webhook(
    world: World,
    tenant: TenantId,
    reach: Reach,
    url: str,
    description: str,
    types: frozenset[HookType],
) -> Webhook:
    """A new endpoint; what is sent to it begins with the next event.

    Raises `Invalid` for a URL that may not be called, `LimitReached`.
    """
    now = world.now()
    webhook = Webhook(
        webhook_id=WebhookId(world.ids.new()),
        url=check_url(url, reach),
        description=description,
        types=types,
        secret=new_secret(),
        created_at=now,
        changed_at=now,
    )
    async with world.transaction(tenant) as tx:
        await tx.webhooks.add(webhook, MOST)
    return webhook


async def list_webhooks(
    world: World, tenant: TenantId, limit: int, after: str | None
) -> Page[Webhook]:
    """One page, oldest first."""
    async with world.transaction(tenant) as tx:
        return await tx.webhooks.page(limit, after)


async def get_webhook(world: World, tenant: TenantId, webhook: WebhookId) -> Webhook:
    """Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        return await tx.webhooks.get(webhook)


async def change_webhook(
    world: World, tenant: TenantId, reach: Reach, webhook: WebhookId, changes: Changes
) -> Webhook:
    """Enabled again, an endpoint has its three days anew; what was held stays so until it is sent
    again. Raises `NotFound`, `Invalid`."""
    async with world.transaction(tenant) as tx:
        held = await tx.webhooks.get(webhook, lock=True)
        now = world.now()
        changed = replace(
            held,
            url=held.url if changes.url is None else check_url(changes.url, reach),
            description=held.description if changes.description is None else changes.description,
            types=held.types if changes.types is None else changes.types,
            standing=_standing(held.standing, changes.enabled, now),
            changed_at=now,
            version=held.version + 1,
        )
        await tx.webhooks.change(changed)
    return changed


def _standing(held: Standing, enabled: bool | None, now: datetime) -> Standing:
    match enabled:
        case None:
            return held
        case True:
            return held if held.enabled else Standing()
        case False:
            return held.disable("by_hand", now)


async def delete_webhook(world: World, tenant: TenantId, webhook: WebhookId) -> None:
    """With everything that was on its way to it. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        await tx.webhooks.remove(webhook)


async def rotate_secret(
    world: World, tenant: TenantId, webhook: WebhookId, overlap: timedelta
) -> Webhook:
    """A new secret; for `overlap` what is sent is signed with both. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        held = await tx.webhooks.get(webhook, lock=True)
        rotated = held.rotate(new_secret(), world.now(), overlap)
        await tx.webhooks.change(rotated)
    return rotated


async def list_deliveries(
    world: World,
    tenant: TenantId,
    webhook: WebhookId,
    limit: int,
    after: str | None,
    status: Status | None,
    since: datetime | None,
) -> Page[Delivery]:
    """One page, oldest first. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        await tx.webhooks.get(webhook)
        return await tx.deliveries.page(webhook, limit, after, status, since)


async def get_delivery(
    world: World, tenant: TenantId, webhook: WebhookId, event: HookEventId
) -> tuple[Delivery, tuple[Attempt, ...]]:
    """A delivery and every try. Raises `NotFound`."""
    async with world.transaction(tenant) as tx:
        delivery = await tx.deliveries.get(webhook, event)
        return delivery, await tx.deliveries.attempts(webhook, event)


async def send_again(
    world: World, tenant: TenantId, webhook: WebhookId, event: HookEventId
) -> Delivery:
    """Sends one event once more, whatever became of it. Raises `NotFound`, `WebhookDisabled`."""
    async with world.transaction(tenant) as tx:
        held = await tx.webhooks.get(webhook, lock=True)
        if not held.standing.enabled:
            raise WebhookDisabled
        delivery = (await tx.deliveries.get(webhook, event, lock=True)).again(world.now())
        await tx.deliveries.put([delivery])
    return delivery


async def send_all_again(
    world: World, tenant: TenantId, webhook: WebhookId, since: datetime
) -> int:
    """Sends again what failed or was held of events since then; how many, at most `AT_ONCE`.

    Raises `NotFound`, `WebhookDisabled`.
    """
    async with world.transaction(tenant) as tx:
        held = await tx.webhooks.get(webhook, lock=True)
        if not held.standing.enabled:
            raise WebhookDisabled
        unsent = await tx.deliveries.unsent(webhook, since, AT_ONCE)
        await tx.deliveries.put([delivery.again(world.now()) for delivery in unsent])
    return len(unsent)
