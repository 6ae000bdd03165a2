"""Long computations hold no transaction, go one after the other, and do not wait for ever."""

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from threading import Lock
from typing import ParamSpec, TypeVar

import pytest

from api import contract
from api.abacus import MOST, Abacus
from api.tags import DESK
from interview.errors import Unavailable
from interview.ids import TenantId
from interview.ports import Store, Transaction
from interview.store.memory import MemoryStore
from tests.api.house import House
from tests.api.test_agreement import GRACE, LINUS, rated
from tests.api.test_parity import held, talk
from tests.fakes.talk import SHORT

pytestmark = pytest.mark.api

T = TypeVar("T")
P = ParamSpec("P")
PATHS = ("/v1/jobs/{job_id}/agreement", "/v1/jobs/{job_id}/raters", "/v1/kits/{id}/parity")


class OpenStore(MemoryStore):
    """Counts the transactions that are open."""

    open = 0

    @asynccontextmanager
    async def transaction(self, tenant: TenantId) -> AsyncIterator[Transaction]:
        async with super().transaction(tenant) as tx:
            self.open += 1
            try:
                yield tx
            finally:
                self.open -= 1


class WatchingExecutor(ThreadPoolExecutor):
    """Notes what is open when something is handed to a thread, and how many work at once."""

    def __init__(self, store: OpenStore) -> None:
        super().__init__()
        self.store = store
        self.open: list[int] = []
        self.at_once: list[int] = []
        self._working = 0
        self._lock = Lock()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        self.open.append(self.store.open)

        def work() -> T:
            with self._lock:
                self._working += 1
                self.at_once.append(self._working)
            try:
                return fn(*args, **kwargs)
            finally:
                with self._lock:
                    self._working -= 1

        return super().submit(work)


@pytest.fixture
def open_store() -> OpenStore:
    return OpenStore()


@pytest.fixture
def store(open_store: OpenStore) -> Store:
    return open_store


@pytest.mark.parametrize("path", PATHS)
async def test_no_transaction_is_held_while_something_is_computed_and_one_is_at_a_time(
    house: House, open_store: OpenStore, path: str
) -> None:
    kit = await rated(house, 24, GRACE, LINUS)
    await held(house, kit, talk(SHORT))
    watching = WatchingExecutor(open_store)
    asyncio.get_running_loop().set_default_executor(watching)

    answers = await asyncio.gather(
        *(house.call("GET", path.format(**kit)) for _ in range(10)),
    )

    assert {200} == {answer.status for answer in answers}
    assert len(watching.open) >= 10
    assert {0} == set(watching.open)
    assert {1} == set(watching.at_once)


@pytest.mark.parametrize("path", PATHS)
async def test_where_the_line_is_long_one_is_refused_at_once(house: House, path: str) -> None:
    kit = await rated(house, 1, GRACE)
    abacus = house.client.app[DESK].abacus

    async with AsyncExitStack() as stack:
        waiting = [asyncio.create_task(stack.enter_async_context(abacus.turn()))]
        waiting += [asyncio.create_task(_turn(abacus)) for _ in range(MOST - 1)]
        await asyncio.sleep(0)
        refused = await house.call("GET", path.format(**kit))
    await asyncio.gather(*waiting)

    assert (503, "unavailable") == (refused.status, (await refused.json())["code"])
    assert "Retry-After" in refused.headers
    assert 200 == (await house.call("GET", path.format(**kit))).status


async def test_whoever_gives_up_leaves_the_line() -> None:
    abacus = Abacus()
    async with abacus.turn():
        waiting = [asyncio.create_task(_turn(abacus)) for _ in range(MOST - 1)]
        await asyncio.sleep(0)
        with pytest.raises(Unavailable):
            await _turn(abacus)
        waiting[0].cancel()
        await asyncio.sleep(0)
        waiting.append(asyncio.create_task(_turn(abacus)))

    ended = await asyncio.gather(*waiting, return_exceptions=True)
    assert [asyncio.CancelledError] == [type(each) for each in ended if each is not None]


def test_what_computes_long_is_known() -> None:
    found = {operation.name for operation in contract.ALL if operation.computes}

    assert {"get_agreement", "get_raters", "get_parity"} == found


async def _turn(abacus: Abacus) -> None:
    async with abacus.turn():
        pass
