"""The mouth over a real session: what is said of a line whose voice is lost in the middle."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from livekit import rtc
from livekit.agents import Agent, AgentSession, APIConnectionError
from livekit.agents.voice import io

from agent.mouth import Line, Mouth, VoiceLost
from agent.synthesis import Clip

pytestmark = [pytest.mark.voice, pytest.mark.asyncio]

RATE = 24_000
NOTHING_LOST = ""
CLIP_MS = 300
FIRST, SECOND, THIRD = "Thank you.", "Tell me about a project.", "Take your time."


class Room(io.AudioOutput):
    """Plays in real time what it is given, to nobody."""

    def __init__(self) -> None:
        super().__init__(
            label="room",
            capabilities=io.AudioOutputCapabilities(pause=False),
            sample_rate=RATE,
        )
        self._pushed_s = 0.0
        self._began: float | None = None
        self._end: asyncio.TimerHandle | None = None

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        await super().capture_frame(frame)
        if self._began is None:
            self._began = time.time()
            self.on_playback_started(created_at=self._began)
        self._pushed_s += frame.duration

    def flush(self) -> None:
        super().flush()
        if self._began is not None:
            left_s = self._began + self._pushed_s - time.time()
            self._end = asyncio.get_running_loop().call_later(left_s, self._over, False)

    def clear_buffer(self) -> None:
        if self._end is not None:
            self._end.cancel()
        self._over(True)

    def _over(self, interrupted: bool) -> None:
        if self._began is None:
            return
        played_s = min(self._pushed_s, time.time() - self._began)
        position = played_s if interrupted else self._pushed_s
        self._pushed_s, self._began, self._end = 0.0, None, None
        self.on_playback_finished(playback_position=position, interrupted=interrupted)


class LateRoom(Room):
    """A first frame is on its way into the room when it is told to be silent."""

    _is_late = True

    async def capture_frame(self, frame: rtc.AudioFrame) -> None:
        if self._is_late:
            await io.AudioOutput.capture_frame(self, frame)
        else:
            await super().capture_frame(frame)

    def clear_buffer(self) -> None:
        if self._is_late:
            self._is_late, self._began = False, time.time()
            self.on_playback_started(created_at=self._began)
        super().clear_buffer()


class Voice:
    """Port `Makes`: `loses` cannot be synthesised so often."""

    def __init__(self, loses: str, times: int = 1) -> None:
        self._loses, self._times = loses, times

    def prepare(self, sentences: tuple[str, ...]) -> None:
        pass

    async def clip(self, text: str) -> Clip:
        if text == self._loses and self._times > 0:
            self._times -= 1
            raise APIConnectionError
        return Clip(text, bytes(2 * RATE * CLIP_MS // 1000), RATE)


@asynccontextmanager
async def a_mouth(voice: Voice, room: Room | None = None) -> AsyncIterator[tuple[Mouth, list[int]]]:
    """The mouth, and the lengths in ms of what is recorded of it."""
    session: AgentSession[None] = AgentSession()
    session.output.audio = room or Room()
    await session.start(Agent(instructions=""))
    recorded: list[int] = []
    record: Callable[[int, bytes, int], None] = lambda _at, pcm, rate: recorded.append(  # noqa: E731
        len(pcm) * 500 // rate
    )
    try:
        yield Mouth(session, voice, record), recorded
    finally:
        await session.aclose()


async def test_a_line_whose_second_sentence_has_no_voice_was_not_said() -> None:
    async with a_mouth(Voice(SECOND)) as (mouth, recorded):
        began: list[float] = []
        with pytest.raises(VoiceLost) as lost:
            await mouth.say((FIRST, SECOND), began.append)

    assert Line(FIRST, CLIP_MS, cut_off=True) == lost.value.line
    assert isinstance(lost.value.__cause__, APIConnectionError)
    assert ([CLIP_MS], 1) == (recorded, len(began))
    assert not mouth.is_speaking


async def test_it_goes_on_where_it_broke_off() -> None:
    async with a_mouth(Voice(SECOND)) as (mouth, recorded):
        began: list[float] = []
        with pytest.raises(VoiceLost) as lost:
            await mouth.say((FIRST, SECOND, THIRD), began.append)

        line = await mouth.say((FIRST, SECOND, THIRD), began.append, lost.value.line.heard_ms)

    assert Line(f"{FIRST} {SECOND} {THIRD}", 3 * CLIP_MS, cut_off=False) == line
    assert ([CLIP_MS, 2 * CLIP_MS], 1) == (recorded, len(began))


async def test_a_line_whose_first_sentence_has_no_voice_has_not_begun() -> None:
    async with a_mouth(Voice(FIRST)) as (mouth, recorded):
        began: list[float] = []
        with pytest.raises(VoiceLost) as lost:
            await mouth.say((FIRST, SECOND), began.append)

    assert Line("", 0, cut_off=True) == lost.value.line
    assert ([], []) == (recorded, began)


async def test_a_line_that_is_stopped_ends_with_what_was_heard() -> None:
    async with a_mouth(Voice("")) as (mouth, _):
        saying = asyncio.create_task(mouth.say((FIRST, SECOND, THIRD), lambda _: None))
        while mouth.heard_ms < CLIP_MS + 20:
            await asyncio.sleep(0.01)
        assert mouth.is_speaking
        mouth.stop()
        line = await saying

    assert line.cut_off
    assert line.spoken.startswith(FIRST)
    assert CLIP_MS <= line.heard_ms < 3 * CLIP_MS


async def test_a_line_that_is_held_goes_on_to_its_end() -> None:
    async with a_mouth(Voice("")) as (mouth, _):
        saying = asyncio.create_task(mouth.say((FIRST, SECOND), lambda _: None))
        while mouth.heard_ms < 50:
            await asyncio.sleep(0.01)
        mouth.hold()
        await asyncio.sleep(0.1)
        assert mouth.is_held
        mouth.go_on()
        line = await saying

    assert Line(f"{FIRST} {SECOND}", 2 * CLIP_MS, cut_off=False) == line


async def test_a_line_that_is_stopped_before_its_first_sound_has_not_begun() -> None:
    async with a_mouth(Voice(NOTHING_LOST), LateRoom()) as (mouth, _):
        began: list[float] = []
        saying = asyncio.create_task(mouth.say((FIRST,), began.append))
        while not mouth.is_speaking:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        mouth.stop()
        line = await saying

    assert (Line("", line.heard_ms, cut_off=True), []) == (line, began)


async def test_a_line_that_is_held_before_its_first_sound_begins_when_it_goes_on() -> None:
    async with a_mouth(Voice(NOTHING_LOST), LateRoom()) as (mouth, _):
        began: list[float] = []
        saying = asyncio.create_task(mouth.say((FIRST,), began.append))
        while not mouth.is_speaking:
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.1)
        mouth.hold()
        mouth.go_on()
        line = await saying

    assert (Line(FIRST, CLIP_MS, cut_off=False), 1) == (line, len(began))
