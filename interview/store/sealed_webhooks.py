"""What is stored of a webhook's endpoint: where it is and what signs is sealed."""

from dataclasses import dataclass
from datetime import datetime

from interview.ids import TenantId, WebhookId
from interview.sealing import Place, SealingKey
from interview.webhooks import HookType, Retired, Standing, Webhook


@dataclass(frozen=True, slots=True)
class SealedWebhook:
    """Sealed under the tenant's key, each value for its `version`; `revision` also counts how it
    stands, for which nothing is sealed anew."""

    webhook_id: WebhookId
    sealed_url: bytes
    description: str
    types: frozenset[HookType]
    sealed_secret: bytes
    sealed_retired: bytes | None
    retired_until: datetime | None
    created_at: datetime
    changed_at: datetime
    version: int
    standing: Standing
    revision: int = 1


def seal_webhook(key: SealingKey, tenant: TenantId, webhook: Webhook) -> SealedWebhook:
    def sealed(column: str, text: str) -> bytes:
        return key.seal(text.encode(), _place(tenant, webhook.webhook_id, column, webhook.version))

    retired = webhook.retired
    return SealedWebhook(
        webhook_id=webhook.webhook_id,
        sealed_url=sealed("url", webhook.url),
        description=webhook.description,
        types=webhook.types,
        sealed_secret=sealed("secret", webhook.secret),
        sealed_retired=sealed("retired", retired.secret) if retired else None,
        retired_until=retired.until if retired else None,
        created_at=webhook.created_at,
        changed_at=webhook.changed_at,
        version=webhook.version,
        standing=webhook.standing,
    )


def open_webhook(key: SealingKey, tenant: TenantId, sealed: SealedWebhook) -> Webhook:
    """Raises `Sealed`."""

    def opened(column: str, value: bytes) -> str:
        return key.open(value, _place(tenant, sealed.webhook_id, column, sealed.version)).decode()

    retired = None
    if sealed.sealed_retired is not None and sealed.retired_until is not None:
        retired = Retired(opened("retired", sealed.sealed_retired), sealed.retired_until)
    return Webhook(
        webhook_id=sealed.webhook_id,
        url=opened("url", sealed.sealed_url),
        description=sealed.description,
        types=sealed.types,
        secret=opened("secret", sealed.sealed_secret),
        created_at=sealed.created_at,
        changed_at=sealed.changed_at,
        version=sealed.version,
        retired=retired,
        standing=sealed.standing,
    )


def _place(tenant: TenantId, webhook: WebhookId, column: str, version: int) -> Place:
    return Place(tenant, "webhooks", str(webhook), column, version)
