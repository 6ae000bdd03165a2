"""The worker's judge: the models that its settings name, or none."""

import pytest

from worker.judging import open_judge
from worker.settings import Settings, SettingsWrong, read_settings

pytestmark = pytest.mark.unit

COMPLETE = {
    "DATABASE_URL": "postgresql://nowhere/none",
    "VIVAVOCE_INSTALLATION_KEY": "key",
    "LIVEKIT_URL": "ws://127.0.0.1:7880",
    "LIVEKIT_API_KEY": "key",
    "LIVEKIT_API_SECRET": "secret",
    "VIVAVOCE_API_URL": "http://127.0.0.1:8080/",
    "VIVAVOCE_MAIL_FOLDER": "/tmp/mails",
}
MODEL = {"LLM_BASE_URL": "http://127.0.0.1:9/v1", "LLM_MODEL": "small"}


def read(monkeypatch: pytest.MonkeyPatch, **given: str) -> Settings:
    for name, value in (COMPLETE | given).items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.mark.parametrize(
    ("given", "models", "runs"),
    [
        (MODEL, ["small"], 3),
        (MODEL | {"LLM_API_KEY": "secret"}, ["small"], 3),
        (MODEL | {"VIVAVOCE_JUDGE_MODELS": "small, large,"}, ["small", "large"], 3),
        (MODEL | {"VIVAVOCE_JUDGE_MODELS": "", "VIVAVOCE_JUDGE_RUNS": "5"}, ["small"], 5),
    ],
)
async def test_the_settings_say_who_judges(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], models: list[str], runs: int
) -> None:
    async with open_judge(read(monkeypatch, **given)) as judge:
        assert judge is not None
        assert models == [seat.model for seat in judge.seats]
        assert runs == judge.runs


@pytest.mark.parametrize("url", [None, ""])
async def test_nobody_judges_without_a_model(
    monkeypatch: pytest.MonkeyPatch, url: str | None
) -> None:
    given = {} if url is None else {"LLM_BASE_URL": url}
    async with open_judge(read(monkeypatch, **given)) as judge:
        assert None is judge


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("LLM_MODEL", {"LLM_BASE_URL": "http://127.0.0.1:9/v1"}),
        ("LLM_BASE_URL", MODEL | {"LLM_BASE_URL": "127.0.0.1:9"}),
        ("VIVAVOCE_JUDGE_RUNS", MODEL | {"VIVAVOCE_JUDGE_RUNS": "1"}),
        ("VIVAVOCE_JUDGE_RUNS", MODEL | {"VIVAVOCE_JUDGE_RUNS": "10"}),
    ],
)
def test_a_wrong_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, given: dict[str, str]
) -> None:
    with pytest.raises(SettingsWrong, match=f"^{name}: "):
        read(monkeypatch, **given)


def test_no_key_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "a-key-of-ours" not in repr(read(monkeypatch, **MODEL, LLM_API_KEY="a-key-of-ours"))
