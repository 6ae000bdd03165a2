"""The nouns of webhooks: endpoints, what is on its way to them, and who carries it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from interview.ids import HookEventId, WebhookId
from interview.ports.shapes import Page
from interview.ports.tenancy import Revised
from interview.webhooks import Attempt, Delivery, HookEvent, Outcome, Standing, Status, Webhook


class Webhooks(Revised, Protocol):
    """Endpoints. URL and secrets are sealed under the tenant's key."""

    async def add(self, webhook: Webhook, most: int) -> None:
        """Raises `LimitReached` when there are `most` already."""
        ...

    async def get(self, webhook: WebhookId, *, lock: bool = False) -> Webhook:
        """`lock` holds the row until the transaction ends. Raises `NotFound`."""
        ...

    async def page(self, limit: int, after: str | None) -> Page[Webhook]: ...
    async def change(self, webhook: Webhook) -> None:
        """Everything but `created_at`. Raises `NotFound`."""
        ...

    async def stand(self, webhook: WebhookId, standing: Standing) -> None:
        """The standing alone. Raises `NotFound`."""
        ...

    async def remove(self, webhook: WebhookId) -> None:
        """With all its deliveries. Raises `NotFound`."""
        ...


class Deliveries(Protocol):
    """Events on their way to endpoints; each that is due has a job in the queue."""

    async def tell(self, event: HookEvent) -> None:
        """A delivery to each endpoint that asks for it, held where the endpoint is disabled."""
        ...

    async def get(self, webhook: WebhookId, event: HookEventId, *, lock: bool = False) -> Delivery:
        """Raises `NotFound`."""
        ...

    async def page(
        self,
        webhook: WebhookId,
        limit: int,
        after: str | None,
        status: Status | None = None,
        since: datetime | None = None,
    ) -> Page[Delivery]:
        """Oldest first; `since` keeps those of events that occurred then or later."""
        ...

    async def attempts(self, webhook: WebhookId, event: HookEventId) -> tuple[Attempt, ...]:
        """In order."""
        ...

    async def save(self, delivery: Delivery, attempt: Attempt | None = None) -> None:
        """Where it stands, and the try that brought it there. Raises `NotFound`."""
        ...

    async def put(self, deliveries: Sequence[Delivery]) -> None:
        """Saves where they stand, and puts a job for each into the queue, due now."""
        ...

    async def unsent(self, webhook: WebhookId, since: datetime, most: int) -> tuple[Delivery, ...]:
        """Up to `most` that failed or were held, of events since then, oldest first, locked."""
        ...

    async def forgotten(self, before: datetime, most: int) -> tuple[Delivery, ...]:
        """Up to `most` that wait though they were due before: the queue has lost their jobs."""
        ...

    async def drop(self, before: datetime) -> None:
        """Those that were over before then, with their log."""
        ...


class Courier(Protocol):
    """Who brings a body to an endpoint."""

    async def bring(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        """What came of it; never raises for what the other side does."""
        ...
