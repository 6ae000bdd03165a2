"""The recording: each participant's audio in closed Ogg/Opus segments of at most ten seconds."""

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import structlog
from interview.errors import InterviewError, LeaseLost, Sealed

from agent.door import Door
from agent.errors import DoorClosed
from agent.segments import Segment, encode, send_segment, write_segment

log = structlog.get_logger()

SEGMENT_MS = 10_000
GAP_MS = 50
"""Audio that comes this much off its place opens a new segment: words must fit within 100 ms."""

RETRY_S = 2.0
HELD_BACK = 360
"""So many pieces are kept in memory while the disk takes none: half an hour of two voices."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Audio that is complete and lies in memory alone. s16le mono PCM."""

    participant: str
    started_ms: int
    pcm: bytes
    rate: int

    @property
    def duration_ms(self) -> int:
        return len(self.pcm) * 1000 // (2 * self.rate)


class Track:
    """Collects one participant's audio on the recording's clock."""

    def __init__(self, participant: str, keep: Callable[[Piece], None]) -> None:
        self._participant = participant
        self._keep = keep
        self._pcm = bytearray()
        self._rate = 0
        self._started_ms = self._earliest_ms = 0
        self._is_idle = True

    def write(self, at_ms: int, pcm: bytes, rate: int) -> None:
        """`pcm` (s16le mono) began at `at_ms`; contiguous audio is joined whatever its jitter."""
        if self._pcm and (rate != self._rate or abs(at_ms - self._end_ms()) > GAP_MS):
            self.close()
        if not self._pcm:
            self._begin(at_ms, rate)
        self._is_idle = False
        self._pcm += pcm
        while len(self._pcm) >= self._full():
            self._hand_over(self._full())

    def began_earlier(self, by_ms: int) -> None:
        """What lies here unsent began so much earlier, though not in what was handed over."""
        self._started_ms = max(self._earliest_ms, self._started_ms - by_ms)

    def close(self) -> None:
        """Hands over what there is; the next audio opens a new segment."""
        if self._pcm:
            self._hand_over(len(self._pcm))

    def close_if_idle(self) -> None:
        """Closes when nothing came since it was last asked: a mute line holds nothing back."""
        if self._is_idle:
            self.close()
        self._is_idle = True

    def _begin(self, at_ms: int, rate: int) -> None:
        # A segment is known by its start: no two of an epoch have the same.
        self._started_ms, self._rate = max(at_ms, self._earliest_ms), rate

    def _hand_over(self, size: int) -> None:
        piece = Piece(self._participant, self._started_ms, bytes(self._pcm[:size]), self._rate)
        self._keep(piece)
        self._earliest_ms = self._started_ms + 1
        self._started_ms += piece.duration_ms
        del self._pcm[:size]

    def _full(self) -> int:
        return 2 * self._rate * SEGMENT_MS // 1000

    def _end_ms(self) -> int:
        return self._started_ms + len(self._pcm) * 1000 // (2 * self._rate)


class Recorder:
    """Brings pieces to the disk at once, and from there to the API as it takes them.

    Storing does not wait for sending. Nothing that fails here ends the talk.
    """

    def __init__(self, door: Door, interview: UUID, epoch: int, folder: Path) -> None:
        self._door = door
        self._interview = interview
        self._epoch = epoch
        self._folder = folder
        self._tracks: dict[str, Track] = {}
        self._pieces: deque[Piece] = deque(maxlen=HELD_BACK)
        self._more_pieces = asyncio.Event()
        self._storing = asyncio.Lock()
        self._segments: deque[Segment] = deque()
        self._more_segments = asyncio.Event()
        self._is_sending = True
        self._at_rest = asyncio.Event()
        self._left = 0

    def track(self, participant: str) -> Track:
        return self._tracks.setdefault(participant, Track(participant, self.keep))

    def keep(self, piece: Piece) -> None:
        if len(self._pieces) == HELD_BACK:
            log.warning("audio_lost", started_ms=self._pieces[0].started_ms, reason="disk")
        self._pieces.append(piece)
        self._more_pieces.set()

    async def run(self) -> None:
        """Works for ever; what is not sent when it is cancelled stays on the disk."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._keep_storing())
                group.create_task(self._keep_sending())
                group.create_task(self._keep_closing())
        finally:
            self._stop_sending()

    async def finish(self, timeout_s: float) -> bool:
        """Closes every track and stores it, however long that takes; True when all was sent in
        time."""
        for track in self._tracks.values():
            track.close()
        await self._store_all()
        try:
            async with asyncio.timeout(timeout_s):
                await self._at_rest.wait()
        except TimeoutError:
            pass
        left = len(self._pieces) + len(self._segments) + self._left
        if left:
            log.warning("segments_left", count=left, folder=str(self._folder))
        return not left

    async def _keep_closing(self) -> None:
        while True:
            await asyncio.sleep(SEGMENT_MS / 1000)
            for track in self._tracks.values():
                track.close_if_idle()

    # ---- to the disk ----

    async def _keep_storing(self) -> None:
        while True:
            await self._more_pieces.wait()
            self._more_pieces.clear()
            while not await self._store_all():
                await asyncio.sleep(RETRY_S)

    async def _store_all(self) -> bool:
        """False when the disk takes no more now."""
        async with self._storing:
            while self._pieces:
                piece = self._pieces[0]
                if (ogg := await _encoded(piece)) is not None:
                    try:
                        await self._store(piece, ogg)
                    except OSError as error:
                        log.warning(
                            "audio_not_on_disk", waiting=len(self._pieces), reason=str(error)
                        )
                        return False
                if self._pieces and self._pieces[0] is piece:
                    self._pieces.popleft()
        return True

    async def _store(self, piece: Piece, ogg: bytes) -> None:
        segment = Segment(
            piece.participant, self._epoch, piece.started_ms, piece.duration_ms, self._folder
        )
        await asyncio.to_thread(write_segment, segment, ogg)
        self._segments.append(segment)
        if self._is_sending:
            self._at_rest.clear()
            self._more_segments.set()

    # ---- to the API ----

    async def _keep_sending(self) -> None:
        """Ends when the lease is lost: then others bring what is left."""
        try:
            while True:
                if not self._segments:
                    self._at_rest.set()
                    await self._more_segments.wait()
                    self._more_segments.clear()
                    continue
                if await self._send(self._segments[0]):
                    self._segments.popleft()
                else:
                    await asyncio.sleep(RETRY_S)
        except (LeaseLost, Sealed) as error:
            log.warning("recording_not_wanted", code=error.code)
        finally:
            self._stop_sending()

    def _stop_sending(self) -> None:
        self._is_sending = False
        self._at_rest.set()

    async def _send(self, segment: Segment) -> bool:
        """False when it is to be tried again. Raises `LeaseLost`, `Sealed`."""
        try:
            await send_segment(self._door.segment, self._interview, segment)
        except DoorClosed:
            return False
        except (LeaseLost, Sealed):
            raise
        except InterviewError as error:
            self._left += 1
            log.warning("segment_refused", code=error.code, started_ms=segment.started_ms)
        except Exception as error:  # noqa: BLE001 (the outermost loop: one segment, not the talk)
            self._left += 1
            log.warning("segment_not_sent", started_ms=segment.started_ms, reason=repr(error))
        return True


async def _encoded(piece: Piece) -> bytes | None:
    try:
        return await asyncio.to_thread(encode, piece.pcm, piece.rate)
    except Exception as error:  # noqa: BLE001 (the encoder's own: costs a piece, not the talk)
        log.warning("audio_lost", started_ms=piece.started_ms, reason=repr(error))
        return None
