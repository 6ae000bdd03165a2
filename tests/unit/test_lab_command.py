"""What `vivavoce lab` is asked, and what it refuses."""

import json
from pathlib import Path

import pytest

from lab.command import main
from lab.trial import gate_in, suite_sha256
from local import __main__ as vivavoce
from local.errors import LocalError

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LLM_BASE_URL", "LLM_MODEL", "VIVAVOCE_JUDGE_MODELS", "VIVAVOCE_PRICES"):
        monkeypatch.delenv(name, raising=False)


def test_without_a_model_the_indicators_are_measured_on_the_bundled_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    vivavoce.main(["lab", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert "indicators" == found["signature"]["rater"]
    assert 50 == found["agreements"][0]["of"]
    assert found["agreements"][0]["kappa"] > 0.8
    assert (1.0, None) == (found["retest"], found["trial"])
    assert [] == found["moves"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--rater", "judge"], "LLM_BASE_URL: expected the address"),
        (["--model", "m"], "LLM_BASE_URL: expected the address"),
        (["--rater", "indicators", "--runs", "3"], "are a judge's"),
        (["--release", "--gate", "/nowhere"], "expected the bars of a gate"),
    ],
)
def test_what_does_not_go_together_is_one_line(arguments: list[str], said: str) -> None:
    with pytest.raises(LocalError, match=said):
        main(arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--runs", "1"],
        ["--runs", "many"],
        ["--last", "0"],
        ["--gate", "gate.toml"],
        ["--release", "--tenant-id", "00000000-0000-0000-0000-000000000000"],
    ],
)
def test_a_wrong_call_says_how_it_is_called(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert 2 == ended.value.code
    assert "usage: vivavoce lab" in capsys.readouterr().err


def test_a_model_that_does_not_answer_is_not_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("LLM_MODEL", "gone")

    with pytest.raises(LocalError, match="the model gave no answer"):
        main([])


def test_a_file_without_prices_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrong = tmp_path / "prices.toml"
    wrong.write_text("price = 1")
    monkeypatch.setenv("LLM_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("LLM_MODEL", "m")
    monkeypatch.setenv("VIVAVOCE_PRICES", str(wrong))

    with pytest.raises(LocalError, match="VIVAVOCE_PRICES: "):
        main([])


@pytest.mark.parametrize(
    ("text", "said"),
    [("twins_at_least = 0", "twins_at_least"), ("kappa = 1", "kappa"), ("twins", "gate")],
)
def test_a_gate_that_lacks_a_bar_or_has_another_is_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    own = tmp_path / "gate.toml"
    own.write_text(text)

    with pytest.raises(LocalError, match=said):
        gate_in(own)


def test_the_gate_that_comes_with_us_lets_no_irrelevant_word_move_a_level() -> None:
    assert 0 == gate_in().moved_at_most
    assert gate_in().twins_at_least >= 200


def test_the_suite_has_one_digest() -> None:
    assert suite_sha256() == suite_sha256()
    assert 64 == len(suite_sha256())
