"""What counts as loud: one measure of level for the files, the microphone and the ear."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pcm = NDArray[np.int16]
"""Mono samples, 16 bit."""

RATE = 48_000
WINDOW_S = 0.010
WINDOW = int(RATE * WINDOW_S)
LOUD_DBFS = -42.0
"""A 10 ms window above this is loud: speech here lies near -20, the microphone's noise at -72."""


@dataclass(frozen=True)
class Span:
    """A stretch of time in seconds; the clock is named by whoever hands it out."""

    start_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


def levels_dbfs(pcm: Pcm, rate: int = RATE) -> NDArray[np.float64]:
    """RMS level of each full 10 ms window in dB below full scale; digital silence is -120."""
    window = round(rate * WINDOW_S)
    whole = pcm[: len(pcm) // window * window].astype(np.float64) / 32768.0
    rms = np.sqrt((whole.reshape(-1, window) ** 2).mean(axis=1))
    return np.asarray(20.0 * np.log10(np.maximum(rms, 1e-6)), dtype=np.float64)


def loud_spans(pcm: Pcm, rate: int = RATE, join_s: float = 0.2) -> tuple[Span, ...]:
    """Loud stretches in seconds from the first sample; a gap below `join_s` does not end one."""
    loud = np.flatnonzero(levels_dbfs(pcm, rate) > LOUD_DBFS)
    if len(loud) == 0:
        return ()
    ends = np.flatnonzero((np.diff(loud) - 1) * WINDOW_S >= join_s)
    firsts = loud[np.append(0, ends + 1)]
    lasts = loud[np.append(ends, len(loud) - 1)]
    return tuple(
        Span(float(first) * WINDOW_S, float(last + 1) * WINDOW_S)
        for first, last in zip(firsts, lasts, strict=True)
    )


def noise(samples: int, level_dbfs: float, seed: int = 0) -> Pcm:
    """White noise at an RMS level, the same for the same seed."""
    amplitude = 32768.0 * 10.0 ** (level_dbfs / 20.0)
    drawn = np.random.default_rng(seed).normal(0.0, amplitude, samples)
    return np.clip(np.round(drawn), -32768, 32767).astype(np.int16)


def silence(seconds: float) -> Pcm:
    """Digital silence at 48 kHz."""
    return np.zeros(round(seconds * RATE), dtype=np.int16)


def babble(voices: list[Pcm], seconds: float, seed: int = 0) -> Pcm:
    """Many voices, each backwards and from a random place, mixed: loud, speech-like, no words."""
    random = np.random.default_rng(seed)
    length = round(seconds * RATE)
    mixed = np.zeros(length, dtype=np.float64)
    for voice in voices:
        backwards = np.roll(voice[::-1], int(random.integers(len(voice)))).astype(np.float64)
        mixed += np.resize(backwards, length)
    mixed *= 32768.0 * 0.1 / max(1.0, float(np.sqrt((mixed**2).mean())))
    return np.clip(np.round(mixed), -32768, 32767).astype(np.int16)
