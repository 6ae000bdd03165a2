"""The watch over rooms: what they show, when they are closed, and that none waits for another."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import pytest

from interview.door import RoomMetadata
from interview.errors import Unavailable
from interview.ids import (
    InterviewId,
    TenantId,
    agent_identity,
    candidate_identity,
    interview_of,
    room_name,
)
from interview.lease import Lease
from interview.lifecycle import State
from interview.ports import Present, Transaction
from interview.store.memory import MemoryStore
from interview.use_cases.watch import GOODBYE, HANDED_OVER, Deed, Sight, Step, Watch, judge
from tests.fakes.clock import NOON
from tests.fakes.interviews import Room
from tests.fakes.post import Post, post
from tests.fakes.rooms import FakeRooms

pytestmark = pytest.mark.unit

LEASE = Lease(InterviewId(uuid4()), 1, NOON).claim(1, "host/1", bytes(32), NOON).close()
CANDIDATE = Present("cand", "candidate")
AGENT = Present(agent_identity(LEASE.interview, 1), "agent")
A_MOMENT = timedelta(seconds=1)


def after_the_end(*present: Present, is_shown: bool = True, exists: bool = True) -> Sight:
    here = present if exists else None
    return Sight(LEASE, "cand", here, None, is_shown=is_shown, ended_at=NOON)


def shown(here: Post) -> RoomMetadata:
    text = here.rooms.metadata[room_name(here.room.interview)]
    return RoomMetadata.model_validate_json(text)


async def ended() -> Post:
    """An interview that has just ended; the agent is gone, the candidate still there."""
    here = await post()
    await here.room.save((await here.room.lease()).close())
    await here.room.end()
    await here.told()
    here.stands(here.candidate)
    return here


@pytest.mark.parametrize("present", [(), (CANDIDATE,)])
def test_a_room_is_closed_ten_seconds_after_the_end(present: tuple[Present, ...]) -> None:
    assert Step.LEAVE is judge(after_the_end(*present), NOON + GOODBYE)
    assert Step.CLOSE is judge(after_the_end(*present), NOON + GOODBYE + A_MOMENT)


def test_a_room_stays_while_its_agent_hands_over_and_not_for_ever() -> None:
    assert Step.LEAVE is judge(after_the_end(CANDIDATE, AGENT), NOON + HANDED_OVER)
    assert Step.CLOSE is judge(after_the_end(CANDIDATE, AGENT), NOON + HANDED_OVER + A_MOMENT)


def test_a_room_that_is_gone_is_not_closed_again() -> None:
    assert Step.LEAVE is judge(after_the_end(exists=False), NOON + timedelta(days=1))


def test_until_it_is_closed_a_room_shows_that_the_interview_is_over() -> None:
    assert Step.REPAIR is judge(after_the_end(CANDIDATE, is_shown=False), NOON)


async def test_no_candidate_stays_in_a_room_whose_interview_is_over() -> None:
    here = await ended()

    assert not await here.look(after_s=9)
    assert [Deed(here.room.interview, Step.CLOSE, 1)] == list(await here.look(after_s=2))
    assert await here.rooms.present(room_name(here.room.interview)) is None
    assert not await here.look(after_s=1)


@pytest.mark.parametrize("state", [State.SCORED, State.DECIDED])
async def test_whoever_watches_closes_a_room_that_somebody_left_open(state: State) -> None:
    here = await ended()
    await here.room.become(state)
    here.room.clock.advance(3600)

    (deed,) = await Watch(here.room.world, here.rooms, here.watch.answers).look()

    assert deed.step is Step.CLOSE


async def test_a_room_that_was_made_again_too_late_is_closed_too() -> None:
    here = await ended()
    await here.look(after_s=20)
    await here.rooms.create(room_name(here.room.interview), "{}")

    assert [Step.CLOSE] == [deed.step for deed in await here.look(after_s=1)]


async def test_the_agent_leaves_before_the_room_is_closed() -> None:
    here = await ended()
    here.stands(here.candidate, here.agent(1))

    assert not await here.look(after_s=60)
    here.stands(here.candidate)
    assert [Step.CLOSE] == [deed.step for deed in await here.look(after_s=1)]


async def test_rooms_that_are_not_ours_are_left_alone() -> None:
    here = await post()
    here.rooms.people |= {room_name(InterviewId(uuid4())): [], "a-meeting": [], "iv-none": []}

    assert not await here.look()
    assert [] == here.rooms.journal


@pytest.mark.parametrize("state", [State.LIVE, State.PAUSED])
async def test_what_a_room_has_lost_is_shown_again(state: State) -> None:
    here = await post()
    await here.room.become(state)
    here.rooms.metadata.clear()

    assert not await here.look()
    assert [Deed(here.room.interview, Step.REPAIR, 1)] == list(await here.look())
    assert ("ai", state, 1) == (shown(here).floor, shown(here).phase, shown(here).epoch)
    assert not await here.look()


async def test_the_end_is_shown_although_its_message_was_lost() -> None:
    here = await post()
    await here.room.save((await here.room.lease()).close())
    await here.room.end()

    assert not await here.look()
    assert [Step.REPAIR] == [deed.step for deed in await here.look()]
    assert "ended" == shown(here).phase


async def test_news_that_is_on_its_way_is_not_sent_twice() -> None:
    here = await post()
    await here.room.become(State.PAUSED)
    assert not await here.look()
    await here.room.become(State.LIVE)

    assert not await here.look()


async def test_an_interview_that_everybody_left_long_ago_costs_no_look() -> None:
    here = await post()
    here.rooms.people.clear()
    seen = 0

    async def count() -> None:
        nonlocal seen
        seen += 1

    here.rooms.meanwhile = count
    assert not await here.look(after_s=31)
    assert 0 == seen


async def test_a_candidate_who_waits_in_a_long_silent_room_is_seen() -> None:
    here = await post()
    here.stands(here.candidate)

    assert [Step.REPLACE] == [deed.step for deed in await here.look(after_s=3600)]


async def test_an_sfu_that_does_not_say_which_rooms_there_are_is_asked_for_each() -> None:
    here = await post()
    here.rooms.is_up = False

    assert [(Step.LEAVE, "unavailable")] == [
        (deed.step, deed.failure) for deed in await here.look(after_s=5)
    ]


async def beside(here: Post) -> Room:
    """One more live interview, whose candidate waits for a dead agent as well."""
    other = await Room(here.room.store, here.room.clock).furnish()
    await other.become(State.LIVE)
    await other.hold(claimed=True)
    candidate = Present(candidate_identity(other.candidate), "candidate")
    here.rooms.people[room_name(other.interview)] = [candidate]
    return other


async def test_a_look_that_hangs_keeps_nobody_else_waiting_and_is_not_repeated() -> None:
    here = await post()
    other = await beside(here)
    goes_on, looks = asyncio.Event(), 0

    async def hang() -> None:
        nonlocal looks
        looks += 1
        await goes_on.wait()

    here.rooms.inside[room_name(other.interview)] = hang
    stuck = asyncio.create_task(here.look(after_s=1))
    while not looks:
        await asyncio.sleep(0)
    first, second = await here.look(after_s=5), await here.look()
    goes_on.set()

    assert [(here.room.interview, Step.REPLACE)] == [(d.interview, d.step) for d in first]
    assert (not second, looks) == (True, 1)
    assert {other.interview} == {deed.interview for deed in await stuck}


class Torn(MemoryStore):
    """A store that cannot be asked about some tenants."""

    def __init__(self) -> None:
        super().__init__()
        self.lost: set[TenantId] = set()

    @asynccontextmanager
    async def transaction(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        if tenant in self.lost:
            raise Unavailable
        async with super().transaction(tenant) as tx:
            yield tx


async def test_an_interview_that_cannot_be_read_hides_nothing_of_the_others() -> None:
    store = Torn()
    here = await post(store=store)
    other = await beside(here)
    store.lost.add(other.tenant)

    deeds = {deed.interview: deed for deed in await here.look(after_s=5)}

    assert Step.REPLACE is deeds[here.room.interview].step
    assert "unavailable" == deeds[other.interview].failure


async def test_what_no_rule_foresaw_in_one_interview_hides_nothing_of_the_others() -> None:
    here = await post()
    other = await beside(here)

    async def fail() -> None:
        raise ValueError

    here.rooms.inside[room_name(other.interview)] = fail
    deeds = {deed.interview: deed for deed in await here.look(after_s=5)}

    assert Step.REPLACE is deeds[here.room.interview].step
    strange = deeds[other.interview]
    assert ("fault", ValueError) == (strange.failure, type(strange.fault))


async def test_rooms_that_are_down_answer_nothing() -> None:
    rooms = FakeRooms(is_up=False)

    for call in (
        rooms.create("r", ""),
        rooms.set_metadata("r", ""),
        rooms.dispatch("r", ""),
        rooms.present("r"),
        rooms.shown(),
        rooms.remove("r", "p"),
        rooms.close("r"),
    ):
        with pytest.raises(Unavailable):
            await call


def test_a_rooms_name_leads_back_to_its_interview() -> None:
    interview = InterviewId(uuid4())

    assert interview == interview_of(room_name(interview))
    for name in ("", "iv-", "iv-none", "xy-" + interview.hex, interview.hex):
        assert interview_of(name) is None
