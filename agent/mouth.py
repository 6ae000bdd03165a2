"""The mouth: lines synthesised ahead and played from memory, stopped at once, and honest about
what was really heard."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from interview.errors import InterviewError
from livekit import rtc
from livekit.agents import AgentSession, APIError
from livekit.agents.voice import SpeechHandle
from livekit.agents.voice.io import PlaybackFinishedEvent, PlaybackStartedEvent

from agent.synthesis import Clip

FRAME_MS = 20
REWIND_MS = 300
"""After an interjection of the candidate's, a line goes on from a little before the stop."""

Heard = Callable[[int, bytes, int], None]
"""Receives played audio: the monotonic start in ms, s16le mono PCM, its sample rate."""


OnStart = Callable[[float], None]
"""Receives the monotonic instant of a line's first sound."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was said of a line. `spoken` ends with the last word that was (mostly) heard."""

    spoken: str
    heard_ms: int
    cut_off: bool


class Makes(Protocol):
    """The synthesis."""

    def prepare(self, sentences: tuple[str, ...]) -> None: ...
    async def clip(self, text: str) -> Clip: ...


class VoiceLost(InterviewError):
    """A sentence could not be synthesised; `line` is what was said until then."""

    def __init__(self, line: Line) -> None:
        super().__init__()
        self.line = line


@dataclass(slots=True)
class _Stretch:
    """One uninterrupted run of playback."""

    started: float | None = None
    played_ms: int = 0
    lost: APIError | TimeoutError | None = None


class Mouth:
    """Plays lines through the session's audio output, one at a time."""

    def __init__(self, session: AgentSession[None], synthesis: Makes, heard: Heard) -> None:
        self._session = session
        self._synthesis = synthesis
        self._heard = heard
        self._handle: SpeechHandle | None = None
        self._stretch = _Stretch()
        self._before_ms = 0
        self._on_start: OnStart | None = None
        self._verdict: asyncio.Future[Literal["go_on", "stop"]] | None = None
        output = session.output.audio
        assert output is not None, "the session has no audio output"
        output.on("playback_started", self._on_started)
        output.on("playback_finished", self._on_finished)

    @property
    def is_speaking(self) -> bool:
        return self._handle is not None

    @property
    def heard_ms(self) -> int:
        """How much of the line has been heard so far."""
        if self._stretch.started is None:
            return self._before_ms
        return self._before_ms + round((time.monotonic() - self._stretch.started) * 1000)

    def prepare(self, sentences: tuple[str, ...]) -> None:
        """Synthesises ahead; returns at once."""
        self._synthesis.prepare(sentences)

    async def say(self, sentences: tuple[str, ...], on_start: OnStart, from_ms: int = 0) -> Line:
        """Plays the sentences; `on_start` gets the monotonic instant of the first sound.

        Raises `VoiceLost` when a sentence cannot be synthesised; the line may then go on
        `from_ms`, where it broke off.
        """
        position, stopped, self._before_ms = from_ms, False, from_ms
        self._verdict, self._stretch, clips = None, _Stretch(), []
        try:
            clips = await self._clips_until(sentences, from_ms)
            while True:
                complete = await self._play(sentences, clips, position, on_start)
                position += self._stretch.played_ms
                lost = self._stretch.lost
                self._before_ms, self._stretch = position, _Stretch()
                if complete and lost is not None:
                    raise VoiceLost(_broken(sentences, clips, position)) from lost
                if complete:
                    break
                if await self._asked() == "stop":
                    stopped = True
                    break
                position = self._before_ms = max(0, position - REWIND_MS)
        finally:
            self._handle = None
        return Line(_spoken(sentences, clips, position, not stopped), position, stopped)

    async def _clips_until(self, sentences: tuple[str, ...], from_ms: int) -> list[Clip]:
        """The clips up to the one that sounds at `from_ms`: at least the first."""
        clips: list[Clip] = []
        try:
            while len(clips) < len(sentences) and sum(clip.ms for clip in clips) <= from_ms:
                clips.append(await self._synthesis.clip(sentences[len(clips)]))
        except (APIError, TimeoutError) as error:
            raise VoiceLost(_broken(sentences, clips, from_ms)) from error
        return clips

    def hold(self) -> None:
        """Falls silent at once; `go_on` or `stop` must follow."""
        if self._handle is not None and self._verdict is None:
            self._verdict = asyncio.get_running_loop().create_future()
            self._handle.interrupt(force=True)

    @property
    def is_held(self) -> bool:
        return self._verdict is not None

    def go_on(self) -> None:
        """The interjection was none: the line goes on."""
        if self._verdict is not None and not self._verdict.done():
            self._verdict.set_result("go_on")

    def stop(self) -> None:
        """The line is over."""
        self.hold()
        if self._verdict is not None and not self._verdict.done():
            self._verdict.set_result("stop")

    async def _asked(self) -> Literal["go_on", "stop"]:
        if self._verdict is None:
            return "stop"
        verdict = await self._verdict
        self._verdict = None
        return verdict

    async def _play(
        self,
        sentences: tuple[str, ...],
        clips: list[Clip],
        position_ms: int,
        on_start: OnStart,
    ) -> bool:
        """One stretch; True when the line reached its end."""
        self._stretch = _Stretch()
        played: list[bytes] = []
        frames = self._frames(sentences, clips, position_ms, played)
        self._on_start = on_start if position_ms == 0 else None
        self._handle = self._session.say(
            " ".join(sentences), audio=frames, allow_interruptions=False, add_to_chat_ctx=False
        )
        await self._handle.wait_for_playout()
        self._record(b"".join(played), clips[0].sample_rate)
        return not self._handle.interrupted

    async def _frames(
        self, sentences: tuple[str, ...], clips: list[Clip], position_ms: int, played: list[bytes]
    ) -> AsyncIterator[rtc.AudioFrame]:
        skip = position_ms
        for number, text in enumerate(sentences):
            if number == len(clips):
                try:
                    clips.append(await self._synthesis.clip(text))
                except (APIError, TimeoutError) as error:
                    # The session would take an error here for the end of the line.
                    self._stretch.lost = error
                    return
            clip = clips[number]
            if skip >= clip.ms:
                skip -= clip.ms
                continue
            step = 2 * clip.sample_rate * FRAME_MS // 1000
            for start in range(2 * clip.sample_rate * skip // 1000, len(clip.pcm), step):
                chunk = clip.pcm[start : start + step]
                played.append(chunk)
                yield rtc.AudioFrame(chunk, clip.sample_rate, 1, len(chunk) // 2)
            skip = 0

    def _record(self, pcm: bytes, rate: int) -> None:
        if self._stretch.started is not None:
            kept = pcm[: 2 * rate * self._stretch.played_ms // 1000]
            self._heard(round(self._stretch.started * 1000), kept, rate)

    def _on_started(self, event: PlaybackStartedEvent) -> None:
        started = time.monotonic() - (time.time() - event.created_at)
        self._stretch.started = started
        # What starts while it is being stopped is heard by nobody: the line has not begun.
        if self._on_start is not None and not self.is_held:
            self._on_start(started)
            self._on_start = None

    def _on_finished(self, event: PlaybackFinishedEvent) -> None:
        self._stretch.played_ms = round(event.playback_position * 1000)


def _broken(sentences: tuple[str, ...], clips: list[Clip], heard_ms: int) -> Line:
    return Line(_spoken(sentences, clips, heard_ms, complete=False), heard_ms, cut_off=True)


def _spoken(sentences: tuple[str, ...], clips: list[Clip], heard_ms: int, complete: bool) -> str:
    """The words that fit into what was heard; inside a sentence in proportion to its length."""
    if complete:
        return " ".join(sentences)
    said: list[str] = []
    for clip in clips:
        if heard_ms >= clip.ms:
            said.append(clip.text)
            heard_ms -= clip.ms
            continue
        words = clip.text.split()
        said.extend(words[: int(len(words) * heard_ms / clip.ms)])
        break
    return " ".join(said)
