"""Segments: closed pieces of audio on this host's disk, and their way to the API."""

import asyncio
import hashlib
import io
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import av
import numpy as np
from interview.door import SegmentHeader

from agent.lease_folder import sync_folder

OPUS_RATE = 48_000
BIT_RATE = 24_000
PART = ".part"

Put = Callable[[UUID, str, int, SegmentHeader, bytes], Awaitable[None]]
"""`Door.segment` or `Door.late_segment`."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A closed piece of one participant's audio. Its file's name says all of it."""

    participant: str
    epoch: int
    started_ms: int
    duration_ms: int
    folder: Path

    @property
    def path(self) -> Path:
        name = f"{self.participant}.{self.epoch}.{self.started_ms}.{self.duration_ms}.ogg"
        return self.folder / name

    @classmethod
    def at(cls, path: Path) -> "Segment | None":
        """None for a file that is no segment."""
        try:
            participant, *numbers = path.stem.rsplit(".", 3)
            epoch, started_ms, duration_ms = map(int, numbers)
        except ValueError:
            return None
        return cls(participant, epoch, started_ms, duration_ms, path.parent)


def segments_in(folder: Path) -> list[Segment]:
    """What lies there, in order of its start."""
    found = [Segment.at(path) for path in folder.glob("*.ogg")]
    return sorted((s for s in found if s is not None), key=lambda s: s.started_ms)


def encode(pcm: bytes, rate: int) -> bytes:
    """s16le mono PCM as an Ogg/Opus file (48 kHz)."""
    target = io.BytesIO()
    with av.open(target, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=OPUS_RATE)
        stream.bit_rate = BIT_RATE
        stream.layout = "mono"
        samples = np.frombuffer(pcm, dtype=np.int16).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate = rate
        resampler = av.AudioResampler(format="s16", layout="mono", rate=OPUS_RATE)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            part.pts = None
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return target.getvalue()


def write_segment(segment: Segment, ogg: bytes) -> None:
    """Whole and on the disk, or not there at all."""
    part = segment.path.with_suffix(PART)
    with open(part, "wb", opener=_private) as file:
        file.write(ogg)
        file.flush()
        os.fsync(file.fileno())
    part.rename(segment.path)
    sync_folder(segment.folder)


async def send_segment(put: Put, interview: UUID, segment: Segment) -> None:
    """Hands it in and removes it. Raises what the door raises; the file stays then."""
    body = await asyncio.to_thread(segment.path.read_bytes)
    header = SegmentHeader(
        epoch=segment.epoch,
        started_ms=segment.started_ms,
        duration_ms=segment.duration_ms,
        sha256=hashlib.sha256(body).hexdigest(),
    )
    # The start is the index: in one epoch it is unique, and a repeat is recognised.
    await put(interview, segment.participant, segment.started_ms, header, body)
    await asyncio.to_thread(segment.path.unlink, missing_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
