"""Who is asked for probes: the language model of the installation, for a kit that wants that."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from interview.adapters.models import Endpoint, open_models
from interview.plan import Plan

from agent.probe_guard import instructions, load_guard, version
from agent.prober import Advice
from agent.settings import Settings


@asynccontextmanager
async def open_advice(settings: Settings, plan: Plan) -> AsyncIterator[Advice | None]:
    """None where the kit's own words are said."""
    guard = load_guard(plan) if settings.llm_url else None
    if guard is None:
        yield None
        return
    key = settings.llm_key.get_secret_value() if settings.llm_key else None
    async with open_models(Endpoint(settings.llm_url, settings.llm_model, key)) as models:
        yield Advice(models, guard, instructions())


def versions(settings: Settings, advice: Advice | None) -> dict[str, str]:
    """What an interview's log should name."""
    return {"llm": settings.llm_model, "probes": version()} if advice else {}
