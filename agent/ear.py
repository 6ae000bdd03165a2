"""The ear: the candidate's audio on its way to the recogniser, and where each word lies in time."""

import time
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

from interview.events import Word
from livekit import rtc
from livekit.agents import stt
from livekit.agents.metrics import STTMetrics
from livekit.plugins import deepgram

from agent.clock import RecordingClock

JUMP_S = 0.15
"""Audio that arrives this much off its place means that the stream stood still in between."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the recogniser made of a stretch of audio. Times are ms of the recording."""

    text: str
    words: tuple[Word, ...]
    started_ms: int
    ended_ms: int


class Timeline:
    """Maps seconds of the pushed audio to monotonic instants, also across gaps."""

    def __init__(self) -> None:
        self.pushed_s = 0.0
        self._anchors: list[tuple[float, float]] = []
        self._is_torn = True

    def is_early(self, duration_s: float, arrived: float) -> bool:
        """No microphone can have made so much sound since the last."""
        if not self._anchors:
            return False
        return arrived - duration_s < self.instant(self.pushed_s) - JUMP_S

    def pad(self, duration_s: float) -> None:
        """Sound was pushed that took no time."""
        self.pushed_s += duration_s
        self._is_torn = True

    def push(self, duration_s: float, arrived: float) -> float:
        """Returns the instant at which this frame's first sample was said, as we heard it."""
        start = arrived - duration_s
        if self._is_torn or abs(self.instant(self.pushed_s) - start) > JUMP_S:
            self._anchors.append((self.pushed_s, start))
            self._is_torn = False
        expected = self.instant(self.pushed_s)
        self.pushed_s += duration_s
        return expected

    def instant(self, position_s: float) -> float:
        before = [a for a in self._anchors if a[0] <= position_s]
        base, at = before[-1] if before else (self._anchors or [(0.0, time.monotonic())])[0]
        return at + position_s - base


class Records(Protocol):
    """A track of the recording."""

    def write(self, at_ms: int, pcm: bytes, rate: int) -> None: ...


class Ear:
    """Tees the audio to recorder and end-of-turn model, and puts the recogniser's words on the
    recording's clock."""

    def __init__(
        self,
        clock: RecordingClock,
        track: Records,
        listeners: tuple[Callable[[rtc.AudioFrame], None], ...],
    ) -> None:
        self._clock = clock
        self._track = track
        self._listeners = listeners
        self._timeline = Timeline()
        self._zero_s = self._waiting_s = 0.0
        self._is_connected = False

    def follow(self, recogniser: deepgram.STT) -> None:
        """Learns from `recogniser` when its clock begins anew: with each connection, at the first
        sample that the one before did not take."""

        def on_metrics(metrics: STTMetrics) -> None:
            if metrics.acquire_time:
                self._is_connected, self._zero_s = True, self._waiting_s

        def on_error(_: stt.STTError) -> None:
            if self._is_connected:
                self._is_connected, self._waiting_s = False, self._timeline.pushed_s

        recogniser.on("metrics_collected", on_metrics)
        recogniser.on("error", on_error)

    async def tap(self, audio: AsyncIterable[rtc.AudioFrame]) -> AsyncIterator[rtc.AudioFrame]:
        """Passes the frames on unchanged."""
        self._zero_s = self._waiting_s = self._timeline.pushed_s
        async for frame in audio:
            now = time.monotonic()
            if self._timeline.is_early(frame.duration, now) and not any(frame.data):
                # The SDK flushes the recogniser with silence that nobody made.
                self._timeline.pad(frame.duration)
            else:
                start = self._timeline.push(frame.duration, now)
                self._track.write(self._clock.ms(start), bytes(frame.data), frame.sample_rate)
            for listener in self._listeners:
                listener(frame)
            yield frame

    def understood(self, data: stt.SpeechData) -> Heard:
        """Words and times of a transcript. Without word times the arrival is all that is known."""
        words = tuple(
            Word(
                text=str(word),
                start_ms=self._ms(float(word.start_time), _offset(word.start_time_offset)),
                end_ms=self._ms(float(word.end_time), _offset(word.start_time_offset)),
                confidence=min(1.0, max(0.0, _confidence(word.confidence, data.confidence))),
            )
            for word in data.words or ()
            if isinstance(word.start_time, float | int) and isinstance(word.end_time, float | int)
        )
        if words:
            return Heard(data.text, words, words[0].start_ms, words[-1].end_ms)
        return Heard(data.text, (), self._clock.ms(), self._clock.ms())

    def _ms(self, start_time: float, offset: float) -> int:
        return self._clock.ms(self._timeline.instant(self._zero_s + start_time - offset))


def _offset(value: object) -> float:
    return float(value) if isinstance(value, float | int) else 0.0


def _confidence(word: object, whole: float) -> float:
    return float(word) if isinstance(word, float | int) else whole
