"""What the log says of a fault: where it was, and nothing of whom it befell."""

import asyncio
import sys
from pathlib import Path
from typing import get_args

import pytest
from structlog.testing import capture_logs

from api.tags import DESK
from interview.adapters.logs import Form
from tests.api.faulty import EMAIL, NAME, WORDS
from tests.api.house import House

pytestmark = pytest.mark.api
ROOT = Path(__file__).parents[2]


async def ended(form: Form) -> tuple[str, str]:
    """What the API with faults said, and the token that was in its hands."""
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.api.faulty", form),
        cwd=ROOT,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, said = await asyncio.wait_for(running.communicate(), 30)
    assert 0 == running.returncode, said.decode()
    return said.decode(), told.decode()


@pytest.mark.parametrize("form", get_args(Form))
async def test_a_fault_is_logged_by_class_and_place_without_name_address_token_or_words(
    form: Form,
) -> None:
    text, token = await ended(form)

    held = [secret for secret in (NAME, EMAIL, token, WORDS) if secret in text]
    assert [] == held
    assert 4 == text.count("ValueError at __main__:")
    assert "api.v1.candidates:" in text
    for fact in ("request_failed", "errand_failed", "stray_failure"):
        assert fact in text


async def test_what_watchers_ask_every_second_is_news_only_when_it_is_bad(house: House) -> None:
    with capture_logs() as lines:
        await house.call("GET", "/v1/health", key="")
        await house.call("GET", "/v1/health/ready", key="")
        house.client.app[DESK].closing.set()
        await house.call("GET", "/v1/health/ready", key="")

    assert [(200, "debug"), (200, "debug"), (503, "info")] == [
        (line["status"], line["log_level"]) for line in lines if line["event"] == "request_finished"
    ]
