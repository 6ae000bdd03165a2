"""Everybody else who speaks: each interviewer has an ear, a recogniser and a track of their own."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

import structlog
from interview.by_room import InterviewerArrived, InterviewerLeft, SeatRole
from interview.events import AnswerEnded, Event, Fact, SpeechHeard
from interview.ids import TurnId
from livekit import rtc
from livekit.agents import APIConnectOptions, stt, vad
from livekit.plugins import deepgram

from agent.captions import Captions
from agent.clock import RecordingClock, new_id
from agent.ear import Ear
from agent.hearing import Hearing
from agent.kept import Records
from agent.messages import Message, Witnessed
from agent.recogniser import Recogniser

log = structlog.get_logger()

RATE = 16_000
SAID_AFTER_S = 1.5
"""After so much silence of theirs, and no word more, an interviewer's turn is over."""

HEARS_AGAIN_S = 1.0
"""An ear that failed is replaced so soon."""

NEVER_GIVE_UP = APIConnectOptions(max_retry=100_000, retry_interval=1.0)


class Utterance:
    """The turns of one interviewer: words that follow each other closely are one."""

    def __init__(self, identity: str, post: Callable[[Message], None]) -> None:
        self._identity = identity
        self._post = post
        self._turn: TurnId | None = None
        self._is_heard = False
        self._ending: asyncio.TimerHandle | None = None

    @property
    def turn(self) -> TurnId:
        self._turn = self._turn or TurnId(new_id())
        return self._turn

    def heard(self, fact: Callable[[TurnId], SpeechHeard]) -> None:
        """Words that are final."""
        self._is_heard = True
        self._post(Witnessed((fact(self.turn),)))
        self.quiet()

    def sounds(self) -> None:
        """They speak, so the turn goes on."""
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None

    def quiet(self) -> None:
        """They do not speak: if that lasts, the turn is over."""
        self.sounds()
        self._ending = asyncio.get_running_loop().call_later(SAID_AFTER_S, self.end)

    def end(self) -> None:
        turn, self._turn = self._turn, None
        self.sounds()
        if turn is not None and self._is_heard:
            ended = AnswerEnded(
                turn_id=turn, question=None, signal="patience", words=0, intent="nothing"
            )
            self._post(Witnessed((ended,)))
        self._is_heard = False


class Listener:
    """Hears one interviewer, whoever else speaks meanwhile."""

    def __init__(
        self,
        identity: str,
        ear: Ear,
        recogniser: Recogniser,
        voice_activity: vad.VAD,
        captions: Captions,
        hearing: Hearing,
        post: Callable[[Message], None],
    ) -> None:
        self._identity = identity
        self._ear = ear
        self._recogniser = recogniser
        self._vad = voice_activity
        self._captions = captions
        self._hearing = hearing
        self._utterance = Utterance(identity, post)

    async def run(self, frames: AsyncIterator[rtc.AudioFrame]) -> None:
        """Until the frames end."""
        self._ear.follow(self._recogniser)
        self._hearing.follow(self._recogniser)
        words = self._recogniser.stream(conn_options=NEVER_GIVE_UP)
        sounds = self._vad.stream()
        try:
            async with asyncio.TaskGroup() as group:
                beside = [
                    group.create_task(self._read(words)),
                    group.create_task(self._watch(sounds)),
                    group.create_task(self._recogniser.watch()),
                ]
                async for frame in self._ear.tap(frames):
                    words.push_frame(frame)
                    sounds.push_frame(frame)
                for task in beside:
                    task.cancel()
        finally:
            self._utterance.end()
            await words.aclose()
            await sounds.aclose()

    async def _read(self, words: deepgram.SpeechStream) -> None:
        async for event in words:
            if not event.alternatives or not event.alternatives[0].text:
                continue
            data = event.alternatives[0]
            self._hearing.works()
            if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT:
                self._show(data.text, final=True)
                self._utterance.heard(self._fact(data))
            elif event.type is stt.SpeechEventType.INTERIM_TRANSCRIPT:
                self._utterance.sounds()
                self._show(data.text, final=False)

    def _show(self, text: str, *, final: bool) -> None:
        self._captions.show(str(self._utterance.turn), self._identity, text, final=final)

    def _fact(self, data: stt.SpeechData) -> Callable[[TurnId], SpeechHeard]:
        heard = self._ear.understood(data)
        return lambda turn: SpeechHeard(
            turn_id=turn,
            question=None,
            identity=self._identity,
            role="interviewer",
            text=heard.text,
            words=heard.words,
            started_ms=heard.started_ms,
            ended_ms=heard.ended_ms,
        )

    async def _watch(self, sounds: vad.VADStream) -> None:
        async for event in sounds:
            if event.type is vad.VADEventType.START_OF_SPEECH:
                self._utterance.sounds()
            elif event.type is vad.VADEventType.END_OF_SPEECH:
                self._utterance.quiet()
            elif event.speaking and not event.raw_accumulated_silence:
                self._hearing.spoke(sum(frame.duration for frame in event.frames))


class Listeners:
    """One `Listener` for every interviewer's microphone; tells who comes and goes, and shows
    everybody of the tenant what is said."""

    def __init__(
        self,
        room: rtc.Room,
        clock: RecordingClock,
        recorder: Records,
        recogniser: Callable[[], Recogniser],
        voice_activity: vad.VAD,
        captions: Captions,
        post: Callable[[Message], None],
    ) -> None:
        self._room = room
        self._clock = clock
        self._recorder = recorder
        self._recogniser = recogniser
        self._vad = voice_activity
        self._captions = captions
        self._post = post
        self._tracks: asyncio.Queue[tuple[str, rtc.RemoteTrack]] = asyncio.Queue()

    def watch(self, past: Iterable[Event]) -> None:
        """From now on; `past` says who was in the room as far as the log knows."""
        known = present_in(past)
        self._room.on("participant_connected", self._came)
        self._room.on("participant_disconnected", self._went)
        self._room.on("track_subscribed", self._subscribed)
        here = self._room.remote_participants
        for identity in sorted(known - here.keys()):
            self._post(Witnessed((InterviewerLeft(identity=identity, reason="unknown"),)))
        for identity, person in here.items():
            if identity in known:
                self._captions.readers.add(identity)
            else:
                self._came(person)
            for publication in person.track_publications.values():
                if publication.track is not None:
                    self._subscribed(publication.track, publication, person)

    async def run(self) -> None:
        """For ever: hears who has a microphone."""
        async with asyncio.TaskGroup() as group:
            while True:
                identity, track = await self._tracks.get()
                group.create_task(self._hear(identity, track))

    async def _hear(self, identity: str, track: rtc.RemoteTrack) -> None:
        hearing = Hearing(identity, self._post, asyncio.get_running_loop().time)

        async def hear() -> None:
            ear = Ear(self._clock, self._recorder.track(identity), ())
            listener = Listener(
                identity, ear, self._recogniser(), self._vad, self._captions, hearing, self._post
            )
            log.info("listening", identity=identity)
            async with _frames(track) as frames:
                await listener.run(frames)

        await keep_hearing(identity, hear, lambda: self._lives(identity, track), hearing)

    def _lives(self, identity: str, track: rtc.RemoteTrack) -> bool:
        """It is still what they speak into."""
        person = self._room.remote_participants.get(identity)
        known = person.track_publications.values() if person is not None else ()
        return any(publication.track is track for publication in known)

    def _came(self, person: rtc.RemoteParticipant) -> None:
        if (role := _role(person)) is not None:
            self._captions.readers.add(person.identity)
            self._post(Witnessed((InterviewerArrived(identity=person.identity, role=role),)))

    def _went(self, person: rtc.RemoteParticipant) -> None:
        if _role(person) is not None:
            reason = person.disconnect_reason
            why = rtc.DisconnectReason.Name(reason).lower() if reason else "unknown"
            self._captions.readers.discard(person.identity)
            self._post(Witnessed((InterviewerLeft(identity=person.identity, reason=why),)))

    def _subscribed(
        self,
        track: rtc.Track,
        _: rtc.RemoteTrackPublication,
        person: rtc.RemoteParticipant,
    ) -> None:
        if isinstance(track, rtc.RemoteAudioTrack) and _role(person) == "interviewer":
            self._tracks.put_nowait((person.identity, track))


async def keep_hearing(
    identity: str,
    hear: Callable[[], Awaitable[None]],
    lives: Callable[[], bool],
    hearing: Hearing,
) -> None:
    """Hears until the sound ends; an ear that fails is followed by another one for as long as the
    microphone lives."""
    while True:
        try:
            await hear()
        except Exception as error:
            # The outermost loop of one ear: whoever it was for, the talk goes on.
            log.exception("listener_failed", identity=identity)
            hearing.failed(error)
        else:
            return
        await asyncio.sleep(HEARS_AGAIN_S)
        if not lives():
            return


def present_in(past: Iterable[Event]) -> set[str]:
    """Members in the room after these events."""
    here: set[str] = set()
    for event in past:
        fact: Fact = event.fact
        if isinstance(fact, InterviewerArrived):
            here.add(fact.identity)
        elif isinstance(fact, InterviewerLeft):
            here.discard(fact.identity)
    return here


def _role(person: rtc.RemoteParticipant) -> SeatRole | None:
    """As our API has signed it."""
    match person.attributes.get("role"):
        case "interviewer":
            return "interviewer"
        case "observer":
            return "observer"
        case _:
            return None


@asynccontextmanager
async def _frames(track: rtc.RemoteTrack) -> AsyncIterator[AsyncIterator[rtc.AudioFrame]]:
    stream = rtc.AudioStream.from_track(track=track, sample_rate=RATE, num_channels=1)

    async def frames() -> AsyncIterator[rtc.AudioFrame]:
        async for event in stream:
            yield event.frame

    try:
        yield frames()
    finally:
        await stream.aclose()
