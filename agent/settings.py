"""The agent's settings, read once. It has no database credentials."""

from pathlib import Path

from interview.patience import WAITS
from pydantic import Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.errors import SettingsWrong

AGENT_NAME = "vivavoce-interviewer"


class Settings(BaseSettings):
    """Environment variables; LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET are read by the
    worker of livekit-agents itself."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)

    api_url: HttpUrl = Field(validation_alias="VIVAVOCE_API_URL")
    agent_key: SecretStr = Field(validation_alias="VIVAVOCE_AGENT_KEY")
    speech_key: SecretStr = Field(validation_alias="DEEPGRAM_API_KEY")
    stt_url: str = Field(validation_alias="VIVAVOCE_STT_URL")
    tts_url: str = Field(validation_alias="VIVAVOCE_TTS_URL")
    stt_model: str = Field("nova-3", validation_alias="VIVAVOCE_STT_MODEL")
    tts_model: str = Field("aura-2-andromeda-en", validation_alias="VIVAVOCE_TTS_MODEL")
    llm_url: str = Field("", validation_alias="LLM_BASE_URL")
    llm_key: SecretStr | None = Field(None, validation_alias="LLM_API_KEY")
    llm_model: str = Field("", validation_alias="LLM_MODEL")
    spool_dir: Path = Field(validation_alias="VIVAVOCE_SPOOL_DIR")
    port: int = Field(0, validation_alias="VIVAVOCE_AGENT_PORT", ge=0, le=65535)
    nudge_s: float = Field(WAITS.nudge, validation_alias="VIVAVOCE_AGENT_NUDGE_S", gt=0)
    max_jobs: int = Field(20, validation_alias="VIVAVOCE_AGENT_MAX_JOBS", ge=1)


def read_settings() -> Settings:
    """Raises `SettingsWrong` with one line that names the variable and what it expects."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsWrong(f"{first['loc'][0]}: {first['msg']}") from error
