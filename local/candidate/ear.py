"""The candidate's ear: when somebody in the room was loud and when they fell silent."""

import asyncio
import time
import wave
from collections import deque
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from livekit import rtc

from local.candidate.sound import LOUD_DBFS, RATE, WINDOW, WINDOW_S, Pcm, Span, levels_dbfs

HANGOVER_S = 0.2
"""Shorter gaps belong to speech."""

ONSET_LOUD, ONSET_WINDOW = 3, 6
"""So many loud windows of so many make a sound: a click is none."""

QUIETER_DB = 6.0
"""Once loud, a sound stays loud down to this much below the threshold."""

MOST_LATE_S = 0.25
"""Audio that comes later than this was not delayed by our event loop, it really came later."""


class SampleClock:
    """When samples arrived, undisturbed by a busy event loop.

    Audio arrives at its own even pace, so the earliest arrivals tell the time of all.
    """

    def __init__(self) -> None:
        self._samples = 0
        self._offset: float | None = None

    def arrived(self, samples: int, now: float) -> float:
        """The instant at which the end of these `samples` arrived."""
        self._samples += samples
        offset = now - self._samples / RATE
        if self._offset is None or not 0.0 <= offset - self._offset <= MOST_LATE_S:
            self._offset = offset
        self._offset += 1e-5
        return min(now, self._samples / RATE + self._offset)


class SoundDetector:
    """Windows of 10 ms in, spans of sound out; all times as given."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.last_loud_at: float | None = None
        self.sounding_since: float | None = None
        self._recent: deque[tuple[float, bool]] = deque(maxlen=ONSET_WINDOW)

    def hear(self, level_dbfs: float, ends_at: float) -> bool:
        """One window; true when a sound has just begun."""
        if self.sounding_since is not None:
            self._during(level_dbfs, ends_at)
            return False
        self._recent.append((ends_at, level_dbfs > LOUD_DBFS))
        loud = [at for at, is_loud in self._recent if is_loud]
        if len(loud) < ONSET_LOUD:
            return False
        self.sounding_since, self.last_loud_at = loud[0], loud[-1]
        return True

    def close(self) -> None:
        """No more will be heard of this voice."""
        if self.sounding_since is not None and self.last_loud_at is not None:
            self.spans.append(Span(self.sounding_since, self.last_loud_at))
        self.sounding_since = None
        self._recent.clear()

    def _during(self, level_dbfs: float, ends_at: float) -> None:
        assert self.last_loud_at is not None
        if level_dbfs > LOUD_DBFS - QUIETER_DB:
            self.last_loud_at = ends_at
        elif ends_at - self.last_loud_at > HANGOVER_S:
            self.close()


@dataclass(frozen=True)
class Sound:
    """A stretch of sound; `ended_at` is `None` while it goes on. `time.monotonic()`."""

    started_at: float
    ended_at: float | None


def _gap_s(earlier: Sound, later: Sound) -> float:
    return -1.0 if earlier.ended_at is None else later.started_at - earlier.ended_at


def _together(earlier: Sound, later: Sound) -> Sound:
    if earlier.ended_at is None or later.ended_at is None:
        return Sound(earlier.started_at, None)
    return Sound(earlier.started_at, max(earlier.ended_at, later.ended_at))


class Ear:
    """Listens to any number of tracks as one; with `keep_in` each is kept there as a wav file."""

    def __init__(self, keep_in: Path | None = None) -> None:
        self._keep_in = keep_in
        self._detectors: list[SoundDetector] = []
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._ending: set[asyncio.Task[None]] = set()
        self._changed = asyncio.Event()

    def listen(self, track: rtc.Track, name: str) -> None:
        """Starts to hear a track; `name` says whose in the name of a kept file."""
        task = asyncio.create_task(self._follow(track, name), name=f"ear-{name}")
        self._tasks[track.sid] = task

    def forget(self, track_sid: str) -> None:
        """The track is gone."""
        if task := self._tasks.pop(track_sid, None):
            task.cancel()
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def forget_all(self) -> None:
        """Hears nothing from here on; what was heard stays."""
        for track_sid in tuple(self._tasks):
            self.forget(track_sid)
        await asyncio.gather(*self._ending, return_exceptions=True)

    def sounds(self, join_s: float = 0.0) -> tuple[Sound, ...]:
        """Everything heard so far in order of its beginning, the last perhaps still going on.

        Sounds with less than `join_s` between them are one.
        """
        heard = [Sound(s.start_s, s.end_s) for d in self._detectors for s in d.spans]
        heard += [
            Sound(d.sounding_since, None) for d in self._detectors if d.sounding_since is not None
        ]
        joined: list[Sound] = []
        for sound in sorted(heard, key=lambda sound: sound.started_at):
            if joined and _gap_s(joined[-1], sound) < join_s:
                joined[-1] = _together(joined[-1], sound)
            else:
                joined.append(sound)
        return tuple(joined)

    @property
    def last_loud_at(self) -> float | None:
        """When the last loud sample came in."""
        return max((d.last_loud_at for d in self._detectors if d.last_loud_at), default=None)

    @property
    def is_hearing(self) -> bool:
        return any(d.sounding_since is not None for d in self._detectors)

    @property
    def quiet_s(self) -> float:
        """How long it has been silent; infinite when nothing was heard yet."""
        last = self.last_loud_at
        return float("inf") if last is None else time.monotonic() - last

    async def wait_for_sound(self, after: float) -> float:
        """The beginning of the first sound that began at or after `after`."""
        while True:
            self._changed.clear()
            for sound in self.sounds():
                if sound.started_at >= after:
                    return sound.started_at
            await self._changed.wait()

    async def wait_until_quiet(self, for_s: float) -> float:
        """Returns the last loud instant once it has been silent for `for_s`."""
        while (missing := for_s - self.quiet_s) > 0:
            await asyncio.sleep(missing + WINDOW_S)
        return self.last_loud_at or time.monotonic()

    async def _follow(self, track: rtc.Track, name: str) -> None:
        detector, clock = SoundDetector(), SampleClock()
        self._detectors.append(detector)
        stream = rtc.AudioStream(track, sample_rate=RATE, num_channels=1, frame_size_ms=10)
        file = self._open(name)
        try:
            async for event in stream:
                pcm = np.frombuffer(event.frame.data, dtype=np.int16)
                if file is not None:
                    file.writeframes(pcm.tobytes())
                self._hear(detector, pcm, clock.arrived(len(pcm), time.monotonic()))
        finally:
            detector.close()
            self._changed.set()
            if file is not None:
                file.close()
            await stream.aclose()

    def _hear(self, detector: SoundDetector, pcm: Pcm, ends_at: float) -> None:
        levels = levels_dbfs(pcm)
        first_end = ends_at - (len(pcm) - WINDOW) / RATE
        for number, level in enumerate(levels.tolist()):
            if detector.hear(level, first_end + number * WINDOW_S):
                self._changed.set()

    def _open(self, name: str) -> wave.Wave_write | None:
        if self._keep_in is None:
            return None
        self._keep_in.mkdir(parents=True, exist_ok=True)
        path = self._keep_in / f"heard-{len(self._detectors):02}-{name}.wav"
        file = wave.open(str(path), "wb")  # noqa: SIM115 - closed when the track ends
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        return file
