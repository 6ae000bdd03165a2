"""From which instant the first sound is counted."""

import time
from dataclasses import dataclass, field

import pytest

from bench.latency.peers import Invited
from bench.latency.stored import Record
from bench.latency.talk import come_in
from tests.standins.deepgram import Deepgram

pytestmark = pytest.mark.unit

SOUNDS_AFTER_S = 0.7


@dataclass
class Ear:
    counted_from: float = 0.0

    async def wait_for_sound(self, after: float) -> float:
        self.counted_from = after
        return after + SOUNDS_AFTER_S


@dataclass
class Candidate:
    ear: Ear = field(default_factory=Ear)
    connects_at: float = 0.0

    async def connect(self, url: str, token: str) -> None:
        self.connects_at = time.monotonic()


@dataclass
class Inviting:
    """A peer that took its time to invite."""

    name: str = "any"
    speech: Deepgram = field(default_factory=Deepgram)
    knows_done: bool = False
    invited_at: float = 0.0

    async def invite(self) -> Invited:
        self.invited_at = time.monotonic()
        return Invited("ws://any", "a-token")

    async def insist(self) -> None: ...
    async def record(self, words: int) -> Record | None: ...
    async def leave(self) -> None: ...


async def test_the_first_sound_is_counted_from_just_before_the_candidate_connects() -> None:
    candidate, peer = Candidate(), Inviting()
    invited = await peer.invite()

    first_sound_s = await come_in(candidate, peer, invited)

    assert SOUNDS_AFTER_S == pytest.approx(first_sound_s)
    assert peer.invited_at <= candidate.ear.counted_from <= candidate.connects_at
