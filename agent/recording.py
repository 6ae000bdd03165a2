"""The recording: each participant's audio in closed Ogg/Opus segments of at most ten seconds."""

import asyncio
import hashlib
import io
import os
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import av
import numpy as np
import structlog
from interview.door import SegmentHeader
from interview.errors import InterviewError

from agent.door import Door
from agent.errors import DoorClosed

log = structlog.get_logger()

SEGMENT_MS = 10_000
GAP_MS = 120
"""Audio that comes this much later than its predecessor ended opens a new segment."""

OPUS_RATE = 48_000
BIT_RATE = 24_000
RETRY_S = 2.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A closed piece of one participant's audio on this host's disk."""

    participant: str
    started_ms: int
    duration_ms: int
    path: Path


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


class Track:
    """Collects one participant's audio on the recording's clock."""

    def __init__(self, participant: str, recorder: "Recorder") -> None:
        self._participant = participant
        self._recorder = recorder
        self._pcm = bytearray()
        self._rate = 0
        self._started_ms = 0

    def write(self, at_ms: int, pcm: bytes, rate: int) -> None:
        """`pcm` (s16le mono) began at `at_ms`; contiguous audio is joined whatever its jitter."""
        if self._pcm and (rate != self._rate or abs(at_ms - self._end_ms()) > GAP_MS):
            self.close()
        if not self._pcm:
            self._started_ms, self._rate = at_ms, rate
        self._pcm += pcm
        if self._end_ms() - self._started_ms >= SEGMENT_MS:
            self.close()

    def close(self) -> None:
        """Hands over what there is; the next audio opens a new segment."""
        if self._pcm:
            self._recorder.keep(self._participant, self._started_ms, bytes(self._pcm), self._rate)
            self._started_ms = self._end_ms()
            self._pcm.clear()

    def _end_ms(self) -> int:
        return self._started_ms + len(self._pcm) * 1000 // (2 * self._rate)


class Recorder:
    """Encodes, fsyncs and sends segments, in order, for as long as the API needs to take them."""

    def __init__(self, door: Door, interview: UUID, epoch: int, folder: Path) -> None:
        self._door = door
        self._interview = interview
        self._epoch = epoch
        self._folder = folder / f"{interview}-audio"
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._queue: asyncio.Queue[tuple[str, int, bytes, int] | Segment] = asyncio.Queue()
        self._tracks: dict[str, Track] = {}
        for orphan in sorted(self._folder.glob("*.ogg")):
            self._queue.put_nowait(_from_name(orphan))

    def track(self, participant: str) -> Track:
        return self._tracks.setdefault(participant, Track(participant, self))

    def keep(self, participant: str, started_ms: int, pcm: bytes, rate: int) -> None:
        self._queue.put_nowait((participant, started_ms, pcm, rate))

    async def run(self) -> None:
        """Works for ever; what is not sent when it is cancelled stays on the disk."""
        while True:
            item = await self._queue.get()
            try:
                segment = item if isinstance(item, Segment) else await self._store(*item)
                await self._send(segment)
            finally:
                self._queue.task_done()

    async def finish(self, timeout_s: float) -> bool:
        """Closes every track; True when all was sent in time."""
        for track in self._tracks.values():
            track.close()
        try:
            async with asyncio.timeout(timeout_s):
                await self._queue.join()
        except TimeoutError:
            log.warning("segments_left_on_disk", folder=str(self._folder))
            return False
        return True

    async def _store(self, participant: str, started_ms: int, pcm: bytes, rate: int) -> Segment:
        duration_ms = len(pcm) * 1000 // (2 * rate)
        path = self._folder / f"{participant}.{started_ms}.{duration_ms}.ogg"
        await asyncio.to_thread(lambda: _write(path, encode(pcm, rate)))
        return Segment(participant, started_ms, duration_ms, path)

    async def _send(self, segment: Segment) -> None:
        body = await asyncio.to_thread(segment.path.read_bytes)
        header = SegmentHeader(
            epoch=self._epoch,
            started_ms=segment.started_ms,
            duration_ms=segment.duration_ms,
            sha256=hashlib.sha256(body).hexdigest(),
        )
        while True:
            try:
                # The start is the index: it is unique, it grows, and a repeat is recognised.
                await self._door.segment(
                    self._interview, segment.participant, segment.started_ms, header, body
                )
            except DoorClosed:
                await asyncio.sleep(RETRY_S)
            except InterviewError as error:
                log.warning("segment_refused", code=error.code, started_ms=segment.started_ms)
                return
            else:
                segment.path.unlink(missing_ok=True)
                return


def _write(path: Path, body: bytes) -> None:
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


def _from_name(path: Path) -> Segment:
    participant, started_ms, duration_ms = path.stem.rsplit(".", 2)
    return Segment(participant, int(started_ms), int(duration_ms), path)
