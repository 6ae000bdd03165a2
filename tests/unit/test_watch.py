"""The watch: who is kept waiting, and what a pass does about it."""

import asyncio
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from interview.door import RoomMetadata
from interview.events import FACTS
from interview.ids import InterviewId, agent_identity, candidate_identity, room_name
from interview.lease import Lease
from interview.lifecycle import State
from interview.ports import Present
from interview.use_cases.watch import RECENT, Deed, Sight, Step, Watch, judge
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room
from tests.fakes.post import post

pytestmark = pytest.mark.unit


LEASE = Lease(InterviewId(uuid4()), 1, NOON)
CLAIMED = LEASE.claim(1, "host/1", bytes(32), NOON)
THERE = (Present("cand", "candidate"),)
LONG_AGO = NOON - timedelta(hours=1)


def sight(
    lease: Lease = CLAIMED,
    present: tuple[Present, ...] | None = THERE,
    listening_since: datetime | None = LONG_AGO,
    misses: int = 0,
    undelivered: int = 0,
) -> Sight:
    return Sight(lease, "cand", present, listening_since, misses, undelivered)


def step(seen: Sight, after_s: float) -> Step:
    return judge(seen, NOON + timedelta(seconds=after_s))


def test_a_lease_is_given_up_after_four_seconds_without_a_heartbeat() -> None:
    assert step(sight(), 4) is Step.LEAVE
    assert step(sight(), 4.1) is Step.REPLACE


def test_a_lease_is_given_up_when_nobody_claimed_it_for_four_seconds() -> None:
    assert step(sight(LEASE), 4) is Step.LEAVE
    assert step(sight(LEASE), 4.1) is Step.REPLACE


def test_an_agent_that_always_comes_too_late_is_given_more_time() -> None:
    assert step(sight(LEASE, misses=1), 8) is Step.LEAVE
    assert step(sight(LEASE, misses=1), 8.1) is Step.REPLACE
    assert step(sight(LEASE, misses=50), 32.1) is Step.REPLACE


def test_a_lease_whose_dispatch_nobody_took_is_sent_for_at_once() -> None:
    assert step(sight(LEASE, undelivered=1), 0.1) is Step.RESEND
    assert step(sight(LEASE, undelivered=1), 60) is Step.RESEND


def test_a_dispatch_that_was_taken_late_is_not_repeated() -> None:
    came = (*THERE, Present(agent_identity(LEASE.interview, 1), "agent"))

    assert step(sight(LEASE, undelivered=1, present=came), 0.1) is Step.LEAVE
    assert step(sight(CLAIMED, undelivered=1), 0.1) is Step.LEAVE


def test_nobody_is_sent_for_while_the_candidate_is_away() -> None:
    assert step(sight(present=()), 60) is Step.LEAVE
    assert step(sight(LEASE, present=(), undelivered=1), 60) is Step.LEAVE


def test_nothing_is_done_about_a_closed_lease() -> None:
    assert step(sight(CLAIMED.close()), 60) is Step.LEAVE
    assert step(sight(CLAIMED.close(), present=None), 1) is Step.LEAVE


def test_a_vanished_room_is_made_again_while_somebody_was_there_lately() -> None:
    assert step(sight(present=None), 1) is Step.RESTORE
    assert step(sight(present=None), RECENT.total_seconds() + 1) is Step.LEAVE


def test_silence_does_not_count_while_agents_cannot_reach_the_api() -> None:
    back = NOON + timedelta(seconds=60)

    assert step(sight(listening_since=None), 60) is Step.LEAVE
    assert step(sight(listening_since=back), 64) is Step.LEAVE
    assert step(sight(listening_since=back), 64.1) is Step.REPLACE
    assert step(sight(listening_since=None, present=None), 1) is Step.RESTORE


async def test_a_dead_agent_is_replaced_in_a_new_epoch() -> None:
    here = await post()

    assert [Deed(here.room.interview, Step.REPLACE, epoch=2, taken=True)] == list(
        await here.look(after_s=5)
    )
    lease = await here.room.lease()
    assert (lease.epoch, lease.claimed_at) == (2, None)
    assert (await here.room.kinds())[-1] == "lease_opened"


async def test_the_zombie_is_removed_before_its_heir_is_sent_for() -> None:
    here = await post()

    await here.look(after_s=5)

    assert here.rooms.journal == [f"remove {here.agent(1)}", "dispatch 2"]


async def test_clients_can_read_the_new_epoch_in_the_room() -> None:
    here = await post()

    await here.look(after_s=5)

    shown = here.rooms.metadata[room_name(here.room.interview)]
    assert RoomMetadata(floor="ai", phase="waiting", epoch=2) == RoomMetadata.model_validate_json(
        shown
    )


async def test_the_log_says_whether_the_agent_fell_silent_or_never_came() -> None:
    for claimed, reason in ((True, "silent"), (False, "unclaimed")):
        here = await post(claimed=claimed)
        await here.look(after_s=5)
        async with here.room.store.transaction(here.room.tenant) as tx:
            *_, last = await tx.events.read(here.room.interview)
        assert (last.epoch, FACTS.dump_python(last.fact)) == (
            2,
            {"kind": "lease_opened", "epoch": 2, "reason": reason},
        )


async def test_a_healthy_lease_is_left_untouched() -> None:
    here = await post()
    before = await here.room.kinds()
    for _ in range(10):
        await here.room.save((await here.room.lease()).beat(1, here.room.clock.now()))
        assert not await here.look(after_s=2)

    assert (await here.room.lease()).epoch == 1
    assert (await here.room.kinds(), here.rooms.journal) == (before, [])


async def test_an_absent_candidate_is_not_waited_for_by_a_new_agent() -> None:
    here = await post()
    here.stands(here.agent(1))

    assert not await here.look(after_s=3600)
    assert (await here.room.lease()).epoch == 1


async def test_nobody_is_sent_for_after_the_end() -> None:
    here = await post()
    await here.room.become(State.ENDED)

    assert not await here.look(after_s=60)


async def test_a_paused_interview_is_watched_too() -> None:
    here = await post()
    await here.room.become(State.PAUSED)

    assert [deed.step for deed in await here.look(after_s=5)] == [Step.REPLACE]


async def test_a_dispatch_that_is_lost_twice_is_sent_again_in_the_same_epoch() -> None:
    here = await post(claimed=False)
    here.rooms.answers = [False, False, True]

    first = await here.look(after_s=5)
    second = await here.look(after_s=1)
    third = await here.look(after_s=1)

    assert [(deed.step, deed.epoch, deed.taken) for deed in (*first, *second, *third)] == [
        (Step.REPLACE, 2, False),
        (Step.RESEND, 2, True),
    ]
    assert [line for line in here.rooms.journal if "dispatch" in line] == ["dispatch 2"] * 3
    assert (await here.room.lease()).epoch == 2


async def test_an_agent_that_came_late_keeps_its_lease() -> None:
    here = await post(claimed=False)
    here.rooms.takes = False
    await here.look(after_s=5)

    await here.claim(2)

    assert not await here.look(after_s=1)
    assert (await here.room.lease()).agent == "host/2"


async def test_an_sfu_that_fails_in_the_middle_is_asked_again_in_the_same_epoch() -> None:
    here = await post()
    here.rooms.breaks = True
    (failed,) = await here.look(after_s=5)
    here.rooms.breaks = False
    (sent,) = await here.look(after_s=1)

    assert (failed.step, failed.failure) == (Step.REPLACE, "unavailable")
    assert (sent.step, sent.epoch, sent.taken) == (Step.RESEND, 2, True)


async def test_two_watchers_open_one_new_epoch() -> None:
    here = await post()
    other = Watch(here.room.world, here.rooms, here.watch.answers)
    await other.look()
    here.room.clock.advance(5)

    one, two = await asyncio.gather(here.watch.look(), other.look())

    assert [deed.epoch for deed in (*one, *two)] == [2]
    assert here.rooms.journal.count("dispatch 2") == 1


async def test_a_sign_of_life_that_comes_while_the_watch_looks_saves_the_agent() -> None:
    here = await post()
    lease = await here.room.lease()

    async def beat() -> None:
        await here.room.save(lease.beat(1, here.room.clock.now()))

    here.rooms.meanwhile = beat

    assert not await here.look(after_s=5)
    assert here.rooms.journal == []


async def test_a_watcher_that_was_slow_to_look_leaves_the_epoch_of_another_one_alone() -> None:
    here = await post()
    lease = await here.room.lease()

    async def succeed() -> None:
        await here.room.save(lease.succeed(here.room.clock.now()))
        here.room.clock.advance(5)

    here.rooms.meanwhile = succeed

    assert not await here.look(after_s=5)
    assert (await here.room.lease()).epoch == 2


async def test_agents_that_come_too_late_are_given_more_time_until_one_comes() -> None:
    here = await post(claimed=False)
    (first,) = await here.look(after_s=5)
    assert not await here.look(after_s=5)
    (second,) = await here.look(after_s=4)
    await here.claim(3)
    assert not await here.look(after_s=1)
    (third,) = await here.look(after_s=5)
    assert not await here.look(after_s=1)
    (fourth,) = await here.look(after_s=4)

    assert [deed.epoch for deed in (first, second, third, fourth)] == [2, 3, 4, 5]


async def test_a_vanished_room_comes_back_with_its_metadata_and_the_same_epoch() -> None:
    here = await post()
    here.rooms.people.clear()

    (deed,) = await here.look(after_s=1)

    assert deed == Deed(here.room.interview, Step.RESTORE, epoch=1)
    assert here.rooms.journal == ["create"]
    assert await here.rooms.present(room_name(here.room.interview)) == ()
    shown = here.rooms.metadata[room_name(here.room.interview)]
    assert RoomMetadata.model_validate_json(shown).phase == "live"


async def test_an_agent_survives_a_restart_of_the_api() -> None:
    here = await post()
    here.reachable[0] = False
    assert not await here.look(after_s=1)
    assert not await here.look(after_s=60)
    here.reachable[0] = True
    assert not await here.look(after_s=1)
    await here.room.save((await here.room.lease()).beat(1, here.room.clock.now()))

    assert not await here.look(after_s=3)


async def test_a_watcher_that_has_just_started_listens_first() -> None:
    here = await post()
    fresh = Watch(here.room.world, here.rooms, here.watch.answers)
    here.room.clock.advance(3600)

    assert not await fresh.look()
    here.room.clock.advance(5)
    assert [deed.step for deed in await fresh.look()] == [Step.REPLACE]


async def test_trouble_in_one_interview_does_not_keep_the_others_waiting() -> None:
    here = await post()
    other = await Room(here.room.store, here.room.clock).furnish()
    await other.become(State.LIVE)
    await other.hold(claimed=True)
    here.rooms.people[room_name(other.interview)] = [
        Present(candidate_identity(other.candidate), "candidate")
    ]
    async with other.store.transaction(other.tenant) as tx:
        await tx.keys.destroy_interview(other.interview, other.clock.now())

    deeds = await here.look(after_s=5)

    assert {(deed.interview, deed.failure) for deed in deeds} == {
        (here.room.interview, None),
        (other.interview, "sealed"),
    }
