"""What an interview's services tell the meter."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from agent.meter import Meter
from agent.services import open_services
from agent.settings import Settings, read_settings
from interview.adapters.prices import load_prices
from interview.ports import ModelFailed, Prompt
from interview.providers import Provider, Providers
from interview.usage import FactOfUsage, ProviderUsed, Usage, usage_of
from tests.standins.models import MODEL, ModelServer

pytestmark = pytest.mark.voice

PROMPT = Prompt("probe", "Choose.", "{}", {"type": "object"})


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Settings:
    for name in ("LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    wanted = {
        "VIVAVOCE_API_URL": "http://127.0.0.1:1",
        "VIVAVOCE_AGENT_KEY": "key",
        "DEEPGRAM_API_KEY": "key",
        "VIVAVOCE_STT_URL": "http://127.0.0.1:1/v1/listen",
        "VIVAVOCE_TTS_URL": "http://127.0.0.1:1/v1/speak",
        "VIVAVOCE_SPOOL_DIR": str(tmp_path),
        "VIVAVOCE_PROVIDERS_REACH": "anywhere",
    }
    for name, value in wanted.items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.mark.parametrize("ends", ["called off", "late", "answered"])
async def test_a_call_that_nobody_waited_for_leaves_the_bill_not_whole(
    settings: Settings, ends: str
) -> None:
    told: list[FactOfUsage] = []

    async def write(fact: FactOfUsage) -> None:
        told.append(fact)

    meter = Meter(load_prices(), None, Usage(), lambda: date(2026, 3, 2), write)
    slow_s = 0.0 if ends == "answered" else 60.0
    async with ModelServer("slow", slow_s=slow_s) as server:
        held = Providers(llm=(Provider("acme", server.base_url, MODEL),))
        async with open_services(settings, held, meter, "en") as services:
            assert services.models is not None
            asking = asyncio.create_task(services.models.ask(PROMPT, within_s=within(ends)))
            while not server.asked:
                await asyncio.sleep(0.01)
            if ends == "called off":
                asking.cancel()
            await asyncio.wait([asking])
            assert (ends == "late") == (not asking.cancelled() and has_failed(asking))
        await meter.flush()

    (used,) = (fact for fact in told if isinstance(fact, ProviderUsed))
    uncounted = int(ends != "answered")
    assert ("acme", 1, uncounted) == (used.provider, used.calls, used.uncounted)
    assert (used.input_tokens > 0) == (not uncounted)
    if uncounted:
        assert not usage_of(told).is_whole


def within(ends: str) -> float:
    return 0.5 if ends == "late" else 30.0


def has_failed(asking: asyncio.Task[object]) -> bool:
    return isinstance(asking.exception(), ModelFailed)
