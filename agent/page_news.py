"""What the candidate's page tells as it happens, for nothing that is heard tells it.

Between two microphones no packet comes, and who writes says nothing: both are as a silence, and
whoever is asked on in it is cut off.
"""

from collections.abc import Callable

from livekit import rtc

from agent.messages import Message, MicrophoneChanged, Writes

NEWS: dict[tuple[str | None, bytes], Message] = {
    ("viv.microphone", b"gone"): MicrophoneChanged(is_gone=True),
    ("viv.microphone", b"here"): MicrophoneChanged(is_gone=False),
    ("viv.writing", b"writing"): Writes(),
}
"""What is meant by which data under which topic."""


class PageNews:
    """Posts what the candidate's page tells; whatever else is sent, or by anybody else, is passed
    over."""

    def __init__(self, candidate: str, post: Callable[[Message], None]) -> None:
        self._candidate = candidate
        self._post = post

    def listen(self, room: rtc.Room) -> None:
        room.on("data_received", self.received)

    def received(self, packet: rtc.DataPacket) -> None:
        sender, news = packet.participant, NEWS.get((packet.topic, bytes(packet.data)))
        if news is not None and sender is not None and sender.identity == self._candidate:
            self._post(news)
