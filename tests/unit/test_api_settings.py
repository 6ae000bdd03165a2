"""What the API reads from its environment."""

from base64 import urlsafe_b64encode

import pytest

from api.settings import Settings, SettingsWrong, read_settings
from interview.languages import SPOKEN

pytestmark = pytest.mark.unit
KEY = urlsafe_b64encode(bytes(32)).decode()
SECRET = "SECRET-of-some-length"
ENOUGH = {
    "DATABASE_URL": f"postgresql://app:{SECRET}@127.0.0.1/vivavoce",
    "LIVEKIT_URL": "ws://127.0.0.1:7880",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": SECRET,
    "VIVAVOCE_AGENT_KEY": SECRET,
    "VIVAVOCE_INSTALLATION_KEY": KEY,
    "VIVAVOCE_KEY_PEPPER": KEY,
}


def read(monkeypatch: pytest.MonkeyPatch, **changes: str | None) -> Settings:
    for name in Settings.model_fields.values():
        monkeypatch.delenv(str(name.alias), raising=False)
    for variable, value in (ENOUGH | changes).items():
        if value is not None:
            monkeypatch.setenv(variable, value)
    return read_settings()


def test_what_is_needed_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)

    assert ("127.0.0.1", 8080) == (settings.host, settings.port)
    assert bytes(32) == settings.pepper


def test_the_public_url_has_no_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch, VIVAVOCE_API_URL="https://talk.example.com/")

    assert "https://talk.example.com" == settings.public_url


def test_where_people_find_the_api_is_what_is_said_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    urls = {
        "VIVAVOCE_API_URL": "http://api.internal:8080",
        "VIVAVOCE_PUBLIC_URL": "https://talk.example.com/",
    }

    assert "https://talk.example.com" == read(monkeypatch, **urls).public_url


def test_secrets_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = read(monkeypatch)

    assert SECRET not in repr(settings)
    assert KEY not in repr(settings)


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("VIVAVOCE_AGENT_KEY", None, "field required"),
        ("VIVAVOCE_AGENT_KEY", "short", "at least 16"),
        ("LIVEKIT_URL", "127.0.0.1:7880", "ws or wss"),
        ("VIVAVOCE_API_URL", "ftp://x", "http or https"),
        ("VIVAVOCE_PUBLIC_URL", "talk.example.com", "http or https"),
        ("VIVAVOCE_API_PORT", "many", "integer"),
        ("VIVAVOCE_API_PORT", "70000", "65535"),
        ("VIVAVOCE_KEY_PEPPER", "c2hvcnQ=", "32 bytes"),
        ("VIVAVOCE_OBJECTS_URL", "/var/objects", "file or s3"),
        ("VIVAVOCE_LOG_LEVEL", "loud", "'debug'"),
        ("VIVAVOCE_API_DRAIN_S", "-1", "greater than or equal to 0"),
    ],
)
def test_a_setting_that_is_wrong_is_named_with_what_is_expected_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str | None, said: str
) -> None:
    with pytest.raises(SettingsWrong) as refused:
        read(monkeypatch, **{variable: value})

    assert str(refused.value).startswith(f"{variable}: ")
    assert said in str(refused.value)
    assert SECRET not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_interviews_are_held_in_every_language_unless_some_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert SPOKEN == read(monkeypatch).spoken
    assert {"de", "fr"} == read(monkeypatch, VIVAVOCE_LANGUAGES="de, fr").spoken


def test_a_language_that_nobody_speaks_is_named_at_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(SettingsWrong, match="VIVAVOCE_LANGUAGES: .*de, en, es, fr, not xx"):
        read(monkeypatch, VIVAVOCE_LANGUAGES="de xx")
