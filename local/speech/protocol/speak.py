"""Text to speech: what `/v1/speak` may be asked, and what it answers."""

from collections.abc import Mapping
from typing import Annotated, Literal, TypedDict

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from local.speech.protocol.listen import first_fault
from local.speech.protocol.refusals import bad_request, too_long, undecodable

RATES = (8_000, 16_000, 24_000, 32_000, 44_100, 48_000)
DEFAULT_RATE = 24_000
MAX_CHARACTERS = 2_000
"""Of one text; the real service's limit."""


class SpeakQuery(BaseModel):
    """The query of `/v1/speak`; what is not listed changes nothing here and is ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    model: str = Field("aura-asteria-en", max_length=80)
    encoding: Literal["linear16"] = "linear16"
    container: Literal["none", "wav"] = "wav"
    sample_rate: int = DEFAULT_RATE
    speed: float = Field(1.0, ge=0.7, le=1.5)


class SpeakBody(BaseModel):
    """The body of a POST."""

    text: str = Field(min_length=1)


def parse_speak_query(given: Mapping[str, str]) -> SpeakQuery:
    """Raises `Refused` (400) with the first thing that is wrong."""
    try:
        query = SpeakQuery.model_validate(dict(given))
    except ValidationError as error:
        raise bad_request(first_fault(error)) from error
    if query.sample_rate not in RATES:
        listed = ", ".join(map(str, RATES))
        raise bad_request(f"sample_rate: one of {listed}")
    return query


def parse_speak_body(body: bytes) -> str:
    """The text to speak; raises `Refused` (400, 413)."""
    try:
        text = SpeakBody.model_validate_json(body).text
    except ValidationError as error:
        raise bad_request(first_fault(error)) from error
    if len(text) > MAX_CHARACTERS:
        raise too_long(MAX_CHARACTERS, "characters")
    return text


class Speak(BaseModel):
    type: Literal["Speak"]
    text: str = Field(max_length=MAX_CHARACTERS)


class Flush(BaseModel):
    type: Literal["Flush"]


class Clear(BaseModel):
    type: Literal["Clear"]


class Close(BaseModel):
    type: Literal["Close"]


SpeakControl = Annotated[Speak | Flush | Clear | Close, Field(discriminator="type")]
_CONTROL: TypeAdapter[SpeakControl] = TypeAdapter(SpeakControl)


def parse_speak_control(text: str) -> SpeakControl:
    """Raises `Closed` for what is not one of the protocol's messages."""
    try:
        return _CONTROL.validate_json(text)
    except ValidationError as error:
        raise undecodable(first_fault(error)) from error


class SpeakMetadata(TypedDict):
    type: Literal["Metadata"]
    request_id: str
    model_name: str
    model_version: str
    model_uuid: str


class Progress(TypedDict):
    """`Flushed`: all audio of the text so far was sent. `Cleared`: no more of it will come."""

    type: Literal["Flushed", "Cleared"]
    sequence_id: int


class Warned(TypedDict):
    type: Literal["Warning"]
    warn_code: str
    warn_msg: str


SpeakMessage = SpeakMetadata | Progress | Warned


def speak_metadata(request_id: str, model: str) -> SpeakMetadata:
    return {
        "type": "Metadata",
        "request_id": request_id,
        "model_name": model,
        "model_version": "1",
        "model_uuid": "00000000-0000-0000-0000-000000000002",
    }


def flushed(sequence: int) -> Progress:
    return {"type": "Flushed", "sequence_id": sequence}


def cleared(sequence: int) -> Progress:
    return {"type": "Cleared", "sequence_id": sequence}


def warning(code: str, message: str) -> Warned:
    return {"type": "Warning", "warn_code": code, "warn_msg": message}
