"""Who may ask for the floor in the room, and whose word holds when words cross."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from uuid import UUID

import pytest
from livekit import rtc

from agent.floor_calls import MOST_TOLD, FloorCalls
from agent.messages import FloorDenied, FloorPassed, FloorWanted, Message, Witnessed
from interview.by_room import HolderLost
from interview.door import Desired, RoomMetadata
from interview.floor import of_member
from interview.ids import MemberId, interviewer_identity
from tests.fakes.floor_room import FakeAsks, FakePerson, FakeRoom
from tests.fakes.leaping import leap

pytestmark = pytest.mark.voice

ANNA, BERT = MemberId(UUID(int=1)), MemberId(UUID(int=2))
IS_ANNA, IS_BERT = interviewer_identity(ANNA), interviewer_identity(BERT)


@dataclass
class Scene:
    """Anna and Bert interview, Olga looks on; the conductor does what it is told at once."""

    room: FakeRoom = field(default_factory=FakeRoom)
    asks: FakeAsks = field(default_factory=lambda: FakeAsks(Desired(floor="ai", phase="live")))
    told: list[Message] = field(default_factory=list)
    floor: str = "ai"
    outcome: str = "ok"

    def post(self, message: Message) -> None:
        self.told.append(message)
        match message:
            case FloorWanted():
                self.floor = message.floor if self.outcome == "ok" else self.floor
                message.answer.set_result(self.outcome)
            case FloorPassed():
                self.floor = message.floor
            case _:
                pass

    def shows(self, floor: str) -> None:
        metadata = RoomMetadata(floor=floor, phase="live", epoch=1).model_dump_json()
        self.room.heard["room_metadata_changed"]("", metadata)

    async def refused(self, identity: str, name: str, payload: str = "") -> int:
        with pytest.raises(rtc.RpcError) as refusal:
            await self.room.call(identity, name, payload)
        return refusal.value.code


@asynccontextmanager
async def scene(returns_after_s: float = 30) -> AsyncIterator[tuple[Scene, FloorCalls]]:
    here = Scene()
    for identity, role in ((IS_ANNA, "interviewer"), (IS_BERT, "interviewer")):
        here.room.remote_participants[identity] = FakePerson({"role": role})
    here.room.remote_participants["cand-1"] = FakePerson({"role": "candidate"})
    here.room.remote_participants[interviewer_identity(MemberId(UUID(int=3)))] = FakePerson(
        {"role": "observer"}
    )
    now = asyncio.get_running_loop().time
    calls = FloorCalls(
        here.room, here.asks, here.post, lambda: here.floor, returns_after_s, now=now
    )
    calls.register()
    running = asyncio.create_task(calls.run())
    yield here, calls
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


def test_an_interviewer_takes_the_floor_and_gives_it_back_with_what_was_covered() -> None:
    async def play() -> list[Message]:
        async with scene() as (here, _):
            here.asks.desired = None
            assert "ok" == await here.room.call(IS_ANNA, "floor.take")
            assert "ok" == await here.room.call(IS_ANNA, "floor.give", '{"covered": ["outage"]}')
            return here.told

    taken, given = leap(play())

    assert isinstance(taken, FloorWanted)
    assert isinstance(given, FloorWanted)
    assert (IS_ANNA, of_member(ANNA), ()) == (taken.identity, taken.floor, taken.covered)
    assert (IS_ANNA, "ai", ("outage",)) == (given.identity, given.floor, given.covered)


@pytest.mark.parametrize(
    "identity", ["cand-1", interviewer_identity(MemberId(UUID(int=3))), "int-nobody", "ai-1"]
)
def test_who_is_no_interviewer_by_our_word_is_refused_and_told_of(identity: str) -> None:
    async def play() -> None:
        async with scene() as (here, _):
            assert [1403, 1403] == [
                await here.refused(identity, name) for name in ("floor.take", "floor.give")
            ]
            assert [FloorDenied(identity, "take"), FloorDenied(identity, "give")] == here.told

    leap(play())


def test_a_colleague_in_the_room_keeps_the_floor() -> None:
    async def play() -> None:
        async with scene() as (here, _):
            here.floor = of_member(BERT)
            assert [1409, 1409] == [
                await here.refused(IS_ANNA, name) for name in ("floor.take", "floor.give")
            ]
            del here.room.remote_participants[IS_BERT]
            here.asks.desired = None
            assert "ok" == await here.room.call(IS_ANNA, "floor.take")

    leap(play())


@pytest.mark.parametrize("payload", ["[", "{}", '{"covered": 1}', '{"covered": ["No key"]}', "[1]"])
def test_what_is_not_understood_changes_nothing(payload: str) -> None:
    async def play() -> None:
        async with scene() as (here, _):
            assert 1400 == await here.refused(IS_ANNA, "floor.give", payload)
            assert [] == here.told

    leap(play())


def test_who_pressed_a_moment_too_late_is_told_that_somebody_holds_it() -> None:
    async def play() -> None:
        async with scene() as (here, _):
            here.outcome, here.asks.desired = "taken", None
            assert [1409, 1409] == [
                await here.refused(IS_ANNA, name) for name in ("floor.take", "floor.give")
            ]
            assert ["ai", "ai"] == [m.before for m in here.told if isinstance(m, FloorWanted)]

    leap(play())


def test_what_the_api_does_not_let_hold_is_withdrawn() -> None:
    async def play() -> None:
        async with scene() as (here, _):
            await here.room.call(IS_ANNA, "floor.take")
            await asyncio.sleep(1)
            assert FloorPassed("ai") == here.told[-1]

    leap(play())


def test_what_was_asked_for_holds_while_the_api_is_away_and_until_it_has_heard_of_it() -> None:
    async def play() -> None:
        async with scene() as (here, calls):
            here.asks.is_delivered = False
            await here.room.call(IS_ANNA, "floor.take")
            await asyncio.sleep(30)
            here.shows("ai")
            here.asks.asked_at = asyncio.get_running_loop().time()
            calls.wanted(Desired(floor="ai", phase="live"))
            assert of_member(ANNA) == here.floor
            here.asks.is_delivered, here.asks.desired = True, None
            await asyncio.sleep(10)
            assert of_member(ANNA) == here.floor
            here.asks.desired = Desired(floor=of_member(ANNA), phase="live")
            await asyncio.sleep(5)
            here.asks.asked_at = asyncio.get_running_loop().time()
            calls.wanted(Desired(floor="paused", phase="live"))
            assert "paused" == here.floor

    leap(play())


def test_the_rooms_metadata_take_the_floor_at_once() -> None:
    async def play() -> None:
        async with scene() as (here, _):
            here.shows(of_member(ANNA))
            assert [FloorPassed(of_member(ANNA))] == here.told
            here.shows(of_member(ANNA))
            assert 1 == len(here.told)

    leap(play())


def test_the_floor_comes_back_with_what_the_api_says_was_covered() -> None:
    async def play() -> None:
        async with scene() as (here, _):
            here.floor = of_member(ANNA)
            here.asks.desired = Desired(floor="ai", covered=("outage",), phase="live")
            here.shows("ai")
            await asyncio.sleep(0.1)
            assert [FloorPassed("ai", ("outage",))] == here.told

    leap(play())


def test_a_heartbeat_from_before_a_change_is_not_heard() -> None:
    async def play() -> None:
        async with scene() as (here, calls):
            now = asyncio.get_running_loop().time()
            here.shows(of_member(ANNA))
            here.asks.asked_at = now - 0.5
            calls.wanted(Desired(floor="ai", phase="live"))
            assert of_member(ANNA) == here.floor
            here.asks.asked_at = now + 0.5
            calls.wanted(Desired(floor="ai", phase="live"))
            assert "ai" == here.floor

    leap(play())


def test_metadata_that_are_not_ours_are_not_followed() -> None:
    async def play() -> None:
        async with scene() as (here, calls):
            for wrong in ("", "{}", '{"floor": "human:1", "phase": "live", "epoch": 1}'):
                calls.shown(wrong)
            assert [] == here.told

    leap(play())


def test_a_floor_whose_holder_is_gone_is_the_ais_after_a_while() -> None:
    async def play() -> None:
        async with scene(returns_after_s=20) as (here, _):
            here.floor = of_member(ANNA)
            here.asks.desired = None
            await asyncio.sleep(60)
            gone = here.room.remote_participants.pop(IS_ANNA)
            await asyncio.sleep(15)
            here.room.remote_participants[IS_ANNA] = gone
            await asyncio.sleep(15)
            lost = Witnessed((HolderLost(identity=IS_ANNA, returns_after_s=20),))
            assert [lost] == here.told
            del here.room.remote_participants[IS_ANNA]
            await asyncio.sleep(19)
            assert [lost, lost] == here.told
            await asyncio.sleep(3)
            returned = here.told[2]
            assert 3 == len(here.told)
            assert isinstance(returned, FloorWanted)
            assert (IS_ANNA, "ai", True) == (returned.identity, returned.floor, returned.gone)

    leap(play())


def test_an_api_that_does_not_answer_at_first_is_asked_again_at_once_and_then_less_often() -> None:
    async def play() -> float:
        async with scene() as (here, _):
            here.floor, here.asks.desired = of_member(ANNA), None
            here.shows("ai")
            await asyncio.sleep(0.05)
            assert of_member(ANNA) == here.floor
            here.asks.desired = Desired(floor="ai", phase="live")
            since = asyncio.get_running_loop().time()
            while here.floor != "ai":
                await asyncio.sleep(0.01)
            took_s = asyncio.get_running_loop().time() - since
            here.asks.desired, here.asks.questions = None, 0
            here.floor = of_member(ANNA)
            here.shows("ai")
            await asyncio.sleep(30)
            assert 30 < here.asks.questions < 36
            return took_s

    assert leap(play()) < 0.3


def test_who_came_back_to_look_on_leads_nobody() -> None:
    """Their floor is offered and returns as if they had left, and nobody waits for them."""

    async def play() -> list[Message]:
        async with scene(returns_after_s=20) as (here, _):
            here.floor = of_member(ANNA)
            here.asks.desired = None
            here.room.remote_participants[IS_ANNA] = FakePerson({"role": "observer"})
            await asyncio.sleep(21)
            here.floor = of_member(ANNA)
            assert "ok" == await here.room.call(IS_BERT, "floor.take")
            return here.told

    lost, returned, taken = leap(play())

    assert Witnessed((HolderLost(identity=IS_ANNA, returns_after_s=20),)) == lost
    assert isinstance(returned, FloorWanted)
    assert isinstance(taken, FloorWanted)
    assert [("ai", True), (of_member(BERT), False)] == [
        (one.floor, one.gone) for one in (returned, taken)
    ]


def test_metadata_of_a_newer_version_are_followed() -> None:
    async def play() -> None:
        async with scene() as (here, calls):
            calls.shown(f'{{"floor":"{of_member(ANNA)}","phase":"live","epoch":1,"mood":"new"}}')
            assert [FloorPassed(of_member(ANNA))] == here.told

    leap(play())


def test_a_client_that_asks_without_end_is_refused_each_time_and_does_not_fill_the_log() -> None:
    async def play() -> tuple[set[int], int]:
        async with scene() as (here, _):
            codes = {await here.refused("cand-1", "floor.take") for _ in range(10 * MOST_TOLD)}
            await here.refused("ai-1", "floor.take")
            return codes, len(here.told)

    assert ({1403}, MOST_TOLD + 1) == leap(play())


def test_a_call_that_overtakes_the_news_of_who_makes_it_waits_for_that() -> None:
    async def play() -> tuple[str, list[Message]]:
        async with scene() as (here, _):
            here.asks.desired = None
            anna = here.room.remote_participants.pop(IS_ANNA)
            taking = asyncio.create_task(here.room.call(IS_ANNA, "floor.take"))
            await asyncio.sleep(0.2)
            here.room.remote_participants[IS_ANNA] = anna
            return await taking, here.told

    answer, told = leap(play())

    assert "ok" == answer
    assert [of_member(ANNA)] == [one.floor for one in told if isinstance(one, FloorWanted)]
    assert [] == [one for one in told if isinstance(one, FloorDenied)]
