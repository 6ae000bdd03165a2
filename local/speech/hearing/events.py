"""What an engine hears, on its way to the server; all times in seconds of the stream."""

import json
from dataclasses import asdict, dataclass
from typing import Literal


@dataclass(frozen=True)
class HeardWord:
    """One word; confidence 0–1."""

    word: str
    start_s: float
    end_s: float
    confidence: float


@dataclass(frozen=True)
class SpeechBegan:
    at_s: float
    kind: Literal["began"] = "began"


@dataclass(frozen=True)
class Heard:
    """The words between two times: a guess that may change, or final."""

    words: tuple[HeardWord, ...]
    start_s: float
    end_s: float
    is_final: bool
    speech_ended: bool = False
    from_finalize: bool = False
    kind: Literal["heard"] = "heard"


@dataclass(frozen=True)
class SpeechOver:
    """Nobody has spoken for as long as was asked."""

    last_word_end_s: float
    kind: Literal["over"] = "over"


@dataclass(frozen=True)
class StreamEnded:
    """The last event."""

    duration_s: float
    kind: Literal["ended"] = "ended"


Event = SpeechBegan | Heard | SpeechOver | StreamEnded


@dataclass(frozen=True)
class Listening:
    """How a stream sounds and when its utterances end; the first thing an engine is told."""

    sample_rate: int
    channels: int
    pause_ms: int
    interims: bool
    min_confidence: float
    utterance_end_ms: int | None = None


def packed(what: Event | Listening) -> bytes:
    return json.dumps(asdict(what)).encode()
