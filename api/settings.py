"""What the environment tells this process; read once."""

import binascii
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from interview.adapters.prices import check_prices
from interview.languages import SPOKEN
from interview.providers import Far
from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from api.limits import Policies
from api.web import DIST

MIN_SECRET = 16
KEY_BYTES = 32


def _url(*schemes: str) -> AfterValidator:
    def check(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not (parts.netloc or parts.path):
            raise ValueError(f"expected a URL that begins with {' or '.join(schemes)}")
        return text.rstrip("/")

    return AfterValidator(check)


def _key(secret: SecretStr) -> SecretStr:
    try:
        raw = urlsafe_b64decode(secret.get_secret_value())
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != KEY_BYTES:
        raise ValueError(f"expected {KEY_BYTES} bytes as base64url with padding")
    return secret


def _spoken(languages: str) -> str:
    if unknown := set(_listed(languages)) - SPOKEN:
        raise ValueError(f"expected some of {', '.join(sorted(SPOKEN))}, not {min(unknown)}")
    return languages


def _listed(languages: str) -> frozenset[str]:
    return frozenset(languages.replace(",", " ").split())


def _prices(path: Path | None) -> Path | None:
    return None if path is None else check_prices(path)


PeopleUrl = Annotated[str, _url("http", "https")]
Secret = Annotated[SecretStr, Field(min_length=MIN_SECRET)]
SecretKey = Annotated[SecretStr, AfterValidator(_key)]
OBJECTS = ("file", "s3", "gs", "az", "azure", "abfs", "abfss", "memory")


class Settings(BaseSettings):
    """One field per variable; the alias is the variable's name."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", populate_by_name=True)

    database_url: Annotated[SecretStr, Field(alias="DATABASE_URL", min_length=1)]
    livekit_url: Annotated[str, Field(alias="LIVEKIT_URL"), _url("ws", "wss")]
    livekit_api_key: Annotated[str, Field(alias="LIVEKIT_API_KEY", min_length=1)]
    livekit_api_secret: Annotated[Secret, Field(alias="LIVEKIT_API_SECRET")]
    host: Annotated[str, Field(alias="VIVAVOCE_API_HOST", min_length=1)] = "127.0.0.1"
    port: Annotated[int, Field(alias="VIVAVOCE_API_PORT", ge=0, le=65_535)] = 8080
    drain_s: Annotated[float, Field(alias="VIVAVOCE_API_DRAIN_S", ge=0, le=300)] = 0.5
    api_url: Annotated[
        str, Field(alias="VIVAVOCE_API_URL", default="http://127.0.0.1:8080"), _url("http", "https")
    ]
    people_url: Annotated[PeopleUrl | None, Field(alias="VIVAVOCE_PUBLIC_URL")] = None
    """Where people find us, if that is not where our other processes do."""

    agent_key: Annotated[Secret, Field(alias="VIVAVOCE_AGENT_KEY")]
    installation_key: Annotated[SecretKey, Field(alias="VIVAVOCE_INSTALLATION_KEY")]
    key_pepper: Annotated[SecretKey, Field(alias="VIVAVOCE_KEY_PEPPER")]
    objects_url: Annotated[
        str, Field(alias="VIVAVOCE_OBJECTS_URL", default="file:.local/objects"), _url(*OBJECTS)
    ]
    webhooks_allow_loopback: Annotated[bool, Field(alias="VIVAVOCE_WEBHOOKS_ALLOW_LOOPBACK")] = (
        False
    )
    sign_in_reach: Annotated[Far, Field(alias="VIVAVOCE_SIGN_IN_REACH")] = "public"
    providers_reach: Annotated[Far, Field(alias="VIVAVOCE_PROVIDERS_REACH")] = "public"
    prices: Annotated[Path | None, Field(alias="VIVAVOCE_PRICES"), AfterValidator(_prices)] = None

    web_dist: Annotated[Path, Field(alias="VIVAVOCE_WEB_DIST")] = DIST
    """Where the web app was built to."""

    languages: Annotated[str, Field(alias="VIVAVOCE_LANGUAGES"), AfterValidator(_spoken)] = ""
    """Those that the speech servers of this installation know; all of ours when it is empty."""

    proxies: Annotated[int, Field(alias="VIVAVOCE_PROXIES", ge=0, le=10)] = 0
    rate_key: Annotated[int, Field(alias="VIVAVOCE_RATE_KEY", ge=0)] = 1200
    rate_tenant: Annotated[int, Field(alias="VIVAVOCE_RATE_TENANT", ge=0)] = 6000
    rate_address: Annotated[int, Field(alias="VIVAVOCE_RATE_ADDRESS", ge=0)] = 1200
    rate_guess: Annotated[int, Field(alias="VIVAVOCE_RATE_GUESS", ge=0)] = 30
    in_flight: Annotated[int, Field(alias="VIVAVOCE_IN_FLIGHT", ge=1)] = 512

    streams: Annotated[int, Field(alias="VIVAVOCE_STREAMS", ge=1)] = 100

    graphql_introspection: Annotated[bool, Field(alias="VIVAVOCE_GRAPHQL_INTROSPECTION")] = False
    """The schema is told to whoever may ask anything; off in production."""

    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], Field(alias="VIVAVOCE_LOG_LEVEL")
    ] = "info"
    log_format: Annotated[Literal["json", "console"], Field(alias="VIVAVOCE_LOG_FORMAT")] = "json"

    @property
    def public_url(self) -> str:
        """Where candidates and members find us, as links, cookies and origins have it."""
        return self.people_url or self.api_url

    @property
    def policies(self) -> Policies:
        """Calls a minute, and at once."""
        return Policies(
            key=self.rate_key,
            tenant=self.rate_tenant,
            address=self.rate_address,
            guess=self.rate_guess,
            in_flight=self.in_flight,
            streams=self.streams,
        )

    @property
    def spoken(self) -> frozenset[str]:
        """The languages that interviews can be held in here."""
        return _listed(self.languages) or SPOKEN

    @property
    def pepper(self) -> bytes:
        """What API keys are digested with."""
        return urlsafe_b64decode(self.key_pepper.get_secret_value())


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
