"""What the conductor is told: by the room, the ear, the mouth and the candidate's buttons."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

import structlog
from interview.by_room import Floor
from interview.events import Fact
from interview.ids import TurnId

from agent.ear import Heard
from agent.mouth import Line

log = structlog.get_logger()

SETTLE_S = 1.0
"""So long a finished talk waits for the end of its last line."""


@dataclass(frozen=True, slots=True)
class Came:
    identity: str


@dataclass(frozen=True, slots=True)
class Went:
    """`since`: the instant at which they were there last, when it was not just now."""

    reason: str
    since: float | None = None


@dataclass(frozen=True, slots=True)
class SoundBegan:
    at: float


@dataclass(frozen=True, slots=True)
class SoundEnded:
    last_sound: float


@dataclass(frozen=True, slots=True)
class MicrophoneChanged:
    """The candidate's microphone has gone, or one is there again."""

    is_gone: bool


@dataclass(frozen=True, slots=True)
class Writes:
    """The candidate is at an answer in writing that was not sent yet."""


@dataclass(frozen=True, slots=True)
class Typed:
    """An answer in writing to what was `asked`, None when its page does not say; `answer` is
    resolved with whether it was taken."""

    words: str
    name: str | None
    asked: str | None
    answer: "asyncio.Future[str]"


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


@dataclass(frozen=True, slots=True)
class Connected:
    """The recogniser has a connection, though it need not have words yet."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A model has said what to ask next, or will not any more."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """What is to be told as it is: of people other than the candidate."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class FloorPassed:
    """What the API wants of the floor."""

    floor: Floor
    covered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FloorWanted:
    """An interviewer asks for it in the room, who saw it as it was `before`; `answer` is resolved
    once it is so, or with `taken`. `gone`: nobody asks, for who held it was away too long."""

    identity: str
    floor: Floor
    before: Floor
    covered: tuple[str, ...]
    gone: bool
    answer: "asyncio.Future[str]"


@dataclass(frozen=True, slots=True)
class FloorLeft:
    """A section that a person leads through begins; None: nobody takes the floor, and when who
    left it is `gone`, nobody is there who could."""

    section: str | None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class QuestionWanted:
    """An interviewer has us ask: this question, the next one that is open (None), or nothing more,
    so that we say goodbye. `answer` is resolved with what came of it."""

    identity: str
    question: str | None
    goodbye: bool
    answer: "asyncio.Future[str]"


@dataclass(frozen=True, slots=True)
class FloorDenied:
    """Somebody asks who may not have it."""

    identity: str
    wanted: Literal["take", "give"]


FloorNews = FloorPassed | FloorWanted | FloorDenied | Witnessed
"""What the room tells of the floor."""

Message = (
    Came
    | Went
    | SoundBegan
    | SoundEnded
    | MicrophoneChanged
    | Writes
    | Typed
    | Interim
    | Final
    | Judged
    | Pressed
    | LineBegan
    | LineOver
    | LineFailed
    | Failed
    | Connected
    | Suggested
    | Witnessed
    | FloorPassed
    | FloorWanted
    | FloorDenied
    | FloorLeft
    | QuestionWanted
)


async def next_message(inbox: "asyncio.Queue[Message]", within_s: float) -> Message | None:
    """The next message, or None when there was none in time."""
    try:
        async with asyncio.timeout(max(0.0, within_s)):
            return await inbox.get()
    except TimeoutError:
        return None


async def settle(
    inbox: "asyncio.Queue[Message]",
    is_owed: Callable[[], bool],
    take: Callable[[Message], Awaitable[None]],
) -> None:
    """Takes what is still told of words and of our last line."""
    try:
        async with asyncio.timeout(SETTLE_S):
            while not inbox.empty() or is_owed():
                message = await next_message(inbox, SETTLE_S / 10)
                if isinstance(message, LineOver | Final | SoundEnded | Witnessed):
                    await take(message)
    except TimeoutError:
        log.warning("not_settled")
