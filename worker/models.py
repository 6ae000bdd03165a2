"""The language models of whoever works outside the room: the tenant's chain, or our own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import structlog

from interview.adapters.model_chain import ModelHouse, open_model_house
from interview.adapters.prices import load_prices
from interview.ids import InterviewId, TenantId
from interview.ports import Models, Spent
from interview.prices import Prices, Used
from interview.providers import REACHES, Provider
from interview.release import Member
from interview.use_cases.judging import Seat
from interview.use_cases.providers import get_providers
from interview.use_cases.usage import note_usage
from interview.use_cases.world import World
from worker.settings import Settings

NOTED_WITHIN_S = 5.0
"""So long the end of the process waits for what was answered last to be noted."""

log = structlog.get_logger("vivavoce.models")


@dataclass
class _Tally:
    """What was used for one interview, and is not noted yet."""

    _used: dict[tuple[str, str, str], Used] = field(default_factory=dict)

    def add(self, provider: Provider, model: str, spent: Spent) -> None:
        tokens = (spent.input_tokens, spent.output_tokens)
        uncounted = 0 if spent.is_known else 1
        one = Used("llm", provider.name, model, 1, *tokens, asked=provider.model)
        one = replace(one, uncounted=uncounted)
        key = (provider.name, model, provider.model)
        self._used[key] = self._used[key].plus(one) if key in self._used else one

    def take(self) -> tuple[Used, ...]:
        used, self._used = tuple(self._used.values()), {}
        return used


class ModelDesk:
    """Who asks for an interview says so, for it is that interview which pays. `late` holds what
    still notes answers that came after that."""

    def __init__(
        self,
        world: World,
        house: ModelHouse,
        own: tuple[Provider, ...],
        prices: Prices,
        late: set[asyncio.Task[None]],
    ) -> None:
        self._world = world
        self._house = house
        self._own = own
        self._prices = prices
        self._late = late

    @asynccontextmanager
    async def asking(
        self, tenant: TenantId, interview: InterviewId
    ) -> AsyncIterator[Models | None]:
        """None where nobody has named a model. What was used is noted when the block ends, also by
        an exception, and what is used after that when it is. Raises `NotFound`, `Sealed`."""
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
        tally, is_over = _Tally(), False

        def told(provider: Provider, model: str, spent: Spent) -> None:
            tally.add(provider, model, spent)
            if is_over:
                self._note_late(tenant, interview, tally)

        try:
            yield tuple(
                Seat(
                    " | ".join(each.model for each in chain),
                    found,
                    tuple(Member(each.model, each.url) for each in chain),
                )
                for chain in chains
                if (found := self._house.models(chain, told, is_ours=not theirs)) is not None
            )
        finally:
            is_over = True
            await self._note(tenant, interview, tally)

    async def _note(self, tenant: TenantId, interview: InterviewId, tally: _Tally) -> None:
        await note_usage(self._world, tenant, interview, self._prices, tally.take())

    def _note_late(self, tenant: TenantId, interview: InterviewId, tally: _Tally) -> None:
        def noted(task: asyncio.Task[None]) -> None:
            self._late.discard(task)
            if not task.cancelled() and (error := task.exception()) is not None:
                log.warning("usage_not_noted", error=type(error).__name__)

        task = asyncio.create_task(self._note(tenant, interview, tally))
        self._late.add(task)
        task.add_done_callback(noted)


@asynccontextmanager
async def open_model_desk(settings: Settings, world: World) -> AsyncIterator[ModelDesk]:
    """Endpoints are kept, with what is known of their health, while the block lasts."""
    late: set[asyncio.Task[None]] = set()
    try:
        async with open_model_house(REACHES[settings.providers_reach]) as house:
            prices = load_prices(settings.prices)
            yield ModelDesk(world, house, settings.own_models, prices, late)
    finally:
        if late:
            await asyncio.wait(late, timeout=NOTED_WITHIN_S)
