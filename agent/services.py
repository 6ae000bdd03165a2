"""Who hears, speaks and thinks in one interview: the tenant's chains, or the installation's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from interview.adapters.model_chain import open_model_house
from interview.adapters.models import Endpoint, Sessions, open_sessions
from interview.addresses import Reach
from interview.ports import Models, Spent
from interview.prices import Used
from interview.providers import Provider, Providers
from livekit.agents.metrics import STTMetrics

from agent.meter import Meter, WithinBudget
from agent.recogniser import Recogniser, Site
from agent.settings import Settings
from agent.voices import Voices


@dataclass(frozen=True, slots=True)
class Services:
    """`models` is None where nobody has named one: then everything is said word for word."""

    recogniser: Recogniser
    voices: Voices
    models: Models | None

    def versions(self) -> dict[str, str]:
        """What is asked first, for the log."""
        return {"stt": self.recogniser.site.provider.model, "tts": self.voices.model}


@asynccontextmanager
async def open_services(
    settings: Settings, held: Providers, meter: Meter, sample_rate: int
) -> AsyncIterator[Services]:
    """While the block lasts. What they use is told to `meter`."""
    reach = settings.reach
    async with open_sessions() as sessions, open_model_house(reach) as house:
        hearing = _sites(held.stt, settings.own("stt"), sessions, reach)
        speaking = _sites(held.tts, settings.own("tts"), sessions, reach)

        def asked(provider: Provider, model: str, spent: Spent) -> None:
            tokens = (spent.input_tokens, spent.output_tokens)
            meter.add(Used("llm", provider.name, model, 1, *tokens))

        def spoken(provider: Provider, characters: int) -> None:
            meter.add(Used("tts", provider.name, provider.model, 1, characters=characters))

        chain = held.llm or settings.own("llm")
        models = house.models(chain, asked, is_ours=not held.llm)
        voices = Voices(speaking, sample_rate, spoken)
        try:
            yield Services(
                _metered(Recogniser(hearing), meter),
                voices,
                WithinBudget(models, meter) if models else None,
            )
        finally:
            await voices.aclose()


def _metered(recogniser: Recogniser, meter: Meter) -> Recogniser:
    def on_metrics(metrics: STTMetrics) -> None:
        provider, is_new = recogniser.site.provider, bool(metrics.acquire_time)
        audio_ms = round(metrics.audio_duration * 1000)
        meter.add(Used("stt", provider.name, provider.model, int(is_new), audio_ms=audio_ms))

    recogniser.on("metrics_collected", on_metrics)
    return recogniser


def _sites(
    theirs: tuple[Provider, ...], ours: tuple[Provider, ...], sessions: Sessions, reach: Reach
) -> tuple[Site, ...]:
    """What a customer names is called within `reach`; ours through the job's own connections."""
    if not theirs:
        return tuple(Site(provider) for provider in ours)
    return tuple(
        Site(each, sessions.of(Endpoint(each.url, each.model, each.key, reach))) for each in theirs
    )
