"""Who hears, speaks and thinks in one interview: the tenant's chains, or the installation's own."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from interview.adapters.model_chain import open_model_house
from interview.adapters.models import Endpoint, Sessions, open_sessions
from interview.languages import language_of
from interview.ports import Models, Spent
from interview.prices import Used
from interview.providers import Provider, Providers, Purpose
from livekit.agents.metrics import STTMetrics

from agent.meter import Meter, WithinBudget
from agent.provision import hearing_for, voice_for
from agent.recogniser import Recogniser, Site
from agent.settings import Settings
from agent.voices import Voices

OUTPUT_RATE = 24_000


@dataclass(frozen=True, slots=True)
class Services:
    """`models` is None where nobody has named one: then everything is said word for word."""

    recogniser: Recogniser
    another_recogniser: Callable[[], Recogniser]
    voices: Voices
    models: Models | None

    def versions(self) -> dict[str, str]:
        """What is asked first, for the log."""
        return {"stt": self.recogniser.site.provider.model, "tts": self.voices.model}


@asynccontextmanager
async def open_services(
    settings: Settings, held: Providers, meter: Meter, language: str
) -> AsyncIterator[Services]:
    """While the block lasts, for an interview in `language`. What they use is told to `meter`."""
    reach = settings.reach
    async with open_sessions() as sessions, open_model_house(reach) as house:
        hearing = _sites(held, settings, "stt", language, sessions)
        speaking = _sites(held, settings, "tts", language, sessions)

        def asked(provider: Provider, model: str, spent: Spent) -> None:
            tokens = (spent.input_tokens, spent.output_tokens)
            uncounted = 0 if spent.is_known else 1
            used = Used("llm", provider.name, model, 1, *tokens, asked=provider.model)
            meter.add(replace(used, uncounted=uncounted))

        def spoken(provider: Provider, characters: int) -> None:
            meter.add(Used("tts", provider.name, provider.model, 1, characters=characters))

        def recogniser() -> Recogniser:
            return _metered(Recogniser(hearing, language_of(language).heard_as(language)), meter)

        chain = held.llm or settings.own("llm")
        models = house.models(chain, asked, is_ours=not held.llm)
        voices = Voices(speaking, OUTPUT_RATE, spoken)
        try:
            yield Services(
                recogniser(),
                recogniser,
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
    held: Providers, settings: Settings, purpose: Purpose, language: str, sessions: Sessions
) -> tuple[Site, ...]:
    """What a customer names is called within reach; ours through the job's own connections."""
    if not (theirs := held.chain(purpose)):
        return tuple(Site(_for(each, purpose, language)) for each in settings.own(purpose))
    return tuple(
        Site(
            _for(each, purpose, language),
            sessions.of(Endpoint(each.url, each.model, each.key, settings.reach)),
        )
        for each in theirs
    )


def _for(provider: Provider, purpose: Purpose, language: str) -> Provider:
    """With the model that hears or speaks this language."""
    chosen = hearing_for if purpose == "stt" else voice_for
    return replace(provider, model=chosen(language, provider.model))
