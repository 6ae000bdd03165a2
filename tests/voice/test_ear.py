"""The ear records what was said and leaves out what the SDK makes up."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import pytest
from livekit import rtc

from agent.clock import RecordingClock
from agent.ear import ARRIVED, Ear
from tests.fakes.clock import NOON

pytestmark = pytest.mark.voice

RATE = 16_000


@dataclass
class Tape:
    """A recording's track that remembers what was written where."""

    written: list[tuple[int, int]] = field(default_factory=list)

    def write(self, at_ms: int, pcm: bytes, rate: int) -> None:
        self.written.append((at_ms, len(pcm) * 1000 // (2 * rate)))

    def began_earlier(self, by_ms: int) -> None:
        self.written = [(at_ms - by_ms, length) for at_ms, length in self.written]


def frame(ms: int, loudness: int) -> rtc.AudioFrame:
    pcm = np.full(RATE * ms // 1000, loudness, np.int16)
    return rtc.AudioFrame(pcm.tobytes(), RATE, 1, len(pcm))


async def heard(
    *frames: rtc.AudioFrame, every_s: float, clock: RecordingClock | None = None
) -> tuple[Tape, int]:
    """What was recorded of frames, and how many were passed on."""

    async def arrive() -> AsyncIterator[rtc.AudioFrame]:
        for one in frames:
            await asyncio.sleep(every_s)
            yield one

    tape, passed = Tape(), 0
    ear = Ear(clock or RecordingClock.started(NOON, NOON), tape, ())
    async for _ in ear.tap(arrive()):
        passed += 1
    return tape, passed


async def test_silence_that_flushes_the_recogniser_is_passed_on_and_not_recorded() -> None:
    flush = [frame(200, 0), frame(200, 0), frame(500, 0)]

    tape, passed = await heard(frame(50, 900), *flush, every_s=0.0)

    assert [50] == [length for _, length in tape.written]
    assert 4 == passed


async def test_a_burst_after_a_hold_up_of_the_network_is_recorded() -> None:
    tape, _ = await heard(*(frame(100, 900) for _ in range(5)), every_s=0.0)

    assert [100] * 5 == [length for _, length in tape.written]


async def test_silence_of_a_muted_microphone_is_recorded() -> None:
    tape, _ = await heard(*(frame(20, 0) for _ in range(5)), every_s=0.02)

    assert [20] * 5 == [length for _, length in tape.written]


async def test_what_comes_late_another_way_is_recorded_where_it_was_said() -> None:
    clock = RecordingClock.started(NOON, NOON + timedelta(seconds=10))
    began = clock.instant() - 2.0
    kept = [frame(50, loudness) for loudness in (900, 0, 0, 0, 0, 900)]
    for number, one in enumerate(kept, 1):
        one.userdata[ARRIVED] = began + 0.05 * number

    tape, _ = await heard(*kept, every_s=0.0, clock=clock)

    first = tape.written[0][0]
    assert [(first + 50 * number, 50) for number in range(6)] == tape.written
    assert pytest.approx(8_000, abs=50) == first
