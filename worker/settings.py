"""What the environment tells this process; read once."""

from email.utils import parseaddr
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from interview.adapters.logs import Form, Level
from interview.adapters.mails.composing import AddressWrong, address
from interview.adapters.post import SmtpServer
from interview.adapters.prices import check_prices
from interview.providers import Far, Provider, model_of_url, own
from interview.release import RaterGate
from interview.use_cases.judging import FEWEST_RUNS, MOST_RUNS, RUNS


def _url(*schemes: str) -> AfterValidator:
    def check(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not parts.netloc:
            raise ValueError(f"expected a URL that begins with {' or '.join(schemes)}")
        return text.rstrip("/")

    return AfterValidator(check)


def _server(url: SecretStr) -> SecretStr:
    SmtpServer.at(url.get_secret_value())
    return url


def _one_way(folder: Path, info: ValidationInfo) -> Path:
    if info.data.get("smtp_url") is not None:
        raise ValueError("expected nothing, for VIVAVOCE_SMTP_URL is set: mails go one way")
    if not folder.name:
        raise ValueError("expected the path of a folder")
    return folder


def _sender(text: str | None, info: ValidationInfo) -> str | None:
    """The address alone: the name is that of whoever invites."""
    if text is None and info.data.get("smtp_url") is None:
        return None
    _, spec = parseaddr(text or "")
    try:
        return address("", spec).addr_spec
    except AddressWrong:
        raise ValueError("expected the address that mails come from") from None


def _model(name: str | None, info: ValidationInfo) -> str | None:
    return model_of_url(name, info.data.get("llm_base_url"))


def _prices(path: Path | None) -> Path | None:
    return path and check_prices(path)


Secret = Annotated[SecretStr, Field(min_length=1)]
PublicUrl = Annotated[str, _url("http", "https")]
SmtpUrl = Annotated[SecretStr, AfterValidator(_server)]
Folder = Annotated[Path, AfterValidator(_one_way)]


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
    public_url: Annotated[PublicUrl | None, Field(alias="VIVAVOCE_PUBLIC_URL")] = None
    """Where candidates find the API, if that is not where this process does."""

    smtp_url: Annotated[SmtpUrl | None, Field(alias="VIVAVOCE_SMTP_URL")] = None
    mail_folder: Annotated[Folder | None, Field(alias="VIVAVOCE_MAIL_FOLDER")] = None
    mail_from: Annotated[str | None, Field(alias="VIVAVOCE_MAIL_FROM"), AfterValidator(_sender)] = (
        None
    )
    llm_base_url: Annotated[PublicUrl | None, Field(alias="LLM_BASE_URL")] = None
    llm_api_key: Annotated[SecretStr | None, Field(alias="LLM_API_KEY")] = None
    llm_model: Annotated[
        str | None, Field(alias="LLM_MODEL", validate_default=True), AfterValidator(_model)
    ] = None
    providers_reach: Annotated[Far, Field(alias="VIVAVOCE_PROVIDERS_REACH")] = "public"
    prices: Annotated[Path | None, Field(alias="VIVAVOCE_PRICES"), AfterValidator(_prices)] = None
    judge_models: Annotated[str, Field(alias="VIVAVOCE_JUDGE_MODELS")] = ""
    """Names of several models of the installation's own endpoint, with commas between: run by run
    the next one is asked."""

    rater_gate: Annotated[RaterGate, Field(alias="VIVAVOCE_RATER_GATE")] = "mark"
    """Whether models rate that have not passed the gate; if so, their cards say it."""

    judge_runs: Annotated[int, Field(alias="VIVAVOCE_JUDGE_RUNS", ge=FEWEST_RUNS, le=MOST_RUNS)] = (
        RUNS
    )
    log_level: Annotated[Level, Field(alias="VIVAVOCE_LOG_LEVEL")] = "info"
    log_format: Annotated[Form, Field(alias="VIVAVOCE_LOG_FORMAT")] = "json"

    @property
    def models_that_judge(self) -> tuple[str, ...]:
        """In the order in which they are asked; none where nobody has named several."""
        named = (name.strip() for name in self.judge_models.split(","))
        return tuple(name for name in named if name)

    @property
    def own_models(self) -> tuple[Provider, ...]:
        """The installation's own, for tenants that have named none."""
        if self.llm_base_url is None or self.llm_model is None:
            return ()
        key = self.llm_api_key.get_secret_value() if self.llm_api_key else None
        return (own(self.llm_base_url, self.llm_model, key),)


class SettingsWrong(Exception):
    """The environment is not complete; the message is one line that names the variables."""


def read_settings() -> Settings:
    """Raises `SettingsWrong`."""
    try:
        return Settings.model_validate({})
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
        wrong = "; ".join(f"{_variable(e['loc'][0])}: {e['msg'].lower()}" for e in found)
        raise SettingsWrong(wrong) from error


def _variable(name: int | str) -> str:
    """What is wrong with a default is told by its field's name."""
    field = Settings.model_fields.get(str(name))
    return (field and field.alias) or str(name)
