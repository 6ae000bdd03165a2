"""Webhooks and their deliveries in PostgreSQL."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

import asyncpg
from pgqueuer.queries import Queries

from interview.errors import LimitReached
from interview.ids import HookEventId, WebhookId
from interview.lifecycle import State
from interview.ports import DELIVERY, Page
from interview.ports.lists import DeliveriesWanted, WebhooksWanted
from interview.store.cursors import Cursor
from interview.store.postgres.lists import Filter, Listing, Order
from interview.store.postgres.session import translated
from interview.store.postgres.work import Work
from interview.store.sealed_webhooks import SealedWebhook, open_webhook, seal_webhook
from interview.webhooks import (
    Attempt,
    Delivery,
    HookEvent,
    HookType,
    Outcome,
    Standing,
    Status,
    Webhook,
)

ONE_MAKER_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended('webhooks ' || $1, 0))"

COUNT_WEBHOOKS = "SELECT count(*) AS there FROM webhooks WHERE tenant = $1"

ADD_WEBHOOK = """
    INSERT INTO webhooks (
        tenant, webhook_id, sealed_url, description, types, sealed_secret, sealed_retired,
        retired_until, changed_at, version, disabled_reason, disabled_at, failing_since, created_at
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
"""

WEBHOOK = """
    SELECT webhook_id, sealed_url, description, types, sealed_secret, sealed_retired,
        retired_until, created_at, changed_at, version, disabled_reason, disabled_at, failing_since
    FROM webhooks WHERE tenant = $1 AND webhook_id = $2
"""

WEBHOOK_LOCKED = f"{WEBHOOK} FOR NO KEY UPDATE"

WEBHOOK_REVISION = "SELECT revision FROM webhooks WHERE tenant = $1 AND webhook_id = $2"

WEBHOOK_REVISION_LOCKED = f"{WEBHOOK_REVISION} FOR NO KEY UPDATE"

WEBHOOKS = """
    SELECT webhook_id, sealed_url, description, types, sealed_secret, sealed_retired,
        retired_until, created_at, changed_at, version, disabled_reason, disabled_at, failing_since
    FROM webhooks
"""
BY_AGE = Order("created_at", "webhook_id")

CHANGE_WEBHOOK = """
    UPDATE webhooks SET sealed_url = $3, description = $4, types = $5, sealed_secret = $6,
        sealed_retired = $7, retired_until = $8, changed_at = $9, version = $10,
        disabled_reason = $11, disabled_at = $12, failing_since = $13
    WHERE tenant = $1 AND webhook_id = $2
    RETURNING webhook_id
"""

STAND = """
    UPDATE webhooks SET disabled_reason = $3, disabled_at = $4, failing_since = $5
    WHERE tenant = $1 AND webhook_id = $2
    RETURNING webhook_id
"""

REMOVE_WEBHOOK = "DELETE FROM webhooks WHERE tenant = $1 AND webhook_id = $2 RETURNING webhook_id"


@dataclass(frozen=True)
class PostgresWebhooks:
    work: Work

    async def add(self, webhook: Webhook, most: int) -> None:
        session, tenant = self.work.session, self.work.tenant
        await session.execute(ONE_MAKER_AT_A_TIME, str(tenant))
        if (await session.row(COUNT_WEBHOOKS, tenant))["there"] >= most:
            raise LimitReached
        await session.execute(ADD_WEBHOOK, *await self._row(webhook), webhook.created_at)

    async def get(self, webhook: WebhookId, *, lock: bool = False) -> Webhook:
        sql = WEBHOOK_LOCKED if lock else WEBHOOK
        return await self._opened(await self.work.session.row(sql, self.work.tenant, webhook))

    async def revision(self, thing: UUID, *, lock: bool = False) -> int:
        sql = WEBHOOK_REVISION_LOCKED if lock else WEBHOOK_REVISION
        return await self.work.revision(sql, thing)

    async def page(self, limit: int, after: str | None) -> Page[Webhook]:
        listing = Listing(self.work, WEBHOOKS, BY_AGE)
        page = await listing.page(WebhooksWanted(), (), limit, after, _as_it_is, _place)
        return Page(tuple([await self._opened(row) for row in page.items]), page.next)

    async def change(self, webhook: Webhook) -> None:
        await self.work.session.row(CHANGE_WEBHOOK, *await self._row(webhook))

    async def stand(self, webhook: WebhookId, standing: Standing) -> None:
        await self.work.session.row(
            STAND,
            self.work.tenant,
            webhook,
            standing.reason,
            standing.disabled_at,
            standing.failing_since,
        )

    async def remove(self, webhook: WebhookId) -> None:
        await self.work.session.row(REMOVE_WEBHOOK, self.work.tenant, webhook)

    async def _row(self, webhook: Webhook) -> tuple[object, ...]:
        key = await self.work.vault.key_about(None)
        sealed = seal_webhook(key, self.work.tenant, webhook)
        return (
            self.work.tenant,
            sealed.webhook_id,
            sealed.sealed_url,
            sealed.description,
            sorted(sealed.types),
            sealed.sealed_secret,
            sealed.sealed_retired,
            sealed.retired_until,
            sealed.changed_at,
            sealed.version,
            sealed.standing.reason,
            sealed.standing.disabled_at,
            sealed.standing.failing_since,
        )

    async def _opened(self, row: asyncpg.Record) -> Webhook:
        sealed = SealedWebhook(
            webhook_id=row["webhook_id"],
            sealed_url=row["sealed_url"],
            description=row["description"],
            types=frozenset(map(HookType, row["types"])),
            sealed_secret=row["sealed_secret"],
            sealed_retired=row["sealed_retired"],
            retired_until=row["retired_until"],
            created_at=row["created_at"],
            changed_at=row["changed_at"],
            version=row["version"],
            standing=Standing(row["disabled_reason"], row["disabled_at"], row["failing_since"]),
        )
        return open_webhook(await self.work.vault.key_about(None), self.work.tenant, sealed)


TELL = """
    INSERT INTO webhook_deliveries (
        tenant, webhook_id, event_id, type, interview_id, state, occurred_at, status, created_at,
        next_at, attempts, tries, ended_at, on_call
    )
    SELECT w.tenant, w.webhook_id, $2, $3, $4, $5, $6::timestamptz,
        CASE WHEN w.disabled_reason IS NULL THEN 'waiting' ELSE 'held' END, $6,
        CASE WHEN w.disabled_reason IS NULL THEN $6 END, 0, 0,
        CASE WHEN w.disabled_reason IS NOT NULL THEN $6 END, $7
    FROM webhooks AS w WHERE w.tenant = $1 AND $3 = ANY (w.types)
    RETURNING webhook_id, status
"""

DELIVERY_ROW = """
    SELECT webhook_id, event_id, type, interview_id, state, occurred_at, status, created_at,
        next_at, attempts, tries, ended_at, on_call
    FROM webhook_deliveries WHERE tenant = $1 AND webhook_id = $2 AND event_id = $3
"""

DELIVERY_LOCKED = f"{DELIVERY_ROW} FOR NO KEY UPDATE"

DELIVERIES = """
    SELECT webhook_id, event_id, type, interview_id, state, occurred_at, status, created_at,
        next_at, attempts, tries, ended_at, on_call
    FROM webhook_deliveries
"""
IN_TURN = Order("created_at", "event_id")

ATTEMPTS = """
    SELECT number, at, status, failure, duration_ms FROM webhook_attempts
    WHERE tenant = $1 AND webhook_id = $2 AND event_id = $3 ORDER BY number
"""

SAVE_DELIVERY = """
    UPDATE webhook_deliveries
    SET status = $4, next_at = $5, attempts = $6, tries = $7, ended_at = $8
    WHERE tenant = $1 AND webhook_id = $2 AND event_id = $3
    RETURNING event_id
"""

ADD_ATTEMPT = """
    INSERT INTO webhook_attempts (
        tenant, webhook_id, event_id, number, at, status, failure, duration_ms
    ) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
"""

UNSENT = """
    SELECT webhook_id, event_id, type, interview_id, state, occurred_at, status, created_at,
        next_at, attempts, tries, ended_at, on_call
    FROM webhook_deliveries
    WHERE tenant = $1 AND webhook_id = $2 AND status IN ('failed', 'held') AND occurred_at >= $3
    ORDER BY created_at, event_id LIMIT $4
    FOR NO KEY UPDATE
"""

FORGOTTEN = """
    SELECT webhook_id, event_id, type, interview_id, state, occurred_at, status, created_at,
        next_at, attempts, tries, ended_at, on_call
    FROM webhook_deliveries WHERE tenant = $1 AND status = 'waiting' AND next_at < $2
    ORDER BY next_at LIMIT $3
    FOR NO KEY UPDATE SKIP LOCKED
"""

DROP_DELIVERIES = "DELETE FROM webhook_deliveries WHERE tenant = $1 AND ended_at < $2"


@dataclass(frozen=True)
class PostgresDeliveries:
    work: Work

    async def tell(self, event: HookEvent) -> None:
        rows = await self.work.session.rows(
            TELL,
            self.work.tenant,
            event.event_id,
            event.type,
            event.interview,
            event.state,
            event.occurred_at,
            list(event.on_call),
        )
        due = [row["webhook_id"] for row in rows if row["status"] == "waiting"]
        await self._post([(webhook, event.event_id) for webhook in due])

    async def get(self, webhook: WebhookId, event: HookEventId, *, lock: bool = False) -> Delivery:
        sql = DELIVERY_LOCKED if lock else DELIVERY_ROW
        return _delivery(await self.work.session.row(sql, self.work.tenant, webhook, event))

    async def page(
        self,
        webhook: WebhookId,
        limit: int,
        after: str | None,
        status: Status | None = None,
        since: datetime | None = None,
    ) -> Page[Delivery]:
        wanted = DeliveriesWanted(webhook, status, since)
        filters: list[Filter] = [
            ("webhook_id = {}", webhook),
            ("status = {}", status),
            ("occurred_at >= {}", since),
        ]
        listing = Listing(self.work, DELIVERIES, IN_TURN)
        return await listing.page(wanted, filters, limit, after, _delivery, _turn)

    async def attempts(self, webhook: WebhookId, event: HookEventId) -> tuple[Attempt, ...]:
        rows = await self.work.session.rows(ATTEMPTS, self.work.tenant, webhook, event)
        return tuple(
            Attempt(
                row["number"],
                row["at"],
                Outcome(row["status"], row["failure"], row["duration_ms"]),
            )
            for row in rows
        )

    async def save(self, delivery: Delivery, attempt: Attempt | None = None) -> None:
        session, name = self.work.session, self._name(delivery)
        await session.row(SAVE_DELIVERY, *name, *_where_it_stands(delivery))
        if attempt is not None:
            outcome = attempt.outcome
            said = (outcome.status, outcome.failure, outcome.duration_ms)
            await session.execute(ADD_ATTEMPT, *name, attempt.number, attempt.at, *said)

    async def put(self, deliveries: Sequence[Delivery]) -> None:
        rows = [(*self._name(each), *_where_it_stands(each)) for each in deliveries]
        await self.work.session.execute_each(SAVE_DELIVERY, rows)
        await self._post([(each.webhook, each.event.event_id) for each in deliveries])

    async def unsent(self, webhook: WebhookId, since: datetime, most: int) -> tuple[Delivery, ...]:
        rows = await self.work.session.rows(UNSENT, self.work.tenant, webhook, since, most)
        return tuple(_delivery(row) for row in rows)

    async def forgotten(self, before: datetime, most: int) -> tuple[Delivery, ...]:
        rows = await self.work.session.rows(FORGOTTEN, self.work.tenant, before, most)
        return tuple(_delivery(row) for row in rows)

    async def drop(self, before: datetime) -> None:
        await self.work.session.execute(DROP_DELIVERIES, self.work.tenant, before)

    def _name(self, delivery: Delivery) -> tuple[UUID, UUID, UUID]:
        return self.work.tenant, delivery.webhook, delivery.event.event_id

    async def _post(self, names: Sequence[tuple[UUID, UUID]]) -> None:
        """A job for each, on the connection and in the transaction of the change."""
        if not names:
            return
        tenant = str(self.work.tenant)
        orders = [
            json.dumps({"tenant": tenant, "webhook": str(webhook), "event": str(event)}).encode()
            for webhook, event in names
        ]
        # The pool's proxy has every method of a connection, its class is not one.
        connection = cast(asyncpg.Connection, self.work.session.connection)
        queue = Queries.from_asyncpg_connection(connection)
        with translated():
            await queue.enqueue([DELIVERY] * len(orders), list(orders), [0] * len(orders))


def _where_it_stands(delivery: Delivery) -> tuple[object, ...]:
    return (
        delivery.status,
        delivery.next_at,
        delivery.attempts,
        delivery.tries,
        delivery.ended_at,
    )


def _delivery(row: asyncpg.Record) -> Delivery:
    event = HookEvent(
        event_id=row["event_id"],
        type=HookType(row["type"]),
        interview=row["interview_id"],
        state=State(row["state"]),
        occurred_at=row["occurred_at"],
        on_call=tuple(row["on_call"]),
    )
    return Delivery(
        webhook=row["webhook_id"],
        event=event,
        status=row["status"],
        created_at=row["created_at"],
        next_at=row["next_at"],
        attempts=row["attempts"],
        tries=row["tries"],
        ended_at=row["ended_at"],
    )


def _as_it_is(row: asyncpg.Record) -> asyncpg.Record:
    return row


def _place(row: asyncpg.Record) -> Cursor:
    return Cursor(row["created_at"], row["webhook_id"])


def _turn(delivery: Delivery) -> Cursor:
    return Cursor(delivery.created_at, delivery.event.event_id)
