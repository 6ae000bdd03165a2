"""Joins recorded parts into one playable file: one clock, the candidate left, all others right."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import av
import numpy as np
import numpy.typing as npt

RATE = 48_000
SAMPLES_PER_MS = RATE // 1000
FRAME = 960
BIT_RATE = 64_000
LONGEST_SILENCE_MS, SILENCE_KEPT_MS = 60_000, 5_000
"""More than the first without a sound from anybody becomes the second."""

Stereo = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of one participant: a mono Ogg/Opus file that begins at `started_ms`."""

    is_candidate: bool
    started_ms: int
    ogg: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch of the clock that is not in the file: nobody was recorded in it."""

    from_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class Joined:
    """A moment of the clock lies in the file earlier by the length of all cuts before it."""

    ogg: bytes
    cuts: tuple[Cut, ...]


class LeftOff(Exception):
    """Nobody wants the file any more."""


@dataclass(frozen=True, slots=True)
class Playable:
    """A joined file as it is handed out; `cuts` are (from_ms, length_ms)."""

    ogg: bytes
    etag: str
    cuts: tuple[tuple[int, int], ...]


def join_pieces(pieces: Iterable[Piece], is_over: Callable[[], bool] = lambda: False) -> Joined:
    """A stereo Ogg/Opus file whose zero is the clock's; what nobody recorded is silence, and of a
    long silence (a night between two sittings) only the beginning is there.

    Only the overlap of neighbouring parts is held in memory. A damaged part counts as far as it
    can be read. Raises `LeftOff` before a part when `is_over`.
    """
    timeline, cuts, end_ms = _Timeline(), list[Cut](), 0
    for piece in sorted(pieces, key=lambda p: p.started_ms):
        if is_over():
            raise LeftOff
        if piece.started_ms - end_ms > LONGEST_SILENCE_MS:
            left_out = end_ms + SILENCE_KEPT_MS
            cuts.append(Cut(left_out, piece.started_ms - left_out))
        in_file_ms = piece.started_ms - sum(cut.length_ms for cut in cuts)
        start = in_file_ms * SAMPLES_PER_MS
        timeline.write_until(start)
        samples = _samples_of(piece.ogg)
        timeline.add(samples, start, channel=0 if piece.is_candidate else 1)
        end_ms = max(end_ms, piece.started_ms + len(samples) // SAMPLES_PER_MS)
    return Joined(timeline.finish(), tuple(cuts))


def _samples_of(ogg: bytes) -> npt.NDArray[np.int32]:
    """Mono samples; the decoder itself drops Opus' pre-skip (RFC 7845, section 4.2)."""
    found: list[npt.NDArray[np.int32]] = []
    resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    try:
        with av.open(io.BytesIO(ogg), "r") as container:
            for frame in container.decode(audio=0):
                found += [f.to_ndarray()[0].astype(np.int32) for f in resampler.resample(frame)]
    except (av.FFmpegError, IndexError):
        pass
    return np.concatenate(found) if found else np.zeros(0, np.int32)


class _Timeline:
    """The stretch that may still change, and an encoder for what lies before it."""

    def __init__(self) -> None:
        self._file = io.BytesIO()
        self._container = av.open(self._file, "w", format="ogg")
        self._stream = self._container.add_stream("libopus", rate=RATE, layout="stereo")
        self._stream.bit_rate = BIT_RATE
        self._written = 0
        self._open: Stereo = np.zeros((2, 0), np.int32)

    def add(self, samples: npt.NDArray[np.int32], start: int, channel: int) -> None:
        """Mix `samples` in; `start` must not lie before what was written."""
        first = start - self._written
        self._reach(first + len(samples))
        self._open[channel, first : first + len(samples)] += samples

    def write_until(self, sample: int) -> None:
        """Encode all whole frames before `sample`: nothing can be added to them any more."""
        while self._written + FRAME <= sample:
            self._reach(FRAME)
            self._encode(self._open[:, :FRAME])
            self._open = self._open[:, FRAME:]

    def finish(self) -> bytes:
        """Encode the rest; the file."""
        self.write_until(self._written + self._open.shape[1])
        if self._open.shape[1]:
            self._encode(self._open)
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._file.getvalue()

    def _reach(self, length: int) -> None:
        missing = length - self._open.shape[1]
        if missing > 0:
            self._open = np.concatenate([self._open, np.zeros((2, missing), np.int32)], axis=1)

    def _encode(self, stretch: Stereo) -> None:
        limits = np.iinfo(np.int16)
        clipped = np.clip(stretch, limits.min, limits.max).astype(np.int16)
        packed = np.ascontiguousarray(clipped.T.reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout="stereo")
        frame.sample_rate, frame.pts = RATE, self._written
        self._container.mux(self._stream.encode(frame))
        self._written += stretch.shape[1]
