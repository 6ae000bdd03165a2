"""Who hears, speaks and thinks for a tenant: chains of endpoints, and what they may cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal
from urllib.parse import urlsplit

from interview.addresses import Reach, check_url
from interview.errors import Invalid
from interview.languages import check_voices

Purpose = Literal["stt", "tts", "llm"]
PURPOSES: tuple[Purpose, ...] = ("stt", "tts", "llm")
LONGEST_CHAIN = 5

Far = Literal["public", "private", "anywhere"]
"""What an operator may allow: how far the chains of customers go, or their identity providers."""

REACHES: Mapping[Far, Reach] = {
    "public": Reach(),
    "private": Reach(private=True),
    "anywhere": Reach(loopback=True, private=True),
}
SHOWN = 4
SHORTEST_SHOWN = 12
"""A key that is shorter than this is not shown at all: its end would be too much of it."""


@dataclass(frozen=True, slots=True)
class Provider:
    """One endpoint. `name` is what the tenant calls it, once in a chain, and what prices go by.

    In `llm` it speaks OpenAI's protocol and `url` is its base (`…/v1`); in `stt` and `tts` it
    speaks Deepgram's (`…/v1/listen`, `…/v1/speak`).
    """

    name: str
    url: str
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


@dataclass(frozen=True, slots=True)
class Given:
    """An endpoint as it was given; `keeps_key`: nothing was said about the key."""

    provider: Provider
    keeps_key: bool = False


def chain_of(
    purpose: Purpose, given: tuple[Given, ...], held: tuple[Provider, ...], reach: Reach
) -> tuple[Provider, ...]:
    """The chain with the keys that stay. Raises `Invalid` naming what is wrong."""
    chain: list[Provider] = []
    for place, each in enumerate(given):
        provider, at = each.provider, f"{purpose}.{place}"
        check_url(provider.url, reach, f"{at}.url")
        if urlsplit(provider.url).query:
            raise Invalid(f"{at}.url: expected no query", field=f"{at}.url")
        if provider.name in {before.name for before in chain}:
            raise Invalid(f"{at}.name: expected each name once", field=f"{at}.name")
        if purpose == "tts":
            _check_voices(provider.model, f"{at}.model")
        if each.keeps_key:
            provider = replace(provider, key=_kept(provider, held, f"{at}.key"))
        chain.append(provider)
    return tuple(chain)


def _check_voices(model: str, at: str) -> None:
    try:
        check_voices(model)
    except ValueError as error:
        raise Invalid(f"{at}: {error}", field=at) from None


def _kept(provider: Provider, held: tuple[Provider, ...], at: str) -> str | None:
    """The key of the endpoint that was called so, or under a new name of the one at its URL."""
    for before in held:
        if before.name == provider.name:
            if before.key is not None and before.url != provider.url:
                # Or whoever may change the URL could have the key sent anywhere.
                raise Invalid(f"{at}: expected the key with a new URL", field=at)
            return before.key
    keys = {before.key for before in held if before.url == provider.url}
    if len(keys) > 1:
        raise Invalid(f"{at}: expected the key, for more than one is kept of this URL", field=at)
    return keys.pop() if keys else None


def named_after(url: str) -> str:
    """What an endpoint is called that nobody has named: `openai` of `https://api.openai.com/v1`."""
    host = urlsplit(url).hostname or "own"
    labels = host.split(".")
    is_name = len(labels) > 1 and not labels[-1].isdecimal()
    return labels[-2] if is_name else host


def own(url: str, model: str, key: str | None) -> Provider:
    """An endpoint that the installation's operator has set."""
    return Provider(named_after(url), url.rstrip("/"), model, key or None)


def model_of_url(model: str | None, url: object) -> str | None:
    """For settings: one does not go without the other. Raises `ValueError`."""
    if url is not None and not model:
        raise ValueError("expected the name of a model, for LLM_BASE_URL is set")
    return model
