"""A microphone that is always on: clips over a low noise floor, timed to the sample."""

import asyncio
import time
from dataclasses import dataclass

import numpy as np
from livekit import rtc

from local.candidate.clips import Clip
from local.candidate.sound import LOUD_DBFS, RATE, WINDOW_S, Pcm, levels_dbfs, noise

FRAME = RATE // 50
AHEAD_S = 0.08
"""So much sound waits in the source's queue: enough to bridge a busy event loop."""

NOISE_DBFS = -72.0
NOISE = noise(RATE, NOISE_DBFS)


@dataclass(frozen=True)
class Spoken:
    """When a sound really left the microphone, on `time.monotonic()`.

    `started_at` is its first loud sample, `last_loud_at` the end of its last; `complete` is false
    when it was stopped before its end.
    """

    started_at: float
    last_loud_at: float
    complete: bool

    @property
    def seconds(self) -> float:
        return self.last_loud_at - self.started_at


class _Utterance:
    """A sound on its way out; `spoken` tells what was loud of it, once no more is to come."""

    def __init__(self, pcm: Pcm) -> None:
        self.pcm = pcm
        self.position = 0
        self.spoken: asyncio.Future[Spoken] = asyncio.get_running_loop().create_future()
        self._loud: tuple[float, float] | None = None
        loud = np.flatnonzero(levels_dbfs(pcm) > LOUD_DBFS)
        self._ends_at = int((loud[-1] + 1) * WINDOW_S * RATE) if len(loud) else len(pcm)

    def take(self, leaves_at: float) -> Pcm:
        """The next frame, which leaves the microphone at `leaves_at`; shorter at the end."""
        frame = self.pcm[self.position : self.position + FRAME]
        self.position += len(frame)
        loud = np.flatnonzero(levels_dbfs(frame) > LOUD_DBFS)
        if len(loud):
            first, last = leaves_at + loud[0] * WINDOW_S, leaves_at + (loud[-1] + 1) * WINDOW_S
            self._loud = (self._loud[0] if self._loud else first, last)
        if self.position >= self._ends_at:
            self.finish(leaves_at + len(frame) / RATE, complete=True)
        return frame

    @property
    def is_over(self) -> bool:
        return self.position >= len(self.pcm)

    def finish(self, now: float, *, complete: bool) -> None:
        if not self.spoken.done():
            first, last = self._loud or (now, now)
            self.spoken.set_result(Spoken(float(first), float(last), complete))


class Voice:
    """Feeds one `rtc.AudioSource` in real time from `start` to `aclose`.

    Tracks made by `new_track` carry it into a room; after a reconnect a new one carries it on.
    """

    def __init__(self) -> None:
        self._source = rtc.AudioSource(RATE, 1, queue_size_ms=200)
        self._utterance: _Utterance | None = None
        self._track: rtc.LocalAudioTrack | None = None
        self._muted = False
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run(), name="candidate-voice")

    async def aclose(self) -> None:
        self.stop()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        await self._source.aclose()

    def new_track(self) -> rtc.LocalAudioTrack:
        self._track = rtc.LocalAudioTrack.create_audio_track("microphone", self._source)
        return self._track

    @property
    def is_speaking(self) -> bool:
        return self._utterance is not None and not self._utterance.spoken.done()

    async def play(self, sound: Clip | Pcm) -> Spoken:
        """Speaks; returns when the last loud sample has left. A sound still playing is cut off."""
        self.stop()
        utterance = _Utterance(sound.pcm if isinstance(sound, Clip) else sound)
        self._utterance = utterance
        try:
            spoken = await utterance.spoken
            await asyncio.sleep(spoken.last_loud_at - time.monotonic())
        finally:
            if not utterance.spoken.done():
                self.stop()
        return spoken

    def stop(self) -> None:
        """Falls silent, in the middle of a word if need be; what is queued is still heard."""
        if self._utterance is not None:
            self._utterance.finish(time.monotonic(), complete=False)
            self._utterance = None

    def mute(self) -> None:
        """As the button of a client: the room is told, and no sound leaves."""
        self._muted = True
        if self._track is not None:
            self._track.mute()

    def unmute(self) -> None:
        self._muted = False
        if self._track is not None:
            self._track.unmute()

    async def _run(self) -> None:
        zero, sent = time.monotonic(), 0
        while True:
            leaves_at = zero + sent / RATE
            if (late := time.monotonic() - leaves_at) > 0:
                # The queue ran dry: everything from here on leaves later.
                zero, leaves_at = zero + late, leaves_at + late
            frame = self._next_frame(leaves_at, sent)
            await self._source.capture_frame(rtc.AudioFrame(frame.tobytes(), RATE, 1, FRAME))
            sent += FRAME
            await asyncio.sleep(max(0.0, zero + sent / RATE - AHEAD_S - time.monotonic()))

    def _next_frame(self, leaves_at: float, sent: int) -> Pcm:
        frame = NOISE[sent % RATE : sent % RATE + FRAME].astype(np.int32)
        if self._utterance is not None:
            speech = self._utterance.take(leaves_at)
            frame[: len(speech)] += speech
            if self._utterance.is_over:
                self._utterance = None
        if self._muted:
            frame[:] = 0
        return frame.clip(-32768, 32767).astype(np.int16)
