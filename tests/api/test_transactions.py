"""A call needs one transaction, over PostgreSQL; who needs more says why, and none that is measured
does."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse
from asyncpg.pool import PoolConnectionProxy

from api import contract
from api.registry import Operation
from api.settings import Settings
from interview.ports import Store
from interview.store.postgres import PostgresStore, open_store
from tests.api.house import PEPPER, House, settings_with
from tests.api.reach import DONE, ready
from tests.api.test_contract import everything
from tests.api.test_matrix import OF_PROVIDERS
from tests.api.test_signin import NEAR
from tests.api.test_signin import ready as signing_in
from tests.conftest import Database
from tests.standins.oidc import OidcProvider, serving

pytestmark = [pytest.mark.api, pytest.mark.timeout(300)]
MEASURED = {"join_interview", "get_transcript", "list_interviews", "record_events"}
SOCKET = "follow_graphql"
"""A socket looks at the log as often as it moves."""

MORE: dict[str, tuple[int, str]] = {
    "get_health": (0, "says that the process lives, whatever the database does"),
    "list_events": (2, "a stream outlives the proof of its reader; each look is one more"),
    "get_recording": (4, "sound is read from objects and joined in between, for seconds"),
    "play_recording": (4, "the same, by a link"),
    "store_recording_part": (2, "the lease is looked at before the sound is kept and after"),
    "get_agreement": (2, "computed in a turn of its own, from what was read once"),
    "get_raters": (3, "the same, and then the few who are shown are named"),
    "get_parity": (3, "computed in a turn of its own, from what was read page by page"),
    "create_session": (4, "attempts count, whatever becomes of the sign-in; hashing is long"),
    "set_password": (2, "hashing is long, and holds nothing"),
    "finish_sign_in": (2, "the provider is asked in between"),
}
"""How many transactions, and why."""


class Taken:
    """How many connections were taken: each is for one transaction, or one statement alone."""

    count = 0


@pytest.fixture
def settings() -> Settings:
    return settings_with(**NEAR)


@pytest.fixture
async def store(database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Store]:
    acquire = PostgresStore._acquire

    async def counted(self: PostgresStore, within_s: float) -> PoolConnectionProxy:
        Taken.count += 1
        return await acquire(self, within_s)

    monkeypatch.setattr(PostgresStore, "_acquire", counted)
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


async def test_a_call_needs_one_transaction(house: House) -> None:
    ids = await everything(house)
    counts: dict[str, int] = {}
    for operation in contract.ALL:
        if operation.name in OF_PROVIDERS:
            continue
        answer, counts[operation.name] = await counted(house, operation, ids)
        if answer.status not in DONE:  # something before has used up what this is about
            ids = await everything(house)
            answer, counts[operation.name] = await counted(house, operation, ids)
        assert answer.status in DONE or operation.name == SOCKET, await answer.text()
    async with serving() as provider:
        counts |= await of_providers(house, provider)

    assert {name: count for name, (count, _) in MORE.items()} == {
        name: count for name, count in counts.items() if count != 1
    }
    assert {1} == {counts[name] for name in MEASURED}


async def counted(
    house: House, operation: Operation, ids: dict[str, str]
) -> tuple[ClientResponse, int]:
    """The answer of a call, and how many transactions it took."""
    call = await ready(house, operation, ids)
    Taken.count = 0
    answer = await call.made(house)
    count = Taken.count
    await house.errands_done()
    return answer, count


async def of_providers(house: House, provider: OidcProvider) -> dict[str, int]:
    """The two steps of somebody who signs in elsewhere."""
    browser = await signing_in(house, provider)
    Taken.count = 0
    brought = provider.approve(await browser.begin())
    begun, Taken.count = Taken.count, 0
    answer = await browser.finish(**brought)
    assert answer.status in DONE, await answer.text()
    return {"begin_sign_in": begun, "finish_sign_in": Taken.count}
