"""Captions: what is said, in writing, to named people in the room and to nobody else.

Whoever comes in, or comes back, is sent the last of it again.
"""

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress

import structlog
from interview.door import Onlooker
from livekit import rtc

log = structlog.get_logger()

TOPIC = "viv.caption"
KEPT = 40
"""Segments that are sent to whoever comes."""

LOOK_EVERY_S = 0.5


class Captions:
    """Sends each caption as a text stream of one JSON object: `segment`, `speaker` (`ai` or an
    identity), `text`, `final`; with `again`, all of a segment that the reader may have missed. One
    that cannot be sent is dropped: the record has the words."""

    def __init__(self, room: rtc.Room, readers: set[str]) -> None:
        self._room = room
        self.readers = readers
        self._queue: asyncio.Queue[str] = asyncio.Queue(maxsize=64)
        self._said: dict[str, tuple[str, str, bool]] = {}
        self._known: dict[str, str] = {}
        self._onlookers: dict[str, str] = {}

    def shown_to(self, onlookers: Iterable[Onlooker]) -> None:
        """Those who read along and are seen by nobody here, as the API knows them."""
        self._onlookers = {one.identity: one.seated_at.isoformat() for one in onlookers}

    def show(self, segment: str, speaker: str, text: str, *, final: bool) -> None:
        """Returns at once."""
        caption = {"segment": segment, "speaker": speaker, "text": text, "final": final}
        self._keep(segment, speaker, text, final=final)
        try:
            self._queue.put_nowait(json.dumps(caption))
        except asyncio.QueueFull:
            log.warning("caption_dropped")

    def _keep(self, segment: str, speaker: str, text: str, *, final: bool) -> None:
        """Of `ai` the last words of a segment count, of others the final ones one after another."""
        if speaker == "ai":
            self._said[segment] = (speaker, text, final)
        elif final:
            before = self._said.get(segment, (speaker, "", final))[1]
            self._said[segment] = (speaker, f"{before} {text}".strip(), final)
        while len(self._said) > KEPT:
            del self._said[next(iter(self._said))]

    async def run(self) -> None:
        while True:
            await self._greet()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    text = await self._queue.get()
                present = sorted(self.readers & self._room.remote_participants.keys())
                await self._send(text, present)
                # Each apart: what is sent to several tells each of them who the others are.
                for unseen in self._unseen():
                    await self._send(text, [unseen])

    async def _greet(self) -> None:
        """Sends what was said to those who came since, or came back."""
        people = self._room.remote_participants
        now = self._unseen() | {name: people[name].sid for name in self.readers & people.keys()}
        known, self._known = self._known, now
        for name in sorted(name for name, sid in now.items() if known.get(name) != sid):
            for segment, (speaker, text, final) in list(self._said.items()):
                said = {"segment": segment, "speaker": speaker, "text": text, "final": final}
                await self._send(json.dumps({**said, "again": True}), [name])

    def _unseen(self) -> dict[str, str]:
        """With what marks their coming. Whether they are here still, only the SFU knows: it drops
        what is for nobody."""
        here = self._room.remote_participants
        return {name: mark for name, mark in self._onlookers.items() if name not in here}

    async def _send(self, text: str, readers: list[str]) -> None:
        if not readers:
            return
        try:
            await self._room.local_participant.send_text(
                text, topic=TOPIC, destination_identities=readers
            )
        except (rtc.StreamError, RuntimeError, ConnectionError) as error:
            log.warning("caption_not_sent", error=str(error))
