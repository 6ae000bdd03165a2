"""Follows a known sound in audio that arrives: jitter buffers shorten, stretch and tear it.

A recogniser tells the times of what it hears. One that has only the script of what was said has to
find each word in what arrives.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.int16]
Coarse = npt.NDArray[np.float64]

COARSE = 8_000
BEFORE_S = 0.15
"""So much sound before a word helps to find it."""

SHORTENED_S, STRETCHED_S = 0.4, 0.1
"""So much earlier or later than the word before it lets expect."""

ALIKE = 0.5
"""Sounds that are less alike are not the same."""


@dataclass(frozen=True)
class Sound:
    """s16 mono."""

    samples: Samples
    rate: int


class Followed:
    """`sound` in audio of `rate` that is heard from second `began` of a stream on."""

    def __init__(self, sound: Sound, rate: int, began: float) -> None:
        self._sound = coarse(sound.samples, sound.rate)
        self._rate = rate
        self._began = began
        self._heard: Coarse = np.zeros(0)

    def hear(self, samples: Samples) -> None:
        """The next of the audio."""
        self._heard = np.concatenate([self._heard, coarse(samples, self._rate)])

    def zero(self, start: float, end: float, zero: float) -> float:
        """Where the sound's beginning lies in the stream, judged by its stretch from `start` to
        `end`; `zero` is where the words before let expect it. All in seconds."""
        start = max(0.0, start - BEFORE_S)
        sought = self._sound[_at(start) : _at(end)]
        first = _at(zero + start - SHORTENED_S - self._began)
        last = _at(zero + end + STRETCHED_S - self._began)
        found = find(sought, self._heard[first:last])
        return zero if found is None else self._began + (first + found) / COARSE - start


def _at(seconds: float) -> int:
    return max(0, round(seconds * COARSE))


def coarse(samples: Samples, rate: int) -> Coarse:
    """The samples at `COARSE`, which `rate` is a multiple of."""
    step = rate // COARSE
    whole = samples[: len(samples) // step * step].astype(np.float64)
    return np.asarray(whole.reshape(-1, step).mean(axis=1), dtype=np.float64)


def find(sought: Coarse, heard: Coarse) -> int | None:
    """The sample of `heard` at which `sought` begins, None when it is not heard there."""
    if not len(sought) or len(heard) < len(sought):
        return None
    alike = np.correlate(heard, sought, "valid")
    energy = np.convolve(heard**2, np.ones(len(sought)), "valid") * float(sought @ sought)
    likeness = alike / np.sqrt(energy + 1.0)
    best = int(np.argmax(likeness))
    return best if likeness[best] >= ALIKE else None
