"""Captions for whoever comes in late, or comes back with an empty page."""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import cast

import pytest
from livekit import rtc

from agent.captions import AGAIN_AFTER_S, KEPT, LOOK_EVERY_S, Captions
from interview.door import Onlooker
from tests.fakes.clock import NOON
from tests.fakes.leaping import leap

pytestmark = pytest.mark.voice


@dataclass
class Person:
    sid: str


@dataclass
class Room:
    """Who is there, and what was sent to them."""

    remote_participants: dict[str, Person] = field(default_factory=dict)
    sent: list[tuple[dict[str, object], list[str]]] = field(default_factory=list)

    @property
    def local_participant(self) -> "Room":
        return self

    async def send_text(self, text: str, *, topic: str, destination_identities: list[str]) -> None:
        self.sent.append((json.loads(text), destination_identities))


async def look() -> None:
    await asyncio.sleep(2.5 * LOOK_EVERY_S)


async def sent_to_who_reloads(room: Room) -> list[tuple[dict[str, object], list[str]]]:
    captions = Captions(cast(rtc.Room, room), {"cand"})
    running = asyncio.create_task(captions.run())
    room.remote_participants["cand"] = Person("one")
    await look()
    captions.show("a", "ai", "Where did you", final=False)
    captions.show("a", "ai", "Where did you work?", final=True)
    captions.show("b", "cand", "In a", final=False)
    captions.show("b", "cand", "In a bakery.", final=True)
    captions.show("b", "cand", "For years.", final=True)
    captions.show("c", "ai", "And", final=False)
    await look()
    assert 6 == len(room.sent)
    room.remote_participants["cand"] = Person("two")
    await look()
    running.cancel()
    return room.sent[6:]


def test_whoever_comes_back_is_sent_all_of_what_was_said_and_what_is_not_over_yet() -> None:
    again = leap(sent_to_who_reloads(Room()))

    assert [["cand"]] * 3 == [readers for _, readers in again]
    assert [
        ("a", "ai", "Where did you work?", True),
        ("b", "cand", "In a bakery. For years.", True),
        ("c", "ai", "And", False),
    ] == [(said["segment"], said["speaker"], said["text"], said["final"]) for said, _ in again]
    assert all(said["again"] for said, _ in again)


def test_of_a_long_talk_the_last_of_it_is_sent_again() -> None:
    async def scene() -> int:
        room = Room()
        captions = Captions(cast(rtc.Room, room), {"cand"})
        running = asyncio.create_task(captions.run())
        for number in range(2 * KEPT):
            captions.show(str(number), "ai", "words", final=True)
            await asyncio.sleep(0.1)
        room.remote_participants["cand"] = Person("one")
        await look()
        running.cancel()
        return len([said for said, _ in room.sent if "again" in said])

    assert KEPT == leap(scene())


OLGA, PIA = (Onlooker(identity=f"int-{name}", seated_at=NOON) for name in ("olga", "pia"))


@dataclass
class Scene:
    """A room in which somebody is seen, and captions that are shown there."""

    room: Room = field(default_factory=lambda: Room({"cand": Person("one")}))

    def __post_init__(self) -> None:
        self.captions = Captions(cast(rtc.Room, self.room), {"cand"})

    async def says(self, segment: str) -> list[list[str]]:
        """To whom it is sent as it is said, message by message."""
        before = len(self.room.sent)
        self.captions.show(segment, "ai", "Where did you work?", final=True)
        await look()
        return [readers for said, readers in self.room.sent[before:] if "again" not in said]

    def caught_up(self, name: str) -> list[object]:
        """What they were sent of the time before, segment by segment."""
        return [
            said["segment"]
            for said, readers in self.room.sent
            if "again" in said and readers == [name]
        ]


def test_an_onlooker_whom_nobody_sees_reads_along_and_nobody_is_told_of_them() -> None:
    async def scene() -> list[list[str]]:
        here = Scene()
        here.captions.shown_to([OLGA, PIA])
        running = asyncio.create_task(here.captions.run())
        await look()
        sent = await here.says("a")
        running.cancel()
        return sent

    assert [["cand"], ["int-olga"], ["int-pia"]] == leap(scene())


def test_an_onlooker_is_sent_what_was_said_before_they_came_until_they_must_have_it() -> None:
    """Their seat is known before their client can be reached; and they may come anew."""

    async def scene() -> list[int]:
        here = Scene()
        running = asyncio.create_task(here.captions.run())
        await here.says("a")
        found = []
        for seated_at in (NOON, NOON + timedelta(minutes=1)):
            here.captions.shown_to([OLGA.model_copy(update={"seated_at": seated_at})])
            for wait_s in (1.0, AGAIN_AFTER_S[-1] + 1.0, 60.0):
                before = len(here.caught_up("int-olga"))
                await asyncio.sleep(wait_s)
                found.append(len(here.caught_up("int-olga")) - before)
        running.cancel()
        return found

    assert [1, len(AGAIN_AFTER_S), 0] * 2 == leap(scene())


def test_what_is_sent_again_is_what_was_sent_and_nothing_comes_twice() -> None:
    """Words that wait for their turn come after it, to everybody alike."""

    async def scene() -> list[tuple[object, bool]]:
        here = Scene()
        for text in ("In a bakery.", "For years."):
            here.captions.show("a", "cand", text, final=True)
        running = asyncio.create_task(here.captions.run())
        await look()
        running.cancel()
        return [(said["text"], "again" in said) for said, _ in here.room.sent]

    assert [("In a bakery.", False), ("For years.", False)] == leap(scene())


def test_who_hides_no_more_is_sent_everything_once() -> None:
    """The API may be a heartbeat behind the room."""

    async def scene() -> list[list[str]]:
        here = Scene()
        here.captions.shown_to([OLGA])
        running = asyncio.create_task(here.captions.run())
        here.captions.readers.add("int-olga")
        here.room.remote_participants["int-olga"] = Person("two")
        await look()
        seen = await here.says("a")
        here.captions.shown_to([])
        after = await here.says("b")
        running.cancel()
        return seen + after

    assert [["cand", "int-olga"]] * 2 == leap(scene())


def test_who_looks_on_no_more_is_sent_nothing() -> None:
    async def scene() -> list[list[str]]:
        here = Scene()
        here.captions.shown_to([OLGA])
        running = asyncio.create_task(here.captions.run())
        await look()
        here.captions.shown_to([])
        sent = await here.says("a")
        running.cancel()
        return sent

    assert [["cand"]] == leap(scene())
