"""First words: what a candidate says on their way back into the room, before anybody hears them.

Their page keeps it, and sends it to us once it is there, as LiveKit's clients can. LiveKit's own
handler would take it from everybody in the room and of any size: this one takes it from the
candidate, for a track that they publish while we are here.
"""

import asyncio
import io
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import av
import structlog
from livekit import rtc
from livekit.agents.voice.io import AudioInput
from livekit.rtc._proto.track_pb2 import AudioTrackFeature

from agent.ear import ARRIVED
from agent.errors import FirstWordsRefused

log = structlog.get_logger()

PRECONNECT_BUFFER = AudioTrackFeature.TF_PRECONNECT_BUFFER
TOPIC = "lk.agent.pre-connect-audio-buffer"
MIME = "audio/webm;codecs=opus"
HEARD_RATE = 24_000
FRAME = HEARD_RATE // 20
"""Samples: 50 ms, as the room's own frames."""

LONGEST_S = 12.0
"""LiveKit's clients keep ten seconds."""

LARGEST = 512 * 1024
"""Bytes. Browsers keep 16 KiB a second at most."""

OPENS_WITHIN_S = 1.0
WHOLE_WITHIN_S = 3.0
"""So long what is heard in the room waits for what was said before it: a page that turned the
microphone off on its way sends nothing."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What is on its way: s16le mono PCM at `HEARD_RATE`, empty when it is refused."""

    track: str
    pcm: "asyncio.Task[bytes]"


class FirstWords:
    """Takes one candidate's; `listen` before the room is joined, `ahead_of` once there is sound."""

    def __init__(self, candidate: str, now: Callable[[], float]) -> None:
        self._candidate = candidate
        self._now = now
        self._published: str | None = None
        self._subscribed: tuple[str, float] | None = None
        self._sent: Sent | None = None
        self._came = asyncio.Event()

    def listen(self, room: rtc.Room) -> None:
        # Whoever was there before us sent it to our predecessor.
        room.on("track_published", self._on_published)
        room.on("track_subscribed", self._on_subscribed)
        room.register_byte_stream_handler(TOPIC, self._on_opened)

    def ahead_of(self, source: AudioInput | None) -> AudioInput:
        """What is heard in the room, and before each new track what was kept of it."""
        assert source is not None, "the room has no sound"
        return _Ahead(source, self)

    async def due(self) -> list[rtc.AudioFrame]:
        """What belongs before the sound that has just begun: each frame with the instant at which
        it would have arrived. Empty when there is nothing, or it does not come."""
        if self._subscribed is None:
            return []
        (track, at), self._subscribed = self._subscribed, None
        try:
            pcm = await self._whole(track)
        except TimeoutError:
            log.warning("first_words_late")
            return []
        if pcm:
            log.info("first_words_heard", seconds=round(_seconds(pcm), 2))
        return _frames(pcm, at)

    async def _whole(self, track: str) -> bytes:
        async with asyncio.timeout(OPENS_WITHIN_S):
            while self._sent is None or self._sent.track != track:
                self._came.clear()
                await self._came.wait()
        sent, self._sent = self._sent, None
        async with asyncio.timeout(WHOLE_WITHIN_S):
            return await sent.pcm

    def _on_published(
        self, publication: rtc.RemoteTrackPublication, person: rtc.RemoteParticipant
    ) -> None:
        is_kept = PRECONNECT_BUFFER in publication.audio_features
        if person.identity == self._candidate and is_kept:
            self._published = publication.sid

    def _on_subscribed(
        self, _: rtc.Track, publication: rtc.RemoteTrackPublication, person: rtc.RemoteParticipant
    ) -> None:
        if person.identity == self._candidate and publication.sid == self._published:
            self._published, self._subscribed = None, (publication.sid, self._now())

    def _on_opened(self, reader: rtc.ByteStreamReader, identity: str) -> None:
        track = (reader.info.attributes or {}).get("trackId", "")
        is_known = reader.info.mime_type.replace(" ", "") == MIME and track
        if identity != self._candidate or not is_known:
            log.warning("first_words_refused", reason="not the candidate's, or of no known form")
            reader.close()
            return
        if self._sent is not None:
            self._sent.pcm.cancel()
        self._sent = Sent(track, asyncio.create_task(_read(reader)))
        self._came.set()


class _Ahead(AudioInput):
    def __init__(self, source: AudioInput, words: FirstWords) -> None:
        super().__init__(label="first words", source=source)
        self._words = words
        self._frames: deque[rtc.AudioFrame] = deque()

    async def __anext__(self) -> rtc.AudioFrame:
        if not self._frames:
            frame = await super().__anext__()
            self._frames.extend((*await self._words.due(), frame))
        return self._frames.popleft()


async def _read(reader: rtc.ByteStreamReader) -> bytes:
    webm = bytearray()
    try:
        async with asyncio.timeout(LONGEST_S):
            async for chunk in reader:
                webm += chunk
                if len(webm) > LARGEST:
                    raise FirstWordsRefused
        return await asyncio.to_thread(pcm_of, bytes(webm))
    except (FirstWordsRefused, rtc.StreamError, av.FFmpegError, ValueError, TimeoutError) as error:
        log.warning("first_words_refused", reason=type(error).__name__)
        return b""
    finally:
        reader.close()


def pcm_of(webm: bytes) -> bytes:
    """Opus in WebM as s16le mono PCM at `HEARD_RATE`. Raises `FirstWordsRefused` and what PyAV
    raises when it is nothing of that kind, or lasts too long."""
    pcm = bytearray()
    with av.open(io.BytesIO(webm), "r", format="matroska") as container:
        if [stream.codec_context.name for stream in container.streams.audio] != ["opus"]:
            raise FirstWordsRefused
        resampler = av.AudioResampler(format="s16", layout="mono", rate=HEARD_RATE)
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                pcm += part.to_ndarray().tobytes()
            # A small file can be made to last for hours.
            if _seconds(pcm) > LONGEST_S:
                raise FirstWordsRefused
        for part in resampler.resample(None):
            pcm += part.to_ndarray().tobytes()
    return bytes(pcm)


def _seconds(pcm: bytes | bytearray) -> float:
    return len(pcm) / 2 / HEARD_RATE


def _frames(pcm: bytes, ended: float) -> list[rtc.AudioFrame]:
    """`pcm` as it would have arrived, its last sample at the instant `ended`."""
    frames: list[rtc.AudioFrame] = []
    began = ended - _seconds(pcm)
    for at in range(0, len(pcm), 2 * FRAME):
        part = pcm[at : at + 2 * FRAME]
        arrived = {ARRIVED: began + (at + len(part)) / 2 / HEARD_RATE}
        frames.append(rtc.AudioFrame(part, HEARD_RATE, 1, len(part) // 2, userdata=arrived))
    return frames
