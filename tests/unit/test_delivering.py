"""Deliveries on a virtual clock: nothing is lost, whoever is away, and for how long."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest

from interview.adapters.lexicons import indicator_rater
from interview.addresses import Reach
from interview.ids import WebhookId
from interview.lifecycle import State
from interview.store.memory import MemoryStore
from interview.use_cases import webhooks
from interview.use_cases.delivering import CLAIMED_FOR, KEPT_FOR, deliver, keep_deliveries
from interview.use_cases.moves import move_to
from interview.use_cases.scoring import score_interview
from interview.webhooks import (
    DISABLE_AFTER,
    Delivery,
    HookType,
    Outcome,
    Standing,
    Webhook,
    judged,
    new_secret,
)
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.interviews import Room
from tests.fakes.queue import FakeQueue

pytestmark = pytest.mark.unit

DAY = timedelta(days=1)
RATER = indicator_rater()


@dataclass
class Receiver:
    """Port `Courier`: an integration that answers as it is told and keeps what it took."""

    clock: FakeClock
    answers: Callable[[datetime], Outcome]
    took: list[tuple[datetime, Mapping[str, str], bytes]] = field(default_factory=list)
    tried: list[datetime] = field(default_factory=list)

    async def bring(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
        self.tried.append(self.clock.now())
        outcome = self.answers(self.clock.now())
        if outcome.failure is None:
            self.took.append((self.clock.now(), headers, body))
        return outcome

    @property
    def ids(self) -> Counter[str]:
        return Counter(headers["webhook-id"] for _, headers, _ in self.took)


def always(status: int) -> Callable[[datetime], Outcome]:
    return lambda _: judged(status, 1)


def away(since: datetime, until: datetime) -> Callable[[datetime], Outcome]:
    """Nobody answers from then until then."""
    return lambda now: Outcome(None, "connect", 1) if since <= now < until else judged(200, 1)


@dataclass
class Scene:
    """An interview, one endpoint that asks for everything, its receiver and the queue."""

    room: Room
    store: MemoryStore
    clock: FakeClock
    webhook: WebhookId
    receiver: Receiver
    queue: FakeQueue

    async def move(self, *states: State) -> None:
        """As the use cases move an interview."""
        for state in states:
            async with self.room.world.transaction(self.room.tenant) as tx:
                held = await tx.interviews.get(self.room.interview, lock=True)
                await move_to(self.room.world, tx, self.room.interview, held.state, state)

    async def standing(self) -> Standing:
        async with self.store.transaction(self.room.tenant) as tx:
            return (await tx.webhooks.get(self.webhook)).standing

    async def deliveries(self) -> tuple[Delivery, ...]:
        async with self.store.transaction(self.room.tenant) as tx:
            return (await tx.deliveries.page(self.webhook, 200, None)).items

    async def run(self, span: timedelta) -> None:
        await self.queue.work_until(self.clock.now() + span)

    async def enable(self, enabled: bool) -> None:
        await webhooks.change_webhook(
            self.room.world,
            self.room.tenant,
            Reach(),
            self.webhook,
            webhooks.Changes(enabled=enabled),
        )


async def scene(answers: Callable[[datetime], Outcome]) -> Scene:
    clock, store = FakeClock(), MemoryStore()
    room = await Room(store, clock).furnish()
    webhook = Webhook(
        webhook_id=WebhookId(uuid4()),
        url="https://hooks.example.com",
        description="",
        types=frozenset(HookType),
        secret=new_secret(),
        created_at=NOON,
        changed_at=NOON,
    )
    async with store.transaction(room.tenant) as tx:
        await tx.webhooks.add(webhook, 1)
    receiver = Receiver(clock, answers)
    queue = FakeQueue(store, clock, partial(deliver, room.world, receiver))
    return Scene(room, store, clock, webhook.webhook_id, receiver, queue)


async def test_every_move_of_an_interview_is_told_with_the_state_it_led_to() -> None:
    here = await scene(always(200))
    await here.move(State.READY, State.LIVE, State.PAUSED, State.LIVE, State.ENDED, State.SCORED)
    await here.run(DAY)

    said = [json.loads(body) for *_, body in here.receiver.took]

    assert [
        ("interview.ready", "ready"),
        ("interview.started", "live"),
        ("interview.paused", "paused"),
        ("interview.resumed", "live"),
        ("interview.ended", "ended"),
        ("interview.scored", "scored"),
    ] == [(one["type"], one["data"]["state"]) for one in said]
    assert {str(here.room.interview)} == {one["data"]["interview_id"] for one in said}


async def test_scores_that_were_made_anew_are_told_again() -> None:
    here = await scene(always(200))
    await here.move(State.READY, State.LIVE)
    await here.room.ask("incident")
    await here.room.end()
    for _ in range(2):
        await here.room.answer("incident", "We wrote it down and I told them.")
        await score_interview(here.room.world, RATER, here.room.tenant, here.room.interview)

    told = [delivery.event.type for delivery in await here.deliveries()]
    assert [HookType.SCORED] * 2 == told[2:]


async def test_a_receiver_that_is_away_for_a_day_misses_nothing() -> None:
    """Events go on happening; each arrives, once taken, under the id that it had at first."""
    back = NOON + DAY
    here = await scene(away(NOON, back))
    await here.move(State.READY, State.LIVE)
    for _ in range(24):
        await here.move(State.PAUSED, State.LIVE)
        await here.run(timedelta(hours=1))
    told = {str(delivery.event.event_id) for delivery in await here.deliveries()}
    assert [] == here.receiver.took

    await here.run(timedelta(days=4))

    assert 50 == len(told)
    assert Counter(told) == here.receiver.ids
    assert {"delivered"} == {delivery.status for delivery in await here.deliveries()}
    assert Standing() == await here.standing()
    for _, headers, body in here.receiver.took:
        assert headers["webhook-id"] == json.loads(body)["id"]


async def test_a_signature_is_as_young_as_its_try() -> None:
    here = await scene(away(NOON, NOON + DAY))
    await here.move(State.READY)
    await here.run(timedelta(days=3))

    ((taken, headers, _),) = here.receiver.took
    assert str(int(taken.timestamp())) == headers["webhook-timestamp"]
    assert taken > NOON + DAY


async def test_an_endpoint_that_fails_for_three_days_is_disabled_and_its_log_says_why() -> None:
    here = await scene(always(500))
    await here.move(State.READY)
    await here.run(timedelta(days=5))

    standing = await here.standing()
    (delivery,) = await here.deliveries()
    _, log = await webhooks.get_delivery(
        here.room.world, here.room.tenant, here.webhook, delivery.event.event_id
    )

    assert ("failing", NOON) == (standing.reason, standing.failing_since)
    assert standing.disabled_at is not None
    assert DISABLE_AFTER <= standing.disabled_at - NOON < timedelta(days=4)
    assert ("failed", 10) == (delivery.status, delivery.attempts)
    assert list(range(1, 11)) == [attempt.number for attempt in log]
    assert here.receiver.tried == [attempt.at for attempt in log]
    assert {(500, "status")} == {(a.outcome.status, a.outcome.failure) for a in log}


async def test_what_happens_while_an_endpoint_is_disabled_can_be_sent_later() -> None:
    here = await scene(always(410))
    await here.move(State.READY)
    await here.run(timedelta(minutes=1))
    assert "gone" == (await here.standing()).reason
    await here.move(State.LIVE, State.ENDED)
    await here.run(DAY)
    assert ["failed", "held", "held"] == [d.status for d in await here.deliveries()]
    assert 1 == len(here.receiver.tried)

    here.receiver.answers = always(200)
    await here.enable(True)
    sent = await webhooks.send_all_again(here.room.world, here.room.tenant, here.webhook, NOON)
    await here.run(DAY)

    assert 3 == sent
    told = {str(delivery.event.event_id) for delivery in await here.deliveries()}
    assert Counter(told) == here.receiver.ids


async def test_what_waits_for_an_endpoint_that_is_disabled_meanwhile_is_held() -> None:
    here = await scene(always(500))
    await here.move(State.READY)
    await here.run(timedelta(minutes=1))
    await here.enable(False)
    await here.run(DAY)

    (delivery,) = await here.deliveries()
    assert ("held", None) == (delivery.status, delivery.next_at)
    assert 2 == len(here.receiver.tried)
    assert "by_hand" == (await here.standing()).reason


async def test_a_job_that_comes_again_after_its_delivery_is_over_sends_nothing() -> None:
    here = await scene(always(200))
    await here.move(State.READY)
    await here.run(timedelta(0))
    (delivery,) = await here.deliveries()

    again = await here.queue.deliver(here.room.tenant, here.webhook, delivery.event.event_id)

    assert again is None
    assert 1 == len(here.receiver.took)


async def test_a_job_that_comes_early_waits_until_its_delivery_is_due() -> None:
    here = await scene(always(500))
    await here.move(State.READY)
    (delivery,) = await here.deliveries()
    name = (here.room.tenant, here.webhook, delivery.event.event_id)
    assert timedelta(seconds=5) == await here.queue.deliver(*name)
    here.clock.advance(2)

    assert timedelta(seconds=3) == await here.queue.deliver(*name)
    assert 1 == len(here.receiver.tried)


async def test_two_jobs_of_one_delivery_do_not_send_it_at_once() -> None:
    """As after a worker that was thought dead, or a hand that pressed twice."""
    here = await scene(always(200))
    await here.move(State.READY)
    (delivery,) = await here.deliveries()
    name = (here.room.tenant, here.webhook, delivery.event.event_id)
    waits: list[timedelta | None] = []

    class Slow(Receiver):
        async def bring(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
            waits.append(await deliver(here.room.world, here.receiver, *name))
            return judged(200, 1)

    waits.append(await deliver(here.room.world, Slow(here.clock, always(200)), *name))

    assert [CLAIMED_FOR, None] == waits
    assert [] == here.receiver.took


async def test_who_dies_with_a_delivery_in_hand_is_not_waited_for_long() -> None:
    here = await scene(always(200))
    await here.move(State.READY)
    (delivery,) = await here.deliveries()
    name = (here.room.tenant, here.webhook, delivery.event.event_id)

    class Dying(Receiver):
        async def bring(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await deliver(here.room.world, Dying(here.clock, always(200)), *name)
    await here.run(CLAIMED_FOR)

    assert Counter([str(delivery.event.event_id)]) == here.receiver.ids


async def test_a_delivery_begun_again_in_the_middle_of_a_try_is_sent_once_more() -> None:
    here = await scene(always(200))
    await here.move(State.READY)
    (delivery,) = await here.deliveries()
    name = (here.room.tenant, here.webhook, delivery.event.event_id)

    class Pressed(Receiver):
        async def bring(self, url: str, headers: Mapping[str, str], body: bytes) -> Outcome:
            await webhooks.send_again(here.room.world, *name)
            return judged(200, 1)

    await deliver(here.room.world, Pressed(here.clock, always(200)), *name)
    await here.run(timedelta(minutes=2))

    (delivery,) = await here.deliveries()
    assert ("delivered", 2) == (delivery.status, delivery.attempts)
    assert 1 == len(here.receiver.took)


async def test_an_endpoint_that_was_deleted_is_sent_nothing_more() -> None:
    here = await scene(always(500))
    await here.move(State.READY)
    await here.run(timedelta(minutes=1))
    await webhooks.delete_webhook(here.room.world, here.room.tenant, here.webhook)
    await here.run(timedelta(days=5))

    assert 2 == len(here.receiver.tried)
    assert [] == here.queue.jobs


async def test_a_delivery_whose_job_was_lost_is_found_and_sent() -> None:
    here = await scene(always(200))
    await here.move(State.READY)
    here.queue.taken = 1
    await here.run(timedelta(hours=2))
    assert [] == here.receiver.took

    assert 1 == await keep_deliveries(here.room.world)
    assert 0 == await keep_deliveries(here.room.world)
    await here.run(timedelta(0))

    assert 1 == len(here.receiver.took)


async def test_deliveries_are_kept_for_a_month_after_they_are_over() -> None:
    here = await scene(always(200))
    await here.move(State.READY)
    await here.run(KEPT_FOR)
    await keep_deliveries(here.room.world)
    assert 1 == len(await here.deliveries())

    here.clock.advance(1)
    await keep_deliveries(here.room.world)

    assert () == await here.deliveries()


async def test_a_key_that_was_rotated_signs_what_is_sent_during_the_overlap() -> None:
    here = await scene(always(200))
    await webhooks.rotate_secret(
        here.room.world, here.room.tenant, here.webhook, timedelta(hours=1)
    )
    await here.move(State.READY)
    await here.run(timedelta(hours=1))
    await here.move(State.LIVE)
    await here.run(timedelta(hours=1))

    counts = [len(h["webhook-signature"].split()) for _, h, _ in here.receiver.took]
    assert [2, 1] == counts
