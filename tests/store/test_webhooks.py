"""Webhooks and deliveries in every store: kept, sealed, apart, and in the same transaction."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import asyncpg
import pytest

from interview.errors import Invalid, LimitReached, NotFound, Sealed
from interview.ids import HookEventId, WebhookId
from interview.lifecycle import State
from interview.ports import DELIVERY, Store
from interview.store.memory import MemoryStore
from interview.store.postgres import PostgresStore
from interview.webhooks import (
    Attempt,
    Delivery,
    HookEvent,
    HookType,
    Outcome,
    Standing,
    Status,
    Webhook,
    new_secret,
)
from tests.fakes.clock import NOON
from tests.store.world import Held, hold

pytestmark = pytest.mark.store

LATER = NOON + timedelta(minutes=1)
MOST = 9
ENABLED = Standing()
FAILED = Outcome(503, "status", 12)


def webhook(*types: HookType, age: int = 0, standing: Standing = ENABLED) -> Webhook:
    at = NOON + timedelta(seconds=age)
    return Webhook(
        webhook_id=WebhookId(uuid4()),
        url="https://hooks.example.com/in?token=canary",
        description="the ATS",
        types=frozenset(types or HookType),
        secret=new_secret(),
        created_at=at,
        changed_at=at,
        standing=standing,
    )


def event(held: Held, kind: HookType = HookType.ENDED, age: int = 0) -> HookEvent:
    at = NOON + timedelta(seconds=age)
    return HookEvent(HookEventId(uuid4()), kind, held.interview, State.ENDED, at)


async def test_every_change_of_an_endpoint_counts_and_what_stays_as_it_was_does_not(
    store: Store, held: Held, other: Held
) -> None:
    made = await with_webhook(store, held, webhook())
    failing = Standing(failing_since=LATER)
    counted: list[int] = []
    async with store.transaction(held.tenant) as tx:
        hooks, name = tx.webhooks, made.webhook_id
        counted.append(await hooks.revision(name))
        await hooks.change(replace(made, description="Other", version=2))
        counted.append(await hooks.revision(name, lock=True))
        for standing in (failing, failing, ENABLED):
            await hooks.stand(name, standing)
            counted.append(await hooks.revision(name))
    async with store.transaction(other.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.webhooks.revision(made.webhook_id)

    assert [1, 2, 3, 3, 4] == counted


async def with_webhook(store: Store, held: Held, made: Webhook) -> Webhook:
    async with store.transaction(held.tenant) as tx:
        await tx.webhooks.add(made, MOST)
    return made


async def told(store: Store, held: Held, *events: HookEvent) -> None:
    async with store.transaction(held.tenant) as tx:
        for each in events:
            await tx.deliveries.tell(each)


async def jobs(store: Store, owner: asyncpg.Connection) -> int:
    """How many jobs of deliveries lie in the queue."""
    if isinstance(store, MemoryStore):
        return len(store.tables.posted)
    found: int = await owner.fetchval(
        "SELECT count(*) FROM pgqueuer WHERE entrypoint = $1", DELIVERY
    )
    return found


async def test_a_webhook_is_found_as_it_was_made_and_changed(store: Store, held: Held) -> None:
    made = await with_webhook(store, held, webhook(HookType.ENDED, HookType.SCORED))
    changed = replace(
        made.rotate(new_secret(), LATER, timedelta(hours=1)),
        url="https://other.example.com",
        description="",
        types=frozenset({HookType.READY}),
        standing=Standing("failing", LATER, NOON),
    )
    async with store.transaction(held.tenant) as tx:
        assert made == await tx.webhooks.get(made.webhook_id)
        await tx.webhooks.change(changed)
        assert changed == await tx.webhooks.get(made.webhook_id, lock=True)
        await tx.webhooks.stand(made.webhook_id, Standing(failing_since=LATER))
        found = await tx.webhooks.get(made.webhook_id)

    assert replace(changed, standing=Standing(failing_since=LATER)) == found


async def test_what_is_not_there_is_not_found(store: Store, held: Held) -> None:
    nobody, nothing = WebhookId(uuid4()), HookEventId(uuid4())
    absent = Delivery(nobody, event(held), "waiting", NOON, NOON)
    async with store.transaction(held.tenant) as tx:
        for each in (
            tx.webhooks.get(nobody),
            tx.webhooks.get(nobody, lock=True),
            tx.webhooks.change(replace(webhook(), webhook_id=nobody)),
            tx.webhooks.stand(nobody, Standing()),
            tx.webhooks.remove(nobody),
            tx.deliveries.get(nobody, nothing),
            tx.deliveries.get(nobody, nothing, lock=True),
            tx.deliveries.save(absent),
        ):
            with pytest.raises(NotFound):
                await each
        assert () == await tx.deliveries.attempts(nobody, nothing)
        assert () == (await tx.deliveries.page(nobody, 9, None)).items


async def test_another_tenants_webhooks_do_not_exist(store: Store, held: Held, other: Held) -> None:
    made, happened = await with_webhook(store, held, webhook()), event(held)
    await told(store, held, happened)
    delivery = Delivery(made.webhook_id, happened, "waiting", NOON, NOON)
    async with store.transaction(other.tenant) as tx:
        for each in (
            tx.webhooks.get(made.webhook_id),
            tx.webhooks.get(made.webhook_id, lock=True),
            tx.webhooks.change(made),
            tx.webhooks.stand(made.webhook_id, Standing()),
            tx.webhooks.remove(made.webhook_id),
            tx.deliveries.get(made.webhook_id, happened.event_id),
            tx.deliveries.save(delivery),
        ):
            with pytest.raises(NotFound):
                await each
        assert () == (await tx.webhooks.page(9, None)).items
        assert () == (await tx.deliveries.page(made.webhook_id, 9, None)).items
        assert () == await tx.deliveries.unsent(made.webhook_id, NOON, 9)
        assert () == await tx.deliveries.forgotten(LATER, 9)
        await tx.deliveries.drop(LATER)
    async with store.transaction(held.tenant) as tx:
        assert delivery == await tx.deliveries.get(made.webhook_id, happened.event_id)


async def test_what_happens_to_another_tenant_is_told_to_nobody_here(
    store: Store, held: Held, other: Held
) -> None:
    made = await with_webhook(store, held, webhook())
    await told(store, other, event(other))

    async with store.transaction(held.tenant) as tx:
        assert () == (await tx.deliveries.page(made.webhook_id, 9, None)).items


async def test_there_are_only_so_many_also_when_all_are_made_at_once(
    store: Store, held: Held
) -> None:
    async def make() -> bool:
        try:
            async with store.transaction(held.tenant) as tx:
                await tx.webhooks.add(webhook(), 2)
        except LimitReached:
            return False
        return True

    assert [False] * 3 + [True] * 2 == sorted(await asyncio.gather(*[make() for _ in range(5)]))


async def test_another_tenants_webhooks_do_not_count(store: Store, held: Held, other: Held) -> None:
    for each in (held, other):
        async with store.transaction(each.tenant) as tx:
            await tx.webhooks.add(webhook(), 1)


async def test_pages_hold_everything_once_in_order_of_age(store: Store, held: Held) -> None:
    made = [await with_webhook(store, held, webhook(age=age)) for age in range(3)]
    async with store.transaction(held.tenant) as tx:
        first = await tx.webhooks.page(2, None)
        second = await tx.webhooks.page(2, first.next)
        with pytest.raises(Invalid):
            await tx.webhooks.page(2, "no cursor")

    assert made == [*first.items, *second.items]
    assert second.next is None


async def test_an_event_goes_to_those_that_asked_for_it_with_a_job_for_each(
    store: Store, held: Held, owner: asyncpg.Connection
) -> None:
    asked = await with_webhook(store, held, webhook(HookType.ENDED, HookType.READY))
    also = await with_webhook(store, held, webhook(HookType.ENDED))
    not_asked = await with_webhook(store, held, webhook(HookType.SCORED))
    happened = event(held)

    await told(store, held, happened)

    expected = Delivery(asked.webhook_id, happened, "waiting", NOON, NOON)
    async with store.transaction(held.tenant) as tx:
        assert expected == await tx.deliveries.get(asked.webhook_id, happened.event_id)
        await tx.deliveries.get(also.webhook_id, happened.event_id)
        assert () == (await tx.deliveries.page(not_asked.webhook_id, 9, None)).items
    assert 2 == await jobs(store, owner)


async def test_a_disabled_endpoint_has_its_events_held_without_a_job(
    store: Store, held: Held, owner: asyncpg.Connection
) -> None:
    made = await with_webhook(store, held, webhook(standing=Standing("gone", NOON)))
    happened = event(held)

    await told(store, held, happened)

    async with store.transaction(held.tenant) as tx:
        found = await tx.deliveries.get(made.webhook_id, happened.event_id)
    assert ("held", None, NOON) == (found.status, found.next_at, found.ended_at)
    assert 0 == await jobs(store, owner)


async def test_nothing_is_on_its_way_of_a_change_that_did_not_commit(
    store: Store, held: Held, owner: asyncpg.Connection
) -> None:
    made, happened = await with_webhook(store, held, webhook()), event(held)

    async def fail() -> None:
        async with store.transaction(held.tenant) as tx:
            await tx.interviews.set_state(held.interview, State.ENDED, NOON)
            await tx.deliveries.tell(happened)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    async with store.transaction(held.tenant) as tx:
        with pytest.raises(NotFound):
            await tx.deliveries.get(made.webhook_id, happened.event_id)
    assert 0 == await jobs(store, owner)


async def test_each_try_is_in_the_log_of_its_delivery(store: Store, held: Held) -> None:
    made, happened = await with_webhook(store, held, webhook()), event(held)
    await told(store, held, happened)
    tries = (Attempt(1, NOON, FAILED), Attempt(2, LATER, Outcome(None, "dns", 3)))
    async with store.transaction(held.tenant) as tx:
        delivery = await tx.deliveries.get(made.webhook_id, happened.event_id, lock=True)
        for attempt in tries:
            delivery = delivery.after(attempt.outcome, attempt.at)
            await tx.deliveries.save(delivery, attempt)

        assert delivery == await tx.deliveries.get(made.webhook_id, happened.event_id)
        assert tries == await tx.deliveries.attempts(made.webhook_id, happened.event_id)


async def test_deliveries_are_listed_by_status_and_age(store: Store, held: Held) -> None:
    made = await with_webhook(store, held, webhook())
    events = [event(held, age=age) for age in range(4)]
    await told(store, held, *events)
    async with store.transaction(held.tenant) as tx:
        second = await tx.deliveries.get(made.webhook_id, events[1].event_id)
        await tx.deliveries.save(second.hold(LATER))

    async with store.transaction(held.tenant) as tx:
        page = tx.deliveries.page
        first = await page(made.webhook_id, 3, None)
        rest = await page(made.webhook_id, 3, first.next)
        held_ones = await page(made.webhook_id, 9, None, "held")
        recent = await page(made.webhook_id, 9, None, None, events[2].occurred_at)
        with pytest.raises(Invalid):
            await page(made.webhook_id, 9, "no cursor")

    assert events == [d.event for d in (*first.items, *rest.items)]
    assert [events[1]] == [d.event for d in held_ones.items]
    assert events[2:] == [d.event for d in recent.items]


async def test_what_was_not_sent_is_found_and_begun_again_with_a_job(
    store: Store, held: Held, owner: asyncpg.Connection
) -> None:
    made = await with_webhook(store, held, webhook())
    events = [event(held, age=age) for age in range(5)]
    await told(store, held, *events)
    became: tuple[Status, ...] = ("failed", "held", "delivered", "failed")
    async with store.transaction(held.tenant) as tx:
        for happened, status in zip(events, became, strict=False):
            delivery = await tx.deliveries.get(made.webhook_id, happened.event_id)
            await tx.deliveries.save(replace(delivery.hold(LATER), status=status))
        assert events[:2] == [d.event for d in await tx.deliveries.unsent(made.webhook_id, NOON, 2)]
        unsent = await tx.deliveries.unsent(made.webhook_id, events[1].occurred_at, 9)
        await tx.deliveries.put([delivery.again(LATER) for delivery in unsent])
        again = await tx.deliveries.get(made.webhook_id, events[3].event_id)

    assert [events[1], events[3]] == [delivery.event for delivery in unsent]
    assert ("waiting", LATER) == (again.status, again.next_at)
    assert 5 + 2 == await jobs(store, owner)


async def test_what_waits_too_long_is_found_and_what_is_over_too_long_is_dropped(
    store: Store, held: Held
) -> None:
    made = await with_webhook(store, held, webhook())
    waiting, over, just_over = [event(held, age=age) for age in range(3)]
    await told(store, held, waiting, over, just_over)
    async with store.transaction(held.tenant) as tx:
        for happened, ended in ((over, NOON), (just_over, LATER)):
            delivery = await tx.deliveries.get(made.webhook_id, happened.event_id)
            await tx.deliveries.save(delivery.hold(ended), Attempt(1, NOON, FAILED))
        assert () == await tx.deliveries.forgotten(NOON, 9)
        forgotten = await tx.deliveries.forgotten(LATER, 9)
        await tx.deliveries.drop(LATER)
        left = (await tx.deliveries.page(made.webhook_id, 9, None)).items
        assert () == await tx.deliveries.attempts(made.webhook_id, over.event_id)

    assert [waiting] == [delivery.event for delivery in forgotten]
    assert [waiting, just_over] == [delivery.event for delivery in left]


async def test_a_removed_webhook_takes_its_deliveries_along(store: Store, held: Held) -> None:
    made, happened = await with_webhook(store, held, webhook()), event(held)
    stays = await with_webhook(store, held, webhook())
    await told(store, held, happened)
    async with store.transaction(held.tenant) as tx:
        delivery = await tx.deliveries.get(made.webhook_id, happened.event_id)
        await tx.deliveries.save(delivery.after(FAILED, NOON), Attempt(1, NOON, FAILED))
        await tx.webhooks.remove(made.webhook_id)

        with pytest.raises(NotFound):
            await tx.deliveries.get(made.webhook_id, happened.event_id)
        assert () == await tx.deliveries.attempts(made.webhook_id, happened.event_id)
        await tx.deliveries.get(stays.webhook_id, happened.event_id)


ANYTHING = """
    SELECT row_to_json(w)::text FROM webhooks AS w
    UNION ALL SELECT row_to_json(d)::text FROM webhook_deliveries AS d
    UNION ALL SELECT encode(payload, 'escape') FROM pgqueuer
"""


async def test_neither_url_nor_secret_lies_in_clear(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    made = webhook().rotate(new_secret(), NOON, timedelta(days=1))
    await with_webhook(postgres_store, held, made)
    await told(postgres_store, held, event(held))

    rows = [row[0] for row in await superuser.fetch(ANYTHING)]
    text = "\n".join(rows) + "\n".join(bytes.fromhex(h).decode("latin-1") for h in _hex(rows))

    assert 3 == len(rows)
    assert made.retired is not None
    for secret in ("canary", "hooks.example.com", made.secret[6:], made.retired.secret[6:]):
        assert secret not in text


def _hex(rows: list[str]) -> list[str]:
    return [part[3:] for row in rows for part in row.split('"') if part.startswith("\\\\x")]


async def test_a_value_that_was_moved_to_another_webhook_cannot_be_opened(
    postgres_store: PostgresStore, superuser: asyncpg.Connection
) -> None:
    held = await hold(postgres_store)
    first, second = webhook(), webhook(age=1)
    for each in (first, second):
        await with_webhook(postgres_store, held, each)
    await superuser.execute(
        "UPDATE webhooks AS w SET sealed_url = o.sealed_url FROM webhooks AS o"
        " WHERE w.webhook_id = $1 AND o.webhook_id = $2",
        UUID(str(first.webhook_id)),
        UUID(str(second.webhook_id)),
    )

    with pytest.raises(Sealed):
        async with postgres_store.transaction(held.tenant) as tx:
            await tx.webhooks.get(first.webhook_id)
