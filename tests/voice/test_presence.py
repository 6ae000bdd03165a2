"""Who comes is spoken to once they can hear it; who went is told with the reason."""

from dataclasses import dataclass, field
from typing import cast

import pytest
from livekit import rtc

from agent.messages import Came, Message, Went
from agent.presence import ACTIVE, Presence

pytestmark = pytest.mark.voice

ME = "cand-1"
JOINED = rtc.ParticipantState.PARTICIPANT_STATE_JOINED
DUPLICATE = rtc.DisconnectReason.DUPLICATE_IDENTITY


@dataclass
class Person:
    identity: str
    state: int = JOINED
    disconnect_reason: rtc.DisconnectReason.ValueType | None = None


class Room(rtc.EventEmitter[str]):
    """A room that tells what a test has happen in it."""

    def __init__(self) -> None:
        super().__init__()
        self.remote_participants: dict[str, Person] = {}

    def joins(self, person: Person) -> None:
        self.remote_participants[person.identity] = person
        self.emit("participant_connected", person)

    def can_hear(self, person: Person) -> None:
        person.state = ACTIVE
        self.emit("participant_active", person)

    def leaves(self, person: Person) -> None:
        del self.remote_participants[person.identity]
        self.emit("participant_disconnected", person)


@dataclass
class Scene:
    room: Room = field(default_factory=Room)
    posted: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.presence = Presence(cast(rtc.Room, self.room), ME, self.posted.append)
        self.gone = self.presence.watch()


def test_who_has_joined_has_come_once_they_can_hear() -> None:
    scene, me = Scene(), Person(ME)

    scene.room.joins(me)
    assert [] == scene.posted
    scene.room.can_hear(me)

    assert [Came(ME)] == scene.posted


def test_who_could_hear_before_the_room_told_of_them_has_come_at_once() -> None:
    scene = Scene()

    scene.room.joins(Person(ME, ACTIVE))

    assert [Came(ME)] == scene.posted


@pytest.mark.parametrize(("state", "posted"), [(JOINED, []), (ACTIVE, [Came(ME)])])
def test_who_was_here_before_us_is_looked_at(state: int, posted: list[Message]) -> None:
    scene = Scene()
    scene.room.remote_participants[ME] = Person(ME, state)

    scene.presence.look()

    assert posted == scene.posted


def test_a_second_sitting_comes_after_the_first_was_put_out() -> None:
    scene, first, second = Scene(), Person(ME), Person(ME)
    scene.room.joins(first)
    scene.room.can_hear(first)
    first.disconnect_reason = DUPLICATE

    scene.room.leaves(first)
    scene.room.joins(second)
    scene.room.can_hear(second)

    assert [Came(ME), Went("duplicate_identity"), Came(ME)] == scene.posted


def test_nobody_else_comes_or_goes_and_a_room_that_is_gone_is_told() -> None:
    scene, other = Scene(), Person("member-1")
    scene.room.joins(other)
    scene.room.can_hear(other)
    scene.room.leaves(other)
    scene.presence.look()
    assert not scene.gone.is_set()

    scene.room.emit("disconnected", "closed")

    assert [] == scene.posted
    assert scene.gone.is_set()
