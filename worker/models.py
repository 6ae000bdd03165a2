"""The language models of whoever works outside the room: the tenant's chain, or our own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from interview.adapters.model_chain import ModelHouse, open_model_house
from interview.adapters.prices import load_prices
from interview.ids import InterviewId, TenantId
from interview.ports import Models, Spent
from interview.prices import Prices, Used
from interview.providers import REACHES, Provider
from interview.use_cases.judging import Seat
from interview.use_cases.providers import get_providers
from interview.use_cases.usage import note_usage
from interview.use_cases.world import World
from worker.settings import Settings


class ModelDesk:
    """Who asks for an interview says so, for it is that interview which pays."""

    def __init__(
        self, world: World, house: ModelHouse, own: tuple[Provider, ...], prices: Prices
    ) -> None:
        self._world = world
        self._house = house
        self._own = own
        self._prices = prices

    @asynccontextmanager
    async def asking(
        self, tenant: TenantId, interview: InterviewId
    ) -> AsyncIterator[Models | None]:
        """None where nobody has named a model. What was used is noted when the block ends, also by
        an exception. Raises `NotFound`, `Sealed`."""
        async with self.seating(tenant, interview) as seats:
            yield seats[0].models if seats else None

    @asynccontextmanager
    async def seating(
        self, tenant: TenantId, interview: InterviewId, models: tuple[str, ...] = ()
    ) -> AsyncIterator[tuple[Seat, ...]]:
        """As `asking`: a tenant's chain has one seat, whoever answers in it; of our own endpoint
        each of `models` has one."""
        theirs = (await get_providers(self._world, tenant)).llm
        ours = [tuple(replace(each, model=m) for each in self._own) for m in models] or [self._own]
        chains = [chain for chain in ([theirs] if theirs else ours) if chain]
        used: dict[tuple[str, str], Used] = {}

        def told(provider: Provider, model: str, spent: Spent) -> None:
            one = Used("llm", provider.name, model, 1, spent.input_tokens, spent.output_tokens)
            known = used.get((provider.name, model))
            used[provider.name, model] = known.plus(one) if known else one

        try:
            yield tuple(
                Seat(" | ".join(each.model for each in chain), found)
                for chain in chains
                if (found := self._house.models(chain, told, is_ours=not theirs)) is not None
            )
        finally:
            await note_usage(self._world, tenant, interview, self._prices, tuple(used.values()))


@asynccontextmanager
async def open_model_desk(settings: Settings, world: World) -> AsyncIterator[ModelDesk]:
    """Endpoints are kept, with what is known of their health, while the block lasts."""
    async with open_model_house(REACHES[settings.providers_reach]) as house:
        yield ModelDesk(world, house, settings.own_models, load_prices(settings.prices))
