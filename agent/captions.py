"""Captions: what is said, in writing, to named people in the room and to nobody else.

Whoever comes in, or comes back, is sent the last of it again.
"""

import asyncio
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace

import structlog
from interview.adapters.running import loop_s
from interview.door import Onlooker
from livekit import rtc

log = structlog.get_logger()

TOPIC = "viv.caption"
KEPT = 40
"""Segments that are sent to whoever comes."""

LOOK_EVERY_S = 0.5

AGAIN_AFTER_S = (2.0, 6.0, 14.0)
"""Who is seen by nobody is known by their seat, which they have before their client is connected:
what is sent to them until then goes nowhere, so it is sent again. Who has it already loses
nothing."""


@dataclass(frozen=True, slots=True)
class Caption:
    segment: str
    speaker: str
    text: str
    final: bool


class Captions:
    """Sends each caption as a text stream of one JSON object: `segment`, `speaker` (`ai` or an
    identity), `text`, `final`; with `again`, all of a segment that the reader may have missed. One
    that cannot be sent is dropped: the record has the words."""

    def __init__(self, room: rtc.Room, readers: set[str]) -> None:
        self._room = room
        self.readers = readers
        self._queue: asyncio.Queue[Caption] = asyncio.Queue(maxsize=64)
        self._said: dict[str, Caption] = {}
        self._known: dict[str, str] = {}
        self._onlookers: dict[str, str] = {}
        self._due: dict[str, list[float]] = {}

    def shown_to(self, onlookers: Iterable[Onlooker]) -> None:
        """Those who read along and are seen by nobody here, as the API knows them."""
        self._onlookers = {one.identity: one.seated_at.isoformat() for one in onlookers}

    def show(self, segment: str, speaker: str, text: str, *, final: bool) -> None:
        """Returns at once."""
        caption = Caption(segment, speaker, text, final)
        try:
            self._queue.put_nowait(caption)
        except asyncio.QueueFull:
            log.warning("caption_dropped")
            self._keep(caption)

    def _keep(self, said: Caption) -> None:
        """Of `ai` the last words of a segment count, of others the final ones one after another."""
        if said.speaker == "ai":
            self._said[said.segment] = said
        elif said.final:
            before = self._said.get(said.segment, replace(said, text="")).text
            self._said[said.segment] = replace(said, text=f"{before} {said.text}".strip())
        while len(self._said) > KEPT:
            del self._said[next(iter(self._said))]

    async def run(self) -> None:
        while True:
            await self._greet()
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY_S):
                    caption = await self._queue.get()
                # Whoever comes now is sent all that was sent until now, and then what follows.
                self._keep(caption)
                text = json.dumps(asdict(caption))
                present = sorted(self.readers & self._room.remote_participants.keys())
                await self._send(text, present)
                # Each apart: what is sent to several tells each of them who the others are.
                for unseen in self._unseen():
                    await self._send(text, [unseen])

    async def _greet(self) -> None:
        """Sends what was said to those who came since, or came back."""
        people, unseen = self._room.remote_participants, self._unseen()
        seen = {name: people[name].sid for name in self.readers & people.keys()}
        known, self._known = self._known, unseen | seen
        new = {name for name, mark in self._known.items() if known.get(name) != mark}
        at = loop_s()
        for name in new & unseen.keys():
            self._due[name] = [at + later_s for later_s in AGAIN_AFTER_S]
        due = {name for name, times in self._due.items() if times and times[0] <= at}
        self._due = {
            name: times[1:] if name in due else times
            for name, times in self._due.items()
            if name in unseen
        }
        for name in sorted(new | (due & unseen.keys())):
            for caption in list(self._said.values()):
                await self._send(json.dumps({**asdict(caption), "again": True}), [name])

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
