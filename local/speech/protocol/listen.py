"""Speech to text: what `/v1/listen` may be asked, and what it answers."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Literal, TypedDict

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from local.speech.protocol.refusals import bad_request, undecodable

MODEL_ID = "00000000-0000-0000-0000-000000000001"
MODEL = {"name": "vivavoce-embedded", "version": "1", "arch": "pocketsphinx"}
ENDPOINTING_MS = 10
"""What the protocol assumes when `endpointing` is not given."""


@dataclass(frozen=True)
class Word:
    """One spoken word; seconds from the start of the stream, confidence 0–1."""

    word: str
    start_s: float
    end_s: float
    confidence: float


def _milliseconds(value: object) -> object:
    return {"true": ENDPOINTING_MS, "false": None}.get(str(value).lower(), value)


class ListenQuery(BaseModel):
    """The query of `/v1/listen`; what is not listed changes nothing here and is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    encoding: Literal["linear16"] | None = None
    sample_rate: int = Field(16_000, ge=8_000, le=48_000)
    channels: int = Field(1, ge=1, le=2)
    language: str = Field("en", pattern=r"^en(-[A-Za-z]{2})?$")
    interim_results: bool = False
    vad_events: bool = False
    endpointing: Annotated[
        Annotated[int, Field(ge=0, le=10_000)] | None, BeforeValidator(_milliseconds)
    ] = ENDPOINTING_MS
    utterance_end_ms: int | None = Field(None, ge=100, le=60_000)


def parse_listen_query(given: Mapping[str, str], *, streaming: bool) -> ListenQuery:
    """Raises `Refused` (400), naming the first fault; a stream must name its encoding."""
    try:
        query = ListenQuery.model_validate(dict(given))
    except ValidationError as error:
        raise bad_request(first_fault(error)) from error
    if streaming and query.encoding is None:
        raise bad_request("encoding: this server takes raw linear16 audio only")
    return query


class KeepAlive(BaseModel):
    type: Literal["KeepAlive"]


class Finalize(BaseModel):
    type: Literal["Finalize"]


class CloseStream(BaseModel):
    type: Literal["CloseStream"]


ListenControl = Annotated[KeepAlive | Finalize | CloseStream, Field(discriminator="type")]
_CONTROL: TypeAdapter[ListenControl] = TypeAdapter(ListenControl)


def parse_listen_control(text: str) -> ListenControl:
    """Raises `Closed` for what is not one of the protocol's messages."""
    try:
        return _CONTROL.validate_json(text)
    except ValidationError as error:
        raise undecodable(first_fault(error)) from error


def first_fault(error: ValidationError) -> str:
    """The first of pydantic's findings as `field: what was expected`."""
    fault = error.errors(include_input=False, include_url=False)[0]
    return ": ".join((*(str(part) for part in fault["loc"]), fault["msg"]))


class WordMessage(TypedDict):
    word: str
    punctuated_word: str
    start: float
    end: float
    confidence: float


class Alternative(TypedDict):
    transcript: str
    confidence: float
    words: list[WordMessage]


class Channel(TypedDict):
    alternatives: list[Alternative]


class ResultsMetadata(TypedDict):
    request_id: str
    model_info: dict[str, str]
    model_uuid: str


class Results(TypedDict):
    type: Literal["Results"]
    channel_index: list[int]
    start: float
    duration: float
    is_final: bool
    speech_final: bool
    channel: Channel
    metadata: ResultsMetadata
    from_finalize: bool


class SpeechStarted(TypedDict):
    type: Literal["SpeechStarted"]
    channel: list[int]
    timestamp: float


class UtteranceEnd(TypedDict):
    type: Literal["UtteranceEnd"]
    channel: list[int]
    last_word_end: float


class Metadata(TypedDict):
    type: Literal["Metadata"]
    transaction_key: Literal["deprecated"]
    request_id: str
    sha256: str
    created: str
    duration: float
    channels: int
    models: list[str]
    model_info: dict[str, dict[str, str]]


class Transcription(TypedDict):
    """The answer to a POST."""

    metadata: Metadata
    results: dict[Literal["channels"], list[Channel]]


ListenMessage = Results | SpeechStarted | UtteranceEnd | Metadata


@dataclass(frozen=True)
class Span:
    """Which stretch of the stream a result covers, in seconds from its start."""

    start_s: float
    end_s: float


def results(
    request_id: str,
    words: Sequence[Word],
    span: Span,
    *,
    is_final: bool,
    speech_final: bool = False,
    from_finalize: bool = False,
) -> Results:
    return {
        "type": "Results",
        "channel_index": [0, 1],
        "start": round(span.start_s, 3),
        "duration": round(span.end_s - span.start_s, 3),
        "is_final": is_final,
        "speech_final": speech_final,
        "channel": channel(words),
        "metadata": {"request_id": request_id, "model_info": MODEL, "model_uuid": MODEL_ID},
        "from_finalize": from_finalize,
    }


def speech_started(at_s: float) -> SpeechStarted:
    return {"type": "SpeechStarted", "channel": [0, 1], "timestamp": round(at_s, 3)}


def utterance_end(last_word_end_s: float) -> UtteranceEnd:
    return {"type": "UtteranceEnd", "channel": [0, 1], "last_word_end": round(last_word_end_s, 3)}


def metadata(request_id: str, duration_s: float, digest: str | None = None) -> Metadata:
    """The closing summary; `digest` is the SHA-256 of the audio in hexadecimal."""
    return {
        "type": "Metadata",
        "transaction_key": "deprecated",
        "request_id": request_id,
        "sha256": digest or hashlib.sha256().hexdigest(),
        "created": datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "duration": round(duration_s, 3),
        "channels": 1,
        "models": [MODEL_ID],
        "model_info": {MODEL_ID: MODEL},
    }


def transcription(summary: Metadata, words: Sequence[Word]) -> Transcription:
    return {"metadata": summary, "results": {"channels": [channel(words)]}}


def channel(words: Sequence[Word]) -> Channel:
    """One channel with one alternative; its confidence is the mean of its words'."""
    mean = sum(word.confidence for word in words) / len(words) if words else 0.0
    return {
        "alternatives": [
            {
                "transcript": " ".join(word.word for word in words),
                "confidence": round(mean, 4),
                "words": [_message(word) for word in words],
            }
        ]
    }


def _message(word: Word) -> WordMessage:
    return {
        "word": word.word,
        "punctuated_word": word.word,
        "start": round(word.start_s, 3),
        "end": round(word.end_s, 3),
        "confidence": round(word.confidence, 4),
    }
