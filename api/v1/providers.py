"""Who hears, speaks and thinks for a tenant: its own endpoints, each chain tried in order."""

import re
from decimal import Decimal
from typing import Annotated

from interview.addresses import LONGEST_URL
from interview.kit import Frozen
from interview.providers import (
    LONGEST_CHAIN,
    PURPOSES,
    Budget,
    Given,
    Provider,
    Providers,
    Purpose,
)
from interview.use_cases import providers
from pydantic import AfterValidator, ConfigDict, Field, SecretStr

from api.callers import Staff
from api.problems import FieldProblem, InvalidFields
from api.registry import STAFF, Call, operation

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,62}$")]
Model = Annotated[str, Field(max_length=200, pattern=r"^[\x21-\x7e]+$")]
Url = Annotated[str, Field(min_length=1, max_length=LONGEST_URL)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
Amount = Annotated[Decimal, Field(ge=0, le=10_000, max_digits=9, decimal_places=4)]
PRINTED = re.compile(r"[\x21-\x7e]+")


def _printed(key: SecretStr) -> SecretStr:
    """It travels in a header."""
    if not PRINTED.fullmatch(key.get_secret_value()):
        raise ValueError("expected printed ASCII characters without a space")
    return key


Key = Annotated[SecretStr, Field(min_length=1, max_length=1000), AfterValidator(_printed)]


class ProviderGiven(Frozen):
    """One endpoint. `name` is what prices go by (`openai`, `deepgram`). A `key` that is left out
    stays as it is where the URL does, whatever the name; null takes it away."""

    name: Name
    url: Url
    model: Model
    key: Key | None = None

    def given(self) -> Given:
        key = self.key.get_secret_value() if self.key else None
        provider = Provider(self.name, self.url, self.model, key)
        return Given(provider, keeps_key="key" not in self.model_fields_set)


class BudgetOfInterview(Frozen):
    """What the providers of one interview may cost; `currency` is one of the table of prices."""

    amount: Amount
    currency: Currency


Chain = Annotated[tuple[ProviderGiven, ...], Field(max_length=LONGEST_CHAIN)]


class ProvidersGiven(Frozen):
    """All three chains, each in the order in which they are tried; an empty one is that of the
    installation. `stt` and `tts` speak Deepgram's protocol, `llm` OpenAI's chat completions."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "llm": [
                        {
                            "name": "openai",
                            "url": "https://api.openai.com/v1",
                            "model": "gpt-4.1-mini",
                            "key": "sk-…",
                        }
                    ],
                    "budget_per_interview": {"amount": "1.50", "currency": "USD"},
                }
            ]
        }
    )

    stt: Chain = ()
    tts: Chain = ()
    llm: Chain = ()
    budget_per_interview: BudgetOfInterview | None = None

    def chain(self, purpose: Purpose) -> Chain:
        match purpose:
            case "stt":
                return self.stt
            case "tts":
                return self.tts
            case "llm":
                return self.llm


class EndpointView(Frozen):
    """One endpoint; of its key only the end is shown, null where it has none."""

    name: str
    url: str
    model: str
    key_hint: str | None

    @classmethod
    def of(cls, provider: Provider) -> "EndpointView":
        return cls(
            name=provider.name,
            url=provider.url,
            model=provider.model,
            key_hint=provider.key_hint,
        )


class ProvidersView(Frozen):
    """The tenant's own chains; an empty one is that of the installation."""

    stt: tuple[EndpointView, ...]
    tts: tuple[EndpointView, ...]
    llm: tuple[EndpointView, ...]
    budget_per_interview: BudgetOfInterview | None

    @classmethod
    def of(cls, held: Providers) -> "ProvidersView":
        budget = held.budget
        return cls(
            stt=tuple(map(EndpointView.of, held.stt)),
            tts=tuple(map(EndpointView.of, held.tts)),
            llm=tuple(map(EndpointView.of, held.llm)),
            budget_per_interview=BudgetOfInterview(amount=budget.amount, currency=budget.currency)
            if budget
            else None,
        )


@operation("GET", "/v1/settings/providers", STAFF, tag="settings", revised=lambda tx: tx.providers)
async def get_providers(call: Call, caller: Staff) -> ProvidersView:
    """See who hears, speaks and thinks for the tenant."""
    return ProvidersView.of(await providers.get_providers(call.world, caller.tenant))


@operation("PUT", "/v1/settings/providers", STAFF, tag="settings", revised=lambda tx: tx.providers)
async def set_providers(call: Call, caller: Staff, body: ProvidersGiven) -> ProvidersView:
    """Say who hears, speaks and thinks for the tenant, and what an interview may cost.

    Each chain is tried in order: who fails is passed over, and comes back when it is well again.
    Keys are kept sealed and never shown. It counts from the next interview on. `llm` rates what was
    said and proposes probes for kits that want them. When the budget is used up, the interview goes
    on with the kit's own words.
    """
    budget = _budget(call, body.budget_per_interview)
    given = {purpose: tuple(each.given() for each in body.chain(purpose)) for purpose in PURPOSES}
    before, now = await providers.put_providers(
        call.world, caller.tenant, call.desk.providers_reach, given, budget
    )
    if fields := _changed(before, now):
        call.told["fields"] = ",".join(fields)
    return ProvidersView.of(now)


def _budget(call: Call, given: BudgetOfInterview | None) -> Budget | None:
    if given is None:
        return None
    known = call.desk.prices.currencies
    if given.currency not in known:
        listed = ", ".join(sorted(known))
        detail = f"Expected a currency of the table of prices: {listed}."
        raise InvalidFields([FieldProblem(field="budget_per_interview.currency", detail=detail)])
    return Budget(given.amount, given.currency)


def _changed(before: Providers, now: Providers) -> tuple[str, ...]:
    """The chains that are others now, without what stands in them."""
    changed = [each for each in PURPOSES if before.chain(each) != now.chain(each)]
    return (*(["budget"] if before.budget != now.budget else []), *changed)


OPERATIONS = (get_providers, set_providers)
