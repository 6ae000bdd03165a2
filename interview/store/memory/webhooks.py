"""Webhooks and their deliveries in memory."""
# ruff: noqa: ARG002 (there is one transaction at a time: every row is locked)

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from interview.errors import LimitReached
from interview.ids import HookEventId, TenantId, WebhookId
from interview.ports import Page
from interview.ports.lists import DeliveriesWanted, WebhooksWanted
from interview.store.cursors import Cursor
from interview.store.memory.work import Work
from interview.store.sealed_webhooks import SealedWebhook, open_webhook, seal_webhook
from interview.webhooks import Attempt, Delivery, HookEvent, Standing, Status, Webhook


@dataclass
class MemoryWebhooks:
    work: Work

    async def add(self, webhook: Webhook, most: int) -> None:
        if len(self._mine()) >= most:
            raise LimitReached
        row = self.work.row(webhook.webhook_id)
        self.work.tables.webhooks.insert(row, await self._sealed(webhook))

    async def get(self, webhook: WebhookId, *, lock: bool = False) -> Webhook:
        return await self._opened(self.work.tables.webhooks.find(self.work.row(webhook)))

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        return self.work.tables.webhooks.find(self.work.row(thing)).revision

    async def page(self, limit: int, after: str | None) -> Page[Webhook]:
        found = self.work.page(
            self._mine(),
            lambda w: Cursor(w.created_at, w.webhook_id),
            limit,
            after,
            WebhooksWanted(),
        )
        return Page(tuple([await self._opened(each) for each in found.items]), found.next)

    async def change(self, webhook: Webhook) -> None:
        row = self.work.row(webhook.webhook_id)
        held = self.work.tables.webhooks.find(row)
        changed = replace(await self._sealed(webhook), created_at=held.created_at)
        self.work.tables.webhooks[row] = changed

    async def stand(self, webhook: WebhookId, standing: Standing) -> None:
        row = self.work.row(webhook)
        held = self.work.tables.webhooks.find(row)
        self.work.tables.webhooks[row] = replace(held, standing=standing)

    async def remove(self, webhook: WebhookId) -> None:
        tables, row = self.work.tables, self.work.row(webhook)
        tables.webhooks.find(row)
        del tables.webhooks[row]
        for key in [key for key in tables.deliveries if key[:2] == row]:
            del tables.deliveries[key]
            tables.tries.pop(key, None)

    def _mine(self) -> list[SealedWebhook]:
        rows = self.work.tables.webhooks.items()
        return [webhook for (tenant, _), webhook in rows if tenant == self.work.tenant]

    async def _sealed(self, webhook: Webhook) -> SealedWebhook:
        return seal_webhook(await self.work.vault.key_about(None), self.work.tenant, webhook)

    async def _opened(self, sealed: SealedWebhook) -> Webhook:
        return open_webhook(await self.work.vault.key_about(None), self.work.tenant, sealed)


@dataclass
class MemoryDeliveries:
    work: Work

    async def tell(self, event: HookEvent) -> None:
        now = event.occurred_at
        for (tenant, name), webhook in tuple(self.work.tables.webhooks.items()):
            if tenant != self.work.tenant or event.type not in webhook.types:
                continue
            delivery = Delivery(WebhookId(name), event, "waiting", now, now)
            if not webhook.standing.enabled:
                delivery = delivery.hold(now)
            self.work.tables.deliveries.insert(self._key(delivery), delivery)
            if delivery.next_at is not None:
                self._post(delivery)

    async def get(self, webhook: WebhookId, event: HookEventId, *, lock: bool = False) -> Delivery:
        return self.work.tables.deliveries.find((self.work.tenant, webhook, event))

    async def page(
        self,
        webhook: WebhookId,
        limit: int,
        after: str | None,
        status: Status | None = None,
        since: datetime | None = None,
    ) -> Page[Delivery]:
        wanted = DeliveriesWanted(webhook, status, since)
        found = self._found(
            lambda d: (
                d.webhook == webhook
                and status in (None, d.status)
                and (since is None or d.event.occurred_at >= since)
            )
        )
        return self.work.page(found, _cursor, limit, after, wanted)

    async def attempts(self, webhook: WebhookId, event: HookEventId) -> tuple[Attempt, ...]:
        return self.work.tables.tries.get((self.work.tenant, webhook, event), ())

    async def save(self, delivery: Delivery, attempt: Attempt | None = None) -> None:
        tables, key = self.work.tables, self._key(delivery)
        tables.deliveries.find(key)
        tables.deliveries[key] = delivery
        if attempt is not None:
            tables.tries[key] = (*tables.tries.get(key, ()), attempt)

    async def put(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            await self.save(delivery)
            self._post(delivery)

    async def unsent(self, webhook: WebhookId, since: datetime, most: int) -> tuple[Delivery, ...]:
        found = self._found(
            lambda d: (
                d.webhook == webhook
                and d.status in {"failed", "held"}
                and d.event.occurred_at >= since
            )
        )
        return tuple(islice(found, most))

    async def forgotten(self, before: datetime, most: int) -> tuple[Delivery, ...]:
        found = self._found(lambda d: d.next_at is not None and d.next_at < before)
        return tuple(islice(found, most))

    async def drop(self, before: datetime) -> None:
        for delivery in tuple(self._found(lambda d: d.ended_at is not None)):
            if delivery.ended_at is not None and delivery.ended_at < before:
                del self.work.tables.deliveries[self._key(delivery)]
                self.work.tables.tries.pop(self._key(delivery), None)

    def _found(self, keep: Callable[[Delivery], bool]) -> Iterator[Delivery]:
        rows = self.work.tables.deliveries.items()
        mine = [delivery for (tenant, *_), delivery in rows if tenant == self.work.tenant]
        return (delivery for delivery in sorted(mine, key=_cursor) if keep(delivery))

    def _key(self, delivery: Delivery) -> tuple[TenantId, UUID, UUID]:
        return self.work.tenant, delivery.webhook, delivery.event.event_id

    def _post(self, delivery: Delivery) -> None:
        posted = self.work.tables.posted
        posted.insert(len(posted) + 1, self._key(delivery))


def _cursor(delivery: Delivery) -> Cursor:
    return Cursor(delivery.created_at, delivery.event.event_id)
