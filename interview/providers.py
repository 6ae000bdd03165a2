"""Who hears, speaks and thinks for a tenant: chains of endpoints, and what they may cost."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal
from urllib.parse import urlsplit

from interview.addresses import Reach, check_url
from interview.errors import Invalid

Purpose = Literal["stt", "tts", "llm"]
PURPOSES: tuple[Purpose, ...] = ("stt", "tts", "llm")
LONGEST_CHAIN = 5
SHOWN = 4
SHORTEST_SHOWN = 12
"""A key that is shorter than this is not shown at all: its end would be too much of it."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One endpoint. `name` is what the tenant calls it, once in a chain, and what prices go by.

    `stt` and `tts` speak Deepgram's protocol, `llm` OpenAI's.
    """

    name: str
    base_url: str
    model: str
    key: str | None = field(default=None, repr=False)

    @property
    def key_hint(self) -> str | None:
        """What is shown of the key: enough to tell one's own from each other."""
        if self.key is None:
            return None
        return "…" + (self.key[-SHOWN:] if len(self.key) >= SHORTEST_SHOWN else "")


@dataclass(frozen=True, slots=True)
class Budget:
    """What the models of one interview may cost."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Providers:
    """A tenant's chains, each tried in order; an empty one is the installation's own."""

    stt: tuple[Provider, ...] = ()
    tts: tuple[Provider, ...] = ()
    llm: tuple[Provider, ...] = ()
    budget: Budget | None = None
    revision: int = 1

    def chain(self, purpose: Purpose) -> tuple[Provider, ...]:
        match purpose:
            case "stt":
                return self.stt
            case "tts":
                return self.tts
            case "llm":
                return self.llm


def check(providers: Providers, reach: Reach) -> Providers:
    """Raises `Invalid` naming the first endpoint that may not be called."""
    for purpose in PURPOSES:
        for place, provider in enumerate(providers.chain(purpose)):
            field = f"{purpose}.{place}.base_url"
            check_url(provider.base_url, reach, field)
            if urlsplit(provider.base_url).query:
                raise Invalid(f"{field}: expected no query", field=field)
    return providers


def named_after(base_url: str) -> str:
    """What an endpoint is called that nobody has named: `openai` of `https://api.openai.com/v1`."""
    host = urlsplit(base_url).hostname or "own"
    labels = host.split(".")
    is_name = len(labels) > 1 and not labels[-1].isdecimal()
    return labels[-2] if is_name else host
