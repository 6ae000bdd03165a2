"""Sentences as sound: each synthesised once, ahead of time, and kept while it may be needed."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from livekit import rtc


@dataclass(frozen=True, slots=True)
class Clip:
    """One sentence as s16le mono PCM."""

    text: str
    pcm: bytes
    sample_rate: int

    @property
    def ms(self) -> int:
        return len(self.pcm) * 1000 // (2 * self.sample_rate)


class Says(Protocol):
    """Whoever makes sound of a sentence. Raises what its provider raises."""

    async def say(self, text: str) -> rtc.AudioFrame: ...


QUIET_SHARE = 0.01
LEAD_MS, TAIL_MS = 10, 150
"""Silence that a voice keeps before and after a sentence; more of it would only be latency."""


def trimmed(pcm: bytes, rate: int) -> bytes:
    """The sentence without the silence around it, which providers put there in plenty."""
    samples = np.abs(np.frombuffer(pcm, dtype=np.int16).astype(np.int32))
    loud = np.flatnonzero(samples > QUIET_SHARE * samples.max(initial=0))
    if not loud.size:
        return pcm
    start = max(0, int(loud[0]) - rate * LEAD_MS // 1000)
    end = int(loud[-1]) + rate * TAIL_MS // 1000
    return pcm[2 * start : 2 * end]


class Synthesis:
    """Keeps one task a sentence; a failed one is tried again when it is asked for."""

    def __init__(self, voice: Says, sample_rate: int) -> None:
        self._voice = voice
        self._rate = sample_rate
        self._clips: dict[str, asyncio.Task[Clip]] = {}

    def prepare(self, sentences: tuple[str, ...]) -> None:
        """Starts what is not there yet; returns at once."""
        for text in sentences:
            known = self._clips.get(text)
            if known is None or (known.done() and (known.cancelled() or known.exception())):
                self._clips[text] = asyncio.create_task(self._make(text))

    async def clip(self, text: str) -> Clip:
        """Raises what the provider raised."""
        self.prepare((text,))
        return await asyncio.shield(self._clips[text])

    async def _make(self, text: str) -> Clip:
        frame = await self._voice.say(text)
        if frame.sample_rate != self._rate:
            resampler = rtc.AudioResampler(frame.sample_rate, self._rate)
            frame = rtc.combine_audio_frames([*resampler.push(frame), *resampler.flush()])
        return Clip(text, trimmed(bytes(frame.data), frame.sample_rate), frame.sample_rate)

    async def aclose(self) -> None:
        for task in self._clips.values():
            task.cancel()
        await asyncio.gather(*self._clips.values(), return_exceptions=True)
