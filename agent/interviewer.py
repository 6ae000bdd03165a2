"""The agent as LiveKit sees it: passes audio and words on and never replies by itself."""

import asyncio
import time
from collections.abc import AsyncIterable, AsyncIterator, Callable

import structlog
from interview.turn_taking import VAD_SILENCE_S
from livekit import rtc
from livekit.agents import (
    Agent,
    AgentSession,
    CloseEvent,
    CloseReason,
    ErrorEvent,
    ModelSettings,
    StopResponse,
    UserStateChangedEvent,
    llm,
    stt,
)
from livekit.agents.inference import TurnDetector
from livekit.agents.metrics import STTMetrics
from livekit.plugins import deepgram

from agent.ear import Ear
from agent.messages import (
    Connected,
    Failed,
    Final,
    Interim,
    Judged,
    Message,
    SoundBegan,
    SoundEnded,
)

log = structlog.get_logger()

VAD_ONSET_S = 0.05
"""Voice activity is reported this long after it began."""


class Interviewer(Agent):
    """Words are recorded where they leave the recogniser, so none depends on the SDK's turns."""

    def __init__(self, ear: Ear, post: Callable[[Message], None]) -> None:
        # The director leads and no model is asked here: there is nothing to instruct.
        super().__init__(instructions="")
        self._ear = ear
        self._post = post

    async def stt_node(
        self, audio: AsyncIterable[rtc.AudioFrame], model_settings: ModelSettings
    ) -> AsyncIterator[stt.SpeechEvent]:
        async for event in Agent.default.stt_node(self, self._ear.tap(audio), model_settings):
            if event.alternatives and event.alternatives[0].text:
                data = event.alternatives[0]
                if event.type is stt.SpeechEventType.FINAL_TRANSCRIPT:
                    self._post(Final(self._ear.understood(data)))
                elif event.type is stt.SpeechEventType.INTERIM_TRANSCRIPT:
                    self._post(Interim(data.text))
            yield event

    async def on_user_turn_completed(
        self,
        turn_ctx: llm.ChatContext,  # noqa: ARG002 - the SDK passes them by these names
        new_message: llm.ChatMessage,  # noqa: ARG002
    ) -> None:
        """The SDK's idea of a turn is a fragment to us: its words are recorded already."""
        raise StopResponse


class EndOfTurn:
    """LiveKit's end-of-turn model, asked at every pause."""

    def __init__(self, detector: TurnDetector, post: Callable[[Message], None]) -> None:
        self._stream = detector.stream()
        self._post = post
        self._asking: asyncio.Task[None] | None = None

    def push(self, frame: rtc.AudioFrame) -> None:
        self._stream.push_audio(frame)

    def ask(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        self._asking = asyncio.create_task(self._ask())
        self._asking.add_done_callback(_tell_failure)

    async def _ask(self) -> None:
        prediction = await self._stream.predict()
        self._post(Judged(prediction.end_of_turn_probability))

    async def aclose(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        await self._stream.aclose()


def _tell_failure(asked: "asyncio.Task[None]") -> None:
    """Without an opinion of the model's, pauses are judged by length and words alone."""
    if not asked.cancelled() and (error := asked.exception()) is not None:
        log.warning("end_of_turn_unknown", error=type(error).__name__)


def follow(recogniser: deepgram.STT, post: Callable[[Message], None]) -> None:
    """Tells of each of its connections: nothing else says in a silence that it is back."""

    def on_metrics(metrics: STTMetrics) -> None:
        if metrics.acquire_time:
            post(Connected())

    recogniser.on("metrics_collected", on_metrics)


def listen(
    session: AgentSession[None], end_of_turn: EndOfTurn, post: Callable[[Message], None]
) -> asyncio.Event:
    """Turns the session's events into messages; the returned event is set when the session ends."""
    closed = asyncio.Event()

    def on_state(event: UserStateChangedEvent) -> None:
        now = time.monotonic()
        if event.new_state == "speaking":
            post(SoundBegan(now - VAD_ONSET_S))
        elif event.old_state == "speaking":
            post(SoundEnded(now - VAD_SILENCE_S))
            end_of_turn.ask()

    def on_error(event: ErrorEvent) -> None:
        error = event.error
        source = getattr(error, "type", "")
        provider = "tts" if "tts" in source else "llm" if "llm" in source else "stt"
        log.warning("provider_failed", provider=provider, error=str(error))
        post(Failed("tts" if provider == "tts" else "stt", str(getattr(error, "error", error))))

    def on_close(event: CloseEvent) -> None:
        if event.reason is CloseReason.ERROR:
            log.error("session_failed", error=str(event.error))
        closed.set()

    session.on("user_state_changed", on_state)
    session.on("error", on_error)
    session.on("close", on_close)
    return closed
