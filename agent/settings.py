"""The agent's settings, read once. It has no database credentials."""

from pathlib import Path

from interview.adapters.prices import check_prices
from interview.addresses import Reach
from interview.languages import check_voices
from interview.patience import WAITS
from interview.providers import REACHES, Far, Provider, Purpose, model_of_url, own
from pydantic import (
    Field,
    HttpUrl,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.errors import SettingsWrong

AGENT_NAME = "vivavoce-interviewer"


class Settings(BaseSettings):
    """Environment variables; LIVEKIT_URL, LIVEKIT_API_KEY and LIVEKIT_API_SECRET are read by the
    worker of livekit-agents itself. Models that are not named follow the language of the kit."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)

    api_url: HttpUrl = Field(validation_alias="VIVAVOCE_API_URL")
    agent_key: SecretStr = Field(validation_alias="VIVAVOCE_AGENT_KEY")
    speech_key: SecretStr = Field(validation_alias="DEEPGRAM_API_KEY")
    stt_url: str = Field(validation_alias="VIVAVOCE_STT_URL")
    tts_url: str = Field(validation_alias="VIVAVOCE_TTS_URL")
    stt_model: str = Field("", validation_alias="VIVAVOCE_STT_MODEL")
    tts_model: str = Field("", validation_alias="VIVAVOCE_TTS_MODEL")
    llm_url: HttpUrl | None = Field(None, validation_alias="LLM_BASE_URL")
    llm_key: SecretStr | None = Field(None, validation_alias="LLM_API_KEY")
    llm_model: str | None = Field(None, validation_alias="LLM_MODEL", validate_default=True)
    providers_reach: Far = Field("public", validation_alias="VIVAVOCE_PROVIDERS_REACH")
    prices_file: Path | None = Field(None, validation_alias="VIVAVOCE_PRICES")
    spool_dir: Path = Field(validation_alias="VIVAVOCE_SPOOL_DIR")
    port: int = Field(0, validation_alias="VIVAVOCE_AGENT_PORT", ge=0, le=65535)
    nudge_s: float = Field(WAITS.nudge, validation_alias="VIVAVOCE_AGENT_NUDGE_S", gt=0)
    max_jobs: int = Field(20, validation_alias="VIVAVOCE_AGENT_MAX_JOBS", ge=1)

    @field_validator("llm_model")
    @classmethod
    def _named_with_its_url(cls, model: str | None, info: ValidationInfo) -> str | None:
        return model_of_url(model, info.data.get("llm_url"))

    @field_validator("tts_model")
    @classmethod
    def _one_a_language(cls, named: str) -> str:
        return check_voices(named)

    @field_validator("prices_file")
    @classmethod
    def _read_once(cls, path: Path | None) -> Path | None:
        return path and check_prices(path)

    @property
    def reach(self) -> Reach:
        """How far the chains of customers go."""
        return REACHES[self.providers_reach]

    def own(self, purpose: Purpose) -> tuple[Provider, ...]:
        """The installation's own chain, for tenants that have none."""
        match purpose:
            case "stt":
                return (own(self.stt_url, self.stt_model, self.speech_key.get_secret_value()),)
            case "tts":
                return (own(self.tts_url, self.tts_model, self.speech_key.get_secret_value()),)
            case "llm":
                if self.llm_url is None or self.llm_model is None:
                    return ()
                key = self.llm_key.get_secret_value() if self.llm_key else None
                return (own(str(self.llm_url), self.llm_model, key),)


def read_settings() -> Settings:
    """Raises `SettingsWrong` with one line that names the variable and what it expects."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsWrong(f"{_variable(str(first['loc'][0]))}: {first['msg']}") from error


def _variable(name: str) -> str:
    """What is wrong with a default is told by its field's name."""
    field = Settings.model_fields.get(name)
    return str(field.validation_alias) if field else name
