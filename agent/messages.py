"""What the conductor is told: by the room, the ear, the mouth and the candidate's buttons."""

import asyncio
from dataclasses import dataclass
from typing import Literal

from interview.ids import TurnId

from agent.ear import Heard
from agent.mouth import Line


@dataclass(frozen=True, slots=True)
class Came:
    identity: str


@dataclass(frozen=True, slots=True)
class Went:
    reason: str


@dataclass(frozen=True, slots=True)
class SoundBegan:
    at: float


@dataclass(frozen=True, slots=True)
class SoundEnded:
    last_sound: float


@dataclass(frozen=True, slots=True)
class Interim:
    text: str


@dataclass(frozen=True, slots=True)
class Final:
    heard: Heard


@dataclass(frozen=True, slots=True)
class Judged:
    end_of_turn: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; `answer` is resolved with what came of it."""

    signal: Literal["done", "think", "repeat", "pause", "resume"]
    answer: "asyncio.Future[str]"


@dataclass(frozen=True, slots=True)
class LineBegan:
    turn: TurnId
    at: float


@dataclass(frozen=True, slots=True)
class LineOver:
    turn: TurnId
    line: Line


@dataclass(frozen=True, slots=True)
class LineFailed:
    turn: TurnId
    error: str


@dataclass(frozen=True, slots=True)
class Failed:
    provider: Literal["stt", "tts", "llm", "vad", "api"]
    error: str


Message = (
    Came
    | Went
    | SoundBegan
    | SoundEnded
    | Interim
    | Final
    | Judged
    | Pressed
    | LineBegan
    | LineOver
    | LineFailed
    | Failed
)


async def next_message(inbox: "asyncio.Queue[Message]", within_s: float) -> Message | None:
    """The next message, or None when there was none in time."""
    try:
        async with asyncio.timeout(max(0.0, within_s)):
            return await inbox.get()
    except TimeoutError:
        return None
