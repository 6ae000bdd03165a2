"""What the environment tells this process; read once."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from interview.adapters.logs import Form, Level


def _url(*schemes: str) -> AfterValidator:
    def check(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.netloc:
            raise ValueError(f"expected a URL that begins with {' or '.join(schemes)}")
        return text.rstrip("/")

    return AfterValidator(check)


Secret = Annotated[SecretStr, Field(min_length=1)]


class Settings(BaseSettings):
    """One field per variable; the alias is the variable's name."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    database_url: Annotated[Secret, Field(alias="DATABASE_URL")]
    installation_key: Annotated[Secret, Field(alias="VIVAVOCE_INSTALLATION_KEY")]
    livekit_url: Annotated[str, Field(alias="LIVEKIT_URL"), _url("ws", "wss", "http", "https")]
    livekit_api_key: Annotated[str, Field(alias="LIVEKIT_API_KEY", min_length=1)]
    livekit_api_secret: Annotated[Secret, Field(alias="LIVEKIT_API_SECRET")]
    api_url: Annotated[str, Field(alias="VIVAVOCE_API_URL"), _url("http", "https")]
    webhooks_allow_loopback: Annotated[bool, Field(alias="VIVAVOCE_WEBHOOKS_ALLOW_LOOPBACK")] = (
        False
    )
    log_level: Annotated[Level, Field(alias="VIVAVOCE_LOG_LEVEL")] = "info"
    log_format: Annotated[Form, Field(alias="VIVAVOCE_LOG_FORMAT")] = "json"


class SettingsWrong(Exception):
    """The environment is not complete; the message is one line that names the variables."""


def read_settings() -> Settings:
    """Raises `SettingsWrong`."""
    try:
        return Settings.model_validate({})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        wrong = "; ".join(f"{e['loc'][0]}: {e['msg'].lower()}" for e in found)
        raise SettingsWrong(wrong) from error
