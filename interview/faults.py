"""What fails besides people, as facts for the interview's log, and what of it costs them time."""

from typing import Literal

from interview.kit import Frozen

Provider = Literal["stt", "tts", "llm", "vad", "api"]


class ProviderFailed(Frozen):
    """Who hears, speaks or thinks for us does not. `identity`: for this member of the tenant;
    None: in the talk with the candidate."""

    kind: Literal["provider_failed"] = "provider_failed"
    provider: Provider
    error: str
    identity: str | None = None


class ProviderRecovered(Frozen):
    """It works again."""

    kind: Literal["provider_recovered"] = "provider_recovered"
    provider: Provider


FactOfFaults = ProviderFailed | ProviderRecovered
KINDS_OF_FAULTS = frozenset({"provider_failed", "provider_recovered"})

COSTS_TIME: frozenset[Provider] = frozenset({"stt", "tts"})
"""While one of these is away nobody can talk; a model is never waited for."""
