"""The candidate's words in four languages: one that is missing anywhere fails the build."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from local.setup import node

pytestmark = pytest.mark.unit

WEB = Path(__file__).parents[2] / "web"
KEY, WITH_PLACE = "away.text", "facts.kept.other"


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """The sources of the pages, to be spoilt."""
    for name in ("messages", "scripts", "src"):
        shutil.copytree(WEB / name, tmp_path / name)
    return tmp_path


def compared(web: Path) -> tuple[int, str]:
    """What the first step of a build ends with, and says."""
    path = node.usable().variables.get("PATH", os.environ["PATH"])
    script = str(web / "scripts" / "messages.js")
    done = subprocess.run(
        ["node", script], env={"PATH": path}, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr.strip()


def say(web: Path, language: str, **changes: str | None) -> None:
    """Puts other messages into a language's file; None takes one away."""
    file = web / "messages" / f"{language}.json"
    known = {**json.loads(file.read_text(encoding="utf-8")), **changes}
    kept = {key: text for key, text in known.items() if text is not None}
    file.write_text(json.dumps(kept), encoding="utf-8")


def test_messages_that_are_the_same_in_all_languages_are_built(web: Path) -> None:
    assert (0, "") == compared(web)


def test_the_comparison_is_a_step_of_the_build_and_of_the_check() -> None:
    scripts = json.loads((WEB / "package.json").read_text(encoding="utf-8"))["scripts"]

    assert "node scripts/messages.js" == scripts["messages"]
    for name in ("build", "check"):
        assert "npm run --silent messages" == scripts[name].partition(" && ")[0]


@pytest.mark.parametrize("language", ["es", "de", "fr"])
def test_a_key_that_a_language_lacks_fails_the_build_and_is_named(web: Path, language: str) -> None:
    say(web, language, **{KEY: None})

    assert (1, f"{language}: {KEY} is missing") == compared(web)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"no.such": "Nichts."}, "de: no.such is superfluous"),
        ({KEY: " "}, f"de: {KEY} is empty"),
        ({WITH_PLACE: "Lange."}, f"de: {WITH_PLACE} has other placeholders than en"),
    ],
    ids=["superfluous", "empty", "placeholder"],
)
def test_what_is_wrong_with_a_message_fails_the_build(
    web: Path, changes: dict[str, str], said: str
) -> None:
    say(web, "de", **changes)

    assert (1, said) == compared(web)


def test_a_message_that_no_page_shows_fails_the_build(web: Path) -> None:
    for language in ("en", "es", "de", "fr"):
        say(web, language, **{"no.such": "…"})

    assert (1, "en: no.such is used nowhere") == compared(web)
