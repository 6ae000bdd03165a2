"""Captions: what is said, in writing, to named people in the room and to nobody else."""

import asyncio
import json

import structlog
from livekit import rtc

log = structlog.get_logger()

TOPIC = "viv.caption"


class Captions:
    """Sends each caption as a text stream of one JSON object: `segment`, `speaker` (`ai` or an
    identity), `text`, `final`. One that cannot be sent is dropped: the record has the words."""

    def __init__(self, room: rtc.Room, readers: set[str]) -> None:
        self._room = room
        self.readers = readers
        self._queue: asyncio.Queue[str] = asyncio.Queue(maxsize=64)

    def show(self, segment: str, speaker: str, text: str, *, final: bool) -> None:
        """Returns at once."""
        caption = {"segment": segment, "speaker": speaker, "text": text, "final": final}
        try:
            self._queue.put_nowait(json.dumps(caption))
        except asyncio.QueueFull:
            log.warning("caption_dropped")

    async def run(self) -> None:
        while True:
            text = await self._queue.get()
            present = sorted(self.readers & self._room.remote_participants.keys())
            if not present:
                continue
            try:
                await self._room.local_participant.send_text(
                    text, topic=TOPIC, destination_identities=present
                )
            except (rtc.StreamError, RuntimeError, ConnectionError) as error:
                log.warning("caption_not_sent", error=str(error))
