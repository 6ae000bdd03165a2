"""The reach: whether the candidate's page can be reached, long before LiveKit says that it cannot.

The SFU keeps a participant whose network is gone for half a minute, and a muted microphone sends no
packets either. So a page says every second that it is there; one that has done so, and is silent
now, is away since it was heard last.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

from livekit import rtc

from agent.messages import Came, Message, SoundBegan, SoundEnded, Went

TOPIC = "viv.here"
SILENT_S = 4.0
"""More than a page that is busy, or a line that loses packets, keeps us waiting."""

SILENT_WITH_SOUND_S = 20.0
"""Nobody whose voice is heard is away; but the end of a sound may have been lost."""

STEADY_S = 0.5
"""Who is heard again has come when they are still heard after this: a page that came in anew may
speak before the room has told that its former self is gone, and that would be two arrivals."""

APART_S = 2.0
"""A page says every second that it is there. One that had not for so long when it left, or came in
anew, had no line any more: it was away since."""

LOOK_EVERY_S = 0.25


class Reach:
    """Posts `Went` and `Came` for a candidate who is in the room all the while.

    Whoever never said to be there (a client that does not know of it) is left alone.
    """

    def __init__(
        self, candidate: str, post: Callable[[Message], None], now: Callable[[], float]
    ) -> None:
        self._candidate = candidate
        self._post = post
        self._now = now
        self._last: float | None = None
        self._page = b""
        self._sounds = False
        self._is_lost = False
        self._again: float | None = None
        self._apart: tuple[float, float] | None = None

    def listen(self, room: rtc.Room) -> None:
        room.on("data_received", self._received)

    def tell(self, message: Message) -> None:
        """Hands a message on; whoever makes a sound is there."""
        match message:
            case SoundBegan():
                self._sounds = True
            case SoundEnded() if self._last is not None:
                self._sounds, self._last = False, max(self._last, message.last_sound)
            case Went(since=None):
                message = replace(message, since=self._silent_since())
                self._forget()
            case Came() | Went():
                self._forget()
            case _:
                pass
        self._post(message)

    def _forget(self) -> None:
        self._last, self._sounds, self._is_lost = None, False, False
        self._again = self._apart = None

    def _silent_since(self) -> float | None:
        """When they were there last, whose page leaves the room now; None: just now."""
        if self._last is None or self._sounds or self._is_lost:
            return None
        if self._now() - self._last >= APART_S:
            return self._last
        since, until = self._apart or (0.0, 0.0)
        return since if self._apart and self._now() - until < SILENT_S else None

    async def watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            self.look()

    def look(self) -> None:
        """Tells of a page that has been silent for too long."""
        if self._last is None or self._is_lost:
            return
        silent_s = self._now() - self._last
        if silent_s >= (SILENT_WITH_SOUND_S if self._sounds else SILENT_S):
            self._is_lost, self._again = True, None
            self._post(Went("unreachable", since=self._last))

    def _received(self, packet: rtc.DataPacket) -> None:
        sender = packet.participant
        if packet.topic == TOPIC and sender is not None and sender.identity == self._candidate:
            self.here(packet.data)

    def here(self, page: bytes = b"") -> None:
        """The page has said that it is there. A new one, which calls itself otherwise, may say so
        before its former self has left the room: that is an arrival which the room tells of."""
        now = self._now()
        if self._is_lost and page != self._page:
            return
        self._page = page
        if self._last is not None and not self._is_lost and now - self._last >= APART_S:
            self._apart = (self._last, now)
        self._last = now
        if not self._is_lost:
            return
        self._again = now if self._again is None else self._again
        if now - self._again >= STEADY_S:
            self._is_lost = False
            self._post(Came(self._candidate))
