"""Pages of other origins are limited like everybody, and may read that they are."""

import pytest

from api.settings import Settings
from api.tags import DESK
from tests.api.house import House, settings_with
from tests.api.pages import OURS, THEIRS, allow, from_page, opened, preflight, told

pytestmark = pytest.mark.api


@pytest.fixture
def settings() -> Settings:
    return settings_with(
        VIVAVOCE_RATE_KEY="3",
        VIVAVOCE_RATE_ADDRESS="4",
        VIVAVOCE_RATE_GUESS="9",
        VIVAVOCE_IN_FLIGHT="1",
    )


async def test_preflights_of_one_address_are_few(house: House) -> None:
    """One too many is not even looked up: no browser shows a page what a preflight answers."""
    await allow(house, OURS)
    for _ in range(4):
        assert 204 == (await preflight(house, "/v1/jobs")).status

    refused = await preflight(house, "/v1/jobs")

    assert (429, set(), "15") == (refused.status, told(refused), refused.headers["Retry-After"])
    house.clock.advance(15)
    assert 204 == (await preflight(house, "/v1/jobs")).status


async def test_that_a_key_asks_too_often_is_read_by_pages_of_its_tenant_alone(
    house: House,
) -> None:
    second = await house.new_tenant("Second")
    await allow(house, OURS)
    await allow(house, THEIRS, key=second)
    for _ in range(2):
        await house.get("/v1/jobs")

    for origin, reader in ((OURS, OURS), (THEIRS, None)):
        refused = await from_page(house, origin)
        assert (429, reader) == (refused.status, opened(refused))


async def test_that_an_address_asks_too_often_is_read_by_pages_that_any_tenant_allows(
    house: House,
) -> None:
    await allow(house, OURS)
    for _ in range(4):
        await from_page(house, OURS, "POST", "/v1/invitations/redeem", key="", json={"token": "x"})

    for origin, reader in ((OURS, OURS), (THEIRS, None)):
        refused = await from_page(
            house, origin, "POST", "/v1/invitations/redeem", key="", json={"token": "x"}
        )
        assert (429, reader) == (refused.status, opened(refused))
        assert "Retry-After" in refused.headers


async def test_when_all_places_are_taken_nobodys_origin_is_looked_up(house: House) -> None:
    await allow(house, OURS)
    limits = house.client.app[DESK].limits

    with limits.flight():
        busy = await preflight(house, "/v1/jobs")
    free = await preflight(house, "/v1/jobs")

    assert [(204, None), (204, OURS)] == [(each.status, opened(each)) for each in (busy, free)]
