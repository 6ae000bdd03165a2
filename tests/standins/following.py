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

STRETCH_S = 0.5
"""So much of a sound is told from others."""

PIECES = 5
PIECE_SHORTENED_S, PIECE_STRETCHED_S = 0.03, 0.015
ALIKE_IN_PIECES = 0.65
"""A stretch within which a buffer has shortened or stretched the sound is heard piece by piece,
each so much nearer or further from the one before. So alike are its pieces then; those of another
voice are 0.45 at most, those of the same voice with other words 0.63."""

ALIKE_TORN = 0.45
"""The same for a word in two halves: a browser makes voices clearer, so that a word is 0.56 to 0.74
like its sound, and 0.33 when a buffer has shortened it by 20 ms; in halves 0.46 at least. Other
words are 0.53 at most, and 19 of 20 less than 0.46."""

LOUD_SHARE = 0.02
"""A stretch with less energy than so much of the loudest has nothing to be told by."""


@dataclass(frozen=True)
class Sound:
    """s16 mono."""

    samples: Samples
    rate: int


class Followed:
    """`sound` in audio of `rate` that is heard from second `began` of a stream on; `heard` has been
    heard of it already."""

    def __init__(self, sound: Sound, rate: int, began: float, heard: Coarse | None = None) -> None:
        self._sound = coarse(sound.samples, sound.rate)
        self._rate = rate
        self._began = began
        self._heard: Coarse = np.zeros(0) if heard is None else heard

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
    likeness = likenesses(sought, heard)
    best = int(np.argmax(likeness))
    return best if likeness[best] >= ALIKE else None


def find_torn(sought: Coarse, heard: Coarse) -> int | None:
    """`find` for a sound that a buffer has shortened or stretched once within it: its second half
    begins so much nearer or further."""
    length = len(sought) // 2
    back, on = _at(PIECE_SHORTENED_S), _at(PIECE_STRETCHED_S)
    if length < back or len(heard) < len(sought) + on:
        return None
    halves = sought[: 2 * length].reshape(2, length)
    loud = np.sqrt((halves**2).sum(axis=1))
    first, second = (loud[n] / loud.sum() * likenesses(halves[n], heard) for n in range(2))
    behind = np.pad(second, (0, length + on), constant_values=-1.0)
    alike = first + _greatest_of_next(behind, back + on + 1)[length - back :][: len(first)]
    best = int(np.argmax(alike))
    return best if alike[best] >= ALIKE_TORN else None


def likenesses(sought: Coarse, heard: Coarse) -> Coarse:
    """How like `sought` is what is heard from each sample on, as far as that is whole: -1 to 1."""
    size = 1 << (len(heard) + len(sought)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sought, size))
    alike = np.fft.irfft(spectrum, size)[: len(heard) - len(sought) + 1]
    sums = np.concatenate([[0.0], np.cumsum(heard**2)])
    energy = (sums[len(sought) :] - sums[: -len(sought)]) * float(sought @ sought)
    return np.asarray(alike / np.sqrt(energy + 1.0), dtype=np.float64)


class Known:
    """A sound that is recognised by stretches of it, wherever it is heard."""

    def __init__(self, sound: Sound) -> None:
        whole = _sharp(coarse(sound.samples, sound.rate))
        length = _at(STRETCH_S)
        cut = [(at, whole[at : at + length]) for at in range(0, len(whole) - length + 1, length)]
        loudest = max((float(part @ part) for _, part in cut), default=0.0)
        self._stretches = [
            (at, part) for at, part in cut if float(part @ part) > LOUD_SHARE * loudest
        ]

    def begins(self, heard: Coarse) -> int | None:
        """The sample of `heard`, perhaps before its first, where the sound began that is heard."""
        sharp = _sharp(heard)
        for at, stretch in self._stretches:
            found = find(stretch, sharp)
            if found is not None:
                return found - at
        return None

    def share(self, heard: Coarse) -> float:
        """How much of the sound is heard there: 1 is all of it."""
        sharp = _sharp(heard)
        found = [
            find(stretch, sharp) is not None or likeness_in_pieces(stretch, sharp) > ALIKE_IN_PIECES
            for _, stretch in self._stretches
        ]
        return sum(found) / len(found)


def likeness_in_pieces(sought: Coarse, heard: Coarse) -> float:
    """How like `sought` its pieces are at best where they are heard one after the other; each
    counts as it is loud, for silence is like any other."""
    length = len(sought) // PIECES
    loud = np.sqrt((sought[: PIECES * length].reshape(PIECES, length) ** 2).sum(axis=1))
    weights = loud / loud.sum()
    back, on = _at(PIECE_SHORTENED_S), _at(PIECE_STRETCHED_S)
    if len(heard) < len(sought) + back + on:
        return 0.0
    best = weights[0] * likenesses(sought[:length], heard)
    for number in range(1, PIECES):
        at = number * length
        this = weights[number] * likenesses(sought[at : at + length], heard)
        # The piece before began `length` earlier, `on` less or `back` more.
        before = np.pad(best, (length + on, back), constant_values=-1.0)
        best = this + _greatest_of_next(before, back + on + 1)[: len(this)]
    return float(best.max())


def _greatest_of_next(values: Coarse, many: int) -> Coarse:
    """Of each value and those behind it, `many` in all, the greatest."""
    greatest, span = values, 1
    while 2 * span <= many:
        greatest = np.maximum(greatest[:-span], greatest[span:])
        span *= 2
    rest = many - span
    return np.maximum(greatest[: len(greatest) - rest], greatest[rest:]) if rest else greatest


def _sharp(samples: Coarse) -> Coarse:
    """Without the deep of a voice, which is alike in all that it says."""
    return np.diff(samples, prepend=0.0)
