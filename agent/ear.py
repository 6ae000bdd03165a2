"""The ear: the candidate's audio on its way to the recogniser, and where each word lies in time."""

from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

from interview.events import Word
from livekit import rtc
from livekit.agents import stt
from livekit.agents.metrics import STTMetrics
from livekit.plugins import deepgram

from agent.clock import RecordingClock
from agent.timeline import Timeline

ARRIVED = "arrived"
"""In a frame's `userdata`: the instant at which it would have arrived, had it come as others do."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the recogniser made of a stretch of audio, or what was `typed`. Times are ms of the
    recording."""

    text: str
    words: tuple[Word, ...]
    started_ms: int
    ended_ms: int
    typed: bool = False


class Records(Protocol):
    """A track of the recording."""

    def write(self, at_ms: int, pcm: bytes, rate: int) -> None: ...

    def began_earlier(self, by_ms: int) -> None:
        """What was written since the last gap lies so much earlier."""


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
            self._place(frame, frame.userdata.get(ARRIVED, self._clock.instant()))
            for listener in self._listeners:
                listener(frame)
            yield frame

    def _place(self, frame: rtc.AudioFrame, arrived: float) -> None:
        is_silent = not any(frame.data)
        if is_silent and self._timeline.is_early(frame.duration, arrived):
            # The SDK flushes the recogniser with silence that nobody made.
            self._timeline.pad(frame.duration)
            return
        placed = self._timeline.push(frame.duration, arrived, is_silent=is_silent)
        if by_ms := self._clock.ms(placed.was) - self._clock.ms(placed.began):
            self._track.began_earlier(by_ms)
        self._track.write(self._clock.ms(placed.start), bytes(frame.data), frame.sample_rate)

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
