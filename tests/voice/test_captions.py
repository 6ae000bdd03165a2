"""Captions for whoever comes in late, or comes back with an empty page."""

import asyncio
import json
from dataclasses import dataclass, field
from typing import cast

import pytest
from livekit import rtc

from agent.captions import KEPT, LOOK_EVERY_S, Captions
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
        for number in range(2 * KEPT):
            captions.show(str(number), "ai", "words", final=True)
        room.remote_participants["cand"] = Person("one")
        running = asyncio.create_task(captions.run())
        await look()
        running.cancel()
        return len([said for said, _ in room.sent if "again" in said])

    assert KEPT == leap(scene())
