"""The candidate's presence: here once they can hear us, gone when the room says so."""

import asyncio
from collections.abc import Callable

from livekit import rtc

from agent.messages import Came, Message, Went

ACTIVE = rtc.ParticipantState.PARTICIPANT_STATE_ACTIVE


class Presence:
    """Posts `Came` and `Went`. Who has joined, but has no way yet on which sound reaches them,
    would miss the first words that are said to them."""

    def __init__(self, room: rtc.Room, candidate: str, post: Callable[[Message], None]) -> None:
        self._room = room
        self._candidate = candidate
        self._post = post

    def watch(self) -> asyncio.Event:
        """From now on; the returned event is set when the room is gone for good."""
        gone = asyncio.Event()
        self._room.on("participant_connected", self._can_hear)
        self._room.on("participant_active", self._can_hear)
        self._room.on("participant_disconnected", self._went)
        self._room.on("disconnected", lambda _reason: gone.set())
        return gone

    def look(self) -> None:
        """Tells of who was here before."""
        if (person := self._room.remote_participants.get(self._candidate)) is not None:
            self._can_hear(person)

    def _can_hear(self, person: rtc.RemoteParticipant) -> None:
        if person.identity == self._candidate and person.state == ACTIVE:
            self._post(Came(self._candidate))

    def _went(self, person: rtc.RemoteParticipant) -> None:
        if person.identity == self._candidate:
            reason = person.disconnect_reason
            self._post(Went(rtc.DisconnectReason.Name(reason).lower() if reason else "unknown"))
