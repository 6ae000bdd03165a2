"""The worker process sends webhooks from a real database over a real socket."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import asyncpg
import pytest
from standardwebhooks.webhooks import Webhook

from interview.addresses import Reach
from interview.lifecycle import State
from interview.store.postgres import PostgresStore
from interview.use_cases import webhooks
from interview.use_cases.moves import move_to
from interview.webhooks import Delivery, HookType
from interview.webhooks import Webhook as Endpoint
from tests.conftest import Database
from tests.fakes.clock import FakeClock
from tests.fakes.interviews import Room
from tests.standins.webhook_receiver import WebhookReceiver, receiving
from tests.store.test_worker import NO_JOBS, is_true, until, worker

pytestmark = pytest.mark.store

NEAR = {"VIVAVOCE_WEBHOOKS_ALLOW_LOOPBACK": "true"}


@dataclass
class Scene:
    """An interview and an endpoint on this machine that asks for everything."""

    room: Room
    endpoint: Endpoint
    receiver: WebhookReceiver

    async def move(self, was: State, then: State) -> None:
        async with self.room.world.transaction(self.room.tenant) as tx:
            await move_to(self.room.world, tx, self.room.interview, was, then)

    async def delivery(self) -> Delivery:
        (only,) = (
            await webhooks.list_deliveries(
                self.room.world, self.room.tenant, self.endpoint.webhook_id, 9, None, None, None
            )
        ).items
        return only


@pytest.fixture
async def scene(postgres_store: PostgresStore) -> AsyncIterator[Scene]:
    room = await Room(postgres_store, FakeClock(datetime.now(UTC))).furnish()
    async with receiving() as receiver:
        made = await webhooks.create_webhook(
            room.world, room.tenant, Reach(loopback=True), receiver.url, "", frozenset(HookType)
        )
        receiver.secret = made.secret
        yield Scene(room, made, receiver)


async def test_a_receiver_with_the_librarys_verifier_alone_takes_what_we_send(
    scene: Scene, database: Database, tmp_path: Path
) -> None:
    with worker(database, tmp_path / "worker.log", **NEAR):
        await scene.move(State.INVITED, State.READY)
        await scene.receiver.has_taken(1)

    ((name, event),) = scene.receiver.took
    assert 0 == scene.receiver.refused
    assert name == event["id"]
    assert "interview.ready" == event["type"]
    assert {"interview_id": str(scene.room.interview), "state": "ready"} == event["data"]


async def test_both_keys_verify_while_they_overlap(
    scene: Scene, database: Database, tmp_path: Path
) -> None:
    rotated = await webhooks.rotate_secret(
        scene.room.world, scene.room.tenant, scene.endpoint.webhook_id, timedelta(hours=1)
    )
    with worker(database, tmp_path / "worker.log", **NEAR):
        await scene.move(State.INVITED, State.READY)
        await scene.receiver.has_taken(1)

    ((headers, body),) = scene.receiver.raw
    for secret in (scene.endpoint.secret, rotated.secret):
        assert "interview.ready" == Webhook(secret).verify(body, headers)["type"]


async def test_what_was_refused_comes_again_under_the_same_id(
    scene: Scene, database: Database, tmp_path: Path, superuser: asyncpg.Connection
) -> None:
    scene.receiver.answers = [503]
    with worker(database, tmp_path / "worker.log", **NEAR):
        await scene.move(State.INVITED, State.READY)
        await scene.receiver.has_taken(1)
        await until(lambda: is_true(superuser, NO_JOBS))

    delivery = await scene.delivery()
    assert [str(delivery.event.event_id)] * 2 == scene.receiver.tried
    assert ("delivered", 2) == (delivery.status, delivery.attempts)
    _, log = await webhooks.get_delivery(
        scene.room.world,
        scene.room.tenant,
        scene.endpoint.webhook_id,
        delivery.event.event_id,
    )
    assert [503, 204] == [attempt.outcome.status for attempt in log]
    assert timedelta(seconds=4) < log[1].at - log[0].at < timedelta(seconds=20)


async def test_without_the_setting_nobody_on_this_machine_is_called(
    scene: Scene, database: Database, tmp_path: Path
) -> None:
    async def was_tried() -> bool:
        return (await scene.delivery()).attempts > 0

    with worker(database, tmp_path / "worker.log"):
        await scene.move(State.INVITED, State.READY)
        await until(was_tried)

    _, (attempt,) = await webhooks.get_delivery(
        scene.room.world,
        scene.room.tenant,
        scene.endpoint.webhook_id,
        (await scene.delivery()).event.event_id,
    )
    assert (None, "address") == (attempt.outcome.status, attempt.outcome.failure)
    assert [] == scene.receiver.tried
