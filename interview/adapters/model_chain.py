"""Chains of language models: asked in order, their health remembered while the process lives."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace

import structlog

from interview.adapters.models import Endpoint, OpenAiModels, Sessions, open_sessions
from interview.adapters.running import loop_s
from interview.addresses import Reach
from interview.health import WELL, Failure, Health, order, to_try
from interview.ports import ModelFailed, Models, Prompt, Reply, Spent
from interview.ports.models import Trouble
from interview.providers import Provider

SHORT_S = 4.0
"""Whoever has no more time than this cannot divide it: the first has all of it."""

MOST_KNOWN = 500

MAY_COST: frozenset[Trouble] = frozenset({"timeout", "broken"})
"""Failures of a model that had begun to answer perhaps."""

UNKNOWN = Spent(0, 0, is_known=False)

Tell = Callable[[Provider, str, Spent], None]
"""Is told of every call that costs something, or may: whose, of which model, and how much."""

log = structlog.get_logger("vivavoce.models")


@dataclass
class _Member:
    """An endpoint of this process, shared by every chain in which it stands."""

    models: OpenAiModels
    health: Health = field(default=WELL)


class ModelChain:
    """Port `Models`: several endpoints behind one face.

    Who fails is passed over at once. A sick one is asked again beside a question that another one
    answers, when that is due: with the question itself, for nothing less proves that it is well.
    """

    def __init__(
        self,
        members: Sequence[tuple[Provider, _Member]],
        tasks: set[asyncio.Task[None]],
        tell: Tell,
    ) -> None:
        self._members = members
        self._tasks = tasks
        self._tell = tell

    async def ask(self, prompt: Prompt, *, within_s: float) -> Reply:
        ends_at = loop_s() + within_s
        turns = order(self._healths())
        self._try_again(prompt, within_s)
        failed = ModelFailed("unreachable")
        for place, who in enumerate(turns, 1):
            left_s = ends_at - loop_s()
            if left_s <= 0:
                break
            is_last = place == len(turns)
            share_s = left_s if is_last or left_s <= SHORT_S else left_s / 2
            try:
                return await self._ask(who, prompt, share_s, waits=is_last)
            except ModelFailed as failure:
                failed = failure
        raise failed

    async def _ask(self, who: int, prompt: Prompt, within_s: float, *, waits: bool) -> Reply:
        provider, member = self._members[who]
        began = loop_s()
        try:
            reply = await member.models.ask(prompt, within_s=within_s, waits=waits)
        except asyncio.CancelledError:  # whoever asked needs it no more; it is paid for perhaps
            self._tell(provider, provider.model, UNKNOWN)
            raise
        except ModelFailed as failed:
            spent = failed.spent or (UNKNOWN if failed.trouble in MAY_COST else None)
            if spent is not None:
                self._tell(provider, failed.model or provider.model, spent)
            was_well = not member.health.is_sick
            failure = _failure(failed.trouble)
            member.health = member.health.failed(failure, loop_s(), began=began)
            if was_well and member.health.is_sick:
                log.warning("model_sick", provider=provider.name, trouble=failed.trouble)
            raise
        if member.health.is_sick:
            log.info("model_well", provider=provider.name)
        member.health = WELL
        self._tell(provider, reply.model, reply.spent)
        return reply

    def _try_again(self, prompt: Prompt, within_s: float) -> None:
        for who in to_try(self._healths(), loop_s()):
            member = self._members[who][1]
            member.health = member.health.tried()
            task = asyncio.create_task(self._see(who, prompt, within_s))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _see(self, who: int, prompt: Prompt, within_s: float) -> None:
        member = self._members[who][1]
        try:
            with suppress(ModelFailed):
                await self._ask(who, prompt, within_s, waits=False)
        finally:  # or whatever goes wrong with one try would be the end of all
            member.health = replace(member.health, is_tried=False)

    def _healths(self) -> tuple[Health, ...]:
        return tuple(member.health for _, member in self._members)


def _failure(trouble: Trouble) -> Failure:
    match trouble:
        case "broken" | "over_budget":
            return "useless"
        case "refused" | "busy" | "unreachable" | "timeout":
            return "gone"


class ModelHouse:
    """Every endpoint that this process asks, with its health."""

    def __init__(self, sessions: Sessions, reach: Reach) -> None:
        self._sessions = sessions
        self._reach = reach
        self._members: dict[Endpoint, _Member] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def models(
        self, chain: tuple[Provider, ...], tell: Tell, *, is_ours: bool = False
    ) -> Models | None:
        """None for an empty chain. `is_ours`: the installation's operator has named it."""
        reach = None if is_ours else self._reach
        members = [(provider, self._member(provider, reach)) for provider in chain]
        return ModelChain(members, self._tasks, tell) if members else None

    def _member(self, provider: Provider, reach: Reach | None) -> _Member:
        endpoint = Endpoint(provider.url, provider.model, provider.key, reach)
        if endpoint not in self._members:
            if len(self._members) >= MOST_KNOWN:  # who is still asked keeps what it holds
                del self._members[next(iter(self._members))]
            models = OpenAiModels(self._sessions.of(endpoint), endpoint)
            self._members[endpoint] = _Member(models)
        return self._members[endpoint]

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def open_model_house(reach: Reach) -> AsyncIterator[ModelHouse]:
    """`reach` is how far the calls of customers' chains may go."""
    async with open_sessions() as sessions:
        house = ModelHouse(sessions, reach)
        try:
            yield house
        finally:
            await house.close()
