"""What pages of other origins cost: nothing for who sends no origin, one statement for a page."""

from collections.abc import AsyncIterator

import pytest

from interview.ports import Store
from interview.store.postgres import open_store
from tests.api.house import ORIGIN, PEPPER, House
from tests.api.pages import OURS, THEIRS, allow, from_page, opened, preflight
from tests.conftest import Database

pytestmark = pytest.mark.api
READS, ASKS = "FROM tenant_settings", "is_allowed_origin"


@pytest.fixture
async def store(database: Database) -> AsyncIterator[Store]:
    async with open_store(database.app_url, PEPPER) as opened:
        yield opened


async def test_a_call_without_an_origin_pays_nothing(house: House, sent: list[str]) -> None:
    await allow(house, OURS)
    sent.clear()
    await house.get("/v1/jobs")
    without = list(sent)

    sent.clear()
    own = await from_page(house, ORIGIN)

    assert (200, without) == (own.status, sent)
    assert [] == [sql for sql in sent if READS in sql or ASKS in sql]


async def test_a_page_costs_one_statement_in_the_transaction_that_proves_its_caller(
    house: House, sent: list[str]
) -> None:
    await allow(house, OURS)
    await house.get("/v1/jobs")
    sent.clear()
    await house.get("/v1/jobs")
    without = list(sent)

    for origin, reader in ((OURS, OURS), (THEIRS, None)):
        sent.clear()
        answer = await from_page(house, origin)
        assert reader == opened(answer)
        assert without == [sql for sql in sent if READS not in sql]
        assert len(without) + 1 == len(sent)
        assert "enter_by_key" in sent[0]
        assert READS in sent[1]


async def test_where_nobody_is_proved_a_page_costs_one_statement(
    house: House, sent: list[str]
) -> None:
    await allow(house, OURS)

    for origin, reader in ((OURS, OURS), (THEIRS, None)):
        sent.clear()
        assert reader == opened(await preflight(house, "/v1/jobs", origin))
        assert reader == opened(await from_page(house, origin, key=""))
        assert reader == opened(await from_page(house, origin, path="/v1/openapi.json", key=""))
        assert [True] * 3 == [ASKS in sql for sql in sent]


async def test_what_is_not_there_costs_a_page_one_statement_and_others_nothing(
    house: House, sent: list[str]
) -> None:
    await allow(house, OURS)
    for origin, reader in ((OURS, OURS), (THEIRS, None)):
        sent.clear()
        answers = [
            await from_page(house, origin, path="/v1/nothing"),
            await from_page(house, origin, "PUT"),
            await preflight(house, "/v1/nothing", origin),
        ]
        said = [(answer.status, opened(answer)) for answer in answers]
        assert [(404, reader), (405, reader), (204, reader)] == said
        assert [True] * 3 == [ASKS in sql for sql in sent]

    sent.clear()
    await house.call("GET", "/v1/nothing")
    await from_page(house, ORIGIN, "PUT")
    await from_page(house, OURS, path="/internal/nothing")
    assert [] == sent


@pytest.mark.parametrize("origin", ["null", "https://careers.example/", "x" * 5000, "h\u00e9"])
async def test_what_cannot_be_an_origin_is_not_looked_up(
    house: House, sent: list[str], origin: str
) -> None:
    sent.clear()

    await preflight(house, "/v1/jobs", origin)
    await from_page(house, origin, key="")

    assert [] == sent
