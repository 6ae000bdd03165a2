"""The server's settings, read once from variables that begin with VIVAVOCE_SPEECH_."""

from typing import Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from local.errors import LocalError
from local.ports import LOOPBACK, Ports

PREFIX = "VIVAVOCE_SPEECH_"


class SettingsWrong(LocalError):
    """A variable is missing or says something impossible."""


class Settings(BaseSettings):
    """`key` has no default: nobody else on the machine shall use the microphone's words."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, hide_input_in_errors=True, extra="forbid"
    )

    host: str = LOOPBACK
    port: int = Field(Ports().speech, ge=0, le=65_535)
    key: SecretStr = Field(min_length=8)
    max_streams: int = Field(8, ge=1, le=256)
    """Recognition streams at a time, each with a process of its own."""
    warm: int = Field(1, ge=0, le=16)
    """Recognisers started before anybody asks; a cold start takes about half a second."""
    max_speakers: int = Field(64, ge=1, le=1024)
    """Open synthesis streams at a time; they share one process."""
    pause_ms: int = Field(180, ge=80, le=2_000)
    """The shortest silence that ends an utterance, whatever shorter one a client asks for."""
    min_confidence: float = Field(0.3, ge=0.0, le=1.0)
    """Utterances whose words are less sure than this on average are noise."""
    idle_s: float = Field(10.0, gt=0.0, le=600.0)
    """A recognition stream without audio or message for so long is closed."""
    max_upload_mb: int = Field(32, ge=1, le=1024)
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", validation_alias="VIVAVOCE_LOG_LEVEL"
    )
    log_format: Literal["json", "console"] = Field("json", validation_alias="VIVAVOCE_LOG_FORMAT")


def read_settings() -> Settings:
    """Raises `SettingsWrong` with one line that names the variable and what it expects."""
    try:
        return Settings()
    except ValidationError as error:
        fault = error.errors(include_input=False, include_url=False)[0]
        name = str(fault["loc"][0]).upper()
        name = name if name.startswith("VIVAVOCE_") else PREFIX + name
        raise SettingsWrong(f"{name}: {fault['msg']}") from error
