"""All data that reaches the candidate's client, of whatever kind and on whatever topic."""

import asyncio
import json
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from livekit import rtc
from livekit.rtc._proto import room_pb2

DataKind = Literal[
    "text_stream",
    "byte_stream",
    "data_packet",
    "room_metadata",
    "participant_metadata",
    "participant_attributes",
    "participant_name",
    "transcription",
    "data_track",
]


@dataclass(frozen=True)
class Received:
    """One piece of data: what carried it, from whom (`None`: the server), all of it as text, and
    the attributes of a stream as JSON."""

    kind: DataKind
    sender: str | None
    topic: str
    content: str
    at: float
    attributes: str = ""


Tell = Callable[[Received], None]


class AttentiveRoom(rtc.Room):
    """A room that reports everything it is sent to `tell`.

    The SDK drops streams on topics that nobody has registered for; a proof that nothing secret
    arrives must see the topics that nobody thought of, so these two hooks register at first sight.
    """

    def __init__(self, tell: Tell) -> None:
        super().__init__()
        self._tell = tell
        self._reading: set[asyncio.Task[None]] = set()
        self.on("data_received", self._on_packet)
        self.on("transcription_received", self._on_transcription)
        self.on("room_metadata_changed", lambda _old, new: self._note("room_metadata", new))
        self.on("participant_metadata_changed", self._on_metadata)
        self.on("participant_name_changed", self._on_name)
        self.on("participant_attributes_changed", self._on_attributes)
        self.on("participant_connected", self._on_participant)
        self.on("data_track_published", lambda track: self._note("data_track", repr(track)))

    async def enter(self, url: str, token: str) -> None:
        """Connects and reports what was there before us."""
        await self.connect(url, token)
        self._note("room_metadata", self.metadata)
        for participant in self.remote_participants.values():
            self._on_participant(participant)

    def _note(
        self, kind: DataKind, content: str, sender: str | None = None, topic: str = ""
    ) -> None:
        if content:
            self._tell(Received(kind, sender, topic, content, time.monotonic()))

    def _handle_text_stream_opened(self, opened: room_pb2.TextStreamOpened) -> None:
        self._text_stream_handlers.setdefault(opened.reader.info.topic, self._on_text)
        super()._handle_text_stream_opened(opened)

    def _handle_byte_stream_opened(self, opened: room_pb2.ByteStreamOpened) -> None:
        self._byte_stream_handlers.setdefault(opened.reader.info.topic, self._on_bytes)
        super()._handle_byte_stream_opened(opened)

    def _on_text(self, reader: rtc.TextStreamReader, sender: str) -> None:
        self._read(self._read_text(reader, sender))

    def _on_bytes(self, reader: rtc.ByteStreamReader, sender: str) -> None:
        self._read(self._read_bytes(reader, sender))

    def _read(self, reading: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(reading)
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _read_text(self, reader: rtc.TextStreamReader, sender: str) -> None:
        chunks: list[str] = []
        with suppress(rtc.StreamError):
            async for chunk in reader:
                chunks.append(chunk)  # noqa: PERF401 - what came before an error is kept
        self._note_stream("text_stream", reader.info, "".join(chunks), sender)

    async def _read_bytes(self, reader: rtc.ByteStreamReader, sender: str) -> None:
        chunks: list[bytes] = []
        with suppress(rtc.StreamError):
            async for chunk in reader:
                chunks.append(chunk)  # noqa: PERF401 - what came before an error is kept
        content = b"".join(chunks).decode(errors="replace")
        self._note_stream("byte_stream", reader.info, content, sender)

    def _note_stream(
        self,
        kind: DataKind,
        info: rtc.TextStreamInfo | rtc.ByteStreamInfo,
        content: str,
        sender: str,
    ) -> None:
        about = json.dumps(info.attributes) if info.attributes else ""
        self._tell(Received(kind, sender, info.topic, content, time.monotonic(), about))

    def _on_packet(self, packet: rtc.DataPacket) -> None:
        sender = packet.participant.identity if packet.participant else None
        content = packet.data.decode(errors="replace")
        self._note("data_packet", content, sender, packet.topic or "")

    def _on_transcription(
        self,
        segments: list[rtc.TranscriptionSegment],
        participant: rtc.Participant | None,
        _publication: rtc.TrackPublication | None,
    ) -> None:
        sender = participant.identity if participant else None
        self._note("transcription", " ".join(segment.text for segment in segments), sender)

    def _on_participant(self, participant: rtc.RemoteParticipant) -> None:
        self._on_name(participant, "", participant.name)
        self._on_metadata(participant, "", participant.metadata)
        self._on_attributes(participant.attributes, participant)

    def _on_name(self, participant: rtc.Participant, _old: str, new: str) -> None:
        self._note("participant_name", new, participant.identity)

    def _on_metadata(self, participant: rtc.Participant, _old: str, new: str) -> None:
        self._note("participant_metadata", new, participant.identity)

    def _on_attributes(self, changed: dict[str, str], participant: rtc.Participant) -> None:
        content = json.dumps(changed) if changed else ""
        self._note("participant_attributes", content, participant.identity)
