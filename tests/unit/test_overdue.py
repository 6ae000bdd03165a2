"""Interviews that are over though nobody has said so."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import cast
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from interview.accounts import Interview
from interview.errors import InterviewNotOpen, Unavailable
from interview.events import FACTS
from interview.ids import CandidateId, InterviewId, KitId, TenantId, candidate_identity, room_name
from interview.lease import Lease
from interview.lifecycle import AWAITED, RUNNING, State
from interview.ports import Present, Rooms
from interview.store.memory import MemoryStore
from interview.use_cases.candidate_door import CandidateCaller, join, welcome
from interview.use_cases.invitations import RESUME_FOR
from interview.use_cases.overdue import Closing, close_overdue, fate
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room
from tests.fakes.rooms import FakeRooms
from worker.closing import keep_closing

pytestmark = pytest.mark.unit

A_MOMENT = timedelta(milliseconds=1)
HELD = Interview(
    interview_id=InterviewId(uuid4()),
    tenant=TenantId(uuid4()),
    kit_id=KitId(uuid4()),
    kit_version=1,
    candidate_id=CandidateId(uuid4()),
    state=State.LIVE,
    created_at=NOON - timedelta(days=7),
    expires_at=NOON,
)
LEASE = Lease(HELD.interview_id, 1, NOON)


def becomes(state: State, now: datetime, lease: Lease | None = LEASE) -> State | None:
    return fate(replace(HELD, state=state), lease, now)


@pytest.mark.parametrize("state", sorted(AWAITED))
def test_an_interview_that_nobody_came_to_expires_with_its_time(state: State) -> None:
    assert becomes(state, NOON - A_MOMENT, None) is None
    assert State.EXPIRED is becomes(state, NOON, None)
    assert fate(replace(HELD, state=state, expires_at=None), None, NOON) is None


@pytest.mark.parametrize("state", sorted(RUNNING))
def test_a_begun_interview_ends_a_day_after_the_last_sign_of_life(state: State) -> None:
    claimed = LEASE.claim(1, "host/1", bytes(32), NOON + timedelta(hours=1))

    assert becomes(state, NOON + RESUME_FOR) is None
    assert State.ENDED is becomes(state, NOON + RESUME_FOR + A_MOMENT)
    assert becomes(state, NOON + RESUME_FOR + A_MOMENT, claimed) is None
    assert State.ENDED is becomes(state, NOON + RESUME_FOR + timedelta(hours=2), claimed)


@pytest.mark.parametrize("state", sorted(set(State) - AWAITED - RUNNING))
def test_what_is_over_or_not_begun_stays_as_it_is(state: State) -> None:
    assert becomes(state, NOON + timedelta(days=365)) is None


async def abandoned(state: State = State.PAUSED, after: timedelta = RESUME_FOR) -> Room:
    """An interview that was begun and left in the middle, `after` ago and a second."""
    room = await Room(MemoryStore()).furnish()
    await room.become(state)
    await room.hold(claimed=True)
    await room.ask("incident")
    await room.answer("incident", "We wrote it down and told them.")
    room.clock.advance(after.total_seconds() + 1)
    return room


@pytest.mark.parametrize("state", sorted(RUNNING))
async def test_an_abandoned_interview_ends_with_a_reason_and_is_scored(state: State) -> None:
    room = await abandoned(state)

    assert (Closing(room.interview, State.ENDED),) == await close_overdue(room.world, FakeRooms())

    assert State.ENDED is await room.state()
    assert (await room.lease()).closed
    async with room.store.transaction(room.tenant) as tx:
        *_, last = await tx.events.read(room.interview)
        assert room.clock.now() == (await tx.interviews.get(room.interview)).ended_at
    assert {"kind": "interview_ended", "reason": "abandoned"} == FACTS.dump_python(last.fact)
    store = cast(MemoryStore, room.store)
    assert [("score_interview", room.tenant, room.interview)] == list(store.tables.outbox.values())
    assert () == await close_overdue(room.world, FakeRooms())


async def test_an_interview_can_be_taken_up_again_until_then() -> None:
    room = await abandoned(after=RESUME_FOR - timedelta(seconds=2))

    assert () == await close_overdue(room.world, FakeRooms())
    assert State.PAUSED is await room.state()


@pytest.mark.parametrize("kind", ["candidate", "interviewer"])
async def test_an_interview_with_somebody_in_its_room_is_not_over(kind: str) -> None:
    room, rooms = await abandoned(), FakeRooms()
    somebody = Present(candidate_identity(room.candidate), "candidate")
    if kind == "interviewer":
        somebody = Present("somebody", "interviewer")
    rooms.people[room_name(room.interview)] = [somebody]

    assert () == await close_overdue(room.world, rooms)
    assert State.PAUSED is await room.state()


async def test_an_agent_without_a_candidate_keeps_nothing_open() -> None:
    room, rooms = await abandoned(), FakeRooms()
    rooms.people[room_name(room.interview)] = [Present("ai-1", "agent")]

    assert 1 == len(await close_overdue(room.world, rooms))


async def test_a_candidate_who_comes_back_in_the_last_moment_goes_on() -> None:
    room = await abandoned()

    class Joining(FakeRooms):
        async def present(self, room_name: str) -> tuple[Present, ...] | None:
            lease = await room.lease()
            await room.save(lease.succeed(room.clock.now()))
            return await super().present(room_name)

    assert () == await close_overdue(room.world, Joining())
    assert (State.PAUSED, 2) == (await room.state(), (await room.lease()).epoch)


async def test_whoever_comes_too_late_is_told_that_it_is_over() -> None:
    room = await abandoned()
    await close_overdue(room.world, FakeRooms())

    with pytest.raises(InterviewNotOpen):
        await join(room.world, FakeRooms(), CandidateCaller(room.tenant, room.interview))


async def test_an_sfu_that_does_not_answer_leaves_the_interview_to_the_next_pass() -> None:
    room = await abandoned()

    (closing,) = await close_overdue(room.world, FakeRooms(is_up=False))

    assert ("unavailable", State.PAUSED) == (closing.failure, await room.state())


async def missed() -> Room:
    """An invited interview whose time is over."""
    room = await Room(MemoryStore(), expires_at=NOON + timedelta(hours=1)).furnish()
    room.clock.advance(3601)
    return room


async def test_a_missed_interview_expires_and_its_log_says_so() -> None:
    room = await missed()

    closings = await close_overdue(room.world, FakeRooms(is_up=False))

    assert (Closing(room.interview, State.EXPIRED),) == closings
    assert State.EXPIRED is await room.state()
    assert "interview_expired" == (await room.kinds())[-1]
    assert () == await close_overdue(room.world, FakeRooms())
    known = await welcome(room.world, CandidateCaller(room.tenant, room.interview))
    assert State.EXPIRED is known.state


async def test_an_interview_whose_words_were_erased_is_closed_without_a_word() -> None:
    for room, then in ((await abandoned(), State.ENDED), (await missed(), State.EXPIRED)):
        async with room.store.transaction(room.tenant) as tx:
            await tx.keys.destroy_interview(room.interview, room.clock.now())

        assert (Closing(room.interview, then),) == await close_overdue(room.world, FakeRooms())
        assert {} == cast(MemoryStore, room.store).tables.outbox


async def test_the_worker_tells_what_it_closed_and_outlives_what_fails() -> None:
    room, stop = await missed(), asyncio.Event()
    broken = await abandoned()

    class Failing(FakeRooms):
        async def present(self, room: str) -> tuple[Present, ...] | None:
            stop.set()
            raise Unavailable

    async def said(of: Room, rooms: Rooms) -> list[str]:
        with capture_logs() as lines:
            passes = asyncio.create_task(keep_closing(of.world, rooms, stop, every_s=0.01))
            while not lines:
                await asyncio.sleep(0)
            stop.set()
            await passes
        stop.clear()
        return [line["event"] for line in lines]

    assert ["interview_closed"] == await said(room, FakeRooms())
    assert ["interview_not_closed"] == await said(broken, Failing())
