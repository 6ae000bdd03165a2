"""Webhooks: endpoints that are told what becomes of interviews, and what was sent to them."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from aiohttp import web
from interview.addresses import LONGEST_URL
from interview.errors import Code
from interview.ids import HookEventId, WebhookId
from interview.kit import Frozen
from interview.lifecycle import State
from interview.use_cases import webhooks
from interview.webhooks import (
    Attempt,
    Delivery,
    Failure,
    HookType,
    Reason,
    Status,
    Webhook,
)
from pydantic import AfterValidator, AwareDatetime, Field

from api.callers import Staff
from api.registry import STAFF, Call, operation
from api.v1.asking import Moment
from api.v1.shapes import Instant, Listed, PageQuery, without_controls

Url = Annotated[str, Field(min_length=1, max_length=LONGEST_URL)]
Description = Annotated[str, Field(max_length=200), AfterValidator(without_controls)]
Types = Annotated[tuple[HookType, ...], Field(min_length=1, max_length=len(HookType))]
LONGEST_OVERLAP_HOURS = 168


class WebhookBody(Frozen):
    """Where to send what. The URL begins with `https://` and names a public host."""

    url: Url
    event_types: Types
    description: Description = ""


class WebhookChanges(Frozen):
    """What is to be different; what is left out or null stays."""

    url: Url | None = None
    event_types: Types | None = None
    description: Description | None = None
    enabled: bool | None = None


class RotateBody(Frozen):
    """For so many hours what is sent carries a signature by the old secret too; 0 for none."""

    overlap_hours: Annotated[int, Field(ge=0, le=LONGEST_OVERLAP_HOURS)] = 24


class ReplayBody(Frozen):
    """What failed or was held, of events that occurred then or later."""

    since: AwareDatetime


class WebhookView(Frozen):
    """An endpoint. `disabled_reason` says why nothing is sent: `by_hand`, `gone` (it answered 410)
    or `failing` (for three days); `failing_since` is the first failure after the last success."""

    id: UUID
    url: str
    description: str
    event_types: tuple[HookType, ...]
    enabled: bool
    disabled_reason: Reason | None
    disabled_at: Instant
    failing_since: Instant
    old_secret_until: Instant
    created_at: AwareDatetime
    changed_at: AwareDatetime

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookView":
        standing = webhook.standing
        return cls(
            id=webhook.webhook_id,
            url=webhook.url,
            description=webhook.description,
            event_types=tuple(sorted(webhook.types)),
            enabled=standing.enabled,
            disabled_reason=standing.reason,
            disabled_at=standing.disabled_at,
            failing_since=standing.failing_since,
            old_secret_until=webhook.retired.until if webhook.retired else None,
            created_at=webhook.created_at,
            changed_at=webhook.changed_at,
        )


class SecretWebhook(WebhookView):
    """An endpoint with the secret that signs (`whsec_` and base64), which is shown only here."""

    secret: str


class WebhookPage(Listed[WebhookView]):
    """One page of endpoints, oldest first; `next` is null on the last one."""


class DeliveryView(Frozen):
    """One event on its way to an endpoint. `status` is `waiting` (due at `next_at`), `delivered`,
    `failed` (given up) or `held` (the endpoint was disabled)."""

    event_id: UUID
    type: HookType
    interview_id: UUID
    state: State
    occurred_at: AwareDatetime
    status: Status
    attempts: int
    next_at: Instant
    ended_at: Instant

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryView":
        event = delivery.event
        return cls(
            event_id=event.event_id,
            type=event.type,
            interview_id=event.interview,
            state=event.state,
            occurred_at=event.occurred_at,
            status=delivery.status,
            attempts=delivery.attempts,
            next_at=delivery.next_at,
            ended_at=delivery.ended_at,
        )


class AttemptView(Frozen):
    """One try. `status` is that of the answer, if there was one; `failure` is null for a success.
    What the endpoint wrote is not kept."""

    number: int
    at: AwareDatetime
    status: int | None
    failure: Failure | None
    duration_ms: int

    @classmethod
    def of(cls, attempt: Attempt) -> "AttemptView":
        said = attempt.outcome
        return cls(
            number=attempt.number,
            at=attempt.at,
            status=said.status,
            failure=said.failure,
            duration_ms=said.duration_ms,
        )


class DeliveryLog(DeliveryView):
    """A delivery with every try, in order."""

    log: tuple[AttemptView, ...]


class DeliveryQuery(PageQuery):
    """`status` keeps only deliveries that stand so, `since` those of events from then on."""

    status: Status | None = None
    since: Moment | None = None


class DeliveryPage(Listed[DeliveryView]):
    """One page of deliveries, oldest first; `next` is null on the last one."""


class Replayed(Frozen):
    """How many deliveries were begun again; with `more` there are others: call again."""

    count: int
    more: bool


@operation(
    "POST",
    "/v1/webhooks",
    STAFF,
    tag="webhooks",
    status=201,
    creates=True,
    made=lambda tx: tx.webhooks,
    errors=[Code.LIMIT_REACHED],
)
async def create_webhook(call: Call, caller: Staff, body: WebhookBody) -> SecretWebhook:
    """Add an endpoint.

    Each event is a POST signed as Standard Webhooks says (`webhook-id`, `webhook-timestamp`,
    `webhook-signature`), with ids and states alone. Every 2xx within 15 seconds is a success;
    anything else is tried again ten times over three days. Redirects are not followed.
    """
    made = await webhooks.create_webhook(
        call.world,
        caller.tenant,
        call.desk.reach,
        body.url,
        body.description,
        frozenset(body.event_types),
    )
    return SecretWebhook(**dict(WebhookView.of(made)), secret=made.secret)


@operation("GET", "/v1/webhooks", STAFF, tag="webhooks")
async def list_webhooks(call: Call, caller: Staff, query: PageQuery) -> WebhookPage:
    """List endpoints."""
    page = await webhooks.list_webhooks(call.world, caller.tenant, query.limit, query.after)
    return WebhookPage(items=tuple(map(WebhookView.of, page.items)), next=page.next)


@operation(
    "GET",
    "/v1/webhooks/{webhook_id}",
    STAFF,
    tag="webhooks",
    revised=lambda tx: tx.webhooks,
    errors=[Code.NOT_FOUND],
)
async def get_webhook(call: Call, caller: Staff, webhook_id: UUID) -> WebhookView:
    """Get an endpoint and how it stands."""
    found = await webhooks.get_webhook(call.world, caller.tenant, WebhookId(webhook_id))
    return WebhookView.of(found)


@operation(
    "PATCH",
    "/v1/webhooks/{webhook_id}",
    STAFF,
    tag="webhooks",
    revised=lambda tx: tx.webhooks,
    errors=[Code.NOT_FOUND],
)
async def change_webhook(
    call: Call, caller: Staff, webhook_id: UUID, body: WebhookChanges
) -> WebhookView:
    """Change an endpoint, disable or enable it.

    While it is disabled events are held; they leave when they are sent again.
    """
    types = None if body.event_types is None else frozenset(body.event_types)
    changes = webhooks.Changes(body.url, body.description, types, body.enabled)
    changed = await webhooks.change_webhook(
        call.world, caller.tenant, call.desk.reach, WebhookId(webhook_id), changes
    )
    call.told.update(_told(body))
    return WebhookView.of(changed)


def _told(body: WebhookChanges) -> dict[str, str]:
    """What was changed, without what somebody wrote."""
    facts = {"fields": ",".join(sorted(body.model_dump(exclude_none=True)))}
    return facts if body.enabled is None else {**facts, "enabled": str(body.enabled).lower()}


@operation(
    "DELETE",
    "/v1/webhooks/{webhook_id}",
    STAFF,
    tag="webhooks",
    status=204,
    revised=lambda tx: tx.webhooks,
    errors=[Code.NOT_FOUND],
)
async def delete_webhook(call: Call, caller: Staff, webhook_id: UUID) -> web.Response:
    """Remove an endpoint with all that was on its way to it."""
    await webhooks.delete_webhook(call.world, caller.tenant, WebhookId(webhook_id))
    return web.Response(status=204)


@operation(
    "POST",
    "/v1/webhooks/{webhook_id}/secret",
    STAFF,
    tag="webhooks",
    creates=True,
    revised=lambda tx: tx.webhooks,
    errors=[Code.NOT_FOUND],
)
async def rotate_webhook_secret(
    call: Call, caller: Staff, webhook_id: UUID, body: RotateBody
) -> SecretWebhook:
    """Make a new secret.

    During the overlap there are two signatures, and a receiver that knows either secret accepts.
    """
    overlap = timedelta(hours=body.overlap_hours)
    made = await webhooks.rotate_secret(call.world, caller.tenant, WebhookId(webhook_id), overlap)
    return SecretWebhook(**dict(WebhookView.of(made)), secret=made.secret)


@operation(
    "GET",
    "/v1/webhooks/{webhook_id}/deliveries",
    STAFF,
    tag="webhooks",
    errors=[Code.NOT_FOUND],
)
async def list_deliveries(
    call: Call, caller: Staff, webhook_id: UUID, query: DeliveryQuery
) -> DeliveryPage:
    """List what was sent to an endpoint, is on its way or was held, for a month."""
    page = await webhooks.list_deliveries(
        call.world,
        caller.tenant,
        WebhookId(webhook_id),
        query.limit,
        query.after,
        query.status,
        query.since,
    )
    return DeliveryPage(items=tuple(map(DeliveryView.of, page.items)), next=page.next)


@operation(
    "GET",
    "/v1/webhooks/{webhook_id}/deliveries/{event_id}",
    STAFF,
    tag="webhooks",
    errors=[Code.NOT_FOUND],
)
async def get_delivery(call: Call, caller: Staff, webhook_id: UUID, event_id: UUID) -> DeliveryLog:
    """Get a delivery with the log of its tries."""
    delivery, attempts = await webhooks.get_delivery(
        call.world, caller.tenant, WebhookId(webhook_id), HookEventId(event_id)
    )
    log = tuple(map(AttemptView.of, attempts))
    return DeliveryLog(**dict(DeliveryView.of(delivery)), log=log)


@operation(
    "POST",
    "/v1/webhooks/{webhook_id}/deliveries/{event_id}/replay",
    STAFF,
    tag="webhooks",
    status=202,
    errors=[Code.NOT_FOUND, Code.WEBHOOK_DISABLED],
)
async def replay_delivery(
    call: Call, caller: Staff, webhook_id: UUID, event_id: UUID
) -> DeliveryView:
    """Send one event once more, under its own id, whatever became of it before."""
    call.told["event_id"] = str(event_id)
    return DeliveryView.of(
        await webhooks.send_again(
            call.world, caller.tenant, WebhookId(webhook_id), HookEventId(event_id)
        )
    )


@operation(
    "POST",
    "/v1/webhooks/{webhook_id}/replay",
    STAFF,
    tag="webhooks",
    status=202,
    errors=[Code.NOT_FOUND, Code.WEBHOOK_DISABLED],
)
async def replay_webhook(call: Call, caller: Staff, webhook_id: UUID, body: ReplayBody) -> Replayed:
    """Send again what failed or was held, up to a thousand events a call, oldest first."""
    count = await webhooks.send_all_again(
        call.world, caller.tenant, WebhookId(webhook_id), body.since
    )
    call.told["count"] = str(count)
    return Replayed(count=count, more=count == webhooks.AT_ONCE)


OPERATIONS = (
    create_webhook,
    list_webhooks,
    get_webhook,
    change_webhook,
    delete_webhook,
    rotate_webhook_secret,
    list_deliveries,
    get_delivery,
    replay_delivery,
    replay_webhook,
)
