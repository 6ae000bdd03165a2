"""A microphone that is being changed: its page says so, for nothing that is heard tells it.

Between two microphones no packet comes, as in a silence. Who is asked on in it is cut off.
"""

from collections.abc import Callable

from livekit import rtc

from agent.messages import Message, MicrophoneChanged

TOPIC = "viv.microphone"
GONE, HERE = b"gone", b"here"


class Microphone:
    """Posts `MicrophoneChanged` when the candidate's page says `gone` or `here`; whatever else is
    sent, or by anybody else, is passed over."""

    def __init__(self, candidate: str, post: Callable[[Message], None]) -> None:
        self._candidate = candidate
        self._post = post

    def listen(self, room: rtc.Room) -> None:
        room.on("data_received", self.received)

    def received(self, packet: rtc.DataPacket) -> None:
        sender = packet.participant
        if packet.topic != TOPIC or sender is None or sender.identity != self._candidate:
            return
        if packet.data in (GONE, HERE):
            self._post(MicrophoneChanged(is_gone=packet.data == GONE))
