"""The simulated candidate: joins a room, hears, speaks, presses buttons, leaves and comes back."""

import asyncio
import math
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from livekit import rtc

from local.candidate.captions import Caption, Captions
from local.candidate.clips import Clip
from local.candidate.doors import CandidateDoor
from local.candidate.ear import Ear, Sound
from local.candidate.received import AttentiveRoom
from local.candidate.sound import Pcm
from local.candidate.voice import Spoken, Voice

AGENT = rtc.ParticipantKind.PARTICIPANT_KIND_AGENT
RPC_WITHIN_S = 10.0
LOOK_EVERY_S = 0.02
ONE_LINE_S = 0.6
"""Shorter gaps are breaths within a line of the agent's."""

Button = Literal["done", "think", "repeat"]
Ending = Literal["disconnected", "agent_gone"]


@dataclass(frozen=True)
class Answered:
    """An answer and what the agent did, on `time.monotonic()`.

    `sound_at`: its first sound after the answer's last loud sample. `cut_off`: its sound that began
    while the answer was not over.
    """

    spoken: Spoken
    sound_at: float | None
    cut_off: Sound | None

    @property
    def latency_s(self) -> float | None:
        return None if self.sound_at is None else self.sound_at - self.spoken.last_loud_at

    @property
    def yield_s(self) -> float | None:
        """How long the agent spoke when it cut us off."""
        if self.cut_off is None or self.cut_off.ended_at is None:
            return None
        return self.cut_off.ended_at - self.cut_off.started_at


@dataclass(frozen=True)
class Interrupted:
    """An interruption; `agent_stopped_at` is the agent's last loud sample, `None` if it went on."""

    spoken: Spoken
    agent_stopped_at: float | None

    @property
    def stop_s(self) -> float | None:
        """From our first loud sample to the agent's last."""
        stopped_at = self.agent_stopped_at
        return None if stopped_at is None else stopped_at - self.spoken.started_at


@dataclass(frozen=True)
class Press:
    """A button: when it was pressed, when the agent had answered, and what."""

    at: float
    answered_at: float
    answer: str


class SimulatedCandidate:
    """One person at a client; an async context manager that leaves the room at its end.

    `ear` hears agents, `others` hears people; `captions` keeps all data that arrives. With a `door`
    it comes in and back by itself; without one, by the url and token it is given.
    """

    def __init__(
        self, door: CandidateDoor | None = None, *, keep_audio_in: Path | None = None
    ) -> None:
        self.voice = Voice()
        self.ear = Ear(keep_audio_in)
        self.others = Ear(keep_audio_in)
        self.captions = Captions()
        self.connected_at: float | None = None
        self.agent_lost_at: list[float] = []
        self._door = door
        self._seat: tuple[str, str] | None = None
        self._room: AttentiveRoom | None = None
        self._is_away = False
        self._turn_since = -math.inf
        self._turn_caption = 0

    async def __aenter__(self) -> Self:
        self.voice.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.leave()
        await self.voice.aclose()

    async def connect(self, url: str, token: str) -> None:
        """Joins with the microphone on. Raises `rtc.ConnectError`."""
        self._seat = (url, token)
        room = AttentiveRoom(self.captions.take)
        room.on("track_subscribed", self._on_track)
        room.on("track_unsubscribed", self._on_track_gone)
        room.on("participant_disconnected", self._on_gone)
        self._room, self._is_away = room, False
        await room.enter(url, token)
        options = rtc.TrackPublishOptions(source=rtc.TrackSource.SOURCE_MICROPHONE)
        await room.local_participant.publish_track(self.voice.new_track(), options)
        if self.connected_at is None:
            self.connected_at = time.monotonic()

    async def enter(self, invitation: str) -> None:
        """Comes in through the door with an invitation: its link or its token."""
        assert self._door is not None, "no door was given"
        seat = await self._door.enter(invitation)
        await self.connect(seat.livekit_url, seat.token)

    async def leave(self) -> None:
        """Leaves the room, as by closing the page."""
        self._is_away = True
        room, self._room = self._room, None
        await self.ear.forget_all()
        await self.others.forget_all()
        if room is not None:
            await room.disconnect()

    async def come_back(self) -> None:
        """Joins again after `leave` or a loss: through the door where there is one."""
        await self.leave()
        if self._door is not None:
            seat = await self._door.join()
            await self.connect(seat.livekit_url, seat.token)
        else:
            assert self._seat is not None, "was never there"
            await self.connect(*self._seat)

    @property
    def is_connected(self) -> bool:
        return self._room is not None and self._room.isconnected()

    @property
    def room(self) -> rtc.Room:
        """The room we are in."""
        assert self._room is not None, "not in a room"
        return self._room

    @property
    def agent(self) -> rtc.RemoteParticipant | None:
        """The agent that came last."""
        if self._room is None:
            return None
        agents = [p for p in self._room.remote_participants.values() if p.kind == AGENT]
        return agents[-1] if agents else None

    async def wait_for_agent(self) -> rtc.RemoteParticipant:
        """The agent, once it is in the room and its voice is subscribed to."""
        while True:
            agent = self.agent
            if agent is not None and any(p.track for p in agent.track_publications.values()):
                return agent
            await asyncio.sleep(LOOK_EVERY_S)

    async def wait_for_turn(
        self, quiet_s: float = 0.7, *, needs_caption: bool = True
    ) -> tuple[Caption, ...]:
        """Returns when it is our turn: since we last spoke the agent has, it has been silent for
        `quiet_s`, and a final caption says what (not with `needs_caption=False`)."""
        while True:
            await self.ear.wait_until_quiet(quiet_s)
            lines = self.unanswered_lines()
            heard = (self.ear.last_loud_at or -math.inf) > self._turn_since
            if heard and (lines or not needs_caption):
                self._turn_begins()
                return lines
            await asyncio.sleep(LOOK_EVERY_S)

    def unanswered_lines(self) -> tuple[Caption, ...]:
        """The agent's final captions since we last spoke or were last told that it is our turn."""
        return tuple(self.captions.final_lines(since=self._turn_caption))

    async def wait_until_over(self, without_agent_s: float) -> Ending:
        """Returns when we were put out of the room, or met no agent for so long.

        Whoever left by themselves may still come back.
        """
        seen_at = time.monotonic()
        while self.is_connected or self._is_away:
            now = time.monotonic()
            seen_at = now if self.agent is not None else seen_at
            if now - seen_at > without_agent_s:
                return "agent_gone"
            await asyncio.sleep(LOOK_EVERY_S)
        return "disconnected"

    async def say(self, sound: Clip | Pcm) -> Spoken:
        """Speaks; returns when the last loud sample has left."""
        spoken = await self.voice.play(sound)
        self._turn_begins(spoken.last_loud_at)
        return spoken

    async def answer(self, sound: Clip | Pcm, within_s: float = 20.0) -> Answered:
        """Speaks and waits for the agent's next sound, `within_s` at most."""
        spoken = await self.say(sound)
        cut_off = self._cut_off(spoken)
        if cut_off is not None and cut_off.ended_at is None:
            return Answered(spoken, None, cut_off)
        try:
            async with asyncio.timeout(within_s):
                sound_at = await self.ear.wait_for_sound(after=spoken.last_loud_at)
        except TimeoutError:
            return Answered(spoken, None, cut_off)
        return Answered(spoken, sound_at, cut_off)

    async def interrupt(
        self, sound: Clip | Pcm, after_s: float, within_s: float = 5.0
    ) -> Interrupted:
        """Speaks once the agent has spoken for `after_s`; waits `within_s` for its silence."""
        while not self._agent_speaks_for(after_s):
            await asyncio.sleep(LOOK_EVERY_S / 2)
        spoken = await self.say(sound)
        gives_up_at = spoken.started_at + within_s
        while time.monotonic() < gives_up_at:
            line = self._line_at(spoken.started_at)
            if line.ended_at is not None and time.monotonic() - line.ended_at > ONE_LINE_S:
                return Interrupted(spoken, line.ended_at)
            await asyncio.sleep(LOOK_EVERY_S)
        return Interrupted(spoken, None)

    async def press_done(self) -> Press:
        """My answer is over. Raises `rtc.RpcError` when the agent refuses or does not answer."""
        return await self.press("done")

    async def press_think(self) -> Press:
        """Let me think. Errors as in `press_done`."""
        return await self.press("think")

    async def press_repeat(self) -> Press:
        """Please repeat. Errors as in `press_done`."""
        return await self.press("repeat")

    async def press(self, button: Button) -> Press:
        """Calls `candidate.<button>` at the agent."""
        agent = await self.wait_for_agent()
        at = time.monotonic()
        answer = await self.room.local_participant.perform_rpc(
            destination_identity=agent.identity,
            method=f"candidate.{button}",
            payload="",
            response_timeout=RPC_WITHIN_S,
        )
        return Press(at, time.monotonic(), answer)

    def _turn_begins(self, since: float | None = None) -> None:
        """What the agent says from here on belongs to its next turn."""
        self._turn_caption = len(self.captions.shown)
        self._turn_since = time.monotonic() if since is None else since

    def _cut_off(self, spoken: Spoken) -> Sound | None:
        """The agent's first sound that began while we were speaking or pausing."""
        began = (
            sound
            for sound in self.ear.sounds(join_s=ONE_LINE_S)
            if spoken.started_at <= sound.started_at < spoken.last_loud_at
        )
        return next(began, None)

    def _agent_speaks_for(self, seconds: float) -> bool:
        lines = self.ear.sounds(join_s=ONE_LINE_S)
        return (
            self.ear.is_hearing
            and bool(lines)
            and time.monotonic() - lines[-1].started_at >= seconds
        )

    def _line_at(self, moment: float) -> Sound:
        """The agent's line that was going on at `moment`."""
        began = [s for s in self.ear.sounds(join_s=ONE_LINE_S) if s.started_at <= moment]
        return began[-1]

    def _on_track(
        self,
        track: rtc.Track,
        _publication: rtc.RemoteTrackPublication,
        participant: rtc.RemoteParticipant,
    ) -> None:
        if track.kind == rtc.TrackKind.KIND_AUDIO:
            ear = self.ear if participant.kind == AGENT else self.others
            ear.listen(track, participant.identity)

    def _on_track_gone(
        self,
        track: rtc.Track,
        _publication: rtc.RemoteTrackPublication,
        _participant: rtc.RemoteParticipant,
    ) -> None:
        self.ear.forget(track.sid)
        self.others.forget(track.sid)

    def _on_gone(self, participant: rtc.RemoteParticipant) -> None:
        if participant.kind == AGENT:
            self.agent_lost_at.append(time.monotonic())
