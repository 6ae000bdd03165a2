"""The agent's settings: who hears, speaks and thinks for tenants that name nobody."""

import pytest

from agent.errors import SettingsWrong
from agent.settings import read_settings
from interview.addresses import Reach
from interview.door import ClaimedProviders
from interview.providers import Provider, Providers

pytestmark = pytest.mark.unit

COMPLETE = {
    "VIVAVOCE_API_URL": "http://127.0.0.1:8080",
    "VIVAVOCE_AGENT_KEY": "key",
    "DEEPGRAM_API_KEY": "dg-secret-key",
    "VIVAVOCE_STT_URL": "https://api.deepgram.com/v1/listen",
    "VIVAVOCE_TTS_URL": "https://api.deepgram.com/v1/speak",
    "VIVAVOCE_SPOOL_DIR": "/tmp/spool",
}


def set_up(monkeypatch: pytest.MonkeyPatch, **more: str) -> None:
    for name in ("LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY", "VIVAVOCE_STT_MODEL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in (COMPLETE | more).items():
        monkeypatch.setenv(name, value)


def test_deepgram_hears_and_speaks_and_nobody_thinks_where_nothing_else_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_up(monkeypatch)
    settings = read_settings()

    (stt,), (tts,) = settings.own("stt"), settings.own("tts")
    assert ("deepgram", "", "dg-secret-key") == (stt.name, stt.model, stt.key)
    assert ("deepgram", "https://api.deepgram.com/v1/speak") == (tts.name, tts.url)
    assert () == settings.own("llm")
    assert Reach() == settings.reach
    assert "dg-secret" not in repr(settings)


def test_a_model_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(monkeypatch, LLM_BASE_URL="http://127.0.0.1:11434/v1", LLM_MODEL="llama")

    own = (Provider("127.0.0.1", "http://127.0.0.1:11434/v1", "llama", None),)
    assert own == read_settings().own("llm")


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"LLM_BASE_URL": "https://llm.example/v1"}, "^LLM_MODEL: .*name of a model"),
        ({"LLM_BASE_URL": "llm", "LLM_MODEL": "m"}, "^LLM_BASE_URL: "),
        ({"VIVAVOCE_PROVIDERS_REACH": "far"}, "^VIVAVOCE_PROVIDERS_REACH: "),
        ({"VIVAVOCE_TTS_MODEL": "aura-2-a-de, aura-2-b-de"}, "^VIVAVOCE_TTS_MODEL: .*one voice"),
        ({"VIVAVOCE_TTS_MODEL": "one-for-all another"}, "^VIVAVOCE_TTS_MODEL: .*one voice"),
        ({"VIVAVOCE_PRICES": "/nowhere/p.toml"}, "^VIVAVOCE_PRICES: .*cannot be read"),
    ],
)
def test_what_is_wrong_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, more: dict[str, str], named: str
) -> None:
    set_up(monkeypatch, **more)

    with pytest.raises(SettingsWrong, match=named):
        read_settings()


def test_no_key_of_a_claim_is_shown_in_a_log() -> None:
    held = Providers(llm=(Provider("a", "https://a.example/v1", "m", "sk-hidden"),))
    claimed = ClaimedProviders.of(held)

    assert held == claimed.providers
    assert "sk-hidden" not in repr(claimed) + repr(held)
