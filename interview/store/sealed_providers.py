"""What is stored of a tenant's chains: all of it sealed, keys and URLs alike."""

from decimal import Decimal

from interview.ids import TenantId
from interview.kit import Frozen
from interview.providers import Budget, Provider, Providers
from interview.sealing import Place, SealingKey


class _Provider(Frozen):
    name: str
    url: str
    model: str
    key: str | None


class _Chains(Frozen):
    stt: tuple[_Provider, ...]
    tts: tuple[_Provider, ...]
    llm: tuple[_Provider, ...]
    budget: tuple[Decimal, str] | None


def seal_providers(key: SealingKey, tenant: TenantId, providers: Providers) -> bytes:
    """Sealed for its revision."""

    def chain(held: tuple[Provider, ...]) -> tuple[_Provider, ...]:
        return tuple(_Provider(name=p.name, url=p.url, model=p.model, key=p.key) for p in held)

    budget = providers.budget
    chains = _Chains(
        stt=chain(providers.stt),
        tts=chain(providers.tts),
        llm=chain(providers.llm),
        budget=(budget.amount, budget.currency) if budget else None,
    )
    return key.seal(chains.model_dump_json().encode(), _place(tenant, providers.revision))


def open_providers(key: SealingKey, tenant: TenantId, sealed: bytes, revision: int) -> Providers:
    """Raises `Sealed`."""
    chains = _Chains.model_validate_json(key.open(sealed, _place(tenant, revision)))

    def chain(held: tuple[_Provider, ...]) -> tuple[Provider, ...]:
        return tuple(Provider(p.name, p.url, p.model, p.key) for p in held)

    return Providers(
        stt=chain(chains.stt),
        tts=chain(chains.tts),
        llm=chain(chains.llm),
        budget=Budget(*chains.budget) if chains.budget else None,
        revision=revision,
    )


def _place(tenant: TenantId, revision: int) -> Place:
    return Place(tenant, "providers", str(tenant), "chains", revision)
